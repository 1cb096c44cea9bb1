#include "access/two_persons.h"

namespace stafett::access {

Result<> need_another(const Id<Account>& proposed_by, const User& confirms) {
  if (proposed_by == confirms.account)
    return conflict("Whoever proposed it does not confirm it. Ask a colleague to.");
  return {};
}

}  // namespace stafett::access
