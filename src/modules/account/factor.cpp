#include "account/factor.h"

#include "access/fresh.h"
#include "account/code.h"
#include "account/passkey.h"
#include "account/provider.h"

namespace stafett::account {

Factors factors_of(db::Transaction& tx, const Id<access::Account>& account) {
  const auto password = tx.find([](const db::Row& row) { return row.text("password"); },
                                "select password from account where id = :id", {{"id", account}});
  return {.password = password && !password->empty(),
          .codes = has_codes(tx, account),
          .passkeys = !passkeys_of(tx, account).empty(),
          .provider = is_known_at_provider(tx, account)};
}

Result<> may_change_factors(db::Transaction& tx, const access::User& user, Moment now) {
  return factors_of(tx, user.account).second() ? access::need_fresh_sign_in(user, now)
                                               : access::need_recent_proof(user, now);
}

}  // namespace stafett::account
