#include "account/code.h"

#include "access/code.h"
#include "access/password.h"

namespace stafett::account {
namespace {

struct Kept {
  std::string secret;
  std::int64_t last_step = 0;
};

std::optional<Kept> kept_for(db::Transaction& tx, const Id<access::Account>& account) {
  return tx.find(
      [](const db::Row& row) {
        return Kept{row.text("secret"), row.number("last_step")};
      },
      "select secret, last_step from account_code where account_id = :account", {{"account", account}});
}

}  // namespace

bool has_codes(db::Transaction& tx, const Id<access::Account>& account) {
  return kept_for(tx, account).has_value();
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
    insert into account_code (account_id, secret, last_step, since) values (:account, :secret, :step, :now)
    on conflict (account_id) do update
    set secret = excluded.secret, last_step = excluded.last_step, since = excluded.since)",
             {{"account", account}, {"secret", secret}, {"step", *step}, {"now", now}});
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
  const auto kept = kept_for(tx, account);
  if (!kept) return std::nullopt;
  const auto code = access::plain_code(written);
  if (const auto step = access::step_of_code(kept->secret, code, now)) {
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

}  // namespace stafett::account
