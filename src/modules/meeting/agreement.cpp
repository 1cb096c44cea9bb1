#include "meeting/agreement.h"

#include <algorithm>
#include <array>

#include "meeting/words.h"

namespace stafett::meeting {
namespace {

using organisation::Organisation;
using participant::Participant;

// With its words as they lie there.
Agreement from_row(const db::Row& row) {
  Agreement one{.id = row.id<Agreement>("id"),
                .meeting = row.id<Meeting>("meeting_id"),
                .room = row.id<Organisation>("organisation_id"),
                .participant = row.id<Participant>("participant_id"),
                .about = access::kinds.meant_by(row.text("about")),
                .who = row.text("who"),
                .due = row.date("due_on"),
                .state = done_words.meant_by(row.text("state")),
                .settled = row.maybe_moment("settled_at")};
  one.what = row.text("what");
  one.why = row.text("why");
  one.author = row.text("author");
  if (row.has("settler")) one.settled_by = row.text("settler");
  one.written = row.moment("written_at");
  return one;
}

constexpr std::string_view columns = R"(
    select agreement.id as id, meeting_id, agreement.organisation_id as organisation_id, participant_id, about, who,
           due_on, state, settled_at, what, why, author.full_name as author, settler.full_name as settler, written_at
    from agreement
    join account as author on author.id = agreement.account_id
    left join account as settler on settler.id = agreement.settled_by )";

// Those that each permit opens, with the words where they are the reader's.
std::vector<Agreement> shown(db::Transaction& tx, Permits permits, std::vector<Agreement> all) {
  std::erase_if(all, [&](const Agreement& one) {
    return !may_know(permit_of(permits, one.participant), one.room, one.about);
  });
  Keys keys(tx);
  for (auto& one : all) {
    one.in_words = may_read_words(permit_of(permits, one.participant), one.room, one.about);
    const auto open = [&](const char* column, const std::string& text) {
      if (!one.in_words) return std::string();
      return keys.opened(one.room, one.participant, {"agreement", column, one.id.text}, text);
    };
    one.what = open("what", one.what);
    one.why = open("why", one.why);
  }
  std::ranges::sort(all, {}, [](const Agreement& one) { return std::pair{one.due, one.id}; });
  return all;
}

}  // namespace

std::vector<Agreement> agreements(db::Transaction& tx, const access::Permit& permit) {
  static const auto sql = std::string(columns) + "where participant_id = :participant";
  return shown(tx, Permits(&permit, 1), tx.list(from_row, sql, {{"participant", permit.participant()}}));
}

std::vector<Agreement> agreements_open(db::Transaction& tx, const access::Permit& permit) {
  return agreements_open(tx, Permits(&permit, 1));
}

std::vector<Agreement> agreements_open(db::Transaction& tx, Permits permits) {
  static const auto sql =
      std::string(columns) + "where participant_id in (:a, :b, :c, :d, :e, :f, :g, :h) and state = 'open'";
  std::vector<Agreement> all;
  each_some(permits, [&](const Some& some) {
    tx.each(sql,
            {{"a", some[0]},
             {"b", some[1]},
             {"c", some[2]},
             {"d", some[3]},
             {"e", some[4]},
             {"f", some[5]},
             {"g", some[6]},
             {"h", some[7]}},
            [&](const db::Row& row) { all.push_back(from_row(row)); });
  });
  return shown(tx, permits, std::move(all));
}

Result<> settle(db::Transaction& tx, const access::Permit& permit, const access::User& by,
                const Id<Agreement>& id, const Answer& answer) {
  const auto all = agreements(tx, permit);
  const auto found = std::ranges::find(all, id, &Agreement::id);
  if (found == all.end() || found->room != permit.asker() || !may_write(permit, found->about))
    return not_found("There is no such agreement.");
  if (answer.state == Done::not_done && is_blank(answer.why))
    return invalid("why", "Write why it was not done.");
  if (answer.why.size() > longest_line) return invalid("why", "The text is too long. Shorten it.");
  const auto why = answer.state == Done::not_done ? answer.why : std::string();
  if (found->state == answer.state && found->why == why) return {};  // sent twice
  if (found->state != answer.was)
    return conflict("Somebody else has said something about this agreement. Load the page again.");
  const bool is_settled = answer.state != Done::open;
  const auto key = access::data_key_or_new(tx, permit.asker(), permit.participant(), permit.at());
  tx.execute(R"(
    update agreement
    set state = :state, settled_at = :at, settled_by = :by, why = :why
    where id = :id)",
             {{"state", done_words.of(answer.state)},
              {"at", is_settled ? std::optional(permit.at()) : std::nullopt},
              {"by", is_settled ? std::optional(by.account.text) : std::nullopt},
              {"why", seal_words(key, {"agreement", "why", id.text}, why)},
              {"id", id}});
  return {};
}

void keep(db::Transaction& tx, const access::Permit& permit, const access::User& by, const Meeting& meeting) {
  if (!may_write(permit, meeting.about)) throw std::logic_error("a permit for something else");
  const auto key = access::data_key_or_new(tx, permit.asker(), permit.participant(), permit.at());
  for (const auto& one : meeting.agreements) {
    const bool is_new = one.id.text.empty();
    const auto id = is_new ? new_id<Agreement>() : one.id;
    if (is_new)
      tx.execute(R"(
        insert into agreement (id, organisation_id, participant_id, meeting_id, account_id, about, who, due_on, state,
                               written_at, what, why)
        values (:id, :room, :participant, :meeting, :account, '', '', :due, 'open', :at, '', ''))",
                 {{"id", id},
                  {"room", permit.asker()},
                  {"participant", permit.participant()},
                  {"meeting", meeting.id},
                  {"account", by.account},
                  {"due", one.due},
                  {"at", permit.at()}});
    tx.execute(R"(
      update agreement
      set about = :about, who = :who, due_on = :due, what = :what
      where id = :id and meeting_id = :meeting)",
               {{"about", access::kinds.of(meeting.about)},
                {"who", one.who},
                {"due", one.due},
                {"what", seal_words(key, {"agreement", "what", id.text}, one.what)},
                {"id", id},
                {"meeting", meeting.id}});
  }
}

}  // namespace stafett::meeting
