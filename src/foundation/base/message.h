// A sentence for a person, not yet in their language: an English key and what goes into its {1}, {2} …
// Turned into words by text/translation.h where it is shown; the arguments are shown as they are.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace stafett {

struct Message {
  std::string key;
  std::vector<std::string> arguments;

  Message() = default;
  Message(const char* key) : key(key) {}
  Message(std::string key) : key(std::move(key)) {}
  template <class... Arguments>
  Message(const char* key, Arguments... arguments) : key(key), arguments{std::string(std::move(arguments))...} {}

  bool operator==(const Message&) const = default;
};

}  // namespace stafett
