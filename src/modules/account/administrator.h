// The first administrators, invited from the command line by whoever runs the program. Two are needed: what
// one of them gives waits for the other (role.h). More are the administrators' own business, but for one who
// has lost the way in.
#pragma once

#include <string>

#include "account/invitation.h"

namespace stafett::account {

inline constexpr std::size_t enough_administrators = 2;
inline constexpr std::int64_t administrator_invitation_seconds = 24 * 60 * 60;

struct NewAdministrator {
  std::string name, full_name;  // as they sign in; their own name, or empty
  std::string
      organisation;  // its name; made if there is none at all yet. For one who is there it may be empty
};
// A new account, or a new way into an administrator's own; roles of it that work with cases then wait for a
// second person. Kept in the access log of the organisation.
Result<Invited> invite_administrator(db::Transaction&, const NewAdministrator&, Moment now);

}  // namespace stafett::account
