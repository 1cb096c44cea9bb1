#include "broken_glass/broken_glass.h"

#include <algorithm>

#include "assignment/assignment.h"

namespace stafett::broken_glass {
namespace {

// Of the own organisation; whether they may be known of, the gate says.
Id<participant::Participant> participant_of(db::Transaction& tx, const access::User& user, const Wish& wish) {
  return tx
      .find([](const db::Row& row) { return row.id<participant::Participant>("id"); }, R"(
    select id from participant where intervention_id = :intervention and code = :code and owner_id = :owner)",
            {{"intervention", wish.intervention}, {"code", wish.code}, {"owner", user.organisation}})
      .value_or(Id<participant::Participant>{});
}

// What decide() would answer if the glass were broken now.
access::Decision with_broken_glass(db::Transaction& tx, const access::User& user, const access::Ask& ask,
                                   Moment now) {
  auto known = access::facts_of(tx, user, ask, now);
  known.facts.room = user.organisation;
  known.facts.glass_until = now + open_seconds;
  return access::decide(known.facts);
}

const std::string of_head = R"(
    from broken_glass
    join account on account.id = broken_glass.account_id
    join participant on participant.id = broken_glass.participant_id
    join intervention on intervention.id = participant.intervention_id
    where participant.owner_id = :organisation and participant.protection = '' and reviewed_at is null and broken_glass.account_id <> :head
      and (cast(:unit as text) = '' or account.unit_id = :unit
           or exists (select 1 from assignment
                      where assignment.participant_id = participant.id and assignment.unit_id = :unit)) )";

BrokenGlass from_row(const db::Row& row) {
  BrokenGlass glass;
  glass.id = row.id<BrokenGlass>("id");
  glass.participant = row.id<participant::Participant>("participant_id");
  glass.account = row.id<access::Account>("account_id");
  glass.colleague = row.text("full_name");
  glass.code = row.text("code");
  glass.intervention = row.text("intervention");
  glass.reason = row.text("reason");
  glass.at = row.moment("broken_at");
  glass.until = row.moment("until_at");
  return glass;
}

std::string sealed(const access::DataKey& key, const Id<BrokenGlass>& id, std::string_view column,
                   std::string_view text) {
  return access::seal(key, {"broken_glass", column, id.text}, text);
}

std::size_t seal_reasons(db::Transaction& tx, std::size_t most, Moment now) {
  struct Plain {
    Id<BrokenGlass> id;
    Id<participant::Participant> participant;
    Id<organisation::Organisation> owner;
    std::string reason, finding;
  };
  const auto from_row = [](const db::Row& row) {
    return Plain{row.id<BrokenGlass>("id"), row.id<participant::Participant>("participant_id"),
                 row.id<organisation::Organisation>("owner_id"), row.text("reason"), row.text("finding")};
  };
  const auto plain = tx.list(from_row, R"(
    select broken_glass.id, participant_id, owner_id, reason, finding
    from broken_glass
    join participant on participant.id = broken_glass.participant_id
    where is_sealed = :no
    limit :most)",
                             {{"no", false}, {"most", most}});
  for (const auto& one : plain) {
    const auto key = access::data_key_or_new(tx, one.owner, one.participant, now);
    tx.execute(
        "update broken_glass set reason = :reason, finding = :finding, is_sealed = :yes where id = :id",
        {{"reason", sealed(key, one.id, "reason", one.reason)},
         {"finding", one.finding.empty() ? "" : sealed(key, one.id, "finding", one.finding)},
         {"yes", true},
         {"id", one.id}});
  }
  return plain.size();
}

}  // namespace

const access::InClear reasons_in_clear{"reasons in clear", "broken_glass", seal_reasons};

bool says_something(std::string_view words) {
  std::size_t count = 0, length = 0;
  bool in_word = false;
  for (const char c : words) {
    const bool is_space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!is_space && !in_word) ++count;
    if (!is_space) ++length;
    in_word = !is_space;
  }
  return count >= fewest_words && length > 2 * fewest_words;
}

Result<Id<participant::Participant>> break_glass(db::Transaction& tx, const access::User& user,
                                                 const Wish& wish, Moment now) {
  if (!says_something(wish.reason))
    return invalid("reason", "Write why in a few words. The unit's head will read it.");
  const access::Ask ask{.participant = participant_of(tx, user, wish), .object = "broken glass"};
  const auto decision = with_broken_glass(tx, user, ask, now);
  if (decision.allowed && decision.rule == access::Rule::broken_glass) {
    const auto id = new_id<BrokenGlass>();
    const auto key = access::data_key_or_new(tx, user.organisation, ask.participant, now);
    tx.execute(R"(
      insert into broken_glass (id, account_id, participant_id, reason, is_sealed, broken_at, until_at)
      values (:id, :account, :participant, :reason, :yes, :now, :until))",
               {{"id", id},
                {"account", user.account},
                {"participant", ask.participant},
                {"reason", sealed(key, id, "reason", wish.reason)},
                {"yes", true},
                {"now", now},
                {"until", now + open_seconds}});
  }
  TRY(access::admit(tx, user, ask, now));
  return ask.participant;
}

std::vector<BrokenGlass> to_review(db::Transaction& tx, const access::User& head) {
  static const auto sql = R"(
    select broken_glass.id, broken_glass.account_id, broken_glass.participant_id, account.full_name, participant.code,
           intervention.name as intervention, reason, broken_at, until_at)" +
                          of_head + "order by broken_at desc";
  auto all = tx.list(from_row, sql,
                     {{"organisation", head.organisation}, {"head", head.account}, {"unit", head.unit}});
  for (auto& one : all) {
    const auto key = access::data_key(tx, head.organisation, one.participant);
    const auto is_there = key && !one.reason.empty();
    one.reason =
        is_there ? access::unseal(*key, {"broken_glass", "reason", one.id.text}, one.reason) : std::string();
  }
  return all;
}

std::int64_t count_to_review(db::Transaction& tx, const access::User& head) {
  if (!head.may(assignment::may_head)) return 0;
  static const auto sql = "select count(*) as number" + of_head;
  return tx
      .find([](const db::Row& row) { return row.number("number"); }, sql,
            {{"organisation", head.organisation}, {"head", head.account}, {"unit", head.unit}})
      .value_or(0);
}

Result<> review(db::Transaction& tx, const access::User& head, const Id<BrokenGlass>& id,
                const std::string& finding, Moment now) {
  const auto all = to_review(tx, head);
  const auto found = std::ranges::find(all, id.text, [](const BrokenGlass& glass) { return glass.id.text; });
  if (found == all.end()) return not_found("There is nothing here to review.");
  TRY(access::admit_all(
      tx, head,
      {.owner = head.organisation, .action = access::Action::review, .object = "broken glass " + id.text},
      now));
  if (!says_something(finding)) return invalid("finding-" + id.text, "Write in a few words what you found.");
  const auto key = access::data_key_or_new(tx, head.organisation, found->participant, now);
  tx.execute(
      R"(
    update broken_glass set reviewed_at = :now, reviewed_by = :head, finding = :finding where id = :id and reviewed_at is null)",
      {{"now", now}, {"head", head.account}, {"finding", sealed(key, id, "finding", finding)}, {"id", id}});
  return {};
}

void seal_anew(db::Transaction& tx, const access::Permit& permit, const access::DataKey& from,
               const access::DataKey& to) {
  struct Sealed {
    Id<BrokenGlass> id;
    std::string reason, finding;
  };
  const auto from_row = [](const db::Row& row) {
    return Sealed{row.id<BrokenGlass>("id"), row.text("reason"), row.text("finding")};
  };
  const auto all = tx.list(from_row, R"(
    select id, reason, finding from broken_glass where participant_id = :participant and is_sealed = :yes)",
                           {{"participant", permit.participant()}, {"yes", true}});
  for (const auto& one : all) {
    const auto anew = [&](std::string_view column, const std::string& text) {
      return text.empty() ? "" : sealed(to, one.id, column, access::unseal(from, {"broken_glass", column, one.id.text}, text));
    };
    tx.execute("update broken_glass set reason = :reason, finding = :finding where id = :id",
               {{"reason", anew("reason", one.reason)}, {"finding", anew("finding", one.finding)}, {"id", one.id}});
  }
}

}  // namespace stafett::broken_glass
