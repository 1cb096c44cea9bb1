#include "account/session.h"

#include <algorithm>

#include "access/password.h"
#include "account/account.h"
#include "account/role.h"

namespace stafett::account {
namespace {

constexpr std::size_t mark_length = 16;

std::string mark_of(const std::string& fingerprint) { return fingerprint.substr(0, mark_length); }

access::Strength strength_from(const db::Row& row) {
  const auto word = access::strengths.find(row.text("strength"));
  return word.value_or(access::Strength::password);
}

bool is_idle(const access::User& user, Moment seen, Moment now) {
  const bool administers = std::ranges::any_of(user.roles, [](const auto& name) {
    const auto* role = role_named(name);
    return role && role->administers;
  });
  return seen + (administers ? idle_seconds_of_administrator : idle_seconds) <= now;
}

}  // namespace

Message name_of(Means means) {
  switch (means) {
    case Means::password:
      return "password";
    case Means::code:
      return "password and code";
    case Means::recovery_code:
      return "password and recovery code";
    case Means::passkey:
      return "passkey";
    case Means::provider:
      return "the employer's sign-in";
  }
  return {};
}

std::string begin_session(db::Transaction& tx, const Id<access::Account>& account, Moment now, Proof proof) {
  auto token = access::new_token();
  tx.execute(R"(
    insert into session (fingerprint, account_id, begun_at, seen_at, means, strength, proved_at)
    values (:fingerprint, :account, :now, :now, :means, :strength, :shown))",
             {{"fingerprint", access::fingerprint(token)},
              {"account", account},
              {"now", now},
              {"shown", proof.shown.value_or(now)},
              {"means", all_means.of(proof.means)},
              {"strength", access::strengths.of(proof.strength)}});
  return token;
}

std::optional<std::string> prove_again(db::Transaction& tx, const std::string& fingerprint,
                                       const Id<access::Account>& account, Proof proof, Moment now) {
  auto token = access::new_token();
  const auto kept = tx.execute(R"(
    update session
    set fingerprint = :new, seen_at = :now, proved_at = :shown, means = :means, strength = :strength
    where fingerprint = :old and account_id = :account)",
                               {{"new", access::fingerprint(token)},
                                {"now", now},
                                {"shown", proof.shown.value_or(now)},
                                {"means", all_means.of(proof.means)},
                                {"strength", access::strengths.of(proof.strength)},
                                {"old", fingerprint},
                                {"account", account}});
  if (kept == 0) return std::nullopt;
  return token;
}

void sign_out(db::Transaction& tx, const std::string& token) {
  tx.execute("delete from session where fingerprint = :fingerprint",
             {{"fingerprint", access::fingerprint(token)}});
}

access::User who(db::Transaction& tx, const std::string& token, Moment now, PermissionsOf permissions_of) {
  const auto fingerprint = access::fingerprint(token);
  Moment seen;
  const auto held_by = [&](const db::Row& row) {
    auto user = user_from(row);
    seen = row.moment("seen_at");
    user.seen_long_ago = seen + 60 < now;
    user.strength = strength_from(row);
    user.proved = row.maybe_moment("proved_at");
    user.session_mark = mark_of(fingerprint);
    return user;
  };
  auto user = tx.find(
      held_by, R"(
    select account.id, account.full_name, account.organisation_id, organisation.name as organisation, organisation.kind,
           session.seen_at, session.strength, session.proved_at
    from session
    join account on account.id = session.account_id
    join organisation on organisation.id = account.organisation_id
    where session.fingerprint = :fingerprint and account.closed_at is null
      and session.seen_at > :idle and session.begun_at > :oldest)",
      {{"fingerprint", fingerprint}, {"idle", now + -idle_seconds}, {"oldest", now + -longest_seconds}});
  if (!user) return {};
  add_roles(tx, *user, now, permissions_of);
  if (is_idle(*user, seen, now)) return {};
  return *user;
}

void touch(db::Transaction& tx, const std::string& token, Moment now) {
  tx.execute("update session set seen_at = :now where fingerprint = :fingerprint",
             {{"now", now}, {"fingerprint", access::fingerprint(token)}});
}

std::vector<Session> sessions_of(db::Transaction& tx, const Id<access::Account>& account, Moment now) {
  return tx.list(
      [](const db::Row& row) {
        return Session{mark_of(row.text("fingerprint")),
                       {all_means.find(row.text("means")).value_or(Means::password), strength_from(row)},
                       row.moment("begun_at"),
                       row.moment("seen_at")};
      },
      R"(
    select fingerprint, means, strength, begun_at, seen_at
    from session
    where account_id = :account and seen_at > :idle and begun_at > :oldest
    order by begun_at desc, fingerprint)",
      {{"account", account}, {"idle", now + -idle_seconds}, {"oldest", now + -longest_seconds}});
}

void end_session(db::Transaction& tx, const Id<access::Account>& account, const std::string& mark) {
  tx.execute("delete from session where account_id = :account and substr(fingerprint, 1, 16) = :mark",
             {{"account", account}, {"mark", mark}});
}

void end_sessions(db::Transaction& tx, const Id<access::Account>& account, const std::string& except_mark) {
  tx.execute("delete from session where account_id = :account and substr(fingerprint, 1, 16) <> :mark",
             {{"account", account}, {"mark", except_mark}});
}

}  // namespace stafett::account
