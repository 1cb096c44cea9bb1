#include "account/role.h"

#include <algorithm>
#include <array>

#include "access/two_persons.h"
#include "account/account.h"

namespace stafett::account {
namespace {

constexpr std::array every_role{Role{.name = "coach", .works_with_cases = true},
                                Role{.name = "participant keeper", .works_with_cases = true},
                                Role{.name = "referrer", .works_with_cases = true},
                                Role{.name = "staff"},
                                Role{.name = "unit head", .works_with_cases = true, .heads_unit = true},
                                Role{.name = "director", .of_association = true},
                                Role{.name = "administrator", .administers = true}};

constexpr std::string_view keeper = "participant keeper";

// Whoever answers for an association's money never also registers its participants (Uppföljning Finsam's
// roles).
bool never_together(const Role& one, const Role& other) {
  return (one.of_association && other.name == keeper) || (other.of_association && one.name == keeper);
}

bool is_in_association(db::Transaction& tx, const Id<access::Account>& account) {
  const auto kind = tx.find([](const db::Row& row) { return row.text("kind"); }, R"(
    select organisation.kind
    from account
    join organisation on organisation.id = account.organisation_id
    where account.id = :id)",
                            {{"id", account}});
  return kind == organisation::kinds.of(organisation::Kind::association);
}

bool unit_is_theirs(db::Transaction& tx, const Grant& grant) {
  if (grant.unit.text.empty()) return true;
  return tx
      .find([](const db::Row&) { return true; }, R"(
    select unit.id
    from unit
    join account on account.organisation_id = unit.organisation_id
    where unit.id = :unit and account.id = :account)",
            {{"unit", grant.unit}, {"account", grant.account}})
      .has_value();
}

Grant from_row(const db::Row& row) {
  return {.account = row.id<access::Account>("account_id"),
          .role = row.text("role"),
          .unit = {row.has("unit_id") ? row.text("unit_id") : ""},
          .unit_name = row.text("unit_name"),
          .until = row.maybe_date("until_on"),
          .by = row.id<access::Account>("given_by"),
          .waits = row.flag("waits")};
}

}  // namespace

std::span<const Role> roles() { return every_role; }

const Role* role_named(std::string_view name) {
  const auto found = std::ranges::find(every_role, name, &Role::name);
  return found == every_role.end() ? nullptr : &*found;
}

Message name_of(const Role& role) {
  if (role.name == "coach") return "coach";
  if (role.name == keeper) return "participant keeper";
  if (role.name == "referrer") return "referrer";
  if (role.name == "unit head") return "unit head";
  if (role.name == "director") return "director of the association";
  if (role.name == "administrator") return "administrator";
  return "staff, numbers only";
}

bool administers(const access::User& user) {
  return std::ranges::any_of(user.roles, [](const auto& name) {
    const auto* role = role_named(name);
    return role && role->administers;
  });
}

// An administrator everywhere, a unit head in the own unit.
bool reaches(db::Transaction& tx, const access::User& by, const Grant& grant) {
  if (!by.may(may_invite)) return false;
  if (administers(by)) return true;
  const auto organisation = tx.find(
      [](const db::Row& row) { return row.id<organisation::Organisation>("organisation_id"); },
      "select organisation_id from account where id = :id and closed_at is null", {{"id", grant.account}});
  return organisation == by.organisation && (by.unit.text.empty() || by.unit == grant.unit);
}

Result<Grant> allowed_grant(db::Transaction& tx, const access::User& by, Grant grant) {
  const auto* role = role_named(grant.role);
  if (!role) return invalid("role", "Choose a role.");
  if (!reaches(tx, by, grant))
    return forbidden("You give roles in your own unit. Ask the head of the other.");
  if (!unit_is_theirs(tx, grant)) return invalid("unit", "Choose one of the organisation's own units.");
  const bool in_association = is_in_association(tx, grant.account);
  if (role->works_with_cases && in_association)
    return invalid("role", "Nobody at a coordination association works with persons. Choose another role.");
  if (role->of_association && !in_association)
    return invalid("role", "Only a coordination association has a director. Choose another role.");
  const bool by_administrator = administers(by);
  if ((role->administers || role->of_association) && !by_administrator)
    return forbidden("Only an administrator gives that role.");

  grant.by = by.account;
  grant.waits =
      grant.account == by.account || (by_administrator && (role->works_with_cases || role->administers));
  const auto has = grants_of(tx, grant.account);
  const auto same = std::ranges::find(has, grant.role, &Grant::role);
  if (grant.waits && same != has.end() && !same->waits)
    return conflict("The account has that role already. Someone else must change it.");
  return grant;
}

Result<> confirm(db::Transaction& tx, const access::User& by, const Id<access::Account>& account,
                 const std::string& role, Moment now) {
  const auto all = grants_of(tx, account);
  const auto grant = std::ranges::find(all, role, &Grant::role);
  if (grant == all.end() || !grant->waits || !reaches(tx, by, *grant))
    return not_found("There is no such role that waits.");
  TRY(access::need_another(grant->by, by));
  if (account == by.account)
    return forbidden("Someone else must confirm it: neither who gave the role nor who gets it.");
  tx.execute(R"(
    update account_role set waits = :no, confirmed_by = :by where account_id = :account and role = :role)",
             {{"no", false}, {"by", by.account}, {"account", account}, {"role", role}});
  note(tx, account, by.account, "role confirmed", role, now);
  return {};
}

Result<> give(db::Transaction& tx, const Grant& grant, Moment now) {
  const auto* role = role_named(grant.role);
  for (const auto& other : grants_of(tx, grant.account))
    if (const auto* had = role_named(other.role); role && had && never_together(*role, *had))
      return invalid("role", "Director and participant keeper are never one account. Open another account.");
  tx.execute(R"(
    insert into account_role (account_id, role, unit_id, until_on, given_by, given_at, waits)
    values (:account, :role, :unit, :until, :by, :now, :waits)
    on conflict (account_id, role) do update
    set unit_id = excluded.unit_id, until_on = excluded.until_on, given_by = excluded.given_by,
        given_at = excluded.given_at, waits = excluded.waits, confirmed_by = '')",
             {{"account", grant.account},
              {"role", grant.role},
              {"unit", grant.unit.text.empty() ? std::nullopt : std::optional(grant.unit.text)},
              {"until", grant.until},
              {"by", grant.by},
              {"now", now},
              {"waits", grant.waits}});
  if (!grant.by.text.empty()) note(tx, grant.account, grant.by, "role given", grant.role, now);
  return {};
}

void end(db::Transaction& tx, const Id<access::Account>& account, const std::string& role,
         const Id<access::Account>& by, Moment now) {
  const auto ended = tx.execute("delete from account_role where account_id = :account and role = :role",
                                {{"account", account}, {"role", role}});
  if (ended > 0) note(tx, account, by, "role ended", role, now);
}

void let_wait(db::Transaction& tx, const Id<access::Account>& account, const Id<access::Account>& by) {
  for (const auto& grant : grants_of(tx, account))
    if (const auto* role = role_named(grant.role); role && (role->works_with_cases || role->administers))
      tx.execute(R"(
        update account_role set waits = :yes, given_by = :by, confirmed_by = ''
        where account_id = :account and role = :role)",
                 {{"yes", true}, {"by", by}, {"account", account}, {"role", grant.role}});
}

std::vector<Grant> grants_of(db::Transaction& tx, const Id<access::Account>& account) {
  return tx.list(from_row, R"(
    select account_role.account_id, account_role.role, account_role.unit_id, coalesce(unit.name, '') as unit_name,
           account_role.until_on, account_role.given_by, account_role.waits
    from account_role
    left join unit on unit.id = account_role.unit_id
    where account_role.account_id = :account
    order by account_role.role)",
                 {{"account", account}});
}

Held held(db::Transaction& tx, const Id<access::Account>& account, Moment now) {
  Held held;
  bool by_head = false, first = true;
  for (auto& grant : grants_of(tx, account)) {
    if (grant.waits || (grant.until && *grant.until < now.date())) continue;
    // Where someone is head is what decides whom they reach; else where they work.
    const auto* role = role_named(grant.role);
    const bool heads = role && role->heads_unit;
    if (first || (heads && !by_head)) held.unit = grant.unit;
    by_head = by_head || heads;
    first = false;
    held.roles.push_back(std::move(grant.role));
  }
  return held;
}

}  // namespace stafett::account
