#include "baton/handover.h"

#include <algorithm>

#include "assignment/assignment.h"
#include "consent/consent.h"
#include "text/fold.h"

namespace stafett::baton {
namespace {

using access::Kind;
using organisation::Organisation;
using participant::Participant;

Handover from_row(const db::Row& row) {
  return {.id = row.id<Handover>("id"),
          .participant = row.id<Participant>("participant_id"),
          .from = row.id<Organisation>("organisation_id"),
          .to = row.id<Organisation>("to_id"),
          .giver = row.id<access::Account>("account_id"),
          .receiver = row.id<access::Account>("to_account_id"),
          .from_name = row.text("from_name"),
          .giver_name = row.text("giver_name"),
          .to_name = row.text("to_name"),
          .receiver_name = row.text("receiver_name"),
          .answerer_name = row.text("answerer_name"),
          .offered = row.moment("offered_at"),
          .message = row.text("message"),
          .meeting_on = row.maybe_date("meeting_on"),
          .both_until = row.maybe_date("both_until"),
          .support_until = row.maybe_date("support_until"),
          .outcome = outcomes.meant_by(row.text("outcome")),
          .reason = reasons.meant_by(row.text("reason")),
          .answer = row.text("answer"),
          .answered = row.maybe_moment("answered_at")};
}

constexpr std::string_view columns = R"(
    select handover.id as id, participant_id, handover.organisation_id as organisation_id, account_id, to_id, to_account_id,
           giving.name as from_name, taking.name as to_name, giver.full_name as giver_name,
           coalesce(receiver.full_name, '') as receiver_name, coalesce(answerer.full_name, '') as answerer_name,
           offered_at, message, meeting_on, both_until, support_until, outcome, reason, answer, answered_at
    from handover
    join organisation giving on giving.id = handover.organisation_id
    join organisation taking on taking.id = handover.to_id
    join account giver on giver.id = handover.account_id
    left join account receiver on receiver.id = handover.to_account_id
    left join account answerer on answerer.id = handover.answered_by )";

bool may_know(const access::Permit& permit, const Handover& handover) {
  const auto& asker = permit.asker();
  return asker == handover.from || asker == handover.to || asker == permit.owner();
}

void unseal_words(db::Transaction& tx, const access::Permit& permit, Handover& handover) {
  const auto key = permit.in(handover.from).free_text.has(Kind::planning)
                       ? access::data_key(tx, handover.from, handover.participant)
                       : std::nullopt;
  const auto unseal = [&](const char* column, std::string& text) {
    if (!text.empty()) text = key ? access::unseal(*key, {"handover", column, handover.id.text}, text) : "";
  };
  unseal("message", handover.message);
  unseal("answer", handover.answer);
}

std::vector<Fault> faults_in(const Handover& handover, Date today) {
  std::vector<Fault> faults;
  const auto demand = [&](const char* field, const std::optional<Date>& day, std::optional<Date> after, Message fault) {
    if (day && day < after) faults.push_back({field, std::move(fault)});
  };
  if (handover.message.size() > longest_message) faults.push_back({"message", Message("The message is too long. Write a note instead.")});
  demand("meeting_on", handover.meeting_on, today, "The day has passed. Choose a later one.");
  demand("both_until", handover.both_until, today, "The day has passed. Choose a later one.");
  demand("support_until", handover.support_until, handover.both_until.value_or(today),
         "The support begins when the receiver holds it alone. Choose a later day.");
  return faults;
}

// The open one, to be answered by the asker; the giver's room must still be open to them.
Result<Handover> to_answer(db::Transaction& tx, const access::Permit& seen, const Id<Handover>& id) {
  const auto handover = open_handover(tx, seen);
  if (!handover || handover->id != id || handover->to != seen.asker())
    return conflict("The handover has been answered or withdrawn already.");
  if (!seen.covers(handover->from, Kind::planning))
    return conflict(Message{"The consent does not hold any more. {1} still holds the baton.", handover->from_name});
  const auto baton = of(tx, seen);
  if (!baton.is_open || !baton.holder || baton.holder->organisation != handover->from)
    return conflict(Message{"{1} does not hold the baton any more, and cannot hand it over.", handover->from_name});
  return *handover;
}

void answer(db::Transaction& tx, const access::Permit& permit, const access::User& user, const Handover& handover,
            Outcome outcome, Reason reason = Reason::none, std::string_view words = {}) {
  std::string sealed;
  if (!words.empty()) {
    const auto key = access::data_key_or_new(tx, handover.from, handover.participant, permit.at());
    sealed = access::seal(key, {"handover", "answer", handover.id.text}, words);
  }
  tx.execute(R"(
    update handover set outcome = :outcome, reason = :reason, answer = :answer, answered_at = :now, answered_by = :account
    where id = :id)",
             {{"outcome", outcomes.of(outcome)},
              {"reason", reasons.of(reason)},
              {"answer", sealed},
              {"now", permit.at()},
              {"account", user.account},
              {"id", handover.id}});
}

}  // namespace

Message name_of(Reason reason) {
  switch (reason) {
    case Reason::none: return "– choose –";
    case Reason::not_now: return "we cannot take more now";
    case Reason::not_ours: return "it is not our task";
    case Reason::unclear_goal: return "the goal is unclear";
    case Reason::papers_missing: return "papers are missing";
    case Reason::other: return "another reason";
  }
  throw std::logic_error("no such reason");
}

std::vector<Receiver> receivers(db::Transaction& tx, const access::Permit& permit, const access::User& user) {
  std::vector<Receiver> all;
  for (const auto& consent : consent::of(tx, permit)) {
    const bool tells = consent.from == permit.asker() && consent.is_open(permit.at()) &&
                       consent.purpose == access::Purpose::coordination && consent.left().has(Kind::planning);
    if (!tells) continue;
    const auto free_text = consent.free_text ? consent.left() : access::Kinds{};
    const auto known = std::ranges::find(all, consent.to, &Receiver::organisation);
    if (known != all.end()) {
      known->kinds = known->kinds | consent.left();
      known->free_text = known->free_text | free_text;
      continue;
    }
    const auto organisation = organisation::find(tx, consent.to);
    all.push_back({consent.to, {}, organisation ? organisation->name : "", consent.left(), free_text, consent.closes});
  }
  for (const auto& colleague : assignment::of(tx, permit)) {
    const bool works = colleague.runs(permit.at()) && !colleague.in_conflict && colleague.kinds.has(Kind::planning);
    const bool is_new = std::ranges::find(all, colleague.account, &Receiver::account) == all.end();
    if (works && is_new && colleague.account != user.account)
      all.push_back({permit.asker(), colleague.account, colleague.name, colleague.kinds, colleague.kinds, {}});
  }
  return all;
}

std::vector<Handover> handovers(db::Transaction& tx, const access::Permit& permit) {
  static const auto sql = std::string(columns) + "where participant_id = :participant order by offered_at desc, handover.id desc";
  auto all = tx.list(from_row, sql,
                     {{"participant", permit.participant()}});
  std::erase_if(all, [&](const auto& handover) { return !may_know(permit, handover); });
  for (auto& handover : all) unseal_words(tx, permit, handover);
  return all;
}

std::optional<Handover> open_handover(db::Transaction& tx, const access::Permit& permit) {
  auto found = tx.find(from_row, std::string(columns) + "where participant_id = :participant and outcome = ''",
                       {{"participant", permit.participant()}});
  if (!found || !may_know(permit, *found)) return std::nullopt;
  unseal_words(tx, permit, *found);
  return found;
}

Result<Id<Handover>> offer(db::Transaction& tx, const access::Permit& permit, const access::User& user, const Handover& wanted) {
  const auto baton = of(tx, permit);
  if (!baton.is_open) return conflict("The case is closed, and nobody holds its baton.");
  if (!baton.holder || baton.holder->organisation != permit.asker())
    return conflict("Only whoever holds the baton hands it over. Take it first, if nobody holds it.");
  const auto all = receivers(tx, permit, user);
  const bool may_have = std::ranges::any_of(all, [&](const auto& one) {
    return one.organisation == wanted.to && one.account == wanted.receiver;
  });
  auto faults = faults_in(wanted, permit.at().date());
  if (!may_have)
    faults.insert(faults.begin(), {"to", Message("Choose who is to have the baton: a colleague who works with the participant, or a party that a consent lets be told of the planning.")});
  if (!faults.empty()) return invalid(std::move(faults));

  const auto id = new_id<Handover>();
  std::string message;
  if (!text::trimmed(wanted.message).empty()) {
    const auto key = access::data_key_or_new(tx, permit.asker(), permit.participant(), permit.at());
    message = access::seal(key, {"handover", "message", id.text}, wanted.message);
  }
  const auto added = tx.execute(R"(
    insert into handover (id, participant_id, organisation_id, account_id, to_id, to_account_id, offered_at, message,
                          meeting_on, both_until, support_until, outcome, reason, answer, answered_by)
    values (:id, :participant, :from, :giver, :to, :receiver, :now, :message, :meeting, :both, :support, '', '', '', '')
    on conflict do nothing)",
                                {{"id", id},
                                 {"participant", permit.participant()},
                                 {"from", permit.asker()},
                                 {"giver", user.account},
                                 {"to", wanted.to},
                                 {"receiver", wanted.receiver},
                                 {"now", permit.at()},
                                 {"message", message},
                                 {"meeting", wanted.meeting_on},
                                 {"both", wanted.both_until ? wanted.both_until : wanted.meeting_on},
                                 {"support", wanted.support_until}});
  if (added == 0) return conflict("A handover is open already. Withdraw it before you offer the baton to somebody else.");
  return id;
}

Result<> withdraw(db::Transaction& tx, const access::Permit& permit, const Id<Handover>& id) {
  const auto withdrawn = tx.execute(R"(
    update handover set outcome = 'withdrawn', answered_at = :now
    where id = :id and participant_id = :participant and organisation_id = :room and outcome = '')",
                                    {{"now", permit.at()}, {"id", id}, {"participant", permit.participant()}, {"room", permit.asker()}});
  if (withdrawn == 0) return conflict("The handover has been answered or withdrawn already.");
  return {};
}

Result<> accept(db::Transaction& tx, const access::Permit& seen, const access::Permit& permit, const access::User& user,
                const Id<Handover>& id, const Step& step) {
  const auto handover = TRY(to_answer(tx, seen, id));
  if (auto faults = faults_in(step, permit.at().date()); !faults.empty()) return invalid(std::move(faults));
  if (!permit.in(permit.asker()).free_text.has(Kind::planning))
    return forbidden("Whoever holds the baton must work with the participant's planning. Ask your unit head.");
  answer(tx, permit, user, handover, Outcome::accepted);
  hold(tx, permit, user, step);
  return {};
}

Result<> refuse(db::Transaction& tx, const access::Permit& seen, const access::Permit& permit, const access::User& user,
                const Id<Handover>& id, Reason reason, std::string_view words) {
  const auto handover = TRY(to_answer(tx, seen, id));
  if (reason == Reason::none) return invalid("reason", "Choose why.");
  if (reason == Reason::other && text::trimmed(words).empty()) return invalid("answer", "Write the reason in a few words.");
  if (words.size() > longest_message) return invalid("answer", "The answer is too long. Say the most important.");
  answer(tx, permit, user, handover, Outcome::refused, reason, text::trimmed(words));
  return {};
}

std::vector<Id<Participant>> waiting(db::Transaction& tx, const access::User& user) {
  return tx.list([](const db::Row& row) { return row.id<Participant>("participant_id"); }, R"(
    select participant_id from handover
    where outcome = '' and (to_id = :organisation or account_id = :account)
    order by offered_at, participant_id)",
                 {{"organisation", user.organisation}, {"account", user.account}});
}

std::vector<Silence> silences(db::Transaction& tx, const access::User& user, Moment now, std::span<const Id<Handover>> answerable) {
  std::vector<Silence> silences;
  tx.each(R"(
    select handover.id as id, giving.name as from_name, intervention.name as intervention, coalesce(receiver.full_name, '') as receiver,
           offered_at
    from handover
    join participant on participant.id = handover.participant_id
    join intervention on intervention.id = participant.intervention_id
    join organisation giving on giving.id = handover.organisation_id
    left join account receiver on receiver.id = handover.to_account_id
    where outcome = '' and to_id = :organisation and offered_at <= :long_ago and participant.protection = ''
    order by offered_at, handover.id)",
          {{"organisation", user.organisation}, {"long_ago", now + -86400LL * unit_sees_after_days}}, [&](const db::Row& row) {
            if (std::ranges::find(answerable, row.id<Handover>("id")) != answerable.end()) return;
            silences.push_back({row.text("from_name"), row.text("intervention"), row.text("receiver"),
                                now.date() - row.moment("offered_at").date()});
          });
  return silences;
}

void seal_handovers_anew(db::Transaction& tx, const access::Permit& permit, const access::DataKey& from, const access::DataKey& to) {
  struct Sealed {
    std::string id, message, answer;
  };
  const auto all = tx.list([](const db::Row& row) { return Sealed{row.text("id"), row.text("message"), row.text("answer")}; },
                           "select id, message, answer from handover where participant_id = :participant and organisation_id = :room",
                           {{"participant", permit.participant()}, {"room", permit.asker()}});
  for (const auto& handover : all) {
    const auto anew = [&](const char* column, const std::string& text) {
      const access::Place place{"handover", column, handover.id};
      return text.empty() ? text : access::seal(to, place, access::unseal(from, place, text));
    };
    tx.execute("update handover set message = :message, answer = :answer where id = :id",
               {{"message", anew("message", handover.message)}, {"answer", anew("answer", handover.answer)}, {"id", handover.id}});
  }
}

}  // namespace stafett::baton
