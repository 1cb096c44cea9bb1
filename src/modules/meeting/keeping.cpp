// What becomes of meetings when a case is disposed of, or somebody is protected.
#include <array>

#include "meeting/meeting.h"
#include "meeting/words.h"

namespace stafett::meeting {
namespace {

struct Column {
  const char *table, *name;
};
constexpr std::array sealed_columns{Column{"meeting", "place"},   Column{"meeting", "agenda"},
                                    Column{"meeting", "notes"},   Column{"meeting", "why"},
                                    Column{"meeting", "problem"}, Column{"agreement", "what"},
                                    Column{"agreement", "why"}};

struct Sealed {
  std::string id, text;
};

// What lies sealed in a column, of the participant in the asker's room, with this condition.
std::vector<Sealed> sealed_in(db::Transaction& tx, const access::Permit& permit, const Column& column,
                              const std::string& also = {}) {
  const auto sql = std::string("select id, ") + column.name + " as text from " + column.table +
                   " where participant_id = :participant and organisation_id = :room and " + column.name +
                   " <> ''" + also;
  return tx.list(
      [](const db::Row& row) {
        return Sealed{row.text("id"), row.text("text")};
      },
      sql, {{"participant", permit.participant()}, {"room", permit.asker()}});
}

void demand(const access::Permit& permit, std::initializer_list<access::Action> actions) {
  for (const auto action : actions)
    if (permit.action() == action) return;
  throw std::logic_error("a permit for something else");
}

}  // namespace

View archived(db::Transaction& tx, const access::Permit& permit, access::Kinds of_kinds) {
  std::map<std::string, std::string, std::less<>> names;
  for (const auto& one : organisation::list(tx)) names.emplace(one.id.text, one.name);
  const auto name = [&](const std::string& who) { return names.contains(who) ? names.at(who) : who; };
  View::Items all;
  for (const auto& one : of(tx, permit)) {
    if (one.room != permit.asker() || !of_kinds.has(one.about)) continue;
    all.push_back(
        {{"kind", kinds.of(one.kind)},
         {"about", access::kinds.of(one.about)},
         {"starts", one.starts},
         {"form", forms.of(one.form)},
         {"state", states.of(one.state)},
         {"moved_to", one.moved_to},
         {"cancelled_by", cancellers.of(one.cancelled_by)},
         {"reason", reasons.of(one.reason)},
         {"why", one.why},
         {"outcome", outcomes.of(one.outcome)},
         {"initiator", name(one.initiator.text)},
         {"leader", name(one.leader.text)},
         {"purpose", purposes.of(one.purpose)},
         {"problem", one.problem},
         {"place", one.place},
         {"agenda", one.agenda},
         {"notes", one.notes},
         {"author", one.author},
         {"written", one.written},
         {"parties",
          views(
              one.parties,
              [&](const Party& party) {
                return View{{"who", name(party.who)}, {"invited", party.invited}, {"present", party.present}};
              })},
         {"agreements", views(one.agreements, [&](const Agreement& agreement) {
            return View{{"what", agreement.what},       {"who", name(agreement.who)},
                        {"due", agreement.due},         {"state", done_words.of(agreement.state)},
                        {"settled", agreement.settled}, {"why", agreement.why},
                        {"author", agreement.author},   {"written", agreement.written}};
          })}});
  }
  return all;
}

std::vector<std::string> erase(db::Transaction& tx, const access::Permit& permit, access::Kinds kinds) {
  demand(permit, {access::Action::erase, access::Action::protect});
  std::vector<std::string> texts;
  for (const auto kind : access::every_kind) {
    if (!kinds.has(kind)) continue;
    const auto of_kind = " and about = '" + std::string(access::kinds.of(kind)) + "'";
    for (const auto& column : sealed_columns)
      for (auto& one : sealed_in(tx, permit, column, of_kind)) texts.push_back(std::move(one.text));
    const auto mine = " where participant_id = :participant and organisation_id = :room";
    const db::Bindings values{{"participant", permit.participant()}, {"room", permit.asker()}};
    tx.execute(std::string("delete from agreement") + mine + of_kind, values);
    tx.execute(std::string("delete from meeting_party") + mine +
                   " and meeting_id in (select id from meeting" + mine + of_kind + ")",
               values);
    tx.execute(std::string("delete from meeting") + mine + of_kind, values);
  }
  return texts;
}

std::vector<std::string> forget_places(db::Transaction& tx, const access::Permit& permit) {
  demand(permit, {access::Action::protect});
  std::vector<std::string> texts;
  for (auto& one : sealed_in(tx, permit, sealed_columns[0])) texts.push_back(std::move(one.text));
  tx.execute("update meeting set place = '' where participant_id = :participant and organisation_id = :room",
             {{"participant", permit.participant()}, {"room", permit.asker()}});
  return texts;
}

void seal_anew(db::Transaction& tx, const access::Permit& permit, const access::DataKey& from,
               const access::DataKey& to) {
  for (const auto& column : sealed_columns)
    for (const auto& one : sealed_in(tx, permit, column)) {
      const access::Place place{column.table, column.name, one.id};
      tx.execute(std::string("update ") + column.table + " set " + column.name + " = :text where id = :id",
                 {{"text", access::seal(to, place, access::unseal(from, place, one.text))}, {"id", one.id}});
    }
}

}  // namespace stafett::meeting
