#include "account/account_pages.h"
#include "meeting/form_pages.h"
#include "meeting/meeting.h"
#include "meeting/show_pages.h"
#include "web/once.h"
#include "web/router.h"

namespace stafett::meeting {
namespace {

using participant::Participant;

Result<access::Permit> admitted(web::Request& request, access::Action action, const std::string& object) {
  return access::admit(request.tx, request.user,
                       {.participant = request.id<Participant>(), .action = action, .object = object},
                       request.now);
}

std::string address_of(const Id<Participant>& participant) { return "/participants/" + participant.text; }

void set_frame(View& view, web::Request& request, const access::Permit& permit, Message title) {
  const auto back = address_of(permit.participant());
  const auto participant = participant::find(request.tx, permit);
  view.set("code", participant && !participant->code.empty() ? View(participant->code) : View(nullptr));
  view.set("title", title);
  view.set("here", std::move(title));
  view.set("crumbs", View::Items{{{"label", Message("The participant")}, {"address", back}}});
  view.set("back", back);
}

// ---- writing

View write_view(web::Request& request, const access::Permit& permit, const web::Form& form,
                std::string address, Message title) {
  auto view = form_view(request, permit, form);
  set_frame(view, request, permit, std::move(title));
  view.set("address", std::move(address));
  return view;
}

View new_view(web::Request& request, const access::Permit& permit, const web::Form& form) {
  return write_view(request, permit, form, address_of(permit.participant()) + "/meetings", "Write a meeting");
}

Result<web::Reply> shown_again(View view, const Problem& problem) {
  set_row_faults(view, problem);
  return web::show_again("meeting/write", std::move(view), problem);
}

Result<web::Reply> new_page(web::Request& request) {
  const auto permit = TRY(admitted(request, access::Action::write, access::empty_form));
  return web::show("meeting/write", new_view(request, permit, new_form(request, permit)));
}

Result<web::Reply> post_new(web::Request& request) {
  const auto permit = TRY(admitted(request, access::Action::write, "meeting"));
  if (!request.field("more").empty())
    return web::show("meeting/write", new_view(request, permit, request.form));
  const auto form = in_order(request.form);
  const auto meeting = written(request, permit, form);
  if (!meeting) return shown_again(new_view(request, permit, form), meeting.error());
  if (web::is_first(request)) TRY(add(request.tx, permit, request.user, *meeting));
  return web::go_to(address_of(permit.participant()));
}

// The meeting in the own room that the address says, while it may still be changed.
Result<Meeting> own(web::Request& request, const access::Permit& permit) {
  auto found = TRY(find(request.tx, permit, {request.part("meeting")}));
  if (found.room != permit.asker() || !found.in_words) return not_found("There is no such meeting.");
  if (!found.is_open())
    return conflict("The meeting was moved or cancelled, and stays as it is. Write a new one.");
  return found;
}

View edit_view(web::Request& request, const access::Permit& permit, const web::Form& form) {
  return write_view(request, permit, form,
                    address_of(permit.participant()) + "/meetings/" + request.part("meeting"),
                    "Change the meeting");
}

Result<web::Reply> edit_page(web::Request& request) {
  const auto permit = TRY(admitted(request, access::Action::write, access::empty_form));
  const auto meeting = TRY(own(request, permit));
  return web::show("meeting/write", edit_view(request, permit, form_of(meeting)));
}

std::int64_t version_in(const web::Form& form) {
  std::int64_t version = 0;
  for (const char digit : form.field("version").substr(0, 9))
    if (digit >= '0' && digit <= '9') version = version * 10 + (digit - '0');
  return version;
}

// Both texts: what somebody else wrote meanwhile beside what was sent, which replaces it if it is sent again.
Result<web::Reply> show_both(web::Request& request, const access::Permit& permit, web::Form form,
                             const Meeting& theirs, const Problem& problem) {
  for (auto& [name, value] : form.fields)
    if (name == "version") value = std::to_string(theirs.version);
  auto view = edit_view(request, permit, form);
  view.set("open", true);
  view.set("theirs", meeting_view(request, permit, Names(request), theirs));
  return web::show_again("meeting/write", std::move(view), problem);
}

Result<web::Reply> post_change(web::Request& request) {
  const auto permit = TRY(admitted(request, access::Action::write, "meeting"));
  const auto before = TRY(own(request, permit));
  if (!request.field("more").empty())
    return web::show("meeting/write", edit_view(request, permit, request.form));
  const auto form = in_order(request.form);
  auto meeting = written(request, permit, form);
  if (!meeting) return shown_again(edit_view(request, permit, form), meeting.error());
  if (!web::is_first(request)) return web::go_to(address_of(permit.participant()));
  meeting->id = before.id;
  meeting->version = version_in(form);
  const auto changed = change(request.tx, permit, request.user, *meeting);
  if (!changed && changed.error().kind == Problem::Kind::conflict)
    return show_both(request, permit, form, before, changed.error());
  if (!changed) return shown_again(edit_view(request, permit, form), changed.error());
  return web::go_to(address_of(permit.participant()) + "/meetings/" + before.id.text);
}

// ---- showing

View show_view(web::Request& request, const access::Permit& permit, const Meeting& meeting) {
  auto view = meeting_view(request, permit, Names(request), meeting);
  set_frame(view, request, permit, name_of(meeting.kind));
  return view;
}

Result<web::Reply> show_page(web::Request& request) {
  const auto permit = TRY(admitted(request, access::Action::see, "meeting"));
  const auto meeting = TRY(find(request.tx, permit, {request.part("meeting")}));
  return web::show("meeting/show", show_view(request, permit, meeting));
}

// To print takes a fresh sign-in, and is noted as that.
Result<web::Reply> paper_page(web::Request& request) {
  const auto permit = TRY(admitted(request, access::Action::print, "meeting"));
  const auto meeting = TRY(find(request.tx, permit, {request.part("meeting")}));
  if (meeting.room != permit.asker() || !meeting.in_words) return not_found("There is no such meeting.");
  auto view = show_view(request, permit, meeting);
  view.set("to_print", true);
  return web::show("meeting/show", std::move(view));
}

// ---- was it done?

// Back to where it was said: the participant's page, or a list of ours.
std::string back_to(web::Request& request) {
  const auto next = request.field("next");
  return next.empty() ? address_of(request.id<Participant>()) : account::place_of_ours(next);
}

Result<web::Reply> post_outcome(web::Request& request) {
  const auto permit = TRY(admitted(request, access::Action::write, "agreement"));
  const Id<Agreement> id{request.part("agreement")};
  const auto state = done_words.find(request.field("state")), was = done_words.find(request.field("was"));
  const Answer answer{
      .was = was.value_or(Done::open), .state = state.value_or(Done::done), .why = request.field("why")};
  const auto done = settle(request.tx, permit, request.user, id, answer);
  if (done) return web::go_to(back_to(request));
  for (const auto& meeting : of(request.tx, permit))
    for (const auto& agreement : meeting.agreements)
      if (agreement.id == id)
        return web::show_again("meeting/show", show_view(request, permit, meeting), done.error());
  return tl::unexpected(done.error());
}

}  // namespace

void routes(web::Router& router) {
  router.get_noted("/participants/:id/meetings/new", access::signed_in, new_page);
  router.post("/participants/:id/meetings", access::signed_in, post_new);
  router.get_noted("/participants/:id/meetings/:meeting", access::signed_in, show_page);
  router.get_noted("/participants/:id/meetings/:meeting/paper", access::signed_in, paper_page);
  router.get_noted("/participants/:id/meetings/:meeting/edit", access::signed_in, edit_page);
  router.post("/participants/:id/meetings/:meeting", access::signed_in, post_change);
  router.post("/participants/:id/agreements/:agreement/outcome", access::signed_in, post_outcome);
}

}  // namespace stafett::meeting
