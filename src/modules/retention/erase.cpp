// Holds, proposals and what is done when they have been confirmed.
#include <algorithm>

#include "access/keys.h"
#include "access/log.h"
#include "access/two_persons.h"
#include "assignment/assignment.h"
#include "baton/baton.h"
#include "consent/consent.h"
#include "decision/decision.h"
#include "meeting/meeting.h"
#include "note/note.h"
#include "participant/identity.h"
#include "participation/participation.h"
#include "retention/retention.h"

namespace stafett::retention {
namespace {

using access::Kind;

void demand(const access::Permit& permit, access::Action action) {
  if (permit.action() != action) throw std::logic_error("a permit for something else");
}

Proposal from_row(const db::Row& row) {
  return {.id = row.text("id"),
          .participant = row.id<participant::Participant>("participant_id"),
          .kinds = access::Kinds::of_bits(row.number("kinds")),
          .whole = row.flag("whole"),
          .export_first = row.flag("export_first"),
          .ground = row.text("ground"),
          .state = states.meant_by(row.text("state")),
          .proposed_by = row.id<access::Account>("proposed_by"),
          .proposed = row.moment("proposed_at"),
          .confirmed = row.maybe_moment("confirmed_at"),
          .exported = row.maybe_moment("exported_at"),
          .erased = row.maybe_moment("erased_at")};
}
constexpr std::string_view select = R"(
    select id, participant_id, kinds, whole, export_first, ground, state, proposed_by, proposed_at, confirmed_at,
           exported_at, erased_at
    from retention_proposal )";

void add_pieces(std::vector<std::string>& pieces, const std::vector<std::string>& texts) {
  for (auto& piece : pieces_of(texts)) pieces.push_back(std::move(piece));
}

bool is_empty(db::Transaction& tx, const access::Permit& permit) {
  return !tx.find([](const db::Row&) { return true; }, R"(
    select id from note where participant_id = :participant and organisation_id = :room
    union all
    select id from meeting where participant_id = :participant and organisation_id = :room
    union all
    select participant_id as id from identity where participant_id = :participant and owner_id = :room
    union all
    select id from retention_hold where participant_id = :participant and organisation_id = :room
    union all
    select id from holding where participant_id = :participant and organisation_id = :room and step <> ''
    union all
    select id from handover where participant_id = :participant and organisation_id = :room and message || answer <> ''
    union all
    select conflict.account_id as id
    from conflict
    join account on account.id = conflict.account_id
    where participant_id = :participant and account.organisation_id = :room
    union all
    select broken_glass.id as id
    from broken_glass
    join account on account.id = broken_glass.account_id
    where participant_id = :participant and account.organisation_id = :room)",
                  {{"participant", permit.participant()}, {"room", permit.asker()}});
}

// Why it cannot be erased after all, though it was confirmed.
Result<Proposal> ready_to_erase(db::Transaction& tx, const access::Permit& permit) {
  auto proposal = open_proposal(tx, permit);
  if (!proposal || proposal->state != State::confirmed)
    return conflict("One person proposes and another confirms before anything is erased.");
  if (permit.at() < proposal->ready())
    return conflict(
        {"Nothing is erased until thirty days have passed, {1}.", proposal->ready().date().text()});
  if (proposal->export_first && !proposal->exported)
    return conflict(
        "The rule says that it is fetched for the archive first. Somebody who works with all of it fetches "
        "the file.");
  const auto verdict = verdict_on(tx, permit, permit.at().date());
  if (!verdict.due.has_all(proposal->kinds) || (proposal->whole && !verdict.whole))
    return conflict(
        "Something has changed since it was confirmed, and it is to be kept. Withdraw the proposal.");
  return std::move(*proposal);
}

}  // namespace

std::optional<Hold> hold_on(db::Transaction& tx, const access::Permit& permit) {
  auto hold = tx.find(
      [](const db::Row& row) {
        return Hold{row.text("id"), row.text("reason"), row.moment("placed_at")};
      },
      R"(
    select id, reason, placed_at
    from retention_hold
    where participant_id = :participant and organisation_id = :room and let_go_at is null)",
      {{"participant", permit.participant()}, {"room", permit.asker()}});
  if (!hold) return std::nullopt;
  const auto key = access::data_key(tx, permit.asker(), permit.participant());
  hold->reason =
      key ? access::unseal(*key, {"retention_hold", "reason", hold->id}, hold->reason) : std::string();
  return hold;
}

Result<> hold(db::Transaction& tx, const access::Permit& permit, const access::User& by,
              std::string_view reason) {
  demand(permit, access::Action::erase);
  if (reason.find_first_not_of(" \t\r\n") == reason.npos)
    return invalid("reason", "Write why it must be kept.");
  if (hold_on(tx, permit)) return conflict("It is on hold already.");
  const auto id = new_key();
  const auto key = access::data_key_or_new(tx, permit.asker(), permit.participant(), permit.at());
  tx.execute(R"(
    insert into retention_hold (id, organisation_id, participant_id, reason, placed_by, placed_at)
    values (:id, :room, :participant, :reason, :by, :now))",
             {{"id", id},
              {"room", permit.asker()},
              {"participant", permit.participant()},
              {"reason", access::seal(key, {"retention_hold", "reason", id}, reason)},
              {"by", by.account},
              {"now", permit.at()}});
  return {};
}

void let_go(db::Transaction& tx, const access::Permit& permit, const access::User& by) {
  demand(permit, access::Action::erase);
  tx.execute(R"(
    update retention_hold set let_go_by = :by, let_go_at = :now
    where participant_id = :participant and organisation_id = :room and let_go_at is null)",
             {{"by", by.account},
              {"now", permit.at()},
              {"participant", permit.participant()},
              {"room", permit.asker()}});
}

void seal_anew(db::Transaction& tx, const access::Permit& permit, const access::DataKey& from,
               const access::DataKey& to) {
  const auto from_row = [](const db::Row& row) { return Hold{row.text("id"), row.text("reason"), {}}; };
  const auto holds = tx.list(from_row, R"(
    select id, reason from retention_hold where participant_id = :participant and organisation_id = :room)",
                             {{"participant", permit.participant()}, {"room", permit.asker()}});
  for (const auto& hold : holds) {
    const access::Place place{"retention_hold", "reason", hold.id};
    tx.execute(
        "update retention_hold set reason = :reason where id = :id",
        {{"reason", access::seal(to, place, access::unseal(from, place, hold.reason))}, {"id", hold.id}});
  }
}

std::vector<Proposal> proposals(db::Transaction& tx, const access::User& user, Moment now) {
  static const auto sql = std::string(select) + R"(
    where organisation_id = :organisation
      and not exists (select 1 from participant
                      where participant.id = participant_id and protection <> ''
                        and not exists (select 1 from assignment
                                        where assignment.participant_id = participant.id and account_id = :account
                                          and from_at <= :now and (until_at is null or until_at > :now)))
    order by proposed_at desc limit 200)";
  return tx.list(from_row, sql,
                 {{"organisation", user.organisation}, {"account", user.account}, {"now", now}});
}

std::optional<Proposal> open_proposal(db::Transaction& tx, const access::Permit& permit) {
  static const auto sql = std::string(select) + R"(
    where participant_id = :participant and organisation_id = :room and state in ('proposed', 'confirmed'))";
  return tx.find(from_row, sql, {{"participant", permit.participant()}, {"room", permit.asker()}});
}

Result<> propose(db::Transaction& tx, const access::Permit& permit, const access::User& by) {
  demand(permit, access::Action::erase);
  const auto verdict = verdict_on(tx, permit, permit.at().date());
  if (verdict.due.empty())
    return conflict("There is nothing to dispose of here by your organisation's rules.");
  if (open_proposal(tx, permit)) return conflict("It has been proposed already.");
  std::string grounds;
  for (const auto& ground : verdict.grounds) grounds += (grounds.empty() ? "" : "; ") + ground;
  tx.execute(R"(
    insert into retention_proposal (id, organisation_id, participant_id, kinds, whole, export_first, ground, state,
                                    proposed_by, proposed_at)
    values (:id, :room, :participant, :kinds, :whole, :export_first, :ground, 'proposed', :by, :now))",
             {{"id", new_key()},
              {"room", permit.asker()},
              {"participant", permit.participant()},
              {"kinds", verdict.due.bits()},
              {"whole", verdict.whole},
              {"export_first", verdict.export_first},
              {"ground", grounds},
              {"by", by.account},
              {"now", permit.at()}});
  return {};
}

Result<> confirm(db::Transaction& tx, const access::Permit& permit, const access::User& by) {
  demand(permit, access::Action::erase);
  const auto proposal = open_proposal(tx, permit);
  if (!proposal || proposal->state != State::proposed) return conflict("There is nothing to confirm.");
  TRY(access::need_another(proposal->proposed_by, by));
  tx.execute(
      "update retention_proposal set state = 'confirmed', confirmed_by = :by, confirmed_at = :now where id = "
      ":id",
      {{"by", by.account}, {"now", permit.at()}, {"id", proposal->id}});
  return {};
}

Result<> withdraw(db::Transaction& tx, const access::Permit& permit, const access::User& by) {
  demand(permit, access::Action::erase);
  const auto proposal = open_proposal(tx, permit);
  if (!proposal) return conflict("There is nothing to withdraw.");
  tx.execute("update retention_proposal set state = 'withdrawn', withdrawn_by = :by where id = :id",
             {{"by", by.account}, {"id", proposal->id}});
  return {};
}

Result<std::string> exported(db::Transaction& tx, const access::Permit& permit) {
  demand(permit, access::Action::print);
  const auto proposal = open_proposal(tx, permit);
  if (!proposal) return conflict("Nothing is proposed for disposal here.");
  constexpr access::Kinds of_register{Kind::planning, Kind::work, Kind::income};
  auto needed = case_of(tx, permit).present;
  if (proposal->whole) needed = needed | of_register;
  if (!permit.in(permit.asker()).free_text.has_all(needed & proposal->kinds))
    return forbidden("Only somebody who works with all that is to be disposed of can fetch it.");
  View all{{"participant", permit.participant()}, {"ground", proposal->ground}};
  if (proposal->kinds.has(Kind::contact)) {
    const auto identity = participant::identity_of(tx, permit);
    all.set("identity", {{"personal_number", identity.personal_number},
                         {"name", identity.name},
                         {"phone", identity.phone},
                         {"address", identity.address},
                         {"email", identity.email}});
  }
  View::Items notes;
  for (const auto& note : note::of(tx, permit))
    if (note.room == permit.asker() && proposal->kinds.has(note.kind))
      notes.push_back({{"kind", access::kinds.of(note.kind)},
                       {"written", note.written},
                       {"author", note.author},
                       {"text", note.text}});
  all.set("notes", std::move(notes));
  all.set("meetings", meeting::archived(tx, permit, proposal->kinds));
  if (proposal->kinds.has(Kind::planning))
    all.set("baton", views(baton::holdings(tx, permit), [](const auto& holding) {
              return View{{"holder", holding.name}, {"duty", holding.duty}, {"from", holding.from}, {"until", holding.until}, {"step", holding.step.text}};
            }));
  if (proposal->whole) {
    const auto person = TRY(participant::find(tx, permit));
    all.set("code", person.code);
    all.set("stays", views(participation::of(tx, permit), [](const auto& stay) {
              return View{{"started", stay.started},
                          {"ended", stay.ended},
                          {"site", stay.site},
                          {"referrer", stay.referrer},
                          {"municipality", stay.municipality},
                          {"income_start", stay.income_start},
                          {"income_end", stay.income_end},
                          {"destination", stay.destination},
                          {"words", stay.written}};
            }));
    all.set("decisions", views(decision::of(tx, permit), [](const auto& one) {
              return View{{"decided", one.decided}, {"kind", one.kind}, {"words", one.written}};
            }));
  }
  tx.execute("update retention_proposal set exported_at = :now where id = :id",
             {{"now", permit.at()}, {"id", proposal->id}});
  return all.json();
}

Result<std::vector<std::string>> erase(db::Transaction& tx, const access::Permit& permit,
                                       const access::User& by) {
  demand(permit, access::Action::erase);
  const auto proposal = TRY(ready_to_erase(tx, permit));
  std::vector<std::string> pieces;
  add_pieces(pieces, note::erase(tx, permit, proposal.kinds));
  add_pieces(pieces, meeting::erase(tx, permit, proposal.kinds));
  if (proposal.whole || proposal.kinds.has(Kind::planning)) add_pieces(pieces, baton::erase_words(tx, permit, proposal.whole));
  if (proposal.whole) {
    add_pieces(pieces, participant::erase(tx, permit));
    participation::erase_words(tx, permit);
    decision::erase_words(tx, permit);
    consent::erase(tx, permit);
    assignment::erase(tx, permit);
    tx.execute("delete from retention_hold where participant_id = :participant",
               {{"participant", permit.participant()}});
  } else if (proposal.kinds.has(Kind::contact) && permit.asker() == permit.owner()) {
    add_pieces(pieces, participant::erase_identity(tx, permit));
  }
  if (proposal.whole)  // what another let go of, too
    tx.in_every_room([&] { add_pieces(pieces, access::erase_data_keys(tx, permit.participant())); });
  else if (is_empty(tx, permit))
    add_pieces(pieces, {access::erase_data_key(tx, permit.asker(), permit.participant())});
  tx.execute(
      "update retention_proposal set state = 'erased', erased_by = :by, erased_at = :now where id = :id",
      {{"by", by.account}, {"now", permit.at()}, {"id", proposal.id}});
  return pieces;
}

std::vector<std::string> pieces_of(const std::vector<std::string>& texts) {
  constexpr std::size_t shortest = 8, length = 48;
  std::vector<std::string> pieces;
  for (const auto& text : texts)
    if (text.size() >= shortest)
      for (std::size_t at = 0; at == 0 || at + length <= text.size(); at += 1024)
        pieces.push_back(text.substr(at, length));
  return pieces;
}

Result<> leave_nothing(db::Database& database, const std::vector<std::string>& texts) {
  TRY(database.purge({"data_key", "identity", "note", "meeting", "meeting_party", "agreement", "participant", "participation",
                      "decision", "consent", "consent_withdrawal", "retention_hold", "holding", "handover", "assignment",
                      "conflict", "broken_glass", "former_mark", "import"}));
  const auto left = database.still_there(texts);
  if (left == 0) return {};
  return conflict(
      {"It is erased, but {1} traces were found in the database's file. Run stafett verify, and ask whoever "
       "runs "
       "the program.",
       std::to_string(left)});
}

}  // namespace stafett::retention
