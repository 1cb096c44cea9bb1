#include "account/passkey.h"

#include "base/base64.h"
#include "text/fold.h"

namespace stafett::account {
namespace {

constexpr auto too_late = "It took too long, or was tried before. Try again.";
constexpr auto unknown = "Nobody here has that passkey. Sign in in another way, or ask your unit head.";

KeptPasskey from_row(const db::Row& row) {
  return {row.id<KeptPasskey>("id"),
          row.id<access::Account>("account_id"),
          row.text("name"),
          {row.text("credential"), static_cast<int>(row.number("algorithm")),
           from_base64(row.text("public_key")).value_or(""), row.number("counter")},
          row.moment("added_at"),
          row.maybe_moment("used_at")};
}

std::optional<KeptPasskey> passkey_called(db::Transaction& tx, const std::string& credential) {
  return tx.find(from_row, R"(
    select passkey.id, passkey.account_id, passkey.name, passkey.credential, passkey.algorithm, passkey.public_key,
           passkey.counter, passkey.added_at, passkey.used_at
    from passkey
    join account on account.id = passkey.account_id
    where passkey.credential = :credential and account.closed_at is null)",
                 {{"credential", credential}});
}

}  // namespace

std::string begin_challenge(db::Transaction& tx, const std::string& browser, Moment now) {
  const auto bound = access::fingerprint(browser);
  tx.execute("delete from passkey_challenge where bound_to = :bound or made_at <= :before",
             {{"bound", bound}, {"before", now + -challenge_seconds}});
  auto challenge = access::new_challenge();
  tx.execute("insert into passkey_challenge (fingerprint, bound_to, made_at) values (:mark, :bound, :now)",
             {{"mark", access::fingerprint(challenge)}, {"bound", bound}, {"now", now}});
  return challenge;
}

bool take_challenge(db::Transaction& tx, const std::string& challenge, const std::string& browser,
                    Moment now) {
  return tx.execute(R"(
    delete from passkey_challenge where fingerprint = :mark and bound_to = :bound and made_at > :oldest)",
                    {{"mark", access::fingerprint(challenge)},
                     {"bound", access::fingerprint(browser)},
                     {"oldest", now + -challenge_seconds}}) > 0;
}

Result<> add_passkey(db::Transaction& tx, const Id<access::Account>& account, const access::Passkey& key,
                     const std::string& name, Moment now) {
  const auto called = std::string(text::trimmed(name));
  if (called.empty() || called.size() > 100)
    return invalid("name", "Write what you call it, such as “my telephone”.");
  const auto kept = tx.execute(R"(
    insert into passkey (id, account_id, credential, name, algorithm, public_key, counter, added_at)
    values (:id, :account, :credential, :name, :algorithm, :key, :counter, :now)
    on conflict (credential) do nothing)",
                               {{"id", new_key()},
                                {"account", account},
                                {"credential", key.credential},
                                {"name", called},
                                {"algorithm", key.algorithm},
                                {"key", base64(key.public_key)},
                                {"counter", key.counter},
                                {"now", now}});
  if (kept == 0) return conflict("That passkey is here already.");
  return {};
}

std::vector<KeptPasskey> passkeys_of(db::Transaction& tx, const Id<access::Account>& account) {
  return tx.list(from_row, R"(
    select id, account_id, name, credential, algorithm, public_key, counter, added_at, used_at
    from passkey
    where account_id = :account
    order by added_at, id)",
                 {{"account", account}});
}

void end_passkey(db::Transaction& tx, const Id<access::Account>& account, const Id<KeptPasskey>& id) {
  tx.execute("delete from passkey where id = :id and account_id = :account",
             {{"id", id}, {"account", account}});
}

void end_passkeys(db::Transaction& tx, const Id<access::Account>& account) {
  tx.execute("delete from passkey where account_id = :account", {{"account", account}});
}

Result<Id<access::Account>> use_passkey(db::Database& database, const PasskeyUse& use, Moment now) {
  const auto challenge = access::challenge_in(use.used.client_data);
  struct Found {
    bool in_time = false;
    std::optional<KeptPasskey> passkey;
  };
  const auto [in_time, passkey] = database.write([&](db::Transaction& tx) {
    return Found{take_challenge(tx, challenge, use.browser, now), passkey_called(tx, use.credential)};
  });
  if (!in_time) return conflict(too_late);
  if (!passkey || (!use.user.empty() && use.user != passkey->account.text)) return invalid("", unknown);
  const auto counter = TRY(access::passkey_used(use.site, challenge, passkey->key, use.used));
  return database.write([&](db::Transaction& tx) -> Result<Id<access::Account>> {
    // The counter as it was read: of two at once, one is a copy.
    const auto kept = tx.execute(
        R"(
      update passkey set counter = :counter, used_at = :now where id = :id and counter = :before)",
        {{"counter", counter}, {"now", now}, {"id", passkey->id}, {"before", passkey->key.counter}});
    if (kept == 0) return conflict(too_late);
    return passkey->account;
  });
}

}  // namespace stafett::account
