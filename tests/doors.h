// What the participant lets one party tell another, for the tests.
#pragma once

#include <optional>

#include "consent/consent.h"
#include "tests/world.h"

namespace stafett {

// In the intervention “Prova på”; open from a minute ago, for most of a year.
struct DoorTime {
  std::optional<Moment> opens, closes;
};
inline void open_door(World& world, const Id<participant::Participant>& participant, const organisation::Organisation& from,
                      const organisation::Organisation& to, access::Kinds kinds, bool free_text, DoorTime time = {}) {
  world.database->write([&](db::Transaction& tx) {
    tx.execute(R"(
      insert into consent (id, participant_id, intervention_id, from_id, to_id, kinds, free_text, purpose, opens_at,
                           closes_at, language, form, evidence, recorded_by, recorded_at)
      values (:id, :participant, 'prova', :from, :to, :kinds, :free_text, 'coordination', :opens, :closes, '',
              'paper', '', :by, :opens))",
               {{"id", new_key()},
                {"participant", participant},
                {"from", from.id},
                {"to", to.id},
                {"kinds", kinds.bits()},
                {"free_text", free_text},
                {"by", world.bo.user.account},
                {"opens", time.opens.value_or(world.now + -60)},
                {"closes", time.closes.value_or(world.now + 300LL * 86400)}});
    consent::notes_in_clear.seal(tx, 1, world.now);
  });
}
inline void shut_doors(World& world) {
  world.database->write([&](db::Transaction& tx) { tx.execute("update consent set closes_at = :now", {{"now", world.now}}); });
}

}  // namespace stafett
