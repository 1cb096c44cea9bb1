// Meetings in the database.
#include <algorithm>
#include <array>

#include "meeting/meeting.h"
#include "meeting/words.h"

namespace stafett::meeting {
namespace {

using access::Place;
using organisation::Organisation;
using participant::Participant;

constexpr std::string_view columns = R"(
    select meeting.id as id, meeting.organisation_id as organisation_id, version, kind, about, starts_at, form, state,
           moved_to, cancelled_by, reason, outcome, initiator, leader, purpose, place, agenda, notes, why, problem,
           author.full_name as author, written_at, changer.full_name as changer, changed_at
    from meeting
    join account as author on author.id = meeting.account_id
    left join account as changer on changer.id = meeting.changed_by )";

// With its words as they lie there.
Meeting from_row(const db::Row& row) {
  Meeting one{.id = row.id<Meeting>("id"), .room = row.id<Organisation>("organisation_id")};
  one.version = row.number("version");
  one.kind = kinds.meant_by(row.text("kind"));
  one.about = access::kinds.meant_by(row.text("about"));
  one.starts = row.moment("starts_at");
  one.form = forms.meant_by(row.text("form"));
  one.state = states.meant_by(row.text("state"));
  one.moved_to = row.maybe_moment("moved_to");
  one.cancelled_by = cancellers.meant_by(row.text("cancelled_by"));
  one.reason = reasons.meant_by(row.text("reason"));
  one.outcome = outcomes.meant_by(row.text("outcome"));
  one.initiator = row.id<Organisation>("initiator");
  one.leader = row.id<Organisation>("leader");
  one.purpose = purposes.meant_by(row.text("purpose"));
  one.place = row.text("place");
  one.agenda = row.text("agenda");
  one.notes = row.text("notes");
  one.why = row.text("why");
  one.problem = row.text("problem");
  one.author = row.text("author");
  one.written = row.moment("written_at");
  if (row.has("changer")) one.changed_by = row.text("changer");
  one.changed = row.maybe_moment("changed_at");
  return one;
}

// Who may not read the words gets what, when and with whom; why it was cancelled, or how it went, is no more
// theirs.
void leave_out_words(Meeting& one) {
  one.place = one.agenda = one.notes = one.why = one.problem = {};
  one.cancelled_by = Canceller::nobody;
  one.reason = Reason::none;
  one.outcome = Outcome::none;
  one.initiator = one.leader = {};
  one.purpose = Purpose::none;
}

void open_words(Keys& keys, const Id<Participant>& participant, Meeting& one) {
  const auto open = [&](const char* column, std::string& text) {
    text = keys.opened(one.room, participant, {"meeting", column, one.id.text}, text);
  };
  open("place", one.place);
  open("agenda", one.agenda);
  open("notes", one.notes);
  open("why", one.why);
  open("problem", one.problem);
}

void read_parties(db::Transaction& tx, const access::Permit& permit, std::vector<Meeting>& meetings) {
  tx.each(
      "select meeting_id, who, invited, present from meeting_party where participant_id = :participant order "
      "by who",
      {{"participant", permit.participant()}}, [&](const db::Row& row) {
        const auto of = std::ranges::find(meetings, row.id<Meeting>("meeting_id"), &Meeting::id);
        if (of != meetings.end())
          of->parties.push_back({row.text("who"), row.flag("invited"), row.flag("present")});
      });
}

// What is written of it, in the row that is there; the words sealed.
void put(db::Transaction& tx, const access::Permit& permit, const Meeting& one) {
  const auto key = access::data_key_or_new(tx, permit.asker(), permit.participant(), permit.at());
  const auto seal = [&](const char* column, const std::string& text) {
    return seal_words(key, {"meeting", column, one.id.text}, text);
  };
  tx.execute(R"(
    update meeting
    set kind = :kind, about = :about, starts_at = :starts, form = :form, state = :state, moved_to = :moved,
        cancelled_by = :canceller, reason = :reason, outcome = :outcome, initiator = :initiator, leader = :leader,
        purpose = :purpose, place = :place, agenda = :agenda, notes = :notes, why = :why, problem = :problem
    where id = :id)",
             {{"id", one.id},
              {"kind", kinds.of(one.kind)},
              {"about", access::kinds.of(one.about)},
              {"starts", one.starts},
              {"form", forms.of(one.form)},
              {"state", states.of(one.state)},
              {"moved", one.moved_to},
              {"canceller", cancellers.of(one.cancelled_by)},
              {"reason", reasons.of(one.reason)},
              {"outcome", outcomes.of(one.outcome)},
              {"initiator", one.initiator},
              {"leader", one.leader},
              {"purpose", purposes.of(one.purpose)},
              {"place", seal("place", one.place)},
              {"agenda", seal("agenda", one.agenda)},
              {"notes", seal("notes", one.notes)},
              {"why", seal("why", one.why)},
              {"problem", seal("problem", one.problem)}});
  tx.execute("delete from meeting_party where meeting_id = :id", {{"id", one.id}});
  for (const auto& party : one.parties)
    tx.execute(R"(
      insert into meeting_party (meeting_id, organisation_id, participant_id, who, invited, present)
      values (:id, :room, :participant, :who, :invited, :present)
      on conflict (meeting_id, who) do nothing)",
               {{"id", one.id},
                {"room", permit.asker()},
                {"participant", permit.participant()},
                {"who", party.who},
                {"invited", party.invited},
                {"present", party.present}});
}

void insert(db::Transaction& tx, const access::Permit& permit, const access::User& author,
            const Meeting& one) {
  tx.execute(R"(
    insert into meeting (id, organisation_id, participant_id, account_id, unit_id, version, kind, about, starts_at,
                         form, state, cancelled_by, reason, outcome, initiator, leader, purpose, written_at, place,
                         agenda, notes, why, problem)
    values (:id, :room, :participant, :account, :unit, 1, '', '', :at, '', '', '', '', '', '', '', '', :at, '', '',
            '', '', ''))",
             {{"id", one.id},
              {"room", permit.asker()},
              {"participant", permit.participant()},
              {"account", author.account},
              {"unit", author.unit},
              {"at", permit.at()}});
  put(tx, permit, one);
}

// A moved one stays as it was; the new time is a meeting of its own.
void plan_anew(db::Transaction& tx, const access::Permit& permit, const access::User& by, Meeting moved) {
  moved.id = new_id<Meeting>();
  moved.starts = *moved.moved_to;
  moved.state = State::planned;
  moved.notes.clear();
  insert(tx, permit, by, settled(std::move(moved), permit));
}

}  // namespace

Result<Id<Meeting>> add(db::Transaction& tx, const access::Permit& permit, const access::User& author,
                        Meeting written) {
  auto one = settled(std::move(written), permit);
  if (auto faults = faults_in(one, permit); !faults.empty()) return invalid(std::move(faults));
  one.id = new_id<Meeting>();
  insert(tx, permit, author, one);
  keep(tx, permit, author, one);
  if (one.state == State::moved) plan_anew(tx, permit, author, one);
  return one.id;
}

Result<> change(db::Transaction& tx, const access::Permit& permit, const access::User& by, Meeting written) {
  const auto before = TRY(find(tx, permit, written.id));
  if (before.room != permit.asker() || !may_write(permit, before.about))
    return not_found("There is no such meeting.");
  if (!before.is_open())
    return conflict("The meeting was moved or cancelled, and stays as it is. Write a new one.");
  const auto one = settled(std::move(written), permit);
  auto faults = faults_in(one, permit);
  if (before.state == State::held && !one.is_open())
    faults.push_back({"state", "The meeting has been held, so it can be neither moved nor cancelled."});
  if (!faults.empty()) return invalid(std::move(faults));
  const auto touched =
      tx.execute(R"(
    update meeting
    set version = version + 1, changed_at = :now, changed_by = :by
    where id = :id and version = :version)",
                 {{"now", permit.at()}, {"by", by.account}, {"id", one.id}, {"version", one.version}});
  if (touched == 0)
    return conflict("Somebody else changed the meeting just now. Both texts are shown: put them together.");
  put(tx, permit, one);
  keep(tx, permit, by, one);
  if (one.state == State::moved) plan_anew(tx, permit, by, one);
  return {};
}

std::vector<Meeting> of(db::Transaction& tx, const access::Permit& permit) {
  static const auto sql =
      std::string(columns) +
      "where meeting.participant_id = :participant order by starts_at desc, meeting.id desc";
  auto meetings = tx.list(from_row, sql, {{"participant", permit.participant()}});
  std::erase_if(meetings, [&](const Meeting& one) { return !may_know(permit, one.room, one.about); });
  Keys keys(tx);
  for (auto& one : meetings) {
    one.in_words = may_read_words(permit, one.room, one.about);
    if (one.in_words)
      open_words(keys, permit.participant(), one);
    else
      leave_out_words(one);
  }
  if (meetings.empty()) return meetings;
  read_parties(tx, permit, meetings);
  for (auto& agreement : agreements(tx, permit))
    if (const auto at = std::ranges::find(meetings, agreement.meeting, &Meeting::id); at != meetings.end())
      at->agreements.push_back(std::move(agreement));
  return meetings;
}

Result<Meeting> find(db::Transaction& tx, const access::Permit& permit, const Id<Meeting>& id) {
  auto all = of(tx, permit);
  const auto found = std::ranges::find(all, id, &Meeting::id);
  if (found == all.end()) return not_found("There is no such meeting.");
  return std::move(*found);
}

std::vector<Planned> planned(db::Transaction& tx, const access::Permit& permit) {
  return planned(tx, Permits(&permit, 1));
}

std::vector<Planned> planned(db::Transaction& tx, Permits permits) {
  std::vector<Planned> all;
  each_some(permits, [&](const Some& some) {
    tx.each(R"(
      select id, participant_id, organisation_id, kind, about, form, starts_at
      from meeting
      where participant_id in (:a, :b, :c, :d, :e, :f, :g, :h) and state = 'planned')",
            {{"a", some[0]},
             {"b", some[1]},
             {"c", some[2]},
             {"d", some[3]},
             {"e", some[4]},
             {"f", some[5]},
             {"g", some[6]},
             {"h", some[7]}},
            [&](const db::Row& row) {
              Planned one{.id = row.id<Meeting>("id"),
                          .participant = row.id<Participant>("participant_id"),
                          .room = row.id<Organisation>("organisation_id"),
                          .kind = kinds.meant_by(row.text("kind"))};
              const auto about = access::kinds.meant_by(row.text("about"));
              one.form = forms.meant_by(row.text("form"));
              one.starts = row.moment("starts_at");
              if (may_know(permit_of(permits, one.participant), one.room, about))
                all.push_back(std::move(one));
            });
  });
  std::ranges::sort(all, {}, [](const Planned& one) { return std::pair{one.starts, one.id}; });
  return all;
}

Habit habit_of(db::Transaction& tx, const access::Permit& permit, const access::User& user) {
  const auto from_row = [](const db::Row& row) {
    return Habit{kinds.meant_by(row.text("kind")), forms.meant_by(row.text("form"))};
  };
  return tx
      .find(from_row, R"(
    select kind, form from meeting
    where organisation_id = :room and account_id = :account
    order by written_at desc, id desc
    limit 1)",
            {{"room", permit.asker()}, {"account", user.account}})
      .value_or(Habit{});
}

}  // namespace stafett::meeting
