#include "colleague/colleague.h"

#include <algorithm>

#include "baton/baton.h"
#include "text/fold.h"
#include "text/order.h"

namespace stafett::colleague {
namespace {

Colleague from_row(const db::Row& row) {
  return {.id = row.id<access::Account>("id"),
          .name = row.text("name"),
          .full_name = row.text("full_name"),
          .organisation = row.id<organisation::Organisation>("organisation_id"),
          .organisation_name = row.text("organisation")};
}

bool is_of_unit(const Colleague& colleague, const Id<organisation::Unit>& unit) {
  return colleague.grants.empty() ||
         std::ranges::any_of(colleague.grants, [&](const auto& grant) { return grant.unit == unit; });
}

// Whoever decides on an account as a whole decides on all its roles.
bool decides_on(db::Transaction& tx, const access::User& by, const Colleague& colleague) {
  if (!account::administers(by) && colleague.organisation != by.organisation) return false;
  return std::ranges::all_of(colleague.grants, [&](const auto& grant) {
    const auto* role = account::role_named(grant.role);
    const bool for_administrators = role && (role->administers || role->of_association);
    return account::reaches(tx, by, grant) && (!for_administrators || account::administers(by));
  });
}

bool works_with_cases(const Colleague& colleague) {
  return std::ranges::any_of(colleague.grants, [](const auto& grant) {
    const auto* role = account::role_named(grant.role);
    return role && role->works_with_cases && !grant.waits;
  });
}

constexpr auto not_yours =
    "The account also has roles that you do not decide on. Ask their unit head or an administrator.";

}  // namespace

std::vector<Colleague> list(db::Transaction& tx, const access::User& viewer, Moment now) {
  if (!viewer.may(account::may_invite)) return {};
  auto all = tx.list(from_row, R"(
    select account.id, account.name, account.full_name, account.organisation_id, organisation.name as organisation
    from account
    join organisation on organisation.id = account.organisation_id
    where account.closed_at is null)");
  const bool everywhere = account::administers(viewer);
  std::erase_if(all, [&](const auto& one) { return !everywhere && one.organisation != viewer.organisation; });
  for (auto& one : all) {
    one.grants = account::grants_of(tx, one.id);
    one.invited = account::is_invited(tx, one.id, now);
  }
  if (!everywhere && !viewer.unit.text.empty())
    std::erase_if(all, [&](const auto& one) { return !is_of_unit(one, viewer.unit); });
  std::ranges::sort(all,
                    [](const auto& a, const auto& b) { return text::in_order(a.full_name, b.full_name); });
  return all;
}

Result<Colleague> find(db::Transaction& tx, const access::User& viewer, const Id<access::Account>& id,
                       Moment now) {
  for (auto& one : list(tx, viewer, now))
    if (one.id == id) return std::move(one);
  return not_found("There is no such colleague.");
}

Result<account::Invited> invite(db::Transaction& tx, const access::User& by, const NewColleague& wanted,
                                Moment now) {
  if (text::trimmed(wanted.full_name).empty()) return invalid("full_name", "Write the colleague's name.");
  if (!account::administers(by) && wanted.organisation != by.organisation)
    return forbidden("You invite to your own organisation.");
  auto grant = wanted.grant;
  grant.account = TRY(account::open(
      tx, {wanted.name, std::string(text::trimmed(wanted.full_name)), wanted.organisation, {}, ""}));
  TRY(give_role(tx, by, grant, now));
  return account::invite(tx, grant.account, by.account, now);
}

Result<account::Invited> invite_again(db::Transaction& tx, const access::User& by, const Colleague& colleague,
                                      Moment now) {
  if (colleague.id == by.account) return forbidden("Someone else must give you a new way in.");
  if (!decides_on(tx, by, colleague)) return forbidden(not_yours);
  if (account::administers(by)) account::let_wait(tx, colleague.id, by.account);
  return account::invite(tx, colleague.id, by.account, now);
}

Result<account::Grant> give_role(db::Transaction& tx, const access::User& by, const account::Grant& wanted,
                                 Moment now) {
  if (wanted.until && *wanted.until < now.date())
    return invalid("until", "The last day has passed. Choose a later one.");
  auto grant = TRY(account::allowed_grant(tx, by, wanted));
  TRY(account::give(tx, grant, now));
  return grant;
}

Result<> end_role(db::Transaction& tx, const access::User& by, const Colleague& colleague,
                  const std::string& role, Moment now) {
  const auto grant = std::ranges::find(colleague.grants, role, &account::Grant::role);
  if (grant == colleague.grants.end()) return not_found("The colleague does not have that role.");
  const auto* known = account::role_named(role);
  const bool for_administrators = known && (known->administers || known->of_association);
  if (!account::reaches(tx, by, *grant) || (for_administrators && !account::administers(by)))
    return forbidden("You give roles in your own unit. Ask the head of the other.");
  account::end(tx, colleague.id, role, by.account, now);
  return {};
}

std::vector<Colleague> receivers(db::Transaction& tx, const access::User& by, const Colleague& colleague,
                                 Moment now) {
  auto all = list(tx, by, now);
  std::erase_if(all, [&](const auto& one) {
    if (one.id == by.account) return true;  // nobody gives themselves work
    return one.id == colleague.id || one.organisation != colleague.organisation || !works_with_cases(one);
  });
  return all;
}

Result<std::size_t> leave(db::Transaction& tx, const access::User& by, const Colleague& colleague,
                          const std::optional<Id<access::Account>>& to, Moment now) {
  if (colleague.id == by.account)
    return forbidden("You do not close your own account. Ask another head or an administrator.");
  if (!decides_on(tx, by, colleague)) return forbidden(not_yours);
  std::size_t handed = 0;
  if (to) {
    const auto all = receivers(tx, by, colleague, now);
    if (std::ranges::find(all, *to, &Colleague::id) == all.end())
      return invalid("to", "Choose a colleague who works with cases.");
    handed = assignment::hand_over(tx, by, colleague.id, *to, now);
    baton::hand_over(tx, by, colleague.id, *to, now);
  }
  account::close(tx, colleague.id, now);
  account::note(tx, colleague.id, by.account, "account closed", "", now);
  return handed;
}

}  // namespace stafett::colleague
