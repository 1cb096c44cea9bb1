#include "assignment/conflict.h"

#include <algorithm>

#include "text/fold.h"
#include "text/order.h"

namespace stafett::assignment {
namespace {

void need_assign(const access::Permit& permit) {
  if (permit.action() != access::Action::assign) throw std::logic_error("a permit for something else");
}

access::Place place_of(const Id<access::Account>& account) { return {"conflict", "reason", account.text}; }

}  // namespace

std::vector<Conflict> conflicts(db::Transaction& tx, const access::Permit& permit) {
  need_assign(permit);
  const auto from_row = [](const db::Row& row) {
    return Conflict{row.id<access::Account>("account_id"), row.text("full_name"), row.text("reason"),
                    row.maybe_moment("noted_at"), row.text("noted_by_name")};
  };
  auto all = tx.list(from_row, R"(
    select conflict.account_id, account.full_name, reason, noted_at, coalesce(noter.full_name, '') as noted_by_name
    from conflict
    join account on account.id = conflict.account_id
    left join account as noter on noter.id = conflict.noted_by
    where participant_id = :participant and account.organisation_id = :mine)",
                     {{"participant", permit.participant()}, {"mine", permit.asker()}});
  const auto key = access::data_key(tx, permit.asker(), permit.participant());
  for (auto& one : all)
    one.reason =
        key && !one.reason.empty() ? access::unseal(*key, place_of(one.account), one.reason) : std::string();
  std::ranges::sort(all, [](const auto& a, const auto& b) { return text::in_order(a.name, b.name); });
  return all;
}

std::vector<Colleague> not_in_conflict(db::Transaction& tx, const access::Permit& permit) {
  need_assign(permit);
  const auto from_row = [](const db::Row& row) {
    return Colleague{row.id<access::Account>("id"), row.text("full_name")};
  };
  auto all = tx.list(from_row, R"(
    select id, full_name from account
    where organisation_id = :mine and closed_at is null
      and not exists (select 1 from conflict where participant_id = :participant and account_id = account.id))",
                     {{"mine", permit.asker()}, {"participant", permit.participant()}});
  std::ranges::sort(all, [](const auto& a, const auto& b) { return text::in_order(a.name, b.name); });
  return all;
}

Result<> add_conflict(db::Transaction& tx, const access::Permit& permit, const access::User& by,
                      const Id<access::Account>& account, std::string_view reason) {
  if (is_in_conflict(tx, permit.participant(), account)) return {};  // sent twice
  const auto all = not_in_conflict(tx, permit);
  if (std::ranges::find(all, account, &Colleague::account) == all.end())
    return invalid("colleague", "Choose a colleague of your own organisation.");
  reason = text::trimmed(reason);
  if (reason.empty()) return invalid("reason", "Write why in a few words, such as kin or neighbour.");
  if (reason.size() > longest_reason)
    return invalid("reason", "The text is too long. Write at most 500 characters.");
  const auto key = access::data_key_or_new(tx, permit.asker(), permit.participant(), permit.at());
  tx.execute(R"(
    insert into conflict (participant_id, account_id, reason, noted_by, noted_at)
    values (:participant, :account, :reason, :by, :now))",
             {{"participant", permit.participant()},
              {"account", account},
              {"reason", access::seal(key, place_of(account), reason)},
              {"by", by.account},
              {"now", permit.at()}});
  return {};
}

Result<> remove_conflict(db::Transaction& tx, const access::Permit& permit,
                         const Id<access::Account>& account) {
  need_assign(permit);
  tx.execute(R"(
    delete from conflict
    where participant_id = :participant and account_id = :account
      and account_id in (select id from account where organisation_id = :mine))",
             {{"participant", permit.participant()}, {"account", account}, {"mine", permit.asker()}});
  return {};
}

void seal_anew(db::Transaction& tx, const access::Permit& permit, const access::DataKey& from,
               const access::DataKey& to) {
  struct Sealed {
    Id<access::Account> account;
    std::string reason;
  };
  const auto from_row = [](const db::Row& row) {
    return Sealed{row.id<access::Account>("account_id"), row.text("reason")};
  };
  const auto all = tx.list(from_row, R"(
    select account_id, reason from conflict
    where participant_id = :participant and reason <> ''
      and account_id in (select id from account where organisation_id = :mine))",
                           {{"participant", permit.participant()}, {"mine", permit.asker()}});
  for (const auto& one : all) {
    const auto place = place_of(one.account);
    tx.execute("update conflict set reason = :reason where participant_id = :participant and account_id = :account",
               {{"reason", access::seal(to, place, access::unseal(from, place, one.reason))},
                {"participant", permit.participant()},
                {"account", one.account}});
  }
}

bool is_in_conflict(db::Transaction& tx, const Id<participant::Participant>& participant,
                    const Id<access::Account>& account) {
  return tx
      .find([](const db::Row&) { return true; }, R"(
    select account_id from conflict where participant_id = :participant and account_id = :account)",
            {{"participant", participant}, {"account", account}})
      .has_value();
}

}  // namespace stafett::assignment
