// Two persons (två i förening; ASVS 2.3.5): what one proposes, another confirms. The same for disposal, for
// the end of protection and for roles that reach persons.
#pragma once

#include "access/user.h"
#include "base/result.h"

namespace stafett::access {

// A Problem if whoever would confirm is the one who proposed.
Result<> need_another(const Id<Account>& proposed_by, const User& confirms);

}  // namespace stafett::access
