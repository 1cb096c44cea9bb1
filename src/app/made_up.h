// Made-up participations from a seed, for the demo area and for measuring. No row is a person; the same seed and count
// give the same rows on every machine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "contact/contact.h"
#include "decision/decision.h"
#include "intervention/intervention.h"
#include "participant/participant.h"
#include "participation/participation.h"

namespace stafett::app {

// Small, fast and the same everywhere (SplitMix64).
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  int below(int n) { return static_cast<int>(next() % static_cast<std::uint64_t>(n)); }
  bool in(int of) { return below(of) == 0; }
  template <class List>
  const auto& one_of(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(std::size(list))))];
  }

 private:
  std::uint64_t state_;
};

struct MadeUp {
  participant::Participant participant;
  participation::Participation stay;
  std::vector<decision::Decision> decisions;  // where the intervention has kinds of them
};

// One person's stay in the intervention, started on some day from `first` on and before `today`.
MadeUp make_up(Chance&, const intervention::Intervention&, std::size_t number, Date first, Date today);

// A contact that somebody wrote down on some day of the last two years.
contact::Contact make_up_contact(Chance&, const access::User& writer, const Id<intervention::Intervention>&, Moment now);

// Interventions for a region of made-up registers: as many as asked for, in a few areas.
std::vector<intervention::Definition> made_up_interventions(std::size_t count);

// As a line of a register, in the columns of the contract, with the heading to match.
extern const std::string_view register_heading;
std::string register_line(const MadeUp&);

}  // namespace stafett::app
