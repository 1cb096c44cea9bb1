// A sentence for a person, not yet in their language: an English key and what goes into its {1}, {2} …
// Turned into words by text/translation.h where it is shown; the arguments are shown as they are.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stafett {

struct Message {
  std::string key;
  std::vector<std::string> arguments;

  Message() = default;
  Message(const char* key) : key(key) {}
  Message(std::string key) : key(std::move(key)) {}
  Message(std::string_view key) : key(key) {}
  template <class... Arguments>
  Message(const char* key, Arguments... arguments)
      : key(key), arguments{std::string(std::move(arguments))...} {}

  bool operator==(const Message&) const = default;
};

// The text with {1}, {2} … replaced by the arguments; braces inside an argument stay as they are.
std::string filled(std::string_view text, const std::vector<std::string>& arguments);

// Marks a key for tools/check-texts where it does not stand in a Message yet: {Measure::stay, _("Months in
// the intervention")}.
constexpr const char* _(const char* key) { return key; }

}  // namespace stafett
