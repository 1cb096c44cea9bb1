#include "account/code.h"

#include "access/code.h"
#include "access/keys.h"
#include "access/password.h"

namespace stafett::account {
namespace {

access::Place place_of(const Id<access::Account>& account) {
  return {"account_code", "secret", account.text};
}

Id<organisation::Organisation> organisation_of(db::Transaction& tx, const Id<access::Account>& account) {
  return tx
      .find([](const db::Row& row) { return row.id<organisation::Organisation>("organisation_id"); },
            "select organisation_id from account where id = :id", {{"id", account}})
      .value();
}

// The organisation's own, in whose room nobody stands who has yet to sign in.
std::string sealed(db::Transaction& tx, const Id<access::Account>& account, const std::string& secret,
                   Moment now) {
  const auto room = organisation_of(tx, account);
  tx.open_room(room.text);
  return access::seal(access::data_key_or_new(tx, room, {}, now), place_of(account), secret);
}

std::optional<std::string> secret_of(db::Transaction& tx, const Id<access::Account>& account) {
  const auto kept =
      tx.find([](const db::Row& row) { return row.text("secret"); },
              "select secret from account_code where account_id = :account", {{"account", account}});
  if (!kept) return std::nullopt;
  const auto room = organisation_of(tx, account);
  tx.open_room(room.text);
  const auto key = access::data_key(tx, room);
  if (!key)
    throw db::Failure(db::Failure::Kind::damaged,
                      "The key of a sealed text is missing. Restore the latest backup.");
  return access::unseal(*key, place_of(account), *kept);
}

std::size_t seal_secrets(db::Transaction& tx, std::size_t most, Moment now) {
  struct Plain {
    Id<access::Account> account;
    std::string secret;
  };
  const auto plain = tx.list(
      [](const db::Row& row) {
        return Plain{row.id<access::Account>("account_id"), row.text("secret")};
      },
      "select account_id, secret from account_code where is_sealed = :no limit :most",
      {{"no", false}, {"most", most}});
  for (const auto& one : plain)
    tx.execute(
        "update account_code set secret = :sealed, is_sealed = :yes where account_id = :account",
        {{"sealed", sealed(tx, one.account, one.secret, now)}, {"yes", true}, {"account", one.account}});
  return plain.size();
}

}  // namespace

bool has_codes(db::Transaction& tx, const Id<access::Account>& account) {
  return tx
      .find([](const db::Row&) { return true; },
            "select account_id from account_code where account_id = :account", {{"account", account}})
      .has_value();
}

Result<> begin_codes(db::Transaction& tx, const Id<access::Account>& account, const std::string& secret,
                     const std::string& code, Moment now) {
  if (!access::is_code_secret(secret))
    return conflict("The page had grown too old. Load it again and begin anew.");
  const auto step = access::step_of_code(secret, access::plain_code(code), now);
  if (!step)
    return invalid("code",
                   "The code is wrong. Write the six digits that the app shows now. If it goes on, see that "
                   "the telephone's clock is right.");
  tx.execute(R"(
    insert into account_code (account_id, secret, is_sealed, last_step, since)
    values (:account, :secret, :yes, :step, :now)
    on conflict (account_id) do update
    set secret = excluded.secret, is_sealed = excluded.is_sealed, last_step = excluded.last_step,
        since = excluded.since)",
             {{"account", account},
              {"secret", sealed(tx, account, secret, now)},
              {"yes", true},
              {"step", *step},
              {"now", now}});
  return {};
}

void end_codes(db::Transaction& tx, const Id<access::Account>& account) {
  tx.execute("delete from account_code where account_id = :account", {{"account", account}});
  tx.execute("delete from recovery_code where account_id = :account", {{"account", account}});
}

std::vector<std::string> new_recovery_codes(db::Transaction& tx, const Id<access::Account>& account) {
  tx.execute("delete from recovery_code where account_id = :account", {{"account", account}});
  std::vector<std::string> codes;
  while (codes.size() != recovery_codes) {
    codes.push_back(access::new_long_code());
    tx.execute("insert into recovery_code (account_id, fingerprint) values (:account, :mark)",
               {{"account", account}, {"mark", access::fingerprint(access::plain_code(codes.back()))}});
  }
  return codes;
}

std::size_t recovery_codes_left(db::Transaction& tx, const Id<access::Account>& account) {
  return static_cast<std::size_t>(*tx.find(
      [](const db::Row& row) { return row.number("codes"); },
      "select count(*) as codes from recovery_code where account_id = :account", {{"account", account}}));
}

std::optional<Proof> take_code(db::Transaction& tx, const Id<access::Account>& account,
                               const std::string& written, Moment now) {
  const auto secret = secret_of(tx, account);
  if (!secret) return std::nullopt;
  const auto code = access::plain_code(written);
  if (const auto step = access::step_of_code(*secret, code, now)) {
    const auto taken = tx.execute(R"(
      update account_code set last_step = :step where account_id = :account and last_step < :step)",
                                  {{"step", *step}, {"account", account}});
    return taken > 0 ? std::optional(by_code) : std::nullopt;
  }
  const auto used =
      tx.execute("delete from recovery_code where account_id = :account and fingerprint = :mark",
                 {{"account", account}, {"mark", access::fingerprint(code)}});
  return used > 0 ? std::optional(by_recovery_code) : std::nullopt;
}

const access::InClear secrets_in_clear{"code secrets in clear", "account_code", seal_secrets};

}  // namespace stafett::account
