// Who works with whom, as heads decide it and colleagues see it.
#include <algorithm>

#include "account/role.h"
#include "assignment/assignment.h"
#include "assignment/conflict.h"
#include "text/order.h"

namespace stafett::assignment {
namespace {

Assignment from_row(const db::Row& row) {
  return {.id = row.id<Assignment>("id"),
          .organisation = row.id<organisation::Organisation>("organisation_id"),
          .unit = {row.has("unit_id") ? row.text("unit_id") : ""},
          .account = row.id<access::Account>("account_id"),
          .name = row.text("full_name"),
          .intervention = row.id<intervention::Intervention>("intervention_id"),
          .participant = {row.has("participant_id") ? row.text("participant_id") : ""},
          .duty = row.text("duty"),
          .kinds = access::Kinds::of_bits(row.number("kinds")),
          .from = row.moment("from_at"),
          .until = row.maybe_moment("until_at"),
          .in_conflict = row.number("in_conflict") != 0};
}

std::vector<Assignment> in_order(std::vector<Assignment> all, Moment now) {
  std::ranges::stable_sort(all, [&](const auto& a, const auto& b) {
    if (a.has_ended(now) != b.has_ended(now)) return b.has_ended(now);
    if (a.by_name() != b.by_name()) return a.by_name();
    return text::in_order(a.name, b.name);
  });
  return all;
}

void need_assign(access::Action action) {
  if (action != access::Action::assign) throw std::logic_error("a permit for something else");
}

bool works_with_cases(const std::vector<std::string>& roles) {
  return std::ranges::any_of(roles, [](const auto& name) {
    const auto* role = account::role_named(name);
    return role && role->works_with_cases;
  });
}

// Of the unit that the head decides on: the own, or where none is said.
bool is_of_unit(const access::User& head, const Id<organisation::Unit>& unit) {
  return head.unit.text.empty() || unit.text.empty() || head.unit == unit;
}

bool is_same(const Assignment& a, const Assignment& b) {
  return a.account == b.account && a.by_name() == b.by_name() && a.kinds == b.kinds && a.until == b.until &&
         a.from.date() == b.from.date() && a.duty == b.duty;
}

void add_faults_in(std::vector<Fault>& faults, const Assignment& wanted, Moment now) {
  if (wanted.kinds.empty()) faults.push_back({"kinds", "Choose at least one kind of information."});
  if (!wanted.by_name() && wanted.kinds.has(access::Kind::violence))
    faults.push_back(
        {"kinds", "Violence is never given for everyone: give it on the participant's page, by name."});
  if (wanted.from < now) faults.push_back({"from", "The first day has passed. Choose today or later."});
  if (wanted.until && *wanted.until <= wanted.from)
    faults.push_back({"until", "The last day must not come before the first."});
  if (wanted.duty.size() > 100)
    faults.push_back({"duty", "The text is too long. Write at most 100 characters."});
}

Result<> let_work(db::Transaction& tx, const access::User& head, Assignment wanted, Moment now,
                  const std::vector<Assignment>& has) {
  const auto all = workers(tx, head, now);
  const auto worker = std::ranges::find(all, wanted.account, &Worker::account);
  std::vector<Fault> faults;
  if (wanted.account == head.account)
    faults.push_back({"colleague", "You do not give yourself work with a participant. Ask another head."});
  else if (worker == all.end())
    faults.push_back({"colleague", "Choose a colleague who works with cases."});
  else if (wanted.by_name() && is_in_conflict(tx, wanted.participant, wanted.account))
    faults.push_back(
        {"colleague", "The colleague is on the list of conflicts for this participant. Choose another."});
  add_faults_in(faults, wanted, now);
  if (!faults.empty()) return invalid(std::move(faults));
  if (std::ranges::any_of(has, [&](const auto& one) { return !one.has_ended(now) && is_same(one, wanted); }))
    return {};  // sent twice
  wanted.id = new_id<Assignment>();
  wanted.organisation = head.organisation;
  wanted.unit = worker->unit.text.empty() ? head.unit : worker->unit;
  give(tx, wanted, head.account);
  return {};
}

Result<> end(db::Transaction& tx, const access::User& head, const Id<Assignment>& id, Moment now,
             const std::vector<Assignment>& has, bool by_name) {
  const auto found = std::ranges::find(has, id, &Assignment::id);
  if (found == has.end() || found->by_name() != by_name) return not_found("There is no such assignment.");
  if (!is_of_unit(head, found->unit))
    return forbidden("Another unit has given that assignment. Ask its head.");
  if (found->has_ended(now)) return {};  // sent twice
  tx.execute("update assignment set until_at = :until where id = :id",
             {{"until", std::max(now, found->from)}, {"id", id}});
  return {};
}

}  // namespace

std::vector<Worker> workers(db::Transaction& tx, const access::User& head, Moment now) {
  const auto from_row = [](const db::Row& row) {
    return Worker{row.id<access::Account>("id"), row.text("full_name"), {}};
  };
  auto all = tx.list(from_row, R"(
    select id, full_name from account where organisation_id = :mine and closed_at is null)",
                     {{"mine", head.organisation}});
  std::erase_if(all, [&](Worker& one) {
    const auto held = account::held(tx, one.account, now);
    one.unit = held.unit;
    return !works_with_cases(held.roles) || !is_of_unit(head, one.unit);
  });
  std::ranges::sort(all, [](const auto& a, const auto& b) { return text::in_order(a.name, b.name); });
  return all;
}

std::vector<Assignment> of(db::Transaction& tx, const access::Permit& permit) {
  if (!permit.in(permit.asker()).allowed) return {};
  auto all = tx.list(from_row, R"(
    select assignment.id, assignment.organisation_id, assignment.unit_id, assignment.account_id, full_name,
           intervention_id, participant_id, duty, kinds, from_at, until_at,
           case when exists (select 1 from conflict
                             where conflict.participant_id = :participant
                               and conflict.account_id = assignment.account_id)
                then 1 else 0 end as in_conflict
    from assignment
    join account on account.id = assignment.account_id
    where assignment.organisation_id = :mine
      and (participant_id = :participant or (participant_id is null and intervention_id = :intervention)))",
                     {{"participant", permit.participant()},
                      {"intervention", permit.intervention()},
                      {"mine", permit.asker()}});
  if (permit.protection() != access::Protection::none)  // who works with everyone does not reach them
    std::erase_if(all, [](const auto& one) { return !one.by_name(); });
  return in_order(std::move(all), permit.at());
}

std::vector<Assignment> of(db::Transaction& tx, const access::Scope& scope) {
  auto all = tx.list(from_row, R"(
    select assignment.id, assignment.organisation_id, assignment.unit_id, account_id, full_name, intervention_id,
           participant_id, duty, kinds, from_at, until_at, 0 as in_conflict
    from assignment
    join account on account.id = assignment.account_id
    where assignment.organisation_id = :owner and participant_id is null and intervention_id = :intervention)",
                     {{"owner", scope.owner()}, {"intervention", scope.intervention()}});
  return in_order(std::move(all), scope.at());
}

Result<> let_work(db::Transaction& tx, const access::Permit& permit, const access::User& head,
                  Assignment wanted) {
  need_assign(permit.action());
  wanted.participant = permit.participant();
  wanted.intervention = permit.intervention();
  return let_work(tx, head, std::move(wanted), permit.at(), of(tx, permit));
}

Result<> let_work(db::Transaction& tx, const access::Scope& scope, const access::User& head,
                  Assignment wanted) {
  need_assign(scope.action());
  wanted.participant = {};
  wanted.intervention = scope.intervention();
  return let_work(tx, head, std::move(wanted), scope.at(), of(tx, scope));
}

Result<> end(db::Transaction& tx, const access::Permit& permit, const access::User& head,
             const Id<Assignment>& id) {
  need_assign(permit.action());
  return end(tx, head, id, permit.at(), of(tx, permit), true);
}

Result<> end(db::Transaction& tx, const access::Scope& scope, const access::User& head,
             const Id<Assignment>& id) {
  need_assign(scope.action());
  return end(tx, head, id, scope.at(), of(tx, scope), false);
}

bool is_worked_with(db::Transaction& tx, const access::User& head,
                    const Id<participant::Participant>& participant, Moment now) {
  return tx
      .find([](const db::Row&) { return true; }, R"(
    select id from assignment
    where participant_id = :participant and organisation_id = :mine and (until_at is null or until_at > :now)
    limit 1)",
            {{"participant", participant}, {"mine", head.organisation}, {"now", now}})
      .has_value();
}

bool heads(db::Transaction& tx, const access::User& user, const access::Permit& permit) {
  return user.may(may_head) && door_facts(tx, user, permit.participant(), permit.intervention()).heads_unit;
}

}  // namespace stafett::assignment
