#include <algorithm>

#include "base/log.h"
#include "consent/consent.h"
#include "participant/identity.h"
#include "protection/protection.h"
#include "retention/retention.h"
#include "text/number.h"
#include "web/router.h"

namespace stafett::protection {
namespace {

using access::Protection;
using participant::Participant;

std::string address_of(const Id<Participant>& id) { return "/participants/" + id.text; }

Result<access::Permit> admitted(const web::Asking& request, db::Transaction& tx, const char* object) {
  const access::Ask ask{
      .participant = request.id<Participant>(), .action = access::Action::protect, .object = object};
  auto permit = TRY(access::admit(tx, request.user, ask, request.now));
  TRY(need_own(permit));
  return permit;
}

View choice(const char* id, Message label, View::Items choices, View hint = nullptr) {
  return {
      {"id", id}, {"label", std::move(label)}, {"hint", std::move(hint)}, {"choices", std::move(choices)}};
}
View::Items to_choose_from() { return {{{"value", ""}, {"text", Message("– choose –")}}}; }

View level_choice(const web::Asking& request, Protection current) {
  auto choices = to_choose_from();
  for (const auto& [level, word] : access::protections.all)
    if (level != Protection::none)
      choices.push_back({{"value", word},
                         {"text", access::name_of(level)},
                         {"chosen", word == request.field("level") || level == current}});
  return choice("level", "Which protection it is", std::move(choices),
                Message("The authority's decision says which. All three hide the participant alike here."));
}

bool keeps_the_case(const access::Permit& permit) {
  return permit.in(permit.asker()).rule == access::Rule::own_room;
}

View handler_choice(const web::Asking& request, db::Transaction& tx, const access::Permit& permit,
                    Message label) {
  const auto named = named_handlers(tx, permit);
  auto choices = to_choose_from();
  for (const auto& one : possible_handlers(tx, permit))
    if (one.account != request.user.account &&
        std::ranges::find(named, one.account, &Colleague::account) == named.end())
      choices.push_back({{"value", one.account},
                         {"text", one.name},
                         {"chosen", one.account.text == request.field("handler")}});
  return choice("handler", std::move(label), std::move(choices),
                named.empty() && !keeps_the_case(permit)
                    ? Message("Somebody has to reach the participant.")
                    : Message("So that somebody reaches the participant when another is away."));
}

View reason_choice(const web::Asking& request) {
  auto choices = to_choose_from();
  for (const auto& [reason, word] : reasons.all)
    choices.push_back(
        {{"value", word}, {"text", name_of(reason)}, {"chosen", word == request.field("reason")}});
  return choice("reason", "Why it is to end", std::move(choices));
}

View names(const std::vector<Colleague>& colleagues) {
  return views(colleagues, [](const Colleague& one) {
    return View{{"who", one.name}, {"account", one.account}};
  });
}

// ---- before

// The same person in other interventions, whom the asker reaches: found by the number, which is about to go.
View elsewhere(const web::Asking& request, db::Transaction& tx, const access::Permit& permit) {
  View::Items others;
  const auto number = participant::identity_of(tx, permit).personal_number;
  if (number.empty()) return others;
  for (const auto& other : participant::find_by_number(tx, request.user, number, request.now))
    if (other.id != permit.participant())
      others.push_back({{"link", address_of(other.id) + "/protection"},
                        {"name", intervention::name_of(tx, other.intervention)}});
  return others;
}

std::int64_t open_consents(db::Transaction& tx, const access::Permit& permit) {
  return std::ranges::count_if(consent::of(tx, permit), [&](const auto& one) {
    return one.from == permit.asker() && !one.left().empty() && permit.at() < one.closes;
  });
}

void say_what_happens(View& view, const web::Asking& request, db::Transaction& tx,
                      const access::Permit& permit) {
  const auto named = named_handlers(tx, permit);
  const auto consents = open_consents(tx, permit);
  view.set("consents", consents == 0
                           ? View(nullptr)
                           : View(Message{"Consents that let your organisation tell others are closed: {1}.",
                                          std::to_string(consents)}));
  view.set("keeps", keeps_the_case(permit));
  view.set("named", names(named));
  view.set("has_named", !named.empty());
  view.set("is_held", retention::hold_on(tx, permit).has_value());
  const auto others = elsewhere(request, tx, permit);
  view.set("is_elsewhere", others.json() != "[]");
  view.set("elsewhere", others);
}

// ---- while it lasts

void say_what_is(View& view, const web::Asking& request, db::Transaction& tx, const access::Permit& permit) {
  const auto named = named_handlers(tx, permit);
  view.set("is_protected", true);
  view.set("named", names(named));
  view.set("only_one", named.size() == 1);
  view.set("reason", reason_choice(request));
  if (const auto proposal = open_proposal(tx, permit))
    view.set("proposal", {{"why", name_of(proposal->reason)},
                          {"by", proposal->by_name},
                          {"until", text::date_words(proposal->until.date(), request.language)}});
}

View show_view(const web::Asking& request, db::Transaction& tx, const access::Permit& permit) {
  const auto code = permit.in(permit.owner()).allowed ? participant::find(tx, permit)->code : std::string();
  const auto address = address_of(permit.participant());
  View view = {
      {"title", Message("Protection")},
      {"here", Message("Protection")},
      {"crumbs", View::Items{{{"label", Message("The participant")}, {"address", address}}}},
      {"address", address + "/protection"},
      {"back", address},
      {"code", code},
      {"anonymous", "/interventions/" + permit.intervention().text + "/anonymous-participants"},
      {"level", level_choice(request, permit.protection())},
      {"handler", handler_choice(request, tx, permit,
                                 keeps_the_case(permit) ? Message("One more who works with the participant")
                                                        : Message("Colleague who works with the participant"))}};
  if (permit.protection() == Protection::none)
    say_what_happens(view, request, tx, permit);
  else
    say_what_is(view, request, tx, permit);
  return view;
}

Result<web::Reply> show_page(web::Request& request) {
  const auto permit = TRY(admitted(request, request.tx, "protection"));
  return web::show("protection/show", show_view(request, request.tx, permit));
}

// What became of the transaction: where to go and what must be gone, or the page again.
struct Marked {
  std::vector<std::string> texts;
  std::string onwards;
};

// Whoever is not named has no page to go back to.
std::string onwards(db::Transaction& tx, const access::Permit& permit, const access::User& user) {
  const auto named = named_handlers(tx, permit);
  const bool is_named = std::ranges::find(named, user.account, &Colleague::account) != named.end();
  return is_named ? address_of(permit.participant())
                  : "/interventions/" + permit.intervention().text + "/participants";
}

Result<Marked> mark(db::Transaction& tx, const web::LongRequest& request) {
  const auto permit = TRY(admitted(request, tx, "protection"));
  const Wish wish{access::protections.find(request.field("level")), {request.field("handler")}};
  auto texts = TRY(protect(tx, permit, request.user, wish));
  return Marked{std::move(texts), onwards(tx, permit, request.user)};
}

Result<web::Reply> post_protection(web::LongRequest& request) {
  const auto marked = request.database.write([&](db::Transaction& tx) { return mark(tx, request); });
  if (!marked && marked.error().kind == Problem::Kind::invalid) {
    auto view = TRY(request.database.write([&](db::Transaction& tx) -> Result<View> {
      const auto permit = TRY(admitted(request, tx, "protection"));
      return show_view(request, tx, permit);
    }));
    return web::show_again("protection/show", std::move(view), marked.error());
  }
  if (!marked) return tl::unexpected(marked.error());
  // The participant is protected already; what is left in the files is tried again by the clock.
  if (const auto left = leave_nothing(request.database, marked->texts); !left)
    log::error("protection: " + text::told(text::Language::english, left.error().faults.front()));
  return web::go_to(marked->onwards);
}

Result<web::Reply> answer(web::Request& request, const access::Permit& permit, const Result<>& done) {
  if (done) return web::go_to(address_of(permit.participant()) + "/protection");
  if (done.error().kind != Problem::Kind::invalid) return tl::unexpected(done.error());
  return web::show_again("protection/show", show_view(request, request.tx, permit), done.error());
}

Result<web::Reply> post_handler(web::Request& request) {
  const auto permit = TRY(admitted(request, request.tx, "named handler"));
  if (permit.protection() == Protection::none) return conflict("The participant is not protected.");
  return answer(request, permit, name_handler(request.tx, permit, request.user, {request.field("handler")}));
}
Result<web::Reply> post_handler_end(web::Request& request) {
  const auto permit = TRY(admitted(request, request.tx, "named handler"));
  if (permit.protection() == Protection::none) return conflict("The participant is not protected.");
  TRY(end_handler(request.tx, permit, {request.field("handler")}));
  return web::go_to(onwards(request.tx, permit, request.user));
}
Result<web::Reply> post_end(web::Request& request) {
  const auto permit = TRY(admitted(request, request.tx, "proposal to end protection"));
  return answer(request, permit,
                propose_end(request.tx, permit, request.user, reasons.find(request.field("reason"))));
}
Result<web::Reply> post_end_withdrawal(web::Request& request) {
  const auto permit = TRY(admitted(request, request.tx, "proposal to end protection"));
  return answer(request, permit, withdraw_proposal(request.tx, permit, request.user));
}

// ---- for the second person

Result<web::Reply> list_page(web::Request& request) {
  const auto proposals = to_confirm(request.tx, request.user, request.now);
  View view = {
      {"title", Message("Protection that is to end")},
      {"here", Message("Protection that is to end")},
      {"crumbs", View::Items{{{"label", Message("Find a participant")}, {"address", "/participants"}}}},
      {"proposals", views(proposals, [&](const Proposal& one) {
         return View{{"address", "/protections/" + one.id + "/confirmation"},
                     {"pseudonym", one.pseudonym},
                     {"why", name_of(one.reason)},
                     {"by", one.by_name},
                     {"proposed", text::date_words(one.proposed.date(), request.language)},
                     {"until", text::date_words(one.until.date(), request.language)}};
       })}};
  if (proposals.empty())
    view.set("nothing",
             {{"heading", Message("Nothing waits for you")},
              {"text", Message("What a colleague of another unit proposes is shown here for a week.")}});
  return web::show("protection/list", std::move(view));
}

Result<web::Reply> post_confirmation(web::Request& request) {
  TRY(confirm_end(request.tx, request.user, request.part("proposal"), request.now));
  return web::go_to("/protections");
}

}  // namespace

void routes(web::Router& router) {
  router.get_noted("/participants/:id/protection", access::signed_in, show_page);
  router.post_long("/participants/:id/protection", access::signed_in, post_protection);
  router.post("/participants/:id/protection/handlers", access::signed_in, post_handler);
  router.post("/participants/:id/protection/handlers/end", access::signed_in, post_handler_end);
  router.post("/participants/:id/protection/end", access::signed_in, post_end);
  router.post("/participants/:id/protection/end/withdrawal", access::signed_in, post_end_withdrawal);
  router.get("/protections", participant::may_read, list_page);
  router.post("/protections/:proposal/confirmation", participant::may_read, post_confirmation);
}

}  // namespace stafett::protection
