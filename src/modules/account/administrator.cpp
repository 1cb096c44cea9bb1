#include "account/administrator.h"

#include <algorithm>

#include "access/log.h"
#include "account/role.h"
#include "text/fold.h"

namespace stafett::account {
namespace {

constexpr auto role = "administrator";

struct Known {
  Id<access::Account> id;
  Id<organisation::Organisation> organisation;
};

std::optional<Known> account_called(db::Transaction& tx, std::string_view name) {
  return tx.find(
      [](const db::Row& row) {
        return Known{row.id<access::Account>("id"), row.id<organisation::Organisation>("organisation_id")};
      },
      "select id, organisation_id from account where name = :name and closed_at is null", {{"name", name}});
}

std::vector<std::string> administrators(db::Transaction& tx) {
  return tx.list([](const db::Row& row) { return row.text("name"); }, R"(
    select account.name as name
    from account
    join account_role on account_role.account_id = account.id
    where account.closed_at is null and role = :role and waits = :no
    order by account.name)",
                 {{"role", role}, {"no", false}});
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

Result<organisation::Organisation> organisation_called(db::Transaction& tx, const std::string& name) {
  if (text::trimmed(name).empty())
    return invalid("organisation", "Say which organisation: --organisation \"Provköpings kommun\".");
  const auto all = organisation::list(tx);
  if (all.empty()) return organisation::named_or_added(tx, std::string(text::trimmed(name)));
  const auto found = std::ranges::find(all, text::trimmed(name), &organisation::Organisation::name);
  if (found != all.end()) return *found;
  std::vector<std::string> names;
  for (const auto& one : all) names.push_back(one.name);
  return invalid("organisation",
                 {"There is no organisation “{1}”. Those there are: {2}.", name, joined(names)});
}

Result<Known> opened(db::Transaction& tx, const NewAdministrator& wanted) {
  const auto there = administrators(tx);
  if (there.size() >= enough_administrators)
    return conflict(
        {"There are administrators already: {1}. They invite others; one who has lost the way in gets a new "
         "one with stafett invite and their account.",
         joined(there)});
  const auto organisation = TRY(organisation_called(tx, wanted.organisation));
  const auto full_name = text::trimmed(wanted.full_name);
  const auto id = TRY(open(
      tx, {wanted.name, std::string(full_name.empty() ? wanted.name : full_name), organisation.id, {}, ""}));
  return Known{id, organisation.id};
}

Result<Known> known_administrator(db::Transaction& tx, const Known& known, const std::string& name) {
  const auto all = administrators(tx);
  if (std::ranges::find(all, name) == all.end())
    return conflict(
        {"{1} is not an administrator. The unit's head, or an administrator, gives them a new way in.",
         name});
  let_wait(tx, known.id, {});
  return known;
}

}  // namespace

Result<Invited> invite_administrator(db::Transaction& tx, const NewAdministrator& wanted, Moment now) {
  const auto there = account_called(tx, wanted.name);
  const auto account = TRY(there ? known_administrator(tx, *there, wanted.name) : opened(tx, wanted));
  TRY(give(tx, {.account = account.id, .role = role}, now));
  note(tx, account.id, {}, "role given", role, now);
  access::write(tx, {.chain = account.organisation,
                     .at = now,
                     .action = access::Action::assign,
                     .object = "administrator " + account.id.text,
                     .allowed = true,
                     .rule = access::Rule::runs_the_program});
  return invite(tx, account.id, {}, now, administrator_invitation_seconds);
}

}  // namespace stafett::account
