// Who is asking, from which organisation, and what their roles let them do. Built by account::who.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "access/information.h"
#include "base/date.h"
#include "base/id.h"

namespace stafett::organisation {
struct Organisation;
struct Unit;
}

namespace stafett::access {

struct Account;

// Modules declare their own: inline constexpr access::Permission may_import{"exchange.import"};
// app/roles.cpp says which roles have them.
struct Permission {
  std::string_view name;
  bool reaches_persons = false;  // then it is worth nothing in a samordningsförbund, whatever the role
};
inline constexpr Permission anyone{""};             // also who has not signed in
inline constexpr Permission signed_in{"signed_in"};  // every account

// Whoever asks. Every find takes one: what a user may not know of is not found.
struct User {
  Id<Account> account;  // empty: not signed in
  std::string name;
  Id<organisation::Organisation> organisation;
  std::string organisation_name;
  Id<organisation::Unit> unit;  // empty: the whole organisation
  bool of_association = false;  // works for a samordningsförbund: never reaches a person (IMY 2016-03-03)
  std::vector<std::string> roles;
  std::set<std::string, std::less<>> permissions;
  Strength strength = Strength::password;  // of the sign-in
  std::optional<Moment> proved;            // when who they are was last proved
  std::string session_mark;                // which sitting, for the log: the start of its fingerprint
  bool seen_long_ago = false;              // the session has to be marked as used

  bool is_signed_in() const { return !account.text.empty(); }
  bool may(Permission permission) const {
    if (permission.name.empty()) return true;
    if (permission.reaches_persons && of_association) return false;
    if (permission.name == signed_in.name) return is_signed_in();
    return permissions.contains(permission.name);
  }
};

}  // namespace stafett::access
