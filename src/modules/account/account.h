// Account (konto): a person's way in, with roles; and the sessions opened from it. Local accounts with argon2id; a session
// ends after fifteen minutes without use or ten hours in all, and at once when the account is closed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/password.h"
#include "access/user.h"
#include "base/date.h"
#include "base/result.h"
#include "db/database.h"
#include "organisation/organisation.h"

namespace stafett::web {
class Router;
}

namespace stafett::account {

inline constexpr std::int64_t idle_seconds = 15 * 60, longest_seconds = 10 * 60 * 60;

struct NewAccount {
  std::string name;  // what is written at sign-in
  std::string full_name;
  Id<organisation::Organisation> organisation;
  std::vector<std::string> roles;  // of app/roles.cpp
  std::string password_hash;
};
Result<Id<access::Account>> open(db::Transaction&, const NewAccount&);
void close(db::Transaction&, const Id<access::Account>&, Moment now);  // its sessions end at once

// Role -> what it may do; app/roles.cpp fills it in.
using PermissionsOf = std::vector<std::string_view> (*)(std::string_view role);

// Whoever an account name stands for; none if there is no such open account.
std::optional<access::User> named(db::Transaction&, std::string_view name, PermissionsOf);

// Signing in takes as long for a name that does not exist. After five failures from the same network in a quarter of
// an hour the next must wait; others, and other networks, are not held back.
struct SignIn {
  std::string name, password, network;
};
// Opens transactions of its own: nobody waits for a password's hash.
Result<std::string> sign_in(db::Database&, const SignIn&, Moment now);  // the session's token
std::string begin_session(db::Transaction&, const Id<access::Account>&, Moment now);
void sign_out(db::Transaction&, const std::string& token);

// Who holds this session; nobody if it has ended.
access::User who(db::Transaction&, const std::string& token, Moment now, PermissionsOf);
// Marks the session as used, at most once a minute.
void touch(db::Transaction&, const std::string& token, Moment now);

// Pages: /sign-in, /sign-out, /language/sv.
void routes(web::Router&);

}  // namespace stafett::account
