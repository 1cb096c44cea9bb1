#include "baton/baton.h"
#include "baton/handover_pages.h"
#include "consent/consent.h"
#include "text/number.h"
#include "web/router.h"

namespace stafett::baton {
namespace {

using access::Kind;
using participant::Participant;

std::string address_of(const Id<Participant>& participant) { return "/participants/" + participant.text; }

Message take_words(const Baton& baton, const Id<access::Account>& asker) {
  if (!baton.holder) return "Take the baton";
  return baton.holder->account == asker ? "Change the next step" : "Take over the baton";
}

std::string person(const std::string& name, const std::string& duty) { return duty.empty() ? name : name + ", " + duty; }

View hand_of(web::Request& request, const Baton& baton) {
  const auto& holding = *baton.holder;
  const auto since = text::date_words(holding.from.date(), request.language);
  return {{"label", baton.is_open ? Message("Holds the baton") : Message("Held the baton last")},
          {"who", person(holding.name, holding.duty)},
          {"about", View::Items{holding.organisation_name, request.translated({"since {1}", since})}}};
}

View offered_view(web::Request& request, const Handover& handover) {
  const int days = request.now.date() - handover.offered.date();
  View::Items about;
  if (!handover.receiver_name.empty()) about.push_back(handover.to_name);
  if (days >= head_sees_after_days)
    about.push_back(request.translated("Their unit and its head see that nobody has answered."));
  else if (days >= unit_sees_after_days)
    about.push_back(request.translated("Their whole unit sees that nobody has answered."));
  if (handover.meeting_on)
    about.push_back(request.translated({"handover meeting {1}", text::date_words(*handover.meeting_on, request.language)}));
  return {{"label", days == 0   ? Message("Offered today")
                    : days == 1 ? Message("Offered since yesterday")
                                : Message{"Offered for {1} days", std::to_string(days)}},
          {"who", handover.receiver_name.empty() ? handover.to_name : handover.receiver_name},
          {"about", std::move(about)},
          {"asked", true}};
}

// The giver's hand, after the receiver has said yes.
View giver_view(web::Request& request, const Handover& handover) {
  const auto today = request.now.date();
  const bool both = handover.both_until && today <= *handover.both_until;
  const bool supports = handover.support_until && today <= *handover.support_until;
  if (!both && !supports) return nullptr;
  const auto until = text::date_words(both ? *handover.both_until : *handover.support_until, request.language);
  View::Items about{handover.giver_name};
  if (both && supports)
    about.push_back(request.translated({"support until {1}", text::date_words(*handover.support_until, request.language)}));
  return {{"label", both ? Message{"Also has a hand on it, until {1}", until} : Message{"Supports until {1}", until}},
          {"who", handover.from_name},
          {"about", std::move(about)},
          {"asked", false}};
}

View next_view(web::Request& request, const Holding& holding) {
  const auto today = request.now.date();
  const auto day = text::date_words(holding.step.on, request.language);
  return {{"text", holding.step.text.empty() ? request.translated("not shared with you") : holding.step.text},
          {"late", holding.step.on < today},
          {"day", holding.step.on < today ? request.translated({"{1}, passed", day}) : day}};
}

Message note_of(const access::Permit& permit, const Baton& baton) {
  if (baton.is_elsewhere) return "Another party holds the baton, and does not share with you.";
  if (baton.holder) return {};
  if (!baton.is_open) return "The case is closed. Nobody has held its baton here.";
  if (permit.asker() == permit.owner()) return "Nobody has taken the baton. Until somebody does, your unit answers for the case.";
  return "The organisation that has the intervention answers for the case.";
}

void add_actions(View& view, web::Request& request, const access::Permit& permit, const Baton& baton,
                 const std::optional<Handover>& open) {
  const auto& mine = permit.in(permit.asker());
  if (mine.rule != access::Rule::own_room || !mine.free_text.has(Kind::planning)) return;
  const auto address = address_of(permit.participant());
  if (open && open->to == permit.asker() && open->giver != request.user.account) {
    view.set("answer", address + "/handovers/" + open->id.text);
  }
  const bool is_ours = baton.holder ? baton.holder->organisation == permit.asker() : permit.asker() == permit.owner() && !baton.is_elsewhere;
  if (!baton.is_open || !is_ours) return;
  view.set("may_act", true);
  view.set("take", take_words(baton, request.user.account));
  if (open && open->from == permit.asker())
    view.set("withdraw", address + "/handovers/" + open->id.text + "/withdrawal");
  else if (baton.holder)
    view.set("offer", true);
}

Result<access::Permit> admitted(web::Request& request, const char* object) {
  return access::admit(request.tx, request.user,
                       {.participant = request.id<Participant>(), .action = access::Action::write, .object = object}, request.now);
}

View take_view(web::Request& request, const access::Permit& permit, const Step& step) {
  const auto baton = of(request.tx, permit);
  const auto words = take_words(baton, request.user.account);
  const auto address = address_of(permit.participant());
  return {{"title", words},
          {"here", words},
          {"crumbs", View::Items{{{"label", Message("The participant")}, {"address", address}}}},
          {"code", consent::code_told(request.tx, permit)},
          {"address", address + "/baton"},
          {"back", address},
          {"seen", baton.holder ? baton.holder->id.text : ""},
          {"label", words},
          {"step", {{"id", "step"}, {"label", Message("What you do next")}, {"hint", Message("In a few words.")}, {"type", "text"}, {"value", step.text}}},
          {"step_on",
           {{"id", "step_on"}, {"label", Message("By when")}, {"hint", nullptr}, {"type", "date"}, {"value", step.on == Date{} ? "" : step.on.text()}}}};
}

Result<web::Reply> take_page(web::Request& request) {
  const auto permit = TRY(admitted(request, access::empty_form));
  const auto baton = of(request.tx, permit);
  const bool mine = baton.holder && baton.holder->account == request.user.account;
  return web::show("baton/take", take_view(request, permit, mine ? baton.holder->step : Step{}));
}

Result<web::Reply> post_baton(web::Request& request) {
  const auto permit = TRY(admitted(request, "baton"));
  const auto step = step_in(request);
  const auto taken = take(request.tx, permit, request.user, step, {request.field("seen")});
  if (taken) return web::go_to(address_of(permit.participant()));
  if (taken.error().kind != Problem::Kind::invalid) return tl::unexpected(taken.error());
  return web::show_again("baton/take", take_view(request, permit, step), taken.error());
}

}  // namespace

// A day that is none counts as passed.
Step step_in(const web::Request& request) {
  return {request.field("step"), Date::read(request.field("step_on")).value_or(Date{})};
}

View banner(web::Request& request, const access::Permit& permit) {
  const auto baton = of(request.tx, permit);
  const auto all = baton.has_handovers ? handovers(request.tx, permit) : std::vector<Handover>{};
  std::optional<Handover> open;
  View other = nullptr;
  if (baton.is_open && !all.empty() && all.front().outcome == Outcome::open) {
    open = all.front();
    other = offered_view(request, *open);
  } else if (baton.is_open) {
    for (const auto& handover : all)
      if (handover.outcome == Outcome::accepted) {
        other = giver_view(request, handover);
        break;
      }
  }
  View view = {{"shown", baton.holder || open},
               {"hand", baton.holder ? hand_of(request, baton) : View(nullptr)},
               {"other", std::move(other)},
               {"note", note_of(permit, baton)},
               {"next", baton.holder && baton.is_open ? next_view(request, *baton.holder) : View(nullptr)},
               {"may_act", false},
               {"answer", nullptr},
               {"address", address_of(permit.participant())},
               {"offer", false},
               {"withdraw", nullptr},
               {"refusal", all.empty() ? View(nullptr) : refusal_view(request, all.front())}};
  add_actions(view, request, permit, baton, open);
  return view;
}

void routes(web::Router& router) {
  router.get_noted("/participants/:id/baton", access::signed_in, take_page);
  router.post("/participants/:id/baton", access::signed_in, post_baton);
  handover_routes(router);
}

}  // namespace stafett::baton
