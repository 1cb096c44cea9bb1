#include "account/invitation.h"

#include "access/code.h"
#include "access/guessable.h"
#include "account/code.h"
#include "account/passkey.h"

namespace stafett::account {
namespace {

constexpr auto not_there =
    "The invitation has been used, or is too old. Ask whoever invited you for a new one.";
constexpr auto wrong_code = "The code is wrong. Write it as you were given it.";

bool is_right(db::Transaction& tx, const Id<Invitation>& id, const std::string& code) {
  return tx
      .find([](const db::Row&) { return true; }, "select id from invitation where id = :id and code = :code",
            {{"id", id}, {"code", access::fingerprint(access::plain_code(code))}})
      .has_value();
}

}  // namespace

Invited invite(db::Transaction& tx, const Id<access::Account>& account, const Id<access::Account>& by,
               Moment now, std::int64_t seconds) {
  tx.execute("delete from invitation where account_id = :account", {{"account", account}});
  Invited invited{new_id<Invitation>(), access::new_long_code()};
  tx.execute(R"(
    insert into invitation (id, account_id, code, made_by, made_at, until_at)
    values (:id, :account, :code, :by, :now, :until))",
             {{"id", invited.id},
              {"account", account},
              {"code", access::fingerprint(access::plain_code(invited.code))},
              {"by", by},
              {"now", now},
              {"until", now + seconds}});
  note(tx, account, by, "invited", "", now);
  return invited;
}

Result<Invitation> find_invitation(db::Transaction& tx, const Id<Invitation>& id, Moment now) {
  auto found = tx.find(
      [](const db::Row& row) {
        return Invitation{row.id<Invitation>("id"), row.id<access::Account>("account_id"),
                          row.text("name"),         row.text("full_name"),
                          row.text("organisation"), row.moment("until_at")};
      },
      R"(
    select invitation.id, invitation.account_id, account.name, account.full_name, organisation.name as organisation,
           invitation.until_at
    from invitation
    join account on account.id = invitation.account_id
    join organisation on organisation.id = account.organisation_id
    where invitation.id = :id and invitation.until_at > :now and account.closed_at is null)",
      {{"id", id}, {"now", now}});
  if (!found) return not_found(not_there);
  return *std::move(found);
}

bool is_invited(db::Transaction& tx, const Id<access::Account>& account, Moment now) {
  return tx
      .find([](const db::Row&) { return true; },
            "select id from invitation where account_id = :account and until_at > :now",
            {{"account", account}, {"now", now}})
      .has_value();
}

Result<> check_code(db::Database& database, const Id<Invitation>& id, const std::string& code,
                    const From& from, Moment now) {
  const auto guess = TRY(database.write([&](db::Transaction& tx) -> Result<std::string> {
    TRY(find_invitation(tx, id, now));
    return note_guess(tx, "invitation " + id.text, from, now);
  }));
  return database.write([&](db::Transaction& tx) -> Result<> {
    if (!is_right(tx, id, code)) return invalid("code", wrong_code);
    forget_guess(tx, guess);
    return {};
  });
}

Result<> answer(db::Database& database, const Answer& answer, Moment now, access::Cost cost) {
  if (answer.password != answer.once_more)
    return invalid("once_more", "The two passwords differ. Write both again.");
  const auto invited =
      TRY(database.read([&](db::Transaction& tx) { return find_invitation(tx, answer.invitation, now); }));
  TRY(access::hard_to_guess(answer.password, {invited.name, invited.full_name, invited.organisation}));
  struct Noted {
    Invitation invitation;
    std::string guess;
  };
  const auto noted = TRY(database.write([&](db::Transaction& tx) -> Result<Noted> {
    auto invitation = TRY(find_invitation(tx, answer.invitation, now));
    auto guess = TRY(note_guess(tx, "invitation " + invitation.id.text, answer.from, now));
    return Noted{std::move(invitation), std::move(guess)};
  }));
  const auto hash = TRY(access::hashed(answer.password, cost));
  return database.write([&](db::Transaction& tx) -> Result<> {
    const auto& account = noted.invitation.account;
    if (!is_right(tx, answer.invitation, answer.code)) return invalid("code", wrong_code);
    tx.execute("delete from invitation where id = :id", {{"id", answer.invitation}});
    forget_guess(tx, noted.guess);
    end_codes(tx, account);
    end_passkeys(tx, account);
    end_sessions(tx, account);
    tx.execute("delete from known_device where account_id = :account", {{"account", account}});
    tx.execute("update account set password = :hash where id = :account",
               {{"hash", hash}, {"account", account}});
    note(tx, account, account, "password set", "", now);
    return {};
  });
}

}  // namespace stafett::account
