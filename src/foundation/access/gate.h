// The gate: the only maker of permits. It reads what decide() must know, decides for every room, and writes in the
// log, in the caller's transaction. What reads or keeps records of a person asks for a permit; without one it
// cannot be called.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "access/decide.h"
#include "access/user.h"
#include "base/result.h"
#include "db/database.h"

namespace stafett::participant {
struct Participant;
}

namespace stafett::access {

// Where every request begins, on PostgreSQL (src/app/wall.sql): in the room of the asker's organisation. Who has not
// signed in is in none, and who works for a samordningsförbund is where persons are not.
void stand_in_own_room(db::Transaction&, const User&);

struct Ask {
  Id<participant::Participant> participant;
  Action action = Action::see;
  Purpose purpose = Purpose::coordination;
  std::string object = "participant";  // for the log
};

// The object of an Ask that only opens the form to do it with: the log then says no more than that.
inline constexpr const char* empty_form = "empty form";

// May do one thing with one participant's records, now. It holds for the transaction it was given in.
class Permit {
 public:
  Permit(Permit&&) = default;
  Permit(const Permit&) = delete;
  Permit& operator=(const Permit&) = delete;

  const Id<participant::Participant>& participant() const { return participant_; }
  Action action() const { return action_; }
  const Id<organisation::Organisation>& owner() const { return owner_; }  // of the participant
  const Id<intervention::Intervention>& intervention() const { return intervention_; }
  const Id<organisation::Organisation>& asker() const { return asker_; }  // whom the asker works for
  Purpose purpose() const { return purpose_; }
  Moment at() const { return now_; }
  Protection protection() const { return protection_; }
  // What may be seen in an organisation's room; nothing where there is no answer.
  const Decision& in(const Id<organisation::Organisation>& room) const;
  bool covers(const Id<organisation::Organisation>& room, Kind kind) const { return in(room).kinds.has(kind); }
  const std::map<Id<organisation::Organisation>, Decision>& rooms() const { return rooms_; }

 private:
  friend class Answer;  // the gate's
  Permit() = default;

  Id<participant::Participant> participant_;
  Id<organisation::Organisation> owner_, asker_;
  Id<intervention::Intervention> intervention_;
  Purpose purpose_ = Purpose::coordination;
  Moment now_;
  Protection protection_ = Protection::none;
  Action action_ = Action::see;
  std::map<Id<organisation::Organisation>, Decision> rooms_;
};

// A Problem says "There is no such participant" whatever the reason, except to someone who only needs to prove once
// more who they are. To see, it is enough that one room is open; anything else is done in the asker's own room.
Result<Permit> admit(db::Transaction&, const User&, const Ask&, Moment now);

// Of several participants those whom the asker may see, for a list of their own work; the others are left out, whatever the
// reason. Decided one by one; in the log the own room's are one line for the list, other rooms' a line for each.
std::vector<Permit> admit_each(db::Transaction&, const User&, std::span<const Id<participant::Participant>>,
                               const std::string& object, Moment now);

// May reach an intervention's register: list those in it, or read a register into it. Protected persons are in it
// only for those who work with them by name; who is in conflict with someone does not see them in it.
class Scope {
 public:
  const Id<intervention::Intervention>& intervention() const { return intervention_; }
  const Id<organisation::Organisation>& owner() const { return owner_; }
  const Id<Account>& account() const { return account_; }
  Action action() const { return action_; }
  bool everyone() const { return everyone_; }  // or only those the account works with by name
  // That may be seen of everyone; of those one works with by name also what one is assigned.
  Kinds kinds() const { return kinds_; }
  Moment at() const { return now_; }

 private:
  friend Result<Scope> admit_all(db::Transaction&, const User&, const struct AskAll&, Moment);
  friend Scope admit_operator(db::Transaction&, const struct AskAll&, Moment);
  Scope() = default;

  Id<intervention::Intervention> intervention_;
  Id<organisation::Organisation> owner_;
  Id<Account> account_;
  Action action_ = Action::see;
  bool everyone_ = false;
  Kinds kinds_;
  Moment now_;
};

struct AskAll {
  Id<intervention::Intervention> intervention;
  Id<organisation::Organisation> owner;
  Action action = Action::see;
  std::string object;  // for the log: "participants, page 2", "register"
};
Result<Scope> admit_all(db::Transaction&, const User&, const AskAll&, Moment now);
// For whoever runs the program on the machine: stafett import, stafett demo. Noted as that.
Scope admit_operator(db::Transaction&, const AskAll&, Moment now);

// What the Problem above says when a fresher sign-in is needed; the router leads there.
inline constexpr const char* sign_in_again = "Sign in once more to do this.";

// What the gate must know, as the database has it, and whose rooms there are about the person. Said in
// app/doors.cpp, which knows the modules that these facts belong to.
struct Known {
  Facts facts;
  std::vector<Id<organisation::Organisation>> rooms;
};
Known facts_of(db::Transaction&, const User&, const Ask&, Moment now);
struct KnownAll {
  Facts facts;         // of the assignments only those to everyone in the intervention
  bool by_name = false;  // works with someone in it
};
KnownAll facts_of_all(db::Transaction&, const User&, const AskAll&, Moment now);

}  // namespace stafett::access
