// Conflict (jäv): someone of the own organisation who must never reach a participant: kin, a former partner,
// a neighbour (förvaltningslagen 2017:900, 16 §). Whoever is on the list reaches nothing of theirs from that
// moment, whatever they are assigned. Told to heads alone; the reason is sealed with the participant's data
// key.
#pragma once

#include <string>
#include <vector>

#include "access/gate.h"
#include "access/keys.h"

namespace stafett::assignment {

struct Conflict {
  Id<access::Account> account;
  std::string name, reason;
  std::optional<Moment> noted;
  std::string noted_by;  // a name
};

inline constexpr std::size_t longest_reason = 500;

// All of these with a permit to assign.
std::vector<Conflict> conflicts(db::Transaction&,
                                const access::Permit&);  // of the own organisation, in Swedish order
Result<> add_conflict(db::Transaction&, const access::Permit&, const access::User& by,
                      const Id<access::Account>&, std::string_view reason);
Result<> remove_conflict(db::Transaction&, const access::Permit&, const Id<access::Account>&);

// Of the own organisation, who is not on the list: anyone can be kin, not only those who work with cases.
struct Colleague {
  Id<access::Account> account;
  std::string name;
};
std::vector<Colleague> not_in_conflict(db::Transaction&, const access::Permit&);

// Why, with another key: nobody reads it for that.
void seal_anew(db::Transaction&, const access::Permit&, const access::DataKey& from, const access::DataKey& to);

bool is_in_conflict(db::Transaction&, const Id<participant::Participant>&, const Id<access::Account>&);

}  // namespace stafett::assignment
