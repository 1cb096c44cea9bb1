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
  if (!facts.person.exists) return known;

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
  if (!facts.doors.empty()) add(user.organisation);  // told of the person, so its head may say who is to work with them
  return known;
}

KnownAll facts_of_all(db::Transaction& tx, const User& user, const AskAll& ask, Moment now) {
  auto work = assignment::door_facts(tx, user, ask.intervention);
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
