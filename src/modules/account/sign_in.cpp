#include "account/sign_in.h"

#include "account/code.h"

namespace stafett::account {
namespace {

constexpr auto wrong_password = "The name or the password is wrong. Write them again.";
constexpr auto wrong_code = "The code is wrong, or was used before. Wait for the next one and write it.";
constexpr auto too_late = "It took too long. Sign in from the beginning.";

struct Known {
  Id<access::Account> account;
  std::string name, password;
};

Known known_from(const db::Row& row) {
  return {row.id<access::Account>("id"), row.text("name"), row.text("password")};
}

// What is noted before a secret is looked at.
struct Tried {
  std::optional<Known> known;
  std::string guess;
};

Result<Tried> try_name(db::Transaction& tx, const SignIn& attempt, Moment now) {
  auto known =
      tx.find(known_from, "select id, name, password from account where name = :name and closed_at is null",
              {{"name", attempt.name}});
  auto guess = TRY(note_guess(tx, attempt.name, attempt.from, now));
  return Tried{std::move(known), std::move(guess)};
}

std::string begin_half(db::Transaction& tx, const Id<access::Account>& account, Moment now) {
  tx.execute("delete from half_sign_in where begun_at <= :before", {{"before", now + -half_seconds}});
  auto token = access::new_token();
  tx.execute("insert into half_sign_in (fingerprint, account_id, begun_at) values (:mark, :account, :now)",
             {{"mark", access::fingerprint(token)}, {"account", account}, {"now", now}});
  return token;
}

std::optional<Known> known_by_half(db::Transaction& tx, const std::string& half, Moment now) {
  return tx.find(known_from, R"(
    select account.id, account.name, account.password
    from half_sign_in
    join account on account.id = half_sign_in.account_id
    where half_sign_in.fingerprint = :mark and half_sign_in.begun_at > :oldest and account.closed_at is null)",
                 {{"mark", access::fingerprint(half)}, {"oldest", now + -half_seconds}});
}

}  // namespace

Entry enter(db::Transaction& tx, const Id<access::Account>& account, Proof proof, const From& from,
            Moment now) {
  return {.session = begin_session(tx, account, now, proof),
          .device = remember_device(tx, from.device, account, now)};
}

Result<Entry> sign_in(db::Database& database, const SignIn& attempt, Moment now) {
  const auto tried = TRY(database.write([&](db::Transaction& tx) { return try_name(tx, attempt, now); }));
  const bool right = TRY(access::matches(attempt.password, tried.known ? tried.known->password : ""));
  if (!right) return invalid("password", wrong_password);
  return database.write([&](db::Transaction& tx) -> Result<Entry> {
    forget_guess(tx, tried.guess);
    const auto& account = tried.known->account;
    if (has_codes(tx, account)) return Entry{.half = begin_half(tx, account, now)};
    return enter(tx, account, by_password, attempt.from, now);
  });
}

Result<Entry> enter_code(db::Database& database, const std::string& half, const std::string& code,
                         const From& from, Moment now) {
  const auto noted = TRY(database.write([&](db::Transaction& tx) -> Result<Tried> {
    auto known = known_by_half(tx, half, now);
    if (!known) return conflict(too_late);
    auto guess = TRY(note_guess(tx, known->name, from, now));
    return Tried{std::move(known), std::move(guess)};
  }));
  return database.write([&](db::Transaction& tx) -> Result<Entry> {
    const auto proof = take_code(tx, noted.known->account, code, now);
    if (!proof) return invalid("code", wrong_code);
    const auto gone = tx.execute("delete from half_sign_in where fingerprint = :mark",
                                 {{"mark", access::fingerprint(half)}});
    if (gone == 0) return conflict(too_late);
    forget_guess(tx, noted.guess);
    return enter(tx, noted.known->account, *proof, from, now);
  });
}

Result<Entry> sign_in_again(db::Database& database, const Again& again, Moment now) {
  const auto noted = TRY(database.write([&](db::Transaction& tx) -> Result<Tried> {
    auto known =
        tx.find(known_from, "select id, name, password from account where id = :id and closed_at is null",
                {{"id", again.account}});
    if (!known) return conflict(too_late);
    auto guess = TRY(note_guess(tx, known->name, again.from, now));
    return Tried{std::move(known), std::move(guess)};
  }));
  const bool right = TRY(access::matches(again.password, noted.known->password));
  if (!right) return invalid("password", "The password is wrong. Write it again.");
  return database.write([&](db::Transaction& tx) -> Result<Entry> {
    auto proof = std::optional(by_password);
    if (has_codes(tx, again.account)) proof = take_code(tx, again.account, again.code, now);
    if (!proof) return invalid("code", wrong_code);
    forget_guess(tx, noted.guess);
    auto token = prove_again(tx, access::fingerprint(again.session), again.account, *proof, now);
    if (!token) return conflict(too_late);
    return Entry{.session = std::move(*token),
                 .device = remember_device(tx, again.from.device, again.account, now)};
  });
}

}  // namespace stafett::account
