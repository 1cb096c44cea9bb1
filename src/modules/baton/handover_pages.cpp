#include "baton/handover_pages.h"

#include <algorithm>

#include "consent/consent.h"
#include "text/number.h"
#include "web/kinds.h"
#include "web/lines.h"
#include "web/router.h"

namespace stafett::baton {
namespace {

using access::Action;
using participant::Participant;

std::string address_of(const Id<Participant>& participant) { return "/participants/" + participant.text; }

Result<access::Permit> admitted(web::Request& request, Action action, const char* object = "handover") {
  return access::admit(request.tx, request.user,
                       {.participant = request.id<Participant>(), .action = action, .object = object}, request.now);
}

View field(const web::Request& request, const char* id, Message label, Message hint = {}) {
  return {{"id", id}, {"label", std::move(label)}, {"hint", std::move(hint)}, {"type", "date"}, {"value", request.field(id)}};
}

View words_field(const web::Request& request, const char* id, Message label, Message hint) {
  return {{"id", id}, {"label", std::move(label)}, {"hint", std::move(hint)}, {"rows", 4}, {"value", request.field(id)}};
}

View step_fields(const web::Request& request, View view) {
  view.set("step", {{"id", "step"}, {"label", Message("What you do next")}, {"hint", Message("In a few words.")}, {"type", "text"}, {"value", request.field("step")}});
  view.set("step_on", field(request, "step_on", "By when"));
  return view;
}

View day(const web::Request& request, const std::optional<Date>& date) {
  return date ? View(text::date_words(*date, request.language)) : View(nullptr);
}

// A colleague by the account, a party by its organisation.
std::string value_of(const Receiver& receiver) { return receiver.organisation.text + " " + receiver.account.text; }

View crumbs(web::Request& request) {
  return View::Items{{{"label", Message("The participant")}, {"address", address_of(request.id<Participant>())}}};
}

std::string kinds_or_nothing(web::Request& request, access::Kinds kinds) {
  return kinds.empty() ? request.translated("nothing") : web::kinds_words(request, kinds);
}

std::string what_goes(web::Request& request, access::Kinds kinds, access::Kinds free_text) {
  const auto words = kinds_or_nothing(request, kinds);
  return words + (free_text.empty() ? request.translated(", not what is written in free text") : "");
}

View offer_view(web::Request& request, const access::Permit& permit) {
  View::Items choices{{{"value", ""}, {"text", Message("– choose –")}, {"chosen", false}}}, previews;
  for (const auto& receiver : receivers(request.tx, permit, request.user)) {
    const auto value = value_of(receiver);
    choices.push_back({{"value", value}, {"text", receiver.name}, {"chosen", value == request.field("to")}});
    const auto mine = permit.in(permit.asker()).kinds;
    previews.push_back({{"name", receiver.name},
                        {"goes", what_goes(request, receiver.kinds & mine, receiver.free_text)},
                        {"stays", kinds_or_nothing(request, mine.without(receiver.kinds))},
                        {"closes", receiver.closes ? View(request.translated({"until {1}", text::date_words(receiver.closes->date() - 1, request.language)}))
                                                   : View(nullptr)}});
  }
  return {{"title", Message("Hand over the baton")},
          {"here", Message("Hand over the baton")},
          {"crumbs", crumbs(request)},
          {"code", consent::code_told(request.tx, permit)},
          {"address", address_of(permit.participant()) + "/handovers"},
          {"back", address_of(permit.participant())},
          {"alone", previews.empty()},
          {"receivers", std::move(previews)},
          {"to", {{"id", "to"}, {"label", Message("Who is to have it")}, {"hint", nullptr}, {"choices", std::move(choices)}}},
          {"message", words_field(request, "message", "To the receiver", "What they need to know to say yes or no. Only those read it whom the consent lets read free text.")},
          {"meeting_on", field(request, "meeting_on", "Handover meeting", "If there is to be one.")},
          {"both_until", field(request, "both_until", "Both have a hand on it until", "Until the handover meeting, if you leave it empty.")},
          {"support_until", field(request, "support_until", "Your support goes on until", "If the receiver can turn to you afterwards.")}};
}

Result<web::Reply> offer_page(web::Request& request) {
  const auto permit = TRY(admitted(request, Action::write, access::empty_form));
  return web::show("baton/offer", offer_view(request, permit));
}

Handover written(const web::Request& request) {
  const auto to = request.field("to");
  const auto space = to.find(' ');
  return {.to = {to.substr(0, space)},
          .receiver = {space == to.npos ? "" : to.substr(space + 1)},
          .message = request.field("message"),
          .meeting_on = Date::read(request.field("meeting_on")),
          .both_until = Date::read(request.field("both_until")),
          .support_until = Date::read(request.field("support_until"))};
}

Result<web::Reply> post_offer(web::Request& request) {
  const auto permit = TRY(admitted(request, Action::write));
  const auto offered = offer(request.tx, permit, request.user, written(request));
  if (offered) return web::go_to(address_of(permit.participant()));
  if (offered.error().kind != Problem::Kind::invalid) return tl::unexpected(offered.error());
  return web::show_again("baton/offer", offer_view(request, permit), offered.error());
}

View answer_view(web::Request& request, const access::Permit& seen, const Handover& handover) {
  const auto& decision = seen.in(handover.from);
  const bool may_answer = seen.in(seen.asker()).rule == access::Rule::own_room;
  View::Items reason_choices;
  for (const auto& [reason, word] : reasons.all)
    reason_choices.push_back({{"value", word}, {"text", name_of(reason)}, {"chosen", word == request.field("reason")}});
  return step_fields(request, {{"title", Message("Take the baton?")},
                               {"here", Message("Take the baton?")},
                               {"crumbs", crumbs(request)},
                               {"code", consent::code_told(request.tx, seen)},
                               {"address", address_of(seen.participant()) + "/handovers/" + handover.id.text},
                               {"back", address_of(seen.participant())},
                               {"may_answer", may_answer},
                               {"assignments", may_answer ? View(nullptr) : View(address_of(seen.participant()) + "/assignments")},
                               {"from", handover.from_name},
                               {"giver", handover.giver_name},
                               {"offered", text::date_words(handover.offered.date(), request.language)},
                               {"meeting_on", day(request, handover.meeting_on)},
                               {"both_until", day(request, handover.both_until)},
                               {"support_until", day(request, handover.support_until)},
                               {"goes", what_goes(request, decision.kinds, decision.free_text)},
                               {"lines", web::lines_of(handover.message)},
                               {"reason", {{"id", "reason"}, {"label", Message("Why")}, {"hint", nullptr}, {"choices", std::move(reason_choices)}}},
                               {"answer", words_field(request, "answer", "To the giver", "They read it. Needed for another reason.")}});
}

Result<Handover> asked(web::Request& request, const access::Permit& seen) {
  const auto open = open_handover(request.tx, seen);
  if (!open || open->id.text != request.part("handover") || open->to != seen.asker())
    return conflict("The handover has been answered or withdrawn already.");
  return *open;
}

Result<web::Reply> answer_page(web::Request& request) {
  const auto seen = TRY(admitted(request, Action::see));
  const auto handover = TRY(asked(request, seen));
  return web::show("baton/answer", answer_view(request, seen, handover));
}

Result<web::Reply> answered(web::Request& request, const access::Permit& seen, const Result<>& outcome) {
  if (outcome) return web::go_to(address_of(seen.participant()));
  if (outcome.error().kind != Problem::Kind::invalid) return tl::unexpected(outcome.error());
  const auto handover = TRY(asked(request, seen));
  return web::show_again("baton/answer", answer_view(request, seen, handover), outcome.error());
}

Result<web::Reply> post_acceptance(web::Request& request) {
  const auto permit = TRY(admitted(request, Action::write));
  const auto seen = TRY(admitted(request, Action::see));
  return answered(request, seen, accept(request.tx, seen, permit, request.user, {request.part("handover")}, step_in(request)));
}

Result<web::Reply> post_refusal(web::Request& request) {
  const auto permit = TRY(admitted(request, Action::write));
  const auto seen = TRY(admitted(request, Action::see));
  const auto reason = reasons.find(request.field("reason")).value_or(Reason::none);
  return answered(request, seen, refuse(request.tx, seen, permit, request.user, {request.part("handover")}, reason, request.field("answer")));
}

Result<web::Reply> post_withdrawal(web::Request& request) {
  const auto permit = TRY(admitted(request, Action::write));
  TRY(withdraw(request.tx, permit, {request.part("handover")}));
  return web::go_to(address_of(permit.participant()));
}

}  // namespace

View refusal_view(const web::Request& request, const Handover& handover) {
  if (handover.outcome != Outcome::refused) return nullptr;
  const auto why = handover.answer.empty() ? request.translated(name_of(handover.reason)) : handover.answer;
  return Message{"{1} refused the handover {2}: {3}.", handover.to_name,
                 text::date_words(handover.answered->date(), request.language), why};
}

void handover_routes(web::Router& router) {
  router.get_noted("/participants/:id/handovers/new", access::signed_in, offer_page);
  router.post("/participants/:id/handovers", access::signed_in, post_offer);
  router.get_noted("/participants/:id/handovers/:handover", access::signed_in, answer_page);
  router.post("/participants/:id/handovers/:handover/acceptance", access::signed_in, post_acceptance);
  router.post("/participants/:id/handovers/:handover/refusal", access::signed_in, post_refusal);
  router.post("/participants/:id/handovers/:handover/withdrawal", access::signed_in, post_withdrawal);
}

}  // namespace stafett::baton
