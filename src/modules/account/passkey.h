// Passkeys of an account: keys in a telephone, a computer or a key ring that sign in without a password and
// cannot be told to anybody.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/passkey.h"
#include "account/account.h"

namespace stafett::account {

struct KeptPasskey {
  Id<KeptPasskey> id;
  Id<access::Account> account;
  std::string name;
  access::Passkey key;
  Moment added;
  std::optional<Moment> used;
};

// For one browser (what it is known by: its session or visitor cookie), for five minutes, once. A newer one
// takes the place of an older.
inline constexpr std::int64_t challenge_seconds = 5 * 60;
std::string begin_challenge(db::Transaction&, const std::string& browser, Moment now);
bool take_challenge(db::Transaction&, const std::string& challenge, const std::string& browser, Moment now);

Result<> add_passkey(db::Transaction&, const Id<access::Account>&, const access::Passkey&,
                     const std::string& name, Moment);
std::vector<KeptPasskey> passkeys_of(db::Transaction&, const Id<access::Account>&);  // oldest first
void end_passkey(db::Transaction&, const Id<access::Account>&, const Id<KeptPasskey>&);
void end_passkeys(db::Transaction&, const Id<access::Account>&);

// Whoever's passkey it is, if its authenticator says what it should. The challenge is used up either way.
struct PasskeyUse {
  access::Site site;
  std::string browser, credential, user;  // user: what the key was made for, if the authenticator says
  access::Used used;
};
Result<Id<access::Account>> use_passkey(db::Database&, const PasskeyUse&, Moment now);

}  // namespace stafett::account
