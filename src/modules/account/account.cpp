#include "account/account.h"

#include "account/role.h"
#include "text/fold.h"

namespace stafett::account {

access::User user_from(const db::Row& row) {
  access::User user;
  user.account = row.id<access::Account>("id");
  user.name = row.text("full_name");
  user.organisation = row.id<organisation::Organisation>("organisation_id");
  user.organisation_name = row.text("organisation");
  user.of_association = row.text("kind") == organisation::kinds.of(organisation::Kind::association);
  return user;
}

void add_roles(db::Transaction& tx, access::User& user, Moment now, PermissionsOf permissions_of) {
  auto [roles, unit] = held(tx, user.account, now);
  user.roles = std::move(roles);
  user.unit = std::move(unit);
  for (const auto& role : user.roles)
    for (const auto permission : permissions_of(role)) user.permissions.emplace(permission);
}

Result<Id<access::Account>> open(db::Transaction& tx, const NewAccount& wanted) {
  const auto name = text::trimmed(wanted.name);
  if (name.empty() || name.size() > 100) return invalid("name", "Write a name to sign in with.");
  const auto id = new_id<access::Account>();
  const auto kept = tx.execute(R"(
    insert into account (id, name, full_name, organisation_id, password)
    values (:id, :name, :full_name, :organisation, :password)
    on conflict (name) do nothing)",
                               {{"id", id},
                                {"name", name},
                                {"full_name", wanted.full_name},
                                {"organisation", wanted.organisation},
                                {"password", wanted.password_hash}});
  if (kept == 0) return invalid("name", {"The name {1} is taken. Choose another.", name});
  for (const auto& role : wanted.roles) TRY(give(tx, {.account = id, .role = role}, {}));
  return id;
}

void close(db::Transaction& tx, const Id<access::Account>& account, Moment now) {
  tx.execute("update account set closed_at = :now where id = :account and closed_at is null",
             {{"now", now}, {"account", account}});
  end_sessions(tx, account);
}

std::optional<access::User> named(db::Transaction& tx, std::string_view name, Moment now,
                                  PermissionsOf permissions_of) {
  auto user = tx.find(user_from, R"(
    select account.id, account.full_name, account.organisation_id, organisation.name as organisation, organisation.kind
    from account
    join organisation on organisation.id = account.organisation_id
    where account.name = :name and account.closed_at is null)",
                      {{"name", name}});
  if (user) add_roles(tx, *user, now, permissions_of);
  return user;
}

void note(db::Transaction& tx, const Id<access::Account>& account, const Id<access::Account>& by,
          std::string_view event, std::string_view about, Moment now) {
  tx.execute(R"(
    insert into account_event (id, account_id, at, by_account, event, about)
    values (:id, :account, :now, :by, :event, :about))",
             {{"id", new_key()},
              {"account", account},
              {"now", now},
              {"by", by},
              {"event", event},
              {"about", about}});
}

std::vector<Event> events_of(db::Transaction& tx, const Id<access::Account>& account) {
  return tx.list(
      [](const db::Row& row) {
        return Event{row.moment("at"), row.text("full_name"), row.text("event"), row.text("about")};
      },
      R"(
    select account_event.at, coalesce(account.full_name, '') as full_name, account_event.event, account_event.about
    from account_event
    left join account on account.id = account_event.by_account
    where account_event.account_id = :account
    order by account_event.at desc, account_event.id desc
    limit 50)",
      {{"account", account}});
}

}  // namespace stafett::account
