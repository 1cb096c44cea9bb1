// Signing in (inloggning): with a password and then, where the account has it, a code; with a passkey; or
// with the employer's own sign-in. Everything takes as long for a name that does not exist.
#pragma once

#include <string>

#include "account/account.h"

namespace stafett::account {

struct SignIn {
  std::string name, password, network;
};
// Opens transactions of its own: nobody waits for a password's hash.
Result<std::string> sign_in(db::Database&, const SignIn&, Moment now);  // the session's token

}  // namespace stafett::account
