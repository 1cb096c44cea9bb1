// Assignment (uppdrag): someone works with a participant, or with everyone in an intervention, for their own
// organisation. It is what lets staff into their own organisation's room, and nothing else does.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/gate.h"
#include "access/user.h"
#include "intervention/intervention.h"
#include "organisation/organisation.h"
#include "participant/participant.h"

namespace stafett::web {
class Router;
}

namespace stafett::assignment {

inline constexpr access::Permission may_head{"assignment.head"};  // a unit, and decides who works with whom

struct Assignment {
  Id<Assignment> id;
  Id<organisation::Organisation> organisation;
  Id<organisation::Unit> unit;  // may be empty
  Id<access::Account> account;
  std::string name;  // of whoever has it; only read
  Id<intervention::Intervention> intervention;
  Id<participant::Participant> participant;  // empty: everyone in the intervention
  std::string duty;                          // "coach", "handläggare"
  access::Kinds kinds;
  Moment from;
  std::optional<Moment> until;
};

// What the gate must know of who works here.
struct DoorFacts {
  std::vector<access::Assignment> mine;
  bool heads_unit = false;
  bool in_conflict = false;
  std::optional<Moment> glass_until;
  std::vector<Id<organisation::Organisation>>
      rooms;  // whose records there may be: all who work with the person
};
DoorFacts door_facts(db::Transaction&, const access::User&, const Id<participant::Participant>&,
                     const Id<intervention::Intervention>&);

// The same for all in an intervention; by_name: works with someone in it, now.
struct DoorFactsOfAll {
  std::vector<access::Assignment> mine;
  bool heads_unit = false, by_name = false;
};
DoorFactsOfAll door_facts(db::Transaction&, const access::User&, const Id<intervention::Intervention>&, Moment now);

// Store.
void give(db::Transaction&, const Assignment&, const Id<access::Account>& by);

// Somebody of the asker's organisation works with this participant by name no longer. With a permit to protect.
void end(db::Transaction&, const access::Permit&, const Id<access::Account>&);

// Who worked with a participant by name, who must not and who broke the glass, for good. With a permit to erase.
void erase(db::Transaction&, const access::Permit&);

// Everything that someone works with in the head's unit is another's from now on, and how many that were. The
// gate is asked for each: what the head may not decide on stays where it is, and so does whom the receiver
// has a conflict with.
std::size_t hand_over(db::Transaction&, const access::User& head, const Id<access::Account>& from,
                      const Id<access::Account>& to, Moment now);
std::size_t in_hand(db::Transaction&, const access::User& head, const Id<access::Account>&, Moment now);

}  // namespace stafett::assignment
