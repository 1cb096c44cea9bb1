#include "baton/baton.h"

#include <algorithm>

#include "assignment/assignment.h"
#include "baton/handover.h"
#include "text/fold.h"

namespace stafett::baton {
namespace {

using access::Kind;
using participant::Participant;

Holding from_row(const db::Row& row) {
  return {.id = row.id<Holding>("id"),
          .participant = row.id<Participant>("participant_id"),
          .organisation = row.id<organisation::Organisation>("organisation_id"),
          .unit = row.id<organisation::Unit>("unit_id"),
          .account = row.id<access::Account>("account_id"),
          .name = row.text("full_name"),
          .organisation_name = row.text("organisation_name"),
          .duty = row.text("duty"),
          .from = row.moment("from_at"),
          .until = row.has("until_at") ? std::optional(row.moment("until_at")) : std::nullopt,
          .step = {row.text("step"), row.date("step_on")}};
}

constexpr std::string_view columns = R"(
    select holding.id as id, participant_id, holding.organisation_id as organisation_id, holding.unit_id as unit_id,
           holding.account_id as account_id,
           account.full_name as full_name, organisation.name as organisation_name, duty, from_at, until_at, step, step_on
    from holding
    join account on account.id = holding.account_id
    join organisation on organisation.id = holding.organisation_id )";

// A holding ends with the stay in which it began: a stay that ended later, before the one that goes on.
constexpr std::string_view of_open_case = R"(
    until_at is null
    and exists (select 1 from participation
                where participation.participant_id = holding.participant_id and ended_on is null)
    and not exists (select 1 from participation
                    where participation.participant_id = holding.participant_id and ended_on > holding.from_on))";

// The case as it stands, for whoever it is: whether it goes on, and its latest holding, if that still holds.
struct Standing {
  bool is_open = false, has_handovers = false, still_holds = false;
  std::optional<Holding> latest;

  std::optional<Holding> holder() const { return still_holds ? latest : std::nullopt; }
};

// Every case page asks this: no more questions than there is something to ask about.
Standing standing(db::Transaction& tx, const Id<Participant>& participant) {
  bool is_held = false;
  const auto counted = [&](const db::Row& row) {
    is_held = row.number("holdings") > 0;
    return Standing{.is_open = row.number("stays") > 0, .has_handovers = row.number("handovers") > 0};
  };
  auto now = tx.find(counted, R"(
    select (select count(*) from participation where participant_id = :participant and ended_on is null) as stays,
           (select count(*) from handover where participant_id = :participant) as handovers,
           (select count(*) from holding where participant_id = :participant) as holdings)",
                     {{"participant", participant}})
                 .value();
  if (!is_held) return now;
  const auto holding = [&](const db::Row& row) {
    now.still_holds = now.is_open && !row.has("until_at") && row.number("later_ends") == 0;
    return from_row(row);
  };
  now.latest = tx.find(holding, R"(
    select holding.id as id, participant_id, holding.organisation_id as organisation_id, holding.unit_id as unit_id,
           holding.account_id as account_id, full_name, organisation.name as organisation_name, duty, from_at, until_at, step, step_on,
           (select count(*) from participation
            where participation.participant_id = holding.participant_id and ended_on > from_on) as later_ends
    from holding
    join account on account.id = holding.account_id
    join organisation on organisation.id = holding.organisation_id
    where participant_id = :participant
    order by case when until_at is null then 0 else 1 end, from_at desc, holding.id desc
    limit 1)",
                       {{"participant", participant}});
  return now;
}

std::string unsealed(db::Transaction& tx, const Holding& holding) {
  if (holding.step.text.empty()) return {};
  const auto key = access::data_key(tx, holding.organisation, holding.participant);
  return key ? access::unseal(*key, {"holding", "step", holding.id.text}, holding.step.text) : std::string();
}

// The organisation that the case belongs to knows who answers for it, and so does whoever is told anything there.
bool may_know_holder(const access::Permit& permit, const Holding& holding) {
  return holding.organisation == permit.asker() || permit.asker() == permit.owner() || permit.in(holding.organisation).allowed;
}

std::string duty_of(db::Transaction& tx, const access::Permit& permit, const Id<access::Account>& account) {
  for (const auto& assignment : assignment::of(tx, permit))
    if (assignment.account == account && assignment.runs(permit.at()) && !assignment.duty.empty()) return assignment.duty;
  return {};
}

// From its first moment on nobody else holds it.
void begin(db::Transaction& tx, const Holding& holding) {
  tx.execute("update holding set until_at = :now where participant_id = :participant and until_at is null",
             {{"now", holding.from}, {"participant", holding.participant}});
  const auto key = access::data_key_or_new(tx, holding.organisation, holding.participant, holding.from);
  tx.execute(R"(
    insert into holding (id, participant_id, organisation_id, unit_id, account_id, duty, from_at, from_on, step, step_on)
    values (:id, :participant, :organisation, :unit, :account, :duty, :now, :today, :step, :day))",
             {{"id", holding.id},
              {"participant", holding.participant},
              {"organisation", holding.organisation},
              {"unit", holding.unit},
              {"account", holding.account},
              {"duty", holding.duty},
              {"now", holding.from},
              {"today", holding.from.date()},
              {"step", access::seal(key, {"holding", "step", holding.id.text}, holding.step.text)},
              {"day", holding.step.on}});
}

void change_step(db::Transaction& tx, const access::Permit& permit, const Holding& mine, const Step& step) {
  const auto key = access::data_key_or_new(tx, mine.organisation, permit.participant(), permit.at());
  tx.execute("update holding set step = :step, step_on = :day where id = :id",
             {{"step", access::seal(key, {"holding", "step", mine.id.text}, step.text)}, {"day", step.on}, {"id", mine.id}});
}

}  // namespace

std::vector<Fault> faults_in(const Step& step, Date today) {
  std::vector<Fault> faults;
  if (text::trimmed(step.text).empty()) faults.push_back({"step", Message("Write what you do next.")});
  if (step.text.size() > longest_step) faults.push_back({"step", Message("Write the next step in a few words. The rest goes in a note.")});
  if (step.on < today) faults.push_back({"step_on", Message("The day has passed. Choose a later one.")});
  return faults;
}

Baton of(db::Transaction& tx, const access::Permit& permit) {
  const auto now = standing(tx, permit.participant());
  Baton baton{.is_open = now.is_open, .has_handovers = now.has_handovers};
  auto holding = now.is_open ? now.holder() : now.latest;
  if (!holding) return baton;
  if (may_know_holder(permit, *holding)) {
    const bool may_read = permit.in(holding->organisation).free_text.has(Kind::planning);
    holding->step.text = may_read ? unsealed(tx, *holding) : std::string();
    baton.holder = std::move(holding);
  } else {
    baton.is_elsewhere = true;
  }
  return baton;
}

Result<> take(db::Transaction& tx, const access::Permit& permit, const access::User& user, const Step& step, const Id<Holding>& seen) {
  if (auto faults = faults_in(step, permit.at().date()); !faults.empty()) return invalid(std::move(faults));
  if (!permit.in(permit.asker()).free_text.has(Kind::planning))
    return forbidden("Whoever holds the baton must work with the participant's planning. Ask your unit head.");
  const auto stands = standing(tx, permit.participant());
  if (!stands.is_open) return conflict("The case is closed, and nobody holds its baton.");
  const auto now = stands.holder();
  if (now && now->account == user.account) return change_step(tx, permit, *now, step), Result<>{};
  if ((now ? now->id : Id<Holding>{}) != seen)
    return conflict("Somebody else took the baton just now. Look who holds it before you take it.");
  if (now && now->organisation != permit.asker())
    return conflict(Message{"{1} holds the baton. Ask them to hand it over.", now->organisation_name});
  if (!now && permit.asker() != permit.owner())
    return conflict("The organisation that has the intervention holds the baton. Ask them to hand it over.");
  hold(tx, permit, user, step);
  return {};
}

void hold(db::Transaction& tx, const access::Permit& permit, const access::User& user, const Step& step) {
  begin(tx, {.id = new_id<Holding>(),
             .participant = permit.participant(),
             .organisation = permit.asker(),
             .unit = user.unit,
             .account = user.account,
             .duty = duty_of(tx, permit, user.account),
             .from = permit.at(),
             .step = step});
}

std::vector<Id<Participant>> in_hand(db::Transaction& tx, const Id<access::Account>& account) {
  return tx.list([](const db::Row& row) { return row.id<Participant>("participant_id"); },
                 "select participant_id from holding where account_id = :account and " + std::string(of_open_case) +
                     " order by step_on, participant_id",
                 {{"account", account}});
}

std::size_t hand_over(db::Transaction& tx, const access::User& head, const Id<access::Account>& from,
                      const Id<access::Account>& to, Moment now) {
  std::size_t handed = 0;
  for (const auto& participant : in_hand(tx, from)) {
    const auto permit = access::admit(
        tx, head, {.participant = participant, .action = access::Action::assign, .object = "baton"}, now);
    if (!permit) continue;
    const auto assignments = assignment::of(tx, *permit);
    const auto receiver = std::ranges::find_if(assignments, [&](const auto& one) {
      return one.account == to && one.runs(now) && !one.in_conflict;
    });
    if (receiver == assignments.end()) continue;
    auto holding = standing(tx, participant).holder().value();
    holding.step.text = unsealed(tx, holding);
    holding.id = new_id<Holding>();
    holding.account = to;
    holding.duty = receiver->duty;
    holding.from = now;
    begin(tx, holding);
    ++handed;
  }
  return handed;
}

std::vector<Holding> holdings(db::Transaction& tx, const access::Permit& permit) {
  auto all = tx.list(from_row, std::string(columns) + "where participant_id = :participant and holding.organisation_id = :room order by from_at desc, holding.id desc",
                     {{"participant", permit.participant()}, {"room", permit.asker()}});
  const bool may_read = permit.in(permit.asker()).free_text.has(Kind::planning);
  for (auto& holding : all) holding.step.text = may_read ? unsealed(tx, holding) : std::string();
  return all;
}

std::vector<std::string> erase_words(db::Transaction& tx, const access::Permit& permit, bool every_room) {
  if (permit.action() != access::Action::erase) throw std::logic_error("a permit for something else");
  const db::Bindings where{{"participant", permit.participant()}, {"room", permit.asker()}, {"every", every_room}};
  auto texts = tx.list([](const db::Row& row) { return row.text("text"); }, R"(
    select step as text from holding where participant_id = :participant and (organisation_id = :room or :every = 1)
    union all
    select message as text from handover where participant_id = :participant and (organisation_id = :room or :every = 1)
    union all
    select answer as text from handover where participant_id = :participant and (organisation_id = :room or :every = 1))", where);
  tx.execute("update holding set step = '' where participant_id = :participant and (organisation_id = :room or :every = 1)", where);
  tx.execute("update handover set message = '', answer = '' where participant_id = :participant and (organisation_id = :room or :every = 1)", where);
  std::erase(texts, "");
  return texts;
}

void seal_anew(db::Transaction& tx, const access::Permit& permit, const access::DataKey& from, const access::DataKey& to) {
  struct Sealed {
    std::string id, text;
  };
  const auto steps = tx.list([](const db::Row& row) { return Sealed{row.text("id"), row.text("step")}; },
                             "select id, step from holding where participant_id = :participant and organisation_id = :room and step <> ''",
                             {{"participant", permit.participant()}, {"room", permit.asker()}});
  for (const auto& [id, text] : steps) {
    const access::Place place{"holding", "step", id};
    tx.execute("update holding set step = :step where id = :id", {{"step", access::seal(to, place, access::unseal(from, place, text))}, {"id", id}});
  }
  seal_handovers_anew(tx, permit, from, to);
}

}  // namespace stafett::baton
