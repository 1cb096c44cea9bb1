// What an account can be signed in to with, beside its password.
#pragma once

#include "account/account.h"

namespace stafett::account {

struct Factors {
  bool password = false, codes = false, passkeys = false;
  bool provider = false;  // the employer's sign-in
  bool second() const { return codes || passkeys; }  // more than a password
};
Factors factors_of(db::Transaction&, const Id<access::Account>&);

// To add to them: fresh, with two factors if there are two.
Result<> may_change_factors(db::Transaction&, const access::User&, Moment now);

}  // namespace stafett::account
