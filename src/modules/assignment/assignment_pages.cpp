// Who works with a participant or with everyone in an intervention, as a head decides it; and jäv.
#include "assignment/assignment_pages.h"

#include "assignment/assignment.h"
#include "assignment/conflict.h"
#include "assignment/form_pages.h"
#include "consent/consent.h"
#include "text/number.h"

namespace stafett::assignment {
namespace {

using access::Kind;
using access::Kinds;
using intervention::Intervention;
using participant::Participant;

std::string address_of(const Id<Participant>& participant) { return "/participants/" + participant.text; }
std::string address_of(const Id<Intervention>& intervention) { return "/interventions/" + intervention.text; }

Result<access::Permit> permit_to_assign(web::Request& request, const std::string& object) {
  return access::admit(
      request.tx, request.user,
      {.participant = request.id<Participant>(), .action = access::Action::assign, .object = object},
      request.now);
}

// Only who owns the intervention decides who works with everyone in it.
Result<access::Scope> scope_to_assign(web::Request& request, const std::string& object) {
  const auto intervention = TRY(intervention::find(request.tx, request.id<Intervention>()));
  return access::admit_all(request.tx, request.user,
                           {intervention.id, intervention.owner, access::Action::assign, object},
                           request.now);
}

// ---- of a participant

View conflict_view(const web::Asking& request, const Conflict& conflict, const std::string& address) {
  return {{"name", conflict.name},
          {"reason", conflict.reason},
          {"noted",
           conflict.noted ? View(text::date_words(conflict.noted->date(), request.language)) : View(nullptr)},
          {"noted_by", conflict.noted_by},
          {"end", address + "/conflicts/" + conflict.account.text + "/end"}};
}

View participant_view(web::Request& request, const access::Permit& permit) {
  const auto address = address_of(permit.participant());
  const auto code = consent::code_told(request.tx, permit);
  const auto name = code.empty() ? request.translated("Participant") : code;
  View view = {{"title", Message("Who works with the participant")},
               {"here", Message("Who works with the participant")},
               {"crumbs", View::Items{{{"label", Message("Assignments")}, {"address", "/assignments"}},
                                      {{"label", name}, {"address", address}}}},
               {"name", name},
               {"intervention", intervention::name_of(request.tx, permit.intervention())},
               {"is_own", permit.owner() == permit.asker()},
               {"everyone", address_of(permit.intervention()) + "/assignments"},
               {"conflicts", views(conflicts(request.tx, permit),
                                   [&](const auto& one) { return conflict_view(request, one, address); })},
               {"reason", field(request, "reason", "Why", "text",
                                "In a few words. Only those who decide this read it.")},
               {"person", people_choice(request, "person", "Colleague in conflict",
                                        not_in_conflict(request.tx, permit))}};
  set_lists(view, request, of(request.tx, permit), address, true);
  set_form(view, request, address, Kinds::all());
  return view;
}

Result<web::Reply> participant_page(web::Request& request) {
  const auto permit = TRY(permit_to_assign(request, "assignments"));
  return web::show("assignment/participant", participant_view(request, permit));
}

Result<web::Reply> back_to(web::Request& request, const access::Permit& permit, const Result<>& done) {
  if (done) return web::go_to(address_of(permit.participant()) + "/assignments");
  if (done.error().kind != Problem::Kind::invalid) return tl::unexpected(done.error());
  return web::show_again("assignment/participant", participant_view(request, permit), done.error());
}

Result<web::Reply> post_work(web::Request& request) {
  const auto permit = TRY(permit_to_assign(request, "assignment"));
  const auto one = wanted(request);
  return back_to(
      request, permit,
      one ? let_work(request.tx, permit, request.user, *one) : Result<>(tl::unexpected(one.error())));
}

Result<web::Reply> post_end(web::Request& request) {
  const Id<Assignment> id{request.part("assignment")};
  const auto permit = TRY(permit_to_assign(request, "end of assignment " + id.text));
  return back_to(request, permit, end(request.tx, permit, request.user, id));
}

Result<web::Reply> post_conflict(web::Request& request) {
  const Id<access::Account> account{request.field("person")};
  const auto permit = TRY(permit_to_assign(request, "conflict"));
  const auto done = add_conflict(request.tx, permit, request.user, account, request.field("reason"));
  if (done && account == request.user.account)
    return web::go_to("/assignments");  // who from now on may not see this
  return back_to(request, permit, done);
}

Result<web::Reply> post_conflict_end(web::Request& request) {
  const Id<access::Account> account{request.part("account")};
  const auto permit = TRY(permit_to_assign(request, "end of conflict with " + account.text));
  return back_to(request, permit, remove_conflict(request.tx, permit, account));
}

// ---- of an intervention

View intervention_view(web::Request& request, const access::Scope& scope) {
  const auto address = address_of(scope.intervention());
  const auto name = intervention::name_of(request.tx, scope.intervention());
  View view = {{"title", Message("Who works with everyone in the intervention")},
               {"here", Message("Who works with everyone in the intervention")},
               {"crumbs", View::Items{{{"label", Message("Assignments")}, {"address", "/assignments"}},
                                      {{"label", name}, {"address", address}}}},
               {"name", name}};
  set_lists(view, request, of(request.tx, scope), address, false);
  set_form(view, request, address, Kinds::all().without({Kind::violence}));
  return view;
}

Result<web::Reply> intervention_page(web::Request& request) {
  const auto scope = TRY(scope_to_assign(request, "assignments"));
  return web::show("assignment/intervention", intervention_view(request, scope));
}

Result<web::Reply> back_to(web::Request& request, const access::Scope& scope, const Result<>& done) {
  if (done) return web::go_to(address_of(scope.intervention()) + "/assignments");
  if (done.error().kind != Problem::Kind::invalid) return tl::unexpected(done.error());
  return web::show_again("assignment/intervention", intervention_view(request, scope), done.error());
}

Result<web::Reply> post_work_for_all(web::Request& request) {
  const auto scope = TRY(scope_to_assign(request, "assignment to everyone"));
  const auto one = wanted(request);
  return back_to(
      request, scope,
      one ? let_work(request.tx, scope, request.user, *one) : Result<>(tl::unexpected(one.error())));
}

Result<web::Reply> post_end_for_all(web::Request& request) {
  const Id<Assignment> id{request.part("assignment")};
  const auto scope = TRY(scope_to_assign(request, "end of assignment " + id.text));
  return back_to(request, scope, end(request.tx, scope, request.user, id));
}

// ---- all that a head decides on

View told_view(web::Request& request, const consent::Told& told) {
  View tag = nullptr;
  if (!is_worked_with(request.tx, request.user, told.participant, request.now))
    tag = {{"text", Message("nobody yet")}, {"color", "warning"}};
  View code = {{"text", told.code}, {"head", true}, {"link", address_of(told.participant) + "/assignments"}};
  code.set("tag", std::move(tag));
  return {{"cells", View::Items{std::move(code),
                                {{"text", told.intervention}},
                                {{"text", told.from}},
                                {{"text", text::date_words(told.closes.date() - 1, request.language)}}}}};
}

Result<web::Reply> overview_page(web::Request& request) {
  if (request.user.of_association) return not_found("There are no participants here that you may know of.");
  View::Items own;
  for (const auto& intervention : intervention::list(request.tx))
    if (intervention.owner == request.user.organisation)
      own.push_back({{"name", intervention.definition.name}, {"address", address_of(intervention.id)}});
  const auto told = consent::told_of(request.tx, request.user, request.now);
  View view = {{"title", Message("Assignments")}, {"none_own", own.empty()}, {"own", std::move(own)}};
  if (told.empty())
    view.set(
        "empty",
        {{"heading", Message("No open door")},
         {"text", Message("When a participant lets another party tell you something, they stand here.")}});
  else
    view.set("table", {{"caption", Message("Participants you may be told of")},
                       {"caption_hidden", true},
                       {"heads", views(std::initializer_list<const char*>{_("Participant"), _("Intervention"),
                                                                          _("Tells"), _("Last day")},
                                       [](const char* name) {
                                         return View{{"text", Message(name)}};
                                       })},
                       {"rows", views(told, [&](const auto& one) { return told_view(request, one); })}});
  return web::show("assignment/overview", std::move(view));
}

}  // namespace

View work_view(web::Request& request, const access::Permit& permit) {
  if (!permit.in(permit.asker()).allowed) return nullptr;
  View::Items people;
  for (const auto& one : of(request.tx, permit))
    if (!one.has_ended(request.now) && !one.in_conflict) people.push_back(person_view(request, one));
  View view = {{"none", people.empty()}, {"people", std::move(people)}};
  if (heads(request.tx, request.user, permit))
    view.set("change", address_of(permit.participant()) + "/assignments");
  return view;
}

void routes(web::Router& router) {
  router.get_noted("/assignments", may_head, overview_page);
  router.get_noted("/participants/:id/assignments", access::signed_in, participant_page);
  router.post("/participants/:id/assignments", access::signed_in, post_work);
  router.post("/participants/:id/assignments/:assignment/end", access::signed_in, post_end);
  router.post("/participants/:id/conflicts", access::signed_in, post_conflict);
  router.post("/participants/:id/conflicts/:account/end", access::signed_in, post_conflict_end);
  router.get_noted("/interventions/:id/assignments", may_head, intervention_page);
  router.post("/interventions/:id/assignments", may_head, post_work_for_all);
  router.post("/interventions/:id/assignments/:assignment/end", may_head, post_end_for_all);
}

}  // namespace stafett::assignment
