#include "account/account.h"

namespace stafett::account {
namespace {

constexpr int guesses_allowed = 5;
constexpr std::int64_t guess_seconds = 15 * 60;

access::User from_row(const db::Row& row) {
  access::User user;
  user.account = row.id<access::Account>("id");
  user.name = row.text("full_name");
  user.organisation = row.id<organisation::Organisation>("organisation_id");
  user.organisation_name = row.text("organisation");
  user.of_association = row.text("kind") == organisation::kinds.of(organisation::Kind::association);
  return user;
}

void add_roles(db::Transaction& tx, access::User& user, PermissionsOf permissions_of) {
  user.roles = tx.list([](const db::Row& row) { return row.text("role"); },
                       "select role from account_role where account_id = :account order by role",
                       {{"account", user.account}});
  for (const auto& role : user.roles)
    for (const auto permission : permissions_of(role)) user.permissions.emplace(permission);
}

int recent_failures(db::Transaction& tx, const SignIn& attempt, Moment now) {
  const auto count =
      tx.find([](const db::Row& row) { return row.number("failures"); }, R"(
    select count(*) as failures
    from failed_sign_in
    where account_name = :name and network = :network and failed_at > :since)",
              {{"name", attempt.name}, {"network", attempt.network}, {"since", now + -guess_seconds}});
  return static_cast<int>(count.value_or(0));
}

// Those older than the quarter of an hour that counts are forgotten at the same time.
void remember_failure(db::Transaction& tx, const SignIn& attempt, Moment now) {
  tx.execute("delete from failed_sign_in where failed_at <= :before", {{"before", now + -guess_seconds}});
  tx.execute("insert into failed_sign_in (account_name, network, failed_at) values (:name, :network, :now)",
             {{"name", attempt.name}, {"network", attempt.network}, {"now", now}});
}

}  // namespace

Result<Id<access::Account>> open(db::Transaction& tx, const NewAccount& wanted) {
  if (wanted.name.empty()) return invalid("name", "Write a name to sign in with.");
  const auto id = new_id<access::Account>();
  const auto kept = tx.execute(R"(
    insert into account (id, name, full_name, organisation_id, password)
    values (:id, :name, :full_name, :organisation, :password)
    on conflict (name) do nothing)",
                               {{"id", id},
                                {"name", wanted.name},
                                {"full_name", wanted.full_name},
                                {"organisation", wanted.organisation},
                                {"password", wanted.password_hash}});
  if (kept == 0) return invalid("name", {"The name {1} is taken. Choose another.", wanted.name});
  for (const auto& role : wanted.roles)
    tx.execute("insert into account_role (account_id, role) values (:account, :role)",
               {{"account", id}, {"role", role}});
  return id;
}

void close(db::Transaction& tx, const Id<access::Account>& account, Moment now) {
  tx.execute("update account set closed_at = :now where id = :account", {{"now", now}, {"account", account}});
  tx.execute("delete from session where account_id = :account", {{"account", account}});
}

std::optional<access::User> named(db::Transaction& tx, std::string_view name, PermissionsOf permissions_of) {
  auto user = tx.find(from_row, R"(
    select account.id, account.full_name, account.organisation_id, organisation.name as organisation, organisation.kind
    from account
    join organisation on organisation.id = account.organisation_id
    where account.name = :name and account.closed_at is null)",
                      {{"name", name}});
  if (user) add_roles(tx, *user, permissions_of);
  return user;
}

Result<std::string> sign_in(db::Database& database, const SignIn& attempt, Moment now) {
  struct Known {
    Id<access::Account> id;
    std::string password;
    int failures = 0;
  };
  const auto known = database.read([&](db::Transaction& tx) {
    auto known = tx.find(
        [](const db::Row& row) {
          return Known{row.id<access::Account>("id"), row.text("password")};
        },
        "select id, password from account where name = :name and closed_at is null",
        {{"name", attempt.name}});
    if (!known) known.emplace();
    known->failures = recent_failures(tx, attempt, now);
    return *known;
  });
  if (known.failures >= guesses_allowed)
    return busy("Too many wrong passwords. Wait a quarter of an hour and try again.");

  const bool right = TRY(access::matches(attempt.password, known.password));
  return database
      .write([&](db::Transaction& tx) -> Result<std::string> {
        if (right) return begin_session(tx, known.id, now);
        remember_failure(tx, attempt, now);
        return "";
      })
      .and_then([](std::string token) -> Result<std::string> {
        if (token.empty()) return invalid("password", "The name or the password is wrong. Write them again.");
        return token;
      });
}

std::string begin_session(db::Transaction& tx, const Id<access::Account>& account, Moment now) {
  auto token = access::new_token();
  tx.execute(R"(
    insert into session (fingerprint, account_id, begun_at, seen_at) values (:fingerprint, :account, :now, :now))",
             {{"fingerprint", access::fingerprint(token)}, {"account", account}, {"now", now}});
  return token;
}

void sign_out(db::Transaction& tx, const std::string& token) {
  tx.execute("delete from session where fingerprint = :fingerprint",
             {{"fingerprint", access::fingerprint(token)}});
}

access::User who(db::Transaction& tx, const std::string& token, Moment now, PermissionsOf permissions_of) {
  const auto held_by = [&](const db::Row& row) {
    auto user = from_row(row);
    user.seen_long_ago = row.moment("seen_at") + 60 < now;
    return user;
  };
  auto user = tx.find(held_by, R"(
    select account.id, account.full_name, account.organisation_id, organisation.name as organisation, organisation.kind,
           session.seen_at
    from session
    join account on account.id = session.account_id
    join organisation on organisation.id = account.organisation_id
    where session.fingerprint = :fingerprint and account.closed_at is null
      and session.seen_at > :idle and session.begun_at > :oldest)",
                      {{"fingerprint", access::fingerprint(token)},
                       {"idle", now + -idle_seconds},
                       {"oldest", now + -longest_seconds}});
  if (!user) return {};
  add_roles(tx, *user, permissions_of);
  return *user;
}

void touch(db::Transaction& tx, const std::string& token, Moment now) {
  tx.execute("update session set seen_at = :now where fingerprint = :fingerprint",
             {{"now", now}, {"fingerprint", access::fingerprint(token)}});
}

}  // namespace stafett::account
