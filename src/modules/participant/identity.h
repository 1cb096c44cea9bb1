// Identity (identitet): who a participant is and how to reach them. Of the kind contact, the owner's, sealed
// with the participant's data key (access/keys.h); a participant without one needs no key. Found by personal
// number through a mark that only the owner's key can make.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/gate.h"
#include "access/in_clear.h"
#include "access/keys.h"
#include "participant/participant.h"

namespace stafett::participant {

struct Identity {
  std::string personal_number;  // twelve digits
  std::string name, phone, address, email;

  bool is_empty() const {
    return personal_number.empty() && name.empty() && phone.empty() && address.empty() && email.empty();
  }
  bool operator==(const Identity&) const = default;
};

// The number is written in any of the usual ways, and comes out as twelve digits.
Result<Identity> checked(Identity, Date today);

// Empty where the permit does not cover the owner's contact details.
Identity identity_of(db::Transaction&, const access::Permit&);
// A Problem where the permit is not for writing them.
Result<> keep_identity(db::Transaction&, const access::Permit&, const Identity&);

// The participants of this organisation with this number that the user reaches; each is asked for at the
// gate.
struct Found {
  Id<Participant> id;
  Id<intervention::Intervention> intervention;
  std::string code;
};
std::vector<Found> find_by_number(db::Transaction&, const access::User&, std::string_view twelve_digits,
                                  Moment now);

// A register's numbers: kept beside whatever else is known, and compared by their marks.
class Numbers {
 public:
  Numbers(db::Transaction& tx, const access::Scope& scope) : tx_(tx), scope_(scope) {}

  std::string mark_of(std::string_view twelve_digits, bool may_make_key);  // "": nothing was ever marked
  void keep(const Id<Participant>&, std::string_view twelve_digits);

 private:
  db::Transaction& tx_;
  const access::Scope& scope_;
  std::optional<access::DataKey> key_;  // of the organisation
};

// The day of the month someone was born, from the number; for the rules of retention. In the scope's own register only.
std::optional<int> birth_day(db::Transaction&, const Id<organisation::Organisation>& owner, const Id<Participant>&);

// For good, with a permit to erase or to protect. What stood there, sealed and in clear.
std::vector<std::string> erase_identity(db::Transaction&, const access::Permit&);
// The participant: no code and no identity from now on, and nobody reaches them; sex and year of birth stay to be counted.
std::vector<std::string> erase(db::Transaction&, const access::Permit&);

// Numbers that stand in clear since before there were seals.
extern const access::InClear numbers_in_clear;

}  // namespace stafett::participant
