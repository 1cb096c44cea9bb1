// The words an enum goes by in the database, in files and in JSON.
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace stafett {

template <class Enum, std::size_t N>
struct Words {
  struct Word {
    Enum value;
    std::string_view text;
  };
  Word all[N];

  constexpr std::string_view of(Enum value) const {
    for (const auto& word : all)
      if (word.value == value) return word.text;
    throw std::logic_error("an enum value without a word");
  }
  constexpr std::optional<Enum> find(std::string_view text) const {
    for (const auto& word : all)
      if (word.text == text) return word.value;
    return std::nullopt;
  }
  // For words that we wrote ourselves, as in the database.
  constexpr Enum meant_by(std::string_view text) const {
    if (const auto found = find(text)) return *found;
    throw std::logic_error("an unknown word: " + std::string(text));
  }
};

}  // namespace stafett
