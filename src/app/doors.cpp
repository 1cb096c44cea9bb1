// What the gate must know of a participant and of who asks, from the modules that keep it.
#include <algorithm>

#include "access/gate.h"
#include "assignment/assignment.h"
#include "consent/consent.h"
#include "participant/participant.h"

namespace stafett::access {
namespace {

Facts::Asker asker_of(const User& user) {
  return {.signed_in = user.is_signed_in(),
          .of_association = user.of_association,
          .works_with_persons = user.may(participant::may_read),
          .organisation = user.organisation,
          .strength = user.strength,
          .proved = user.proved};
}

}  // namespace

Known facts_of(db::Transaction& tx, const User& user, const Ask& ask, Moment now) {
  Known known;
  auto& facts = known.facts;
  facts.now = now;
  facts.action = ask.action;
  facts.purpose = ask.purpose;
  facts.asker = asker_of(user);
  facts.person = participant::door_facts(tx, ask.participant);
  // Of somebody who is not there as much is asked: the time tells nothing.
  auto work = assignment::door_facts(tx, user, ask.participant, facts.person.intervention);
  facts.assignments = std::move(work.mine);
  facts.in_conflict = work.in_conflict;
  facts.glass_until = work.glass_until;
  facts.asker.heads_unit = work.heads_unit;
  facts.doors = consent::doors(tx, ask.participant, user.organisation);
  known.rooms = std::move(work.rooms);
  const auto add = [&](const Id<organisation::Organisation>& room) {
    if (std::ranges::find(known.rooms, room) == known.rooms.end()) known.rooms.push_back(room);
  };
  add(facts.person.owner);
  const auto is_open = [&](const Door& door) {
    return !door.withdrawn && door.opens <= now && now < door.closes;
  };
  // Told of the person, so its head may say who there is to work with them.
  if (std::ranges::any_of(facts.doors, is_open)) add(user.organisation);
  return known;
}

KnownAll facts_of_all(db::Transaction& tx, const User& user, const AskAll& ask, Moment now) {
  auto work = assignment::door_facts(tx, user, ask.intervention, now);
  KnownAll known{.by_name = work.by_name};
  auto& facts = known.facts;
  facts.now = now;
  facts.action = ask.action;
  facts.asker = asker_of(user);
  facts.asker.heads_unit = work.heads_unit;
  facts.person = {.exists = true, .owner = ask.owner, .intervention = ask.intervention};
  facts.assignments = std::move(work.mine);
  facts.room = ask.owner;
  return known;
}

}  // namespace stafett::access
