#include "assignment/assignment.h"

#include <algorithm>

#include "assignment/conflict.h"

namespace stafett::assignment {
namespace {

std::optional<std::string> or_null(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

Assignment from_row(const db::Row& row) {
  return {.id = row.id<Assignment>("id"),
          .organisation = row.id<organisation::Organisation>("organisation_id"),
          .unit = {row.has("unit_id") ? row.text("unit_id") : ""},
          .intervention = row.id<intervention::Intervention>("intervention_id"),
          .participant = {row.has("participant_id") ? row.text("participant_id") : ""},
          .duty = row.text("duty"),
          .kinds = access::Kinds::of_bits(row.number("kinds")),
          .until = row.maybe_moment("until_at")};
}

std::vector<Assignment> held_by(db::Transaction& tx, const access::User& head,
                                const Id<access::Account>& account, Moment now) {
  auto all = tx.list(from_row, R"(
    select id, organisation_id, unit_id, intervention_id, participant_id, duty, kinds, until_at
    from assignment
    where account_id = :account and organisation_id = :organisation and (until_at is null or until_at > :now)
    order by id)",
                     {{"account", account}, {"organisation", head.organisation}, {"now", now}});
  std::erase_if(all, [&](const auto& one) {
    return !head.unit.text.empty() && !one.unit.text.empty() && one.unit != head.unit;
  });
  return all;
}

bool may_hand_over(db::Transaction& tx, const access::User& head, const Assignment& one,
                   const Id<access::Account>& to, Moment now) {
  if (one.participant.text.empty())
    return access::admit_all(
               tx, head, {one.intervention, head.organisation, access::Action::assign, "assignments"}, now)
        .has_value();
  const access::Ask ask{
      .participant = one.participant, .action = access::Action::assign, .object = "assignment"};
  return !is_in_conflict(tx, one.participant, to) && access::admit(tx, head, ask, now).has_value();
}

}  // namespace

DoorFacts door_facts(db::Transaction& tx, const access::User& user,
                     const Id<participant::Participant>& participant,
                     const Id<intervention::Intervention>& intervention) {
  DoorFacts facts;
  bool in_my_unit = false, in_another = false;
  tx.each(R"(
    select organisation_id, unit_id, account_id, participant_id, kinds, from_at, until_at
    from assignment
    where participant_id = :participant
       or (participant_id is null and intervention_id = :intervention))",
          {{"participant", participant}, {"intervention", intervention}}, [&](const db::Row& row) {
            auto organisation = row.id<organisation::Organisation>("organisation_id");
            if (organisation == user.organisation && row.has("unit_id"))
              (row.text("unit_id") == user.unit.text ? in_my_unit : in_another) = true;
            const bool is_mine = row.text("account_id") == user.account.text;
            const bool by_name = row.has("participant_id");
            if (is_mine)
              facts.mine.push_back({access::Kinds::of_bits(row.number("kinds")), by_name,
                                    row.moment("from_at"), row.maybe_moment("until_at")});
            if (std::ranges::find(facts.rooms, organisation) == facts.rooms.end())
              facts.rooms.push_back(std::move(organisation));
          });
  // A head without a unit heads the whole organisation; others those that their own unit works with, and
  // those that no unit does.
  facts.heads_unit = user.may(may_head) && (user.unit.text.empty() || in_my_unit || !in_another);
  facts.in_conflict = is_in_conflict(tx, participant, user.account);
  facts.glass_until = tx.find([](const db::Row& row) { return row.moment("until_at"); }, R"(
    select until_at from broken_glass
    where participant_id = :participant and account_id = :account
    order by until_at desc limit 1)",
                              {{"participant", participant}, {"account", user.account}});
  return facts;
}

DoorFactsOfAll door_facts(db::Transaction& tx, const access::User& user,
                          const Id<intervention::Intervention>& intervention, Moment now) {
  DoorFactsOfAll facts{.heads_unit = user.may(may_head)};
  tx.each(R"(
    select participant_id, kinds, from_at, until_at
    from assignment
    where account_id = :account and intervention_id = :intervention)",
          {{"account", user.account}, {"intervention", intervention}}, [&](const db::Row& row) {
            const access::Assignment work{access::Kinds::of_bits(row.number("kinds")), row.has("participant_id"),
                                          row.moment("from_at"), row.maybe_moment("until_at")};
            if (!work.by_name)
              facts.mine.push_back(work);
            else if (work.from <= now && (!work.until || now < *work.until))
              facts.by_name = true;
          });
  return facts;
}

void give(db::Transaction& tx, const Assignment& given, const Id<access::Account>& by) {
  tx.execute(R"(
    insert into assignment (id, organisation_id, unit_id, account_id, intervention_id, participant_id, duty, kinds,
                            from_at, until_at, given_by)
    values (:id, :organisation, :unit, :account, :intervention, :participant, :duty, :kinds, :from, :until, :by))",
             {{"id", given.id},
              {"organisation", given.organisation},
              {"unit", or_null(given.unit.text)},
              {"account", given.account},
              {"intervention", given.intervention},
              {"participant", or_null(given.participant.text)},
              {"duty", given.duty},
              {"kinds", given.kinds.bits()},
              {"from", given.from},
              {"until", given.until},
              {"by", by}});
}

void end(db::Transaction& tx, const access::Permit& permit, const Id<access::Account>& account) {
  if (permit.action() != access::Action::protect) throw std::logic_error("a permit for something else");
  tx.execute(R"(
    update assignment set until_at = :now
    where participant_id = :participant and account_id = :account and organisation_id = :mine
      and (until_at is null or until_at > :now))",
             {{"now", permit.at()},
              {"participant", permit.participant()},
              {"account", account},
              {"mine", permit.asker()}});
}

void erase(db::Transaction& tx, const access::Permit& permit) {
  if (permit.action() != access::Action::erase) throw std::logic_error("a permit for something else");
  for (const auto* sql : {"delete from assignment where participant_id = :participant",
                          "delete from conflict where participant_id = :participant",
                          "delete from broken_glass where participant_id = :participant"})
    tx.execute(sql, {{"participant", permit.participant()}});
}

std::size_t hand_over(db::Transaction& tx, const access::User& head, const Id<access::Account>& from,
                      const Id<access::Account>& to, Moment now) {
  std::size_t handed = 0;
  for (auto& one : held_by(tx, head, from, now)) {
    if (!may_hand_over(tx, head, one, to, now)) continue;
    tx.execute("update assignment set until_at = :now where id = :id", {{"now", now}, {"id", one.id}});
    one.id = new_id<Assignment>();
    one.account = to;
    one.from = now;
    give(tx, one, head.account);
    ++handed;
  }
  return handed;
}

std::size_t in_hand(db::Transaction& tx, const access::User& head, const Id<access::Account>& account,
                    Moment now) {
  return held_by(tx, head, account, now).size();
}

std::vector<Id<participant::Participant>> by_name(db::Transaction& tx, const Id<access::Account>& account, Moment now) {
  return tx.list([](const db::Row& row) { return row.id<participant::Participant>("participant_id"); }, R"(
    select distinct participant_id
    from assignment
    where account_id = :account and participant_id is not null and from_at <= :now and (until_at is null or until_at > :now))",
                 {{"account", account}, {"now", now}});
}

}  // namespace stafett::assignment
