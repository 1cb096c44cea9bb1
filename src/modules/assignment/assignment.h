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

inline constexpr access::Permission may_head{"assignment.head", true};  // a unit, and decides who works with whom

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
  bool in_conflict = false;  // and so without effect; only read

  bool by_name() const { return !participant.text.empty(); }
  bool runs(Moment now) const { return from <= now && (!until || now < *until); }
  bool has_ended(Moment now) const { return until && *until <= now; }
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

// Someone of the head's own organisation and unit who may be given work: they work with cases.
struct Worker {
  Id<access::Account> account;
  std::string name;
  Id<organisation::Unit> unit;  // may be empty
};
std::vector<Worker> workers(db::Transaction&, const access::User& head, Moment now);  // in Swedish order

// Who works with a participant, by name and with everyone in the intervention, or with everyone in it, for the
// asker's own organisation: what runs and is to come first. Nothing of other parties.
std::vector<Assignment> of(db::Transaction&, const access::Permit&);
std::vector<Assignment> of(db::Transaction&, const access::Scope&);

// A head lets one of their own work with a participant by name, or with everyone in an intervention, from a moment on.
// Nobody gives themselves work; violence is given by name alone; the same twice is once.
Result<> let_work(db::Transaction&, const access::Permit&, const access::User& head, Assignment);
Result<> let_work(db::Transaction&, const access::Scope&, const access::User& head, Assignment);
// From the next request on. It is never taken away: that someone worked with a participant stays known.
Result<> end(db::Transaction&, const access::Permit&, const access::User& head, const Id<Assignment>&);
Result<> end(db::Transaction&, const access::Scope&, const access::User& head, const Id<Assignment>&);

// Those whom an account works with by name now, for the gate to be asked for each.
std::vector<Id<participant::Participant>> by_name(db::Transaction&, const Id<access::Account>&, Moment now);

// Whether anyone of the head's organisation works with a participant by name, now or soon.
bool is_worked_with(db::Transaction&, const access::User& head, const Id<participant::Participant>&, Moment now);

// Whether the account is among those who decide who works with this participant; the gate has the last word.
bool heads(db::Transaction&, const access::User&, const access::Permit&);

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

// Pages: /assignments, /participants/:id/assignments, /interventions/:id/assignments.
void routes(web::Router&);

}  // namespace stafett::assignment
