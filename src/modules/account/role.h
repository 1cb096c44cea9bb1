// Role (roll): what an account may do, as its organisation has decided. app/roles.cpp says which permissions
// each has; here is what decides who may give it to whom. Held in one unit or in the whole organisation, and
// until a day: a role that has ended gives nothing.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/user.h"
#include "base/date.h"
#include "base/result.h"
#include "db/database.h"
#include "organisation/organisation.h"

namespace stafett::account {

inline constexpr access::Permission may_invite{"account.invite"};  // opens accounts, gives and ends roles

struct Role {
  std::string_view name;
  bool works_with_cases = false;
  bool heads_unit = false;
  bool of_association = false;  // förbundschef, förbundsadministratör: only there
  bool administers = false;
};
std::span<const Role> roles();
const Role* role_named(std::string_view name);
Message name_of(const Role&);

struct Grant {
  Id<access::Account> account;
  std::string role;
  Id<organisation::Unit> unit;  // empty: the whole organisation
  std::string unit_name;        // only read
  std::optional<Date> until;    // the last day
  Id<access::Account> by;
  bool waits = false;  // for a second person: gives nothing yet
};

bool administers(const access::User&);
// Whether `by` decides on this role: an administrator on all, a unit head on those in the own unit.
bool reaches(db::Transaction&, const access::User& by, const Grant&);
// May `by` give this role to that account? A Problem says why not. What an administrator gives to itself, and
// every role by which an administrator could reach cases, alone or through another account, waits for a
// second person.
Result<Grant> allowed_grant(db::Transaction&, const access::User& by, Grant);
// The second person: neither who gave it nor who gets it.
Result<> confirm(db::Transaction&, const access::User& by, const Id<access::Account>&,
                 const std::string& role, Moment);

// Store. Roles of the association and deltagaransvarig never meet in one account.
Result<> give(db::Transaction&, const Grant&, Moment now);
void end(db::Transaction&, const Id<access::Account>&, const std::string& role, const Id<access::Account>& by,
         Moment now);
std::vector<Grant> grants_of(db::Transaction&, const Id<access::Account>&);

// What reaches persons, or could, waits for a second person from now on: somebody else holds the account's
// keys.
void let_wait(db::Transaction&, const Id<access::Account>&, const Id<access::Account>& by);

// Of an account's roles those that give something today, and the unit they are held in.
struct Held {
  std::vector<std::string> roles;
  Id<organisation::Unit> unit;
};
Held held(db::Transaction&, const Id<access::Account>&, Moment now);

}  // namespace stafett::account
