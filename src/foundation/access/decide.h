// Rooms and doors. Every record of a person lies in the room of the organisation that made it. Its own staff enter
// by an assignment (uppdrag); staff of another party through a door, which is the participant's consent
// (OSL 10 kap. 1 §, 12 kap. 2 §). This is the only place that decides, and it knows no database and no clock:
// what it is not told is a no. docs/rooms.md says the rules in words.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/information.h"
#include "base/date.h"
#include "base/id.h"

namespace stafett::organisation {
struct Organisation;
struct Unit;
}
namespace stafett::intervention {
struct Intervention;
}

namespace stafett::access {

// Why: written in the log with every answer, and what a refusal tells the asker.
enum class Rule {
  not_signed_in,
  of_association,   // a samordningsförbund never reaches a person (IMY 2016-03-03)
  no_case_work,     // the account's roles do not work with persons: administrators
  nobody_there,     // no such participant, or erased
  in_conflict,      // on the participant's list of those who may not: kin, former partner (jäv)
  protected_person,  // protected, and not one of the named handlers
  sign_in_again,    // needs a stronger or a fresher sign-in
  own_room,         // yes: assigned, in the own organisation's room
  head_of_unit,     // yes: the unit's head sees who is there and what is planned
  broken_glass,     // yes: a colleague of the same organisation, for a stated reason and a short time
  door,             // yes: the participant's consent
  not_assigned,
  no_door,
  second_person,     // yes, and shows nothing: a colleague who does not work with them confirms an end of protection
  runs_the_program,  // yes, without decide: whoever runs commands on the machine reads registers in
};
inline constexpr Words<Rule, 15> rules{{{Rule::not_signed_in, "not signed in"},
                                        {Rule::of_association, "of association"},
                                        {Rule::no_case_work, "no case work"},
                                        {Rule::nobody_there, "nobody there"},
                                        {Rule::in_conflict, "in conflict"},
                                        {Rule::protected_person, "protected person"},
                                        {Rule::sign_in_again, "sign in again"},
                                        {Rule::own_room, "own room"},
                                        {Rule::head_of_unit, "head of unit"},
                                        {Rule::broken_glass, "broken glass"},
                                        {Rule::door, "door"},
                                        {Rule::not_assigned, "not assigned"},
                                        {Rule::no_door, "no door"},
                                        {Rule::second_person, "second person"},
                                        {Rule::runs_the_program, "runs the program"}}};
Message name_of(Rule);

// How long ago one may have proved who one is, for what needs it again.
inline constexpr std::int64_t fresh_seconds = 5 * 60;

// An open door: a consent as it stands in the database, withdrawn or not. Times are [from, until).
struct Door {
  std::string consent;  // its id, for the log
  Id<organisation::Organisation> from, to;
  Id<intervention::Intervention> intervention;
  Kinds kinds;
  Purpose purpose = Purpose::coordination;
  bool free_text = false;  // never by default
  Moment opens, closes;
  std::optional<Moment> withdrawn;
};

// Somebody works with this participant, or with all in the intervention.
struct Assignment {
  Kinds kinds;
  bool by_name = false;  // with this participant, by name: what a protected person demands
  Moment from;
  std::optional<Moment> until;
};

struct Facts {
  struct Asker {
    bool signed_in = false;
    bool of_association = false;
    bool works_with_persons = false;
    bool heads_unit = false;  // of the unit that the participant belongs to
    Id<organisation::Organisation> organisation;
    Strength strength = Strength::password;
    std::optional<Moment> proved;  // when who they are was last proved
  } asker;
  struct Person {
    bool exists = false;
    bool erased = false;
    Id<organisation::Organisation> owner;  // of the participant: the intervention's owner
    Id<intervention::Intervention> intervention;
    Protection protection = Protection::none;
  } person;
  bool in_conflict = false;
  std::vector<Assignment> assignments;  // the asker's
  std::vector<Door> doors;              // to the asker's organisation
  std::optional<Moment> glass_until;    // the asker broke the glass
  Id<organisation::Organisation> room;  // whose records are asked for
  Action action = Action::see;
  Purpose purpose = Purpose::coordination;
  Moment now;
};

struct Decision {
  bool allowed = false;
  Rule rule = Rule::no_door;
  Kinds kinds;            // that may be seen, or written
  Kinds free_text;        // of these also what is written in free words
  Kinds kept;             // of those not shown: where it is no secret that there may be something
  std::string consent;    // that opened the door; the first of several
};

Decision decide(const Facts&);

// The steps of decide, in order; the first that answers decides, and when none does the answer is no. To be read,
// and for the test that takes each of them away.
struct Step {
  Rule rule;
  std::optional<Decision> (*answer)(const Facts&);
};
std::span<const Step> steps();
Decision decide(const Facts&, std::span<const Step>);

}  // namespace stafett::access
