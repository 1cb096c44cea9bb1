// Pseudonym: the code that a protected participant has instead of the register's. Name, personal number and
// the key that sealed them are gone; of the old code and number there is only a mark made with the owner's
// own key (access/keys.h), which says that a register speaks of somebody whom it may not bring back, and not
// of whom.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "access/gate.h"
#include "access/keys.h"
#include "participant/participant.h"

namespace stafett::participant {

// Eight letters and digits that say nothing: "K7QF-2MXD".
std::string new_pseudonym();

// Protected at this level from now on, under a new pseudonym and without identity; with a permit to protect,
// of the owner's own. What stood there, sealed and in clear.
std::vector<std::string> hide(db::Transaction&, const access::Permit&, access::Protection);
// Another level, or none: the pseudonym stays. With a permit to protect, or to confirm.
void set_protection(db::Transaction&, const access::Permit&, access::Protection);

// Of those in an intervention's register: whom it must not bring back.
class FormerMarks {
 public:
  FormerMarks(db::Transaction&, const access::Scope&);
  bool has_code(std::string_view code) const;
  bool has_number(std::string_view twelve_digits) const;

 private:
  Id<intervention::Intervention> intervention_;
  std::optional<access::DataKey> key_;  // of the organisation; none if there are no marks
  std::unordered_set<std::string> marks_;
};

}  // namespace stafett::participant
