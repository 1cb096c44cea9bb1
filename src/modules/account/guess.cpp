#include "account/guess.h"

#include "access/password.h"
#include "base/digest.h"

namespace stafett::account {
namespace {

struct Counts {
  std::int64_t lately = 0, today = 0;
};

// The fingerprint of a browser that this account is known in; "" for any other.
std::string known_device(db::Transaction& tx, std::string_view account_name, const std::string& device,
                         Moment now) {
  const auto mark = access::fingerprint(device);
  const auto known = tx.find([](const db::Row&) { return true; }, R"(
    select known_device.account_id
    from known_device
    join account on account.id = known_device.account_id
    where known_device.fingerprint = :mark and account.name = :name and known_device.seen_at > :oldest)",
                             {{"mark", mark}, {"name", account_name}, {"oldest", now + -device_seconds}});
  return known ? mark : "";
}

// Of one browser, or of all that are not known.
Counts guesses(db::Transaction& tx, const std::string& account, const std::string& device,
               const std::string& network, Moment now) {
  return *tx.find(
      [](const db::Row& row) {
        return Counts{row.number("lately"), row.number("today")};
      },
      R"(
    select count(*) filter (where at > :lately and (device <> '' or network = :network)) as lately, count(*) as today
    from sign_in_guess
    where account = :account and device = :device and at > :day)",
      {{"lately", now + -guess_seconds},
       {"network", network},
       {"account", account},
       {"device", device},
       {"day", now + -guess_day}});
}

std::int64_t guesses_of_network(db::Transaction& tx, const std::string& network, Moment now) {
  return *tx.find([](const db::Row& row) { return row.number("guesses"); }, R"(
    select count(*) as guesses from sign_in_guess where network = :network and device = '' and at > :lately)",
                  {{"network", network}, {"lately", now + -guess_seconds}});
}

}  // namespace

Result<std::string> note_guess(db::Transaction& tx, std::string_view account_name, const From& from,
                               Moment now) {
  const auto account = sha256(account_name);
  const auto device = known_device(tx, account_name, from.device, now);
  const auto counts = guesses(tx, account, device, from.network, now);
  const auto most_today = device.empty() ? guesses_from_others : guesses_from_device;
  const bool network_waits =
      device.empty() && guesses_of_network(tx, from.network, now) >= guesses_from_network;
  if (counts.lately >= guesses_from_one_place || counts.today >= most_today || network_waits)
    return busy(
        "Too many wrong attempts. Wait a quarter of an hour and try again. With a passkey, or from a browser "
        "where you "
        "have signed in before, you need not wait for others' attempts.");

  tx.execute("delete from sign_in_guess where at <= :before", {{"before", now + -guess_day}});
  auto id = new_key();
  tx.execute(R"(
    insert into sign_in_guess (id, account, network, device, at) values (:id, :account, :network, :device, :now))",
             {{"id", id}, {"account", account}, {"network", from.network}, {"device", device}, {"now", now}});
  return id;
}

void forget_guess(db::Transaction& tx, const std::string& id) {
  tx.execute("delete from sign_in_guess where id = :id", {{"id", id}});
}

std::string remember_device(db::Transaction& tx, const std::string& old_device,
                            const Id<access::Account>& account, Moment now) {
  auto token = access::new_token();
  const auto mark = access::fingerprint(token);
  tx.execute("delete from known_device where seen_at <= :before", {{"before", now + -device_seconds}});
  // Others who use the same browser stay known in it.
  if (!old_device.empty())
    tx.execute("update known_device set fingerprint = :new where fingerprint = :old",
               {{"new", mark}, {"old", access::fingerprint(old_device)}});
  tx.execute(R"(
    insert into known_device (fingerprint, account_id, seen_at) values (:mark, :account, :now)
    on conflict (fingerprint, account_id) do update set seen_at = excluded.seen_at)",
             {{"mark", mark}, {"account", account}, {"now", now}});
  return token;
}

}  // namespace stafett::account
