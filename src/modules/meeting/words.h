// The words of meetings and agreements, sealed with the data key of their room and participant. Nothing is
// sealed as nothing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "access/gate.h"
#include "access/keys.h"
#include "meeting/meeting.h"

namespace stafett::meeting {

std::string seal_words(const access::DataKey&, const access::Place&, std::string_view words);
std::string unseal_words(const access::DataKey&, const access::Place&, std::string_view sealed);
bool is_blank(std::string_view);

// Each key is asked for once.
class Keys {
 public:
  explicit Keys(db::Transaction& tx) : tx_(tx) {}
  // What was sealed there; nothing when the key has been erased.
  std::string opened(const Id<organisation::Organisation>& room, const Id<participant::Participant>&,
                     const access::Place&, std::string_view sealed);

 private:
  db::Transaction& tx_;
  std::map<std::pair<Id<organisation::Organisation>, Id<participant::Participant>>,
           std::optional<access::DataKey>>
      keys_;
};

// May know that there is something of this kind in the room, and may read what is written there.
bool may_know(const access::Permit&, const Id<organisation::Organisation>& room, access::Kind);
bool may_read_words(const access::Permit&, const Id<organisation::Organisation>& room, access::Kind);
// Has a permit to write, and writes this kind in the own room.
bool may_write(const access::Permit&, access::Kind);

// Calls `ask` with so many participants at a time as one question takes, the last of them empty where they
// are fewer.
inline constexpr std::size_t at_a_time = 8;
using Some = std::array<std::string_view, at_a_time>;
template <class Ask>
void each_some(Permits permits, Ask ask) {
  for (std::size_t from = 0; from < permits.size(); from += at_a_time) {
    Some some{};
    for (std::size_t i = 0; i != at_a_time && from + i < permits.size(); ++i)
      some[i] = permits[from + i].participant().text;
    ask(some);
  }
}
const access::Permit& permit_of(Permits, const Id<participant::Participant>&);

}  // namespace stafett::meeting
