// Account (konto): a person's way in, with the roles it has been given. Who signs in with it, and how, is
// beside this: session.h, sign_in.h, code.h, passkey.h, provider.h; how it comes to be: invitation.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/password.h"
#include "access/user.h"
#include "account/session.h"
#include "base/date.h"
#include "base/result.h"
#include "db/database.h"
#include "organisation/organisation.h"

namespace stafett::web {
class Router;
}

namespace stafett::account {

struct NewAccount {
  std::string name;  // what is written at sign-in
  std::string full_name;
  Id<organisation::Organisation> organisation;
  std::vector<std::string> roles;  // of role.h, in the whole organisation and without end
  std::string password_hash;       // empty: no password opens it
};
Result<Id<access::Account>> open(db::Transaction&, const NewAccount&);
void close(db::Transaction&, const Id<access::Account>&, Moment now);  // its sessions end at once

// Whoever an account name stands for; none if there is no such open account.
std::optional<access::User> named(db::Transaction&, std::string_view name, Moment now, PermissionsOf);

// From account.id, full_name, organisation_id, and organisation and kind of that; without roles.
access::User user_from(const db::Row&);
void add_roles(db::Transaction&, access::User&, Moment now, PermissionsOf);

// What was done with an account: who gave it a role, closed it, took its codes away.
struct Event {
  Moment at;
  std::string by;  // a name
  std::string event, about;
};
void note(db::Transaction&, const Id<access::Account>&, const Id<access::Account>& by, std::string_view event,
          std::string_view about, Moment now);
std::vector<Event> events_of(db::Transaction&, const Id<access::Account>&);  // newest first

// Pages: /sign-in, /sign-out, /language/sv, /account.
void routes(web::Router&);

}  // namespace stafett::account
