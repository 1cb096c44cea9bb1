#include "account/sign_in.h"

namespace stafett::account {
namespace {

constexpr int guesses_allowed = 5;
constexpr std::int64_t guess_seconds = 15 * 60;

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

}  // namespace stafett::account
