#include "access/decide.h"

#include <algorithm>
#include <array>

namespace stafett::access {
namespace {

using Answer = std::optional<Decision>;

// What others may know that there is something of: that somebody has a plan or works is no secret to those
// who work with them; that there are notes on health, social matters, income or violence is (OSL 25, 26 and
// 28 kap.).
constexpr Kinds no_secret_that_kept{Kind::contact, Kind::planning, Kind::work};

// Where a person is, or can be found (the threats of docs/threats.md): not kept of those who are protected.
constexpr Kinds tells_where{Kind::contact};

constexpr Kinds of_caseload{Kind::contact, Kind::planning, Kind::work};

Decision no(Rule rule) { return {.rule = rule}; }
Decision yes(Rule rule, Kinds kinds, Kinds free_text) {
  return {.allowed = true, .rule = rule, .kinds = kinds, .free_text = free_text};
}

bool is_protected(const Facts& facts) { return facts.person.protection != Protection::none; }
bool is_own_room(const Facts& facts) { return facts.room == facts.asker.organisation; }
bool is_now(const Assignment& assignment, Moment now) {
  return assignment.from <= now && (!assignment.until || now < *assignment.until);
}
bool is_open(const Door& door, const Facts& facts) {
  return !door.withdrawn && door.opens <= facts.now && facts.now < door.closes && door.from == facts.room &&
         door.to == facts.asker.organisation && door.intervention == facts.person.intervention &&
         door.purpose == facts.purpose;
}

bool is_assigned(const Facts& facts) {
  return std::ranges::any_of(facts.assignments, [&](const auto& one) { return is_now(one, facts.now); });
}
bool is_named(const Facts& facts) {
  return std::ranges::any_of(facts.assignments,
                             [&](const auto& one) { return one.by_name && is_now(one, facts.now); });
}
// Violence is for those named for it, never for all who work in an intervention.
Kinds assigned_kinds(const Facts& facts) {
  Kinds kinds;
  for (const auto& assignment : facts.assignments)
    if (is_now(assignment, facts.now))
      kinds = kinds | (assignment.by_name ? assignment.kinds : assignment.kinds.without({Kind::violence}));
  return kinds;
}

bool is_fresh(const Facts& facts) {
  const auto& proved = facts.asker.proved;
  return facts.asker.strength != Strength::password && proved && *proved <= facts.now &&
         facts.now < *proved + fresh_seconds;
}
// What takes a person's records out of here, or changes who may reach them.
bool needs_fresh_sign_in(const Facts& facts) {
  switch (facts.action) {
    case Action::see:
    case Action::write:
    case Action::consent:
    case Action::import:
      return is_protected(facts);
    case Action::print:
    case Action::assign:
    case Action::protect:
    case Action::review:
    case Action::erase:
    case Action::confirm:
      return true;
  }
  return true;
}

// ---- the steps

Answer not_signed_in(const Facts& facts) {
  if (!facts.asker.signed_in || facts.asker.organisation.text.empty()) return no(Rule::not_signed_in);
  return {};
}
Answer of_association(const Facts& facts) {
  if (facts.asker.of_association) return no(Rule::of_association);
  return {};
}
Answer no_case_work(const Facts& facts) {
  if (!facts.asker.works_with_persons) return no(Rule::no_case_work);
  return {};
}
Answer nobody_there(const Facts& facts) {
  if (!facts.person.exists || facts.person.erased) return no(Rule::nobody_there);
  return {};
}
Answer in_conflict(const Facts& facts) {
  if (facts.in_conflict) return no(Rule::in_conflict);
  return {};
}
// Who works with somebody is the first person, never the second.
Answer second_person(const Facts& facts) {
  if (facts.action != Action::confirm || !is_own_room(facts) || is_named(facts)) return {};
  return is_fresh(facts) ? yes(Rule::second_person, {}, {}) : no(Rule::sign_in_again);
}
Answer protected_person(const Facts& facts) {
  if (is_protected(facts) && !is_named(facts)) return no(Rule::protected_person);
  return {};
}

// Who handles the case does not decide who else does; the head who decides that does not read it for that.
bool is_for_handlers(Action action) {
  switch (action) {
    case Action::see:
    case Action::write:
    case Action::print:
    case Action::consent:
    case Action::protect:
      return true;
    case Action::assign:
    case Action::review:
    case Action::erase:
    case Action::import:
    case Action::confirm:
      return false;
  }
  return false;
}
bool is_for_heads(Action action) {
  switch (action) {
    case Action::see:
    case Action::assign:
    case Action::protect:
    case Action::review:
    case Action::erase:
    case Action::import:
      return true;
    case Action::write:
    case Action::print:
    case Action::consent:
    case Action::confirm:
      return false;
  }
  return false;
}

Answer own_room(const Facts& facts) {
  if (!is_own_room(facts) || !is_assigned(facts) || !is_for_handlers(facts.action)) return {};
  auto kinds = assigned_kinds(facts);
  if (is_protected(facts)) kinds = kinds.without(tells_where);
  return yes(Rule::own_room, kinds, kinds);
}

Answer head_of_unit(const Facts& facts) {
  if (!is_own_room(facts) || !facts.asker.heads_unit || !is_for_heads(facts.action)) return {};
  return yes(Rule::head_of_unit, is_protected(facts) ? of_caseload.without(tells_where) : of_caseload, {});
}

Answer broken_glass(const Facts& facts) {
  if (!is_own_room(facts) || !facts.glass_until || facts.now >= *facts.glass_until) return {};
  if (facts.action != Action::see) return {};
  const auto kinds = Kinds::all().without({Kind::violence});
  return yes(Rule::broken_glass, kinds, kinds);
}

Answer not_assigned(const Facts& facts) {
  if (!is_assigned(facts)) return no(Rule::not_assigned);
  return {};
}

// Another's room is only looked into. What one is assigned to see at home is the most one may see there.
Answer door(const Facts& facts) {
  if (is_own_room(facts) || facts.action != Action::see) return {};
  Decision decision{.allowed = true, .rule = Rule::door};
  for (const auto& door : facts.doors) {
    if (!is_open(door, facts)) continue;
    auto kinds = door.kinds & assigned_kinds(facts);
    if (is_protected(facts)) kinds = kinds.without(tells_where);
    if (kinds.empty()) continue;
    if (decision.consent.empty()) decision.consent = door.consent;
    decision.kinds = decision.kinds | kinds;
    if (door.free_text) decision.free_text = decision.free_text | kinds;
  }
  if (decision.kinds.empty()) return {};
  if (!is_protected(facts)) decision.kept = no_secret_that_kept.without(decision.kinds);
  return decision;
}

// A yes that needs a fresher sign-in becomes a no that says so; a no says nothing of it.
Answer sign_in_again(const Facts& facts) {
  if (needs_fresh_sign_in(facts) && !is_fresh(facts) &&
      (is_assigned(facts) || (is_own_room(facts) && facts.asker.heads_unit)))
    return no(Rule::sign_in_again);
  return {};
}

constexpr std::array every_step{Step{Rule::not_signed_in, not_signed_in},
                                Step{Rule::of_association, of_association},
                                Step{Rule::no_case_work, no_case_work},
                                Step{Rule::nobody_there, nobody_there},
                                Step{Rule::in_conflict, in_conflict},
                                Step{Rule::second_person, second_person},
                                Step{Rule::protected_person, protected_person},
                                Step{Rule::sign_in_again, sign_in_again},
                                Step{Rule::own_room, own_room},
                                Step{Rule::head_of_unit, head_of_unit},
                                Step{Rule::broken_glass, broken_glass},
                                Step{Rule::not_assigned, not_assigned},
                                Step{Rule::door, door}};

}  // namespace

Message name_of(Rule rule) {
  switch (rule) {
    case Rule::not_signed_in:
      return "not signed in";
    case Rule::of_association:
      return "works for the association, which sees no person";
    case Rule::no_case_work:
      return "the role does not work with persons";
    case Rule::nobody_there:
      return "no such participant";
    case Rule::in_conflict:
      return "among those the participant has a conflict with";
    case Rule::protected_person:
      return "protected, and not a named handler";
    case Rule::sign_in_again:
      return "needed to sign in again";
    case Rule::own_room:
      return "works with the participant";
    case Rule::head_of_unit:
      return "head of the unit";
    case Rule::broken_glass:
      return "emergency, with a stated reason";
    case Rule::door:
      return "the participant's consent";
    case Rule::not_assigned:
      return "does not work with the participant";
    case Rule::no_door:
      return "no consent";
    case Rule::second_person:
      return "confirmed what a colleague proposed";
    case Rule::runs_the_program:
      return "runs the program on the machine";
  }
  return {};
}

std::span<const Step> steps() { return every_step; }

Decision decide(const Facts& facts, std::span<const Step> steps) {
  for (const auto& step : steps)
    if (auto answer = step.answer(facts)) return *answer;
  // Those who work with the person may know that a room is there, where that is no secret.
  Decision decision = no(Rule::no_door);
  if (is_assigned(facts) && !is_protected(facts) && facts.person.exists) decision.kept = no_secret_that_kept;
  return decision;
}

Decision decide(const Facts& facts) { return decide(facts, every_step); }

}  // namespace stafett::access
