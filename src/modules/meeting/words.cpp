#include "meeting/words.h"

#include <algorithm>

namespace stafett::meeting {

std::string seal_words(const access::DataKey& key, const access::Place& place, std::string_view words) {
  return words.empty() ? std::string() : access::seal(key, place, words);
}
std::string unseal_words(const access::DataKey& key, const access::Place& place, std::string_view sealed) {
  return sealed.empty() ? std::string() : access::unseal(key, place, sealed);
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

std::string Keys::opened(const Id<organisation::Organisation>& room,
                         const Id<participant::Participant>& participant, const access::Place& place,
                         std::string_view sealed) {
  if (sealed.empty()) return {};
  auto known = keys_.find({room, participant});
  if (known == keys_.end())
    known = keys_.emplace(std::pair{room, participant}, access::data_key(tx_, room, participant)).first;
  return known->second ? access::unseal(*known->second, place, sealed) : std::string();
}

bool may_know(const access::Permit& permit, const Id<organisation::Organisation>& room, access::Kind kind) {
  const auto& decision = permit.in(room);
  return decision.allowed && decision.kinds.has(kind);
}
bool may_read_words(const access::Permit& permit, const Id<organisation::Organisation>& room,
                    access::Kind kind) {
  return may_know(permit, room, kind) && permit.in(room).free_text.has(kind);
}
bool may_write(const access::Permit& permit, access::Kind kind) {
  return permit.action() == access::Action::write && may_read_words(permit, permit.asker(), kind);
}

const access::Permit& permit_of(Permits permits, const Id<participant::Participant>& participant) {
  return *std::ranges::find_if(permits, [&](const auto& one) { return one.participant() == participant; });
}

}  // namespace stafett::meeting
