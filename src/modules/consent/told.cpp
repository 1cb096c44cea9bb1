// Who is told of whom now, and what runs out soon.
#include <algorithm>

#include "consent/consent.h"

namespace stafett::consent {
namespace {

bool is_told(db::Transaction& tx, const Id<participant::Participant>& participant,
             const Id<organisation::Organisation>& to, Moment now) {
  return std::ranges::any_of(doors(tx, participant, to), [&](const access::Door& door) {
    return !door.withdrawn && door.opens <= now && now < door.closes;
  });
}

}  // namespace

std::vector<Ending> ending_soon(db::Transaction& tx, const access::User& user, Moment now) {
  const auto from_row = [](const db::Row& row) {
    return Ending{row.id<participant::Participant>("participant_id"), row.text("code"), row.text("from_name"),
                  row.text("to_name"), row.moment("closes_at")};
  };
  auto endings = tx.list(from_row, R"(
    select distinct consent.id, consent.participant_id, code, teller.name as from_name, told.name as to_name, closes_at
    from consent
    join participant on participant.id = consent.participant_id
    join assignment on assignment.participant_id = consent.participant_id and assignment.account_id = :account
    join organisation as teller on teller.id = consent.from_id
    join organisation as told on told.id = consent.to_id
    where erased_at is null and protection = ''
      and from_at <= :now and (until_at is null or until_at > :now)
      and (from_id = :mine or to_id = :mine)
      and closes_at > :now and closes_at <= :soon
      and not exists (select 1 from consent_withdrawal
                      where consent_id = consent.id and consent_withdrawal.kinds = consent.kinds)
    order by closes_at)",
                         {{"account", user.account},
                          {"mine", user.organisation},
                          {"now", now},
                          {"soon", now + soon_days * 86400}});
  std::erase_if(endings, [&](const Ending& ending) {
    return !access::admit(tx, user, {.participant = ending.participant, .object = "consents that run out"},
                          now);
  });
  return endings;
}

std::vector<Told> told_of(db::Transaction& tx, const access::User& head, Moment now) {
  const auto from_row = [](const db::Row& row) {
    return Told{row.id<participant::Participant>("participant_id"), row.text("code"),
                row.text("intervention_name"), row.text("from_name"), row.moment("closes_at")};
  };
  auto all = tx.list(from_row, R"(
    select consent.participant_id, code, intervention.name as intervention_name, teller.name as from_name, closes_at
    from consent
    join participant on participant.id = consent.participant_id
    join intervention on intervention.id = participant.intervention_id
    join organisation as teller on teller.id = consent.from_id
    where to_id = :mine and opens_at <= :now and closes_at > :now and erased_at is null and protection = ''
    order by code, consent.participant_id, closes_at desc)",
                     {{"mine", head.organisation}, {"now", now}});
  const auto same = std::ranges::unique(all, {}, &Told::participant);
  all.erase(same.begin(), same.end());
  std::erase_if(all, [&](const Told& told) {
    return !is_told(tx, told.participant, head.organisation, now) ||
           !access::admit(tx, head,
                          {.participant = told.participant, .object = "participants we may be told of"}, now);
  });
  return all;
}

std::string code_told(db::Transaction& tx, const access::Permit& permit) {
  const bool may_know = permit.owner() == permit.asker() || permit.in(permit.owner()).allowed ||
                        is_told(tx, permit.participant(), permit.asker(), permit.at());
  if (!may_know) return {};
  return tx
      .find([](const db::Row& row) { return row.text("code"); },
            "select code from participant where id = :id", {{"id", permit.participant()}})
      .value_or("");
}

}  // namespace stafett::consent
