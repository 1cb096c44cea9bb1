// Participant (deltagare): a person in one intervention's register, known there by a code. A participant
// belongs to the organisation that owns the intervention; another party reaches one through a consent, and a
// förbund never does (IMY 2016-03-03). Nothing here is read or kept without a permit from access/gate.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/gate.h"
#include "access/user.h"
#include "base/id.h"
#include "base/result.h"
#include "base/words.h"
#include "db/database.h"
#include "intervention/intervention.h"

namespace stafett::participant {

inline constexpr access::Permission may_read{"participant.read", true};

enum class Sex { woman, man, other, missing };
inline constexpr Words<Sex, 4> sexes{
    {{Sex::woman, "woman"}, {Sex::man, "man"}, {Sex::other, "other"}, {Sex::missing, ""}}};
Message name_of(Sex);

struct Participant {
  Id<Participant> id;
  Id<organisation::Organisation> owner;
  Id<intervention::Intervention> intervention;
  std::string code;  // the register's own mark; who it is stands in identity.h
  Sex sex = Sex::missing;
  std::optional<int> birth_year;
  access::Protection protection = access::Protection::none;  // only changed by protecting
};

// A personal or coordination number in any of the usual ways of writing, as twelve digits: "640823-3234"
// becomes 196408233234. None if the check digit or the date is wrong. (Skatteverket; day + 60 is a
// coordination number.)
std::optional<std::string> personal_number(std::string_view written, Date today);
// Ten digits or more with no more than a sign or a space between them: such as a personal number, right or wrong, or a
// phone's. For what is never to name anybody.
bool holds_long_number(std::string_view text);

// Might this user reach persons of this organisation? Whether they do, the gate says.
bool may_know(const access::User&, const Id<organisation::Organisation>& owner);

// What the gate must know of a person.
access::Facts::Person door_facts(db::Transaction&, const Id<Participant>&);

// Store. Of whom the owner's room is shut to, only that there is someone: the own room may have notes of them.
Result<Participant> find(db::Transaction&, const access::Permit&);
// Some of those in an intervention's register that the scope reaches, by code.
struct Part {
  std::int64_t most = 50, after = 0;
};
std::vector<Participant> list(db::Transaction&, const access::Scope&, Part);
std::int64_t count(db::Transaction&, const access::Scope&);
// The codes of those in it whom the scope does not reach: a register that names them changes nothing of theirs.
std::vector<std::string> out_of_reach(db::Transaction&, const access::Scope&);
void add(db::Transaction&, const access::Scope&, const Participant&);
void change(db::Transaction&, const access::Scope&, const Participant&);  // all but the owner, the intervention and the code

// Of `participant`: the condition that keeps to whom a scope reaches; with :everyone, :account and :now bound.
extern const std::string_view reached;

// What the statistics read of persons: no code, no number, nothing that names them.
extern const std::string_view facts;
// Which of them are protected, never how. Asked for by itself: few are, and a column that is made for each row costs.
extern const std::string_view protected_ones;

}  // namespace stafett::participant
