// Participant (deltagare): a person in one intervention's register, known there by a code. A participant
// belongs to the organisation that owns the intervention; no other reaches it yet, and a förbund never does
// (IMY 2016-03-03).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/user.h"
#include "base/id.h"
#include "base/result.h"
#include "base/words.h"
#include "db/database.h"
#include "intervention/intervention.h"

namespace stafett::participant {

inline constexpr access::Permission may_read{"participant.read"};

enum class Sex { woman, man, other, missing };
inline constexpr Words<Sex, 4> sexes{
    {{Sex::woman, "woman"}, {Sex::man, "man"}, {Sex::other, "other"}, {Sex::missing, ""}}};
Message name_of(Sex);

struct Participant {
  Id<Participant> id;
  Id<organisation::Organisation> owner;
  Id<intervention::Intervention> intervention;
  std::string code;             // the register's own mark
  std::string personal_number;  // twelve digits, or empty where the owner does not keep it
  Sex sex = Sex::missing;
  std::optional<int> birth_year;
};

// A personal or coordination number in any of the usual ways of writing, as twelve digits: "640823-3234"
// becomes 196408233234. None if the check digit or the date is wrong. (Skatteverket; day + 60 is a
// coordination number.)
std::optional<std::string> personal_number(std::string_view written, Date today);

// May this user know of persons of this organisation at all?
bool may_know(const access::User&, const Id<organisation::Organisation>& owner);

// Store.
Result<Participant> find(db::Transaction&, const access::User& viewer, const Id<Participant>&);
// Some of an intervention's register, by code; none for who may not know of them.
struct Part {
  std::int64_t most = 50, after = 0;
};
std::vector<Participant> list(db::Transaction&, const access::User& viewer, const intervention::Intervention&,
                              Part);
std::int64_t count(db::Transaction&, const access::User& viewer, const intervention::Intervention&);
void add(db::Transaction&, const Participant&);
void change(db::Transaction&, const Participant&);  // all but the owner, the intervention and the code

// What the statistics read of persons: no code, no number, nothing that names them.
extern const std::string_view facts;

}  // namespace stafett::participant
