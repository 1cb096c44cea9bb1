// What the rules of docs/rooms.md say of each in the cast.
#include "tests/cast.h"

#include <algorithm>

namespace stafett {

access::Decision Cast::decided(const Actor& one, const organisation::Organisation& room,
                               access::Protection protection, bool proved, access::Action action) const {
  auto facts = one.facts;
  facts.action = action;
  facts.room = room.id;
  facts.person.protection = protection;
  facts.asker.strength = proved ? access::Strength::strong : access::Strength::password;
  if (proved) facts.asker.proved = facts.now;
  return access::model::decide(facts);
}

bool Cast::has_own_room(const Actor& one) const {
  const auto is_open = [&](const access::Door& door) {
    return !door.withdrawn && door.opens <= one.facts.now && one.facts.now < door.closes;
  };
  return !one.facts.assignments.empty() || std::ranges::any_of(one.facts.doors, is_open);
}

bool Cast::may_see(const Actor& one, access::Protection protection, bool proved) const {
  return decided(one, municipality, protection, proved).allowed ||
         (has_own_room(one) &&
          decided(one, {.id = one.facts.asker.organisation}, protection, proved).allowed);
}

bool Cast::may(const Actor& one, access::Action action, access::Protection protection, bool proved) const {
  if (action == access::Action::see) return may_see(one, protection, proved);
  const bool has_room = one.facts.asker.organisation == municipality.id || has_own_room(one);
  return has_room && decided(one, {.id = one.facts.asker.organisation}, protection, proved, action).allowed;
}

// "Lists" in docs/rooms.md: decided with the assignments to everyone; else those one works with by name; a
// protected person only for these; nobody that the reader is in conflict with.
Cast::Listed Cast::listed(const Actor& one, access::Protection protection) const {
  const auto may_with = [&](bool by_name) {
    auto facts = one.facts;
    facts.room = municipality.id;
    facts.doors.clear();
    facts.glass_until.reset();
    facts.in_conflict = false;
    std::erase_if(facts.assignments, [&](const auto& work) { return work.by_name != by_name; });
    if (by_name) facts.asker.heads_unit = false;
    return access::model::decide(facts).allowed;
  };
  const bool all = may_with(false), some = may_with(true);
  const bool has_participant = (all && protection == access::Protection::none) || some;
  return {.is_open = all || some,
          .has_participant = has_participant && !one.facts.in_conflict,
          .has_others = all};
}

}  // namespace stafett
