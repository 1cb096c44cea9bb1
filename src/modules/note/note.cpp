#include "note/note.h"

#include <map>

#include "access/keys.h"

namespace stafett::note {
namespace {

constexpr std::string_view blank = " \t\r\n";

// A room's key, asked for once.
class RoomKeys {
 public:
  RoomKeys(db::Transaction& tx, const access::Permit& permit) : tx_(tx), permit_(permit) {}

  const std::optional<access::DataKey>& of(const Id<organisation::Organisation>& room) {
    const auto known = keys_.find(room);
    if (known != keys_.end()) return known->second;
    return keys_.emplace(room, access::data_key(tx_, room, permit_.participant())).first->second;
  }

 private:
  db::Transaction& tx_;
  const access::Permit& permit_;
  std::map<Id<organisation::Organisation>, std::optional<access::DataKey>> keys_;
};

}  // namespace

Result<Id<Note>> add(db::Transaction& tx, const access::Permit& permit, const access::User& author,
                     access::Kind kind, std::string_view text) {
  const auto& room = permit.asker();
  if (permit.action() != access::Action::write || !permit.in(room).free_text.has(kind))
    return invalid("kind", "Choose a kind of information that you work with.");
  if (text.find_first_not_of(blank) == text.npos) return invalid("text", "Write something.");
  if (text.size() > longest) return invalid("text", "The note is too long. Divide it in two.");
  const auto id = new_id<Note>();
  const auto key = access::data_key_or_new(tx, room, permit.participant(), permit.at());
  tx.execute(R"(
    insert into note (id, organisation_id, participant_id, account_id, unit_id, kind, written_at, text)
    values (:id, :room, :participant, :account, :unit, :kind, :at, :text))",
             {{"id", id},
              {"room", room},
              {"participant", permit.participant()},
              {"account", author.account},
              {"unit", author.unit},
              {"kind", access::kinds.of(kind)},
              {"at", permit.at()},
              {"text", access::seal(key, {"note", "text", id.text}, text)}});
  return id;
}

std::vector<Note> of(db::Transaction& tx, const access::Permit& permit) {
  const auto from_row = [](const db::Row& row) {
    return Note{row.id<Note>("id"),       row.id<organisation::Organisation>("organisation_id"),
                row.text("full_name"),    access::kinds.meant_by(row.text("kind")),
                row.moment("written_at"), row.text("text")};
  };
  auto notes = tx.list(from_row, R"(
    select note.id as id, note.organisation_id as organisation_id, full_name, kind, written_at, text
    from note
    join account on account.id = note.account_id
    where participant_id = :participant
    order by written_at desc, note.id desc)",
                       {{"participant", permit.participant()}});
  std::erase_if(notes, [&](const Note& note) {
    const auto& decision = permit.in(note.room);
    return !decision.allowed || !decision.kinds.has(note.kind) || !decision.free_text.has(note.kind);
  });
  RoomKeys keys(tx, permit);
  for (auto& note : notes) {
    const auto& key = keys.of(note.room);
    note.text = key ? access::unseal(*key, {"note", "text", note.id.text}, note.text) : std::string();
  }
  return notes;
}

std::vector<std::string> erase(db::Transaction& tx, const access::Permit& permit, access::Kinds kinds) {
  if (permit.action() != access::Action::erase && permit.action() != access::Action::protect)
    throw std::logic_error("a permit for something else");
  std::vector<std::string> texts;
  for (const auto kind : access::every_kind) {
    if (!kinds.has(kind)) continue;
    const auto word = access::kinds.of(kind);
    tx.each(R"(
      select text from note where participant_id = :participant and organisation_id = :room and kind = :kind)",
            {{"participant", permit.participant()}, {"room", permit.asker()}, {"kind", word}},
            [&](const db::Row& row) { texts.push_back(row.text("text")); });
    tx.execute("delete from note where participant_id = :participant and organisation_id = :room and kind = :kind",
               {{"participant", permit.participant()}, {"room", permit.asker()}, {"kind", word}});
  }
  return texts;
}

void seal_anew(db::Transaction& tx, const access::Permit& permit, const access::DataKey& from,
               const access::DataKey& to) {
  struct Sealed {
    std::string id, text;
  };
  const auto from_row = [](const db::Row& row) { return Sealed{row.text("id"), row.text("text")}; };
  const auto notes = tx.list(from_row, R"(
    select id, text from note where participant_id = :participant and organisation_id = :room)",
                             {{"participant", permit.participant()}, {"room", permit.asker()}});
  for (const auto& note : notes) {
    const access::Place place{"note", "text", note.id};
    tx.execute("update note set text = :text where id = :id",
               {{"text", access::seal(to, place, access::unseal(from, place, note.text))}, {"id", note.id}});
  }
}

View form_view(const Id<participant::Participant>& participant, access::Kinds kinds, std::string_view kind,
               std::string_view text) {
  View::Items choices;
  for (const auto one : access::every_kind) {
    const auto word = access::kinds.of(one);
    if (kinds.has(one))
      choices.push_back({{"value", word}, {"text", access::name_of(one)}, {"chosen", word == kind}});
  }
  return {{"address", "/participants/" + participant.text + "/notes"},
          {"kind",
           {{"id", "kind"},
            {"label", Message("What the note is about")},
            {"hint", nullptr},
            {"choices", std::move(choices)}}},
          {"text",
           {{"id", "text"},
            {"label", Message("What you want to note")},
            {"hint", Message("Only what is needed for the work. The participant may read it.")},
            {"value", text},
            {"rows", 5}}}};
}

}  // namespace stafett::note
