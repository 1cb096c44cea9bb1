// The end of a protection: proposed by one, confirmed by another.
#include <algorithm>

#include "access/two_persons.h"
#include "account/role.h"
#include "participant/pseudonym.h"
#include "protection/protection.h"

namespace stafett::protection {
namespace {

constexpr std::string_view open_ones = R"(
    select protection_proposal.id, participant_id, code, reason, proposed_by, full_name, proposed_at, until_at
    from protection_proposal
    join participant on participant.id = protection_proposal.participant_id
    join account on account.id = protection_proposal.proposed_by
    where protection <> '' and erased_at is null and ended_at is null and until_at > :now )";

Proposal from_row(const db::Row& row) {
  return {.id = row.text("id"),
          .participant = row.id<participant::Participant>("participant_id"),
          .pseudonym = row.text("code"),
          .reason = reasons.meant_by(row.text("reason")),
          .by = row.id<access::Account>("proposed_by"),
          .by_name = row.text("full_name"),
          .proposed = row.moment("proposed_at"),
          .until = row.moment("until_at")};
}

// Of a unit of their own, which nobody who works with the participant is of.
bool is_of_another_unit(db::Transaction& tx, const access::User& user, const Proposal& proposal, Moment now) {
  if (user.unit.text.empty()) return false;
  auto insiders = tx.list([](const db::Row& row) { return row.id<access::Account>("account_id"); }, R"(
    select account_id from assignment
    where participant_id = :participant and organisation_id = :mine
      and from_at <= :now and (until_at is null or until_at > :now))",
                          {{"participant", proposal.participant}, {"mine", user.organisation}, {"now", now}});
  insiders.push_back(proposal.by);
  return std::ranges::none_of(
      insiders, [&](const auto& account) { return account::held(tx, account, now).unit == user.unit; });
}

bool is_in_conflict(db::Transaction& tx, const access::User& user, const Proposal& proposal) {
  return tx
      .find([](const db::Row&) { return true; }, R"(
    select account_id from conflict where participant_id = :participant and account_id = :account)",
            {{"participant", proposal.participant}, {"account", user.account}})
      .value_or(false);
}

void demand(const access::Permit& permit) {
  if (permit.action() != access::Action::protect) throw std::logic_error("a permit for something else");
}

}  // namespace

std::optional<Proposal> open_proposal(db::Transaction& tx, const access::Permit& permit) {
  static const auto sql = std::string(open_ones) +
                          "and participant_id = :participant and protection_proposal.organisation_id = :mine";
  return tx.find(from_row, sql,
                 {{"now", permit.at()}, {"participant", permit.participant()}, {"mine", permit.asker()}});
}

Result<> propose_end(db::Transaction& tx, const access::Permit& permit, const access::User& by,
                     std::optional<Reason> reason) {
  TRY(need_own(permit));
  if (permit.protection() == access::Protection::none) return conflict("The participant is not protected.");
  if (!reason) return invalid("reason", "Choose why the protection is to end.");
  if (open_proposal(tx, permit)) return conflict("It has been proposed already.");
  tx.execute(R"(
    insert into protection_proposal (id, organisation_id, participant_id, reason, proposed_by, proposed_at, until_at)
    values (:id, :mine, :participant, :reason, :by, :now, :until))",
             {{"id", new_key()},
              {"mine", permit.asker()},
              {"participant", permit.participant()},
              {"reason", reasons.of(*reason)},
              {"by", by.account},
              {"now", permit.at()},
              {"until", permit.at() + proposal_days * 86400}});
  return {};
}

Result<> withdraw_proposal(db::Transaction& tx, const access::Permit& permit, const access::User& by) {
  demand(permit);
  const auto proposal = open_proposal(tx, permit);
  if (!proposal) return conflict("There is nothing to withdraw.");
  tx.execute("update protection_proposal set withdrawn_by = :by, ended_at = :now where id = :id",
             {{"by", by.account}, {"now", permit.at()}, {"id", proposal->id}});
  return {};
}

std::vector<Proposal> to_confirm(db::Transaction& tx, const access::User& user, Moment now) {
  if (user.of_association || !user.may(participant::may_read)) return {};
  static const auto sql =
      std::string(open_ones) + "and protection_proposal.organisation_id = :mine order by proposed_at";
  auto all = tx.list(from_row, sql, {{"now", now}, {"mine", user.organisation}});
  std::erase_if(all, [&](const Proposal& one) {
    return one.by == user.account || !is_of_another_unit(tx, user, one, now) || is_in_conflict(tx, user, one);
  });
  return all;
}

Result<> confirm_end(db::Transaction& tx, const access::User& user, const std::string& id, Moment now) {
  static const auto sql = std::string(open_ones) +
                          "and protection_proposal.organisation_id = :mine and protection_proposal.id = :id";
  const auto proposal = tx.find(from_row, sql, {{"now", now}, {"mine", user.organisation}, {"id", id}});
  if (!proposal) return not_found("There is no such proposal, or it has run out.");
  const access::Ask ask{
      .participant = proposal->participant, .action = access::Action::confirm, .object = "end of protection"};
  const auto permit = TRY(access::admit(tx, user, ask, now));
  TRY(access::need_another(proposal->by, user));
  if (permit.owner() != user.organisation || !is_of_another_unit(tx, user, *proposal, now))
    return conflict("Somebody of another unit than those who work with the participant confirms it.");
  participant::set_protection(tx, permit, access::Protection::none);
  tx.execute("update protection_proposal set confirmed_by = :by, ended_at = :now where id = :id",
             {{"by", user.account}, {"now", now}, {"id", id}});
  return {};
}

}  // namespace stafett::protection
