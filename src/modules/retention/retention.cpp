#include "retention/retention.h"

#include <algorithm>
#include <charconv>

#include "access/keys.h"
#include "participant/identity.h"

namespace stafett::retention {
namespace {

using access::Kinds;
using organisation::Organisation;
using participant::Participant;

std::vector<std::string> divided(std::string_view text) {
  std::vector<std::string> parts;
  std::string part;
  for (const char c : text)
    if (c != ',' && c != ' ')
      part += c;
    else if (!part.empty())
      parts.push_back(std::exchange(part, {}));
  if (!part.empty()) parts.push_back(std::move(part));
  return parts;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : ",") + part;
  return text;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 4 && text.find_first_not_of("0123456789") == text.npos;
}

Result<> checked(const Exemption& exemption) {
  const bool of_days = exemption.criterion == Criterion::born_on_day;
  const auto is_one = [&](const std::string& value) {
    return is_number(value) && (!of_days || (value.size() <= 2 && value[0] != '0' && std::stoi(value) <= 31));
  };
  if (exemption.values.empty() || !std::ranges::all_of(exemption.values, is_one))
    return invalid("among", of_days
                                ? Message("Write days of the month, for instance 5, 15, 25.")
                                : Message("Write how the municipality codes begin, for instance 05, 1480."));
  if (exemption.ground.empty()) return invalid("exemption_ground", "Write the law or the decision.");
  return {};
}

// ---- cases

void read_stays(db::Transaction& tx, Case& one) {
  tx.each("select municipality, ended_on from participation where participant_id = :id",
          {{"id", one.participant}}, [&](const db::Row& row) {
            if (const auto& code = row.text("municipality"); !code.empty())
              one.municipalities.push_back(code);
            if (const auto ended = row.maybe_date("ended_on"))
              one.closed = std::max(one.closed, std::optional(*ended));
            else
              one.ongoing = true;
          });
}

void read_notes(db::Transaction& tx, const Id<Organisation>& room, Case& one) {
  tx.each(R"(
    select kind, max(written_at) as last_at
    from (select kind, written_at from note where participant_id = :id and organisation_id = :room
          union all
          select about as kind, written_at from meeting where participant_id = :id and organisation_id = :room
          union all
          select about as kind, changed_at as written_at
          from meeting
          where participant_id = :id and organisation_id = :room and changed_at is not null
          union all
          select about as kind, settled_at as written_at
          from agreement
          where participant_id = :id and organisation_id = :room and settled_at is not null) as written
    group by kind)",
          {{"id", one.participant}, {"room", room}}, [&](const db::Row& row) {
            one.present = one.present | Kinds{access::kinds.meant_by(row.text("kind"))};
            one.last_note = std::max(one.last_note, std::optional(row.moment("last_at").date()));
          });
  tx.in_every_room([&] {
    one.others_keep = one.others_keep || tx.find([](const db::Row&) { return true; }, R"(
      select 1 as one from note where participant_id = :id and organisation_id <> :room
      union all
      select 1 as one from meeting where participant_id = :id and organisation_id <> :room
      limit 1)",
                                                 {{"id", one.participant}, {"room", room}}).has_value();
  });
}

void read_holds(db::Transaction& tx, const Id<Organisation>& room, Case& one) {
  tx.each("select organisation_id from retention_hold where participant_id = :id and let_go_at is null",
          {{"id", one.participant}}, [&](const db::Row& row) {
            (row.text("organisation_id") == room.text ? one.is_held : one.others_keep) = true;
          });
}

Case read_case(db::Transaction& tx, const Id<Organisation>& room, const Id<Participant>& id) {
  Case one;
  one.participant = id;
  tx.each("select code, owner_id from participant where id = :id", {{"id", id}}, [&](const db::Row& row) {
    one.is_owner = row.text("owner_id") == room.text;
    if (one.is_owner) one.code = row.text("code");  // the mark of the owner's register is not another's to know
  });
  read_stays(tx, one);
  read_notes(tx, room, one);
  read_holds(tx, room, one);
  if (one.is_owner) {
    one.birth_day = participant::birth_day(tx, room, id);
    if (tx.find([](const db::Row&) { return true; },
                "select participant_id from identity where participant_id = :id", {{"id", id}}))
      one.present = one.present | Kinds{access::Kind::contact};
  }
  return one;
}

}  // namespace

std::vector<Rule> rules(db::Transaction& tx, const Id<Organisation>& organisation) {
  const auto from_row = [](const db::Row& row) {
    Rule rule{.id = row.text("id"), .kinds = Kinds::of_bits(row.number("kinds"))};
    if (const auto months = row.maybe_number("months")) rule.months = static_cast<int>(*months);
    rule.from = starts.meant_by(row.text("counted_from"));
    rule.ground = row.text("ground");
    rule.export_first = row.flag("export_first");
    return rule;
  };
  return tx.list(from_row, R"(
    select id, kinds, months, counted_from, ground, export_first
    from retention_rule
    where organisation_id = :organisation
    order by kinds desc, added_at)",
                 {{"organisation", organisation}});
}

Result<> add(db::Transaction& tx, const access::User& by, const Rule& rule, Moment now) {
  if (rule.kinds.empty()) return invalid("kinds", "Choose what the rule is for.");
  if (rule.months && (*rule.months < 1 || *rule.months > 1200))
    return invalid("months", "Write the number of months, from 1 to 1200, or nothing to keep it for good.");
  if (rule.ground.empty()) return invalid("ground", "Write the law or the decision.");
  for (const auto& other : rules(tx, by.organisation))
    if (other.kinds == rule.kinds)
      return invalid("kinds", "There is a rule for that already. Take it away first.");
  tx.execute(R"(
    insert into retention_rule (id, organisation_id, kinds, months, counted_from, ground, export_first, added_by, added_at)
    values (:id, :organisation, :kinds, :months, :from, :ground, :export_first, :by, :now))",
             {{"id", new_key()},
              {"organisation", by.organisation},
              {"kinds", rule.kinds.bits()},
              {"months", rule.months},
              {"from", starts.of(rule.from)},
              {"ground", rule.ground},
              {"export_first", rule.export_first},
              {"by", by.account},
              {"now", now}});
  return {};
}

void remove_rule(db::Transaction& tx, const access::User& by, const std::string& id) {
  tx.execute("delete from retention_rule where id = :id and organisation_id = :organisation",
             {{"id", id}, {"organisation", by.organisation}});
}

std::vector<Exemption> exemptions(db::Transaction& tx, const Id<Organisation>& organisation) {
  const auto from_row = [](const db::Row& row) {
    return Exemption{row.text("id"), criteria.meant_by(row.text("criterion")), divided(row.text("among")),
                     row.text("ground")};
  };
  return tx.list(from_row, R"(
    select id, criterion, among, ground
    from retention_exemption
    where organisation_id = :organisation
    order by added_at, id)",
                 {{"organisation", organisation}});
}

Result<> add(db::Transaction& tx, const access::User& by, const Exemption& exemption, Moment now) {
  TRY(checked(exemption));
  tx.execute(R"(
    insert into retention_exemption (id, organisation_id, criterion, among, ground, added_by, added_at)
    values (:id, :organisation, :criterion, :among, :ground, :by, :now))",
             {{"id", new_key()},
              {"organisation", by.organisation},
              {"criterion", criteria.of(exemption.criterion)},
              {"among", joined(exemption.values)},
              {"ground", exemption.ground},
              {"by", by.account},
              {"now", now}});
  return {};
}

void remove_exemption(db::Transaction& tx, const access::User& by, const std::string& id) {
  tx.execute("delete from retention_exemption where id = :id and organisation_id = :organisation",
             {{"id", id}, {"organisation", by.organisation}});
}

Case case_of(db::Transaction& tx, const access::Permit& permit) {
  return read_case(tx, permit.asker(), permit.participant());
}

Verdict verdict_on(db::Transaction& tx, const access::Permit& permit, Date today) {
  return judge(case_of(tx, permit), rules(tx, permit.asker()), exemptions(tx, permit.asker()), today);
}

std::vector<Case> ripe(db::Transaction& tx, const access::Scope& scope, Date today) {
  const auto& room = scope.owner();
  std::optional<int> shortest;
  for (const auto& rule : rules(tx, room))
    if (rule.months) shortest = std::min(shortest.value_or(*rule.months), *rule.months);
  if (!shortest) return {};
  constexpr std::int64_t most = 200;  // the oldest first; the rest come when these are done
  static const auto sql = R"(
    select participant.id as id, max(ended_on) as last_end
    from participant
    join participation on participation.participant_id = participant.id
    where participant.intervention_id = :intervention and)" +
                          std::string(participant::reached) + R"(
      and (participant.owner_id = :room
           or exists (select 1 from note where note.participant_id = participant.id and organisation_id = :room)
           or exists (select 1 from meeting
                      where meeting.participant_id = participant.id and organisation_id = :room))
    group by participant.id
    having count(*) = count(ended_on) and max(ended_on) <= :before
    order by max(ended_on), participant.id
    limit :most)";
  const auto ids = tx.list([](const db::Row& row) { return row.id<Participant>("id"); }, sql,
                           {{"intervention", scope.intervention()},
                            {"account", scope.account()},
                            {"everyone", scope.everyone()},
                            {"now", scope.at()},
                            {"room", room},
                            {"before", months_after(today, -*shortest)},
                            {"most", most}});
  const auto all_rules = rules(tx, room);
  const auto all_exemptions = exemptions(tx, room);
  std::vector<Case> cases;
  for (const auto& id : ids) {
    auto one = read_case(tx, room, id);
    const auto verdict = judge(one, all_rules, all_exemptions, today);
    if (!verdict.due.empty() || !verdict.kept.empty()) cases.push_back(std::move(one));
  }
  return cases;
}

}  // namespace stafett::retention
