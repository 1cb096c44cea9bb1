// Keys. Made by us, not by the database, so that both databases agree. A UUIDv7 (unique, unguessable, sorts by
// age) written as 26 characters of Crockford's base 32 in lower case: half the index of the usual 36.
#pragma once

#include <compare>
#include <functional>
#include <string>

namespace stafett {

template <class Of>
struct Id {
  std::string text;
  auto operator<=>(const Id&) const = default;
};

std::string new_key();

template <class Of>
Id<Of> new_id() {
  return {new_key()};
}

}  // namespace stafett

template <class Of>
struct std::hash<stafett::Id<Of>> {
  std::size_t operator()(const stafett::Id<Of>& id) const { return std::hash<std::string>{}(id.text); }
};
