#include "base/base64.h"

#include <array>
#include <cstdint>

namespace stafett {
namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t no_letter = 64;

constexpr auto numbers = [] {
  std::array<std::uint8_t, 256> numbers{};
  numbers.fill(no_letter);
  for (std::size_t i = 0; i != letters.size(); ++i)
    numbers[static_cast<unsigned char>(letters[i])] = static_cast<std::uint8_t>(i);
  return numbers;
}();

}  // namespace

std::string base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const auto three = bytes.substr(at, 3);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i != 3; ++i)
      bits = bits << 8 | (i < three.size() ? static_cast<unsigned char>(three[i]) : 0U);
    for (std::size_t i = 0; i != 4; ++i) text += i <= three.size() ? letters[bits >> (18 - 6 * i) & 63] : '=';
  }
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  text.remove_suffix(padding);
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 3);
  for (std::size_t at = 0; at < text.size(); at += 4) {
    const auto four = text.substr(at, 4);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i != 4; ++i) {
      const auto number = i < four.size() ? numbers[static_cast<unsigned char>(four[i])] : std::uint8_t{0};
      if (number == no_letter) return std::nullopt;
      bits = bits << 6 | number;
    }
    for (std::size_t i = 0; i + 1 < four.size(); ++i) bytes += static_cast<char>(bits >> (16 - 8 * i) & 255);
  }
  return bytes;
}

std::string base64url(std::string_view bytes) {
  auto text = base64(bytes);
  while (text.ends_with('=')) text.pop_back();
  for (auto& letter : text) letter = letter == '+' ? '-' : letter == '/' ? '_' : letter;
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  if (text.find_first_of("+/=") != text.npos) return std::nullopt;
  std::string padded(text);
  for (auto& letter : padded) letter = letter == '-' ? '+' : letter == '_' ? '/' : letter;
  while (padded.size() % 4 != 0) padded += '=';
  if (padded.ends_with("===")) return std::nullopt;
  return from_base64(padded);
}

}  // namespace stafett
