#include "participant/pseudonym.h"

#include "access/password.h"
#include "participant/identity.h"

namespace stafett::participant {
namespace {

// A personal number is marked as its digits alone; a code of twelve digits is something else.
std::string mark_of_code(const access::DataKey& key, const Id<intervention::Intervention>& intervention,
                         std::string_view code) {
  return access::number_mark(key, "code|" + intervention.text + "|" + std::string(code));
}

void demand_own(const access::Permit& permit) {
  if (permit.action() != access::Action::protect || permit.asker() != permit.owner())
    throw std::logic_error("a permit for something else");
}

std::optional<std::string> mark_of_number(db::Transaction& tx, const Id<Participant>& id) {
  return tx.find([](const db::Row& row) { return row.text("number_mark"); },
                 "select number_mark from identity where participant_id = :id and number_mark is not null",
                 {{"id", id}});
}

void remember(db::Transaction& tx, const access::Permit& permit, std::string_view mark) {
  tx.execute(
      R"(
    insert into former_mark (intervention_id, mark, participant_id) values (:intervention, :mark, :participant)
    on conflict (intervention_id, mark) do nothing)",
      {{"intervention", permit.intervention()}, {"mark", mark}, {"participant", permit.participant()}});
}

}  // namespace

std::string new_pseudonym() {
  constexpr std::string_view letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";  // none that is taken for another
  static_assert(letters.size() == 32);
  const auto random = access::new_token();  // in hexadecimal
  std::string code;
  for (std::size_t at = 0; at != 8; ++at) {
    if (at == 4) code += '-';
    code += letters[std::stoul(random.substr(at * 2, 2), nullptr, 16) % letters.size()];
  }
  return code;
}

std::vector<std::string> hide(db::Transaction& tx, const access::Permit& permit, access::Protection level) {
  demand_own(permit);
  const auto known = find(tx, permit);
  if (!known) return {};
  const auto key = access::data_key_or_new(tx, permit.owner(), {}, permit.at());
  remember(tx, permit, mark_of_code(key, permit.intervention(), known->code));
  const auto number = mark_of_number(tx, permit.participant());
  if (number) remember(tx, permit, *number);
  auto texts = erase_identity(tx, permit);
  std::erase(texts, number.value_or(""));  // which stands among the former ones
  tx.changed("participant");
  tx.execute(
      R"(
    update participant set code = :code, personal_number = null, protection = :level where id = :id)",
      {{"code", new_pseudonym()}, {"level", access::protections.of(level)}, {"id", permit.participant()}});
  return texts;
}

void set_protection(db::Transaction& tx, const access::Permit& permit, access::Protection level) {
  if (permit.action() != access::Action::confirm) demand_own(permit);
  tx.changed("participant");
  tx.execute("update participant set protection = :level where id = :id",
             {{"level", access::protections.of(level)}, {"id", permit.participant()}});
}

FormerMarks::FormerMarks(db::Transaction& tx, const access::Scope& scope)
    : intervention_(scope.intervention()) {
  tx.each("select mark from former_mark where intervention_id = :intervention",
          {{"intervention", intervention_}}, [&](const db::Row& row) { marks_.insert(row.text("mark")); });
  if (!marks_.empty()) {
    if (auto key = access::data_key(tx, scope.owner())) key_.emplace(std::move(*key));
  }
}

bool FormerMarks::has_code(std::string_view code) const {
  return key_ && marks_.contains(mark_of_code(*key_, intervention_, code));
}
bool FormerMarks::has_number(std::string_view number) const {
  return key_ && !number.empty() && marks_.contains(access::number_mark(*key_, number));
}

}  // namespace stafett::participant
