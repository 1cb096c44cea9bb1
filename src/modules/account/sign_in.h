// Signing in (inloggning): with a password and then, where the account has it, a code; with a passkey
// (passkey.h); or with the employer's own sign-in (provider.h). Everything takes as long for a name that does
// not exist. These open transactions of their own: nobody waits for a password's hash.
#pragma once

#include <optional>
#include <string>

#include "account/account.h"
#include "account/guess.h"

namespace stafett::account {

struct SignIn {
  std::string name, password;
  From from;
};

// What the browser is given: a session, or the right to go on with a code.
struct Entry {
  std::string session, half, device;
};

Result<Entry> sign_in(db::Database&, const SignIn&, Moment now);
inline constexpr std::int64_t half_seconds = 5 * 60;
Result<Entry> enter_code(db::Database&, const std::string& half, const std::string& code, const From&,
                         Moment now);

// By other means: nothing to guess, so nothing to hold back. The browser is known afterwards.
Entry enter(db::Transaction&, const Id<access::Account>&, Proof, const From&, Moment now);

// Once more, for what needs it fresh: the password, and a code if the account has codes.
struct Again {
  Id<access::Account> account;
  std::string session;  // its token
  std::string password, code;
  From from;
};
Result<Entry> sign_in_again(db::Database&, const Again&, Moment now);

}  // namespace stafett::account
