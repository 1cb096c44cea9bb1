#include "text/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <cstring>
#include <stdexcept>

namespace stafett::text {
namespace {

constexpr std::string_view no_break_space = "\u00a0";

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// How many bytes the character at the front of `text` has; 0 if it is not UTF-8 (Unicode 15, table 3-7).
std::size_t character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xc0) == 0x80; };
  const auto first = byte(0), second = byte(1);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return follows(1) ? 2 : 0;
  if (first >= 0xe0 && first < 0xf0) {
    const bool overlong = first == 0xe0 && second < 0xa0, surrogate = first == 0xed && second >= 0xa0;
    return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xf0 && first < 0xf5) {
    const bool overlong = first == 0xf0 && second < 0x90, beyond = first == 0xf4 && second >= 0x90;
    return follows(1) && follows(2) && follows(3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

bool eight_are_ascii(const char* at) {
  std::uint64_t eight;
  std::memcpy(&eight, at, sizeof eight);
  return (eight & 0x8080808080808080) == 0;
}

// ASCII, å ä ö and no-break spaces, which is nearly everything that comes; false if there was something else.
bool fold_swedish(std::string_view text, std::string& out) {
  bool space = false;
  const auto put = [&](std::string_view letter) {
    if (space && !out.empty()) out += ' ';
    space = false;
    out += letter;
  };
  for (std::size_t i = 0; i != text.size(); ++i) {
    const char c = text[i];
    if (is_space(c)) {
      space = true;
    } else if (static_cast<unsigned char>(c) < 0x80) {
      const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
      put({&lower, 1});
    } else {
      const auto letter = text.substr(i, 2);
      if (letter == "å" || letter == "Å")
        put("å");
      else if (letter == "ä" || letter == "Ä")
        put("ä");
      else if (letter == "ö" || letter == "Ö")
        put("ö");
      else if (letter == no_break_space)
        space = true;
      else
        return false;
      ++i;
    }
  }
  return true;
}

void check(UErrorCode error) {
  if (U_FAILURE(error)) throw std::runtime_error(u_errorName(error));
}

bool is_swedish_letter(UChar32 c) { return c == U'å' || c == U'ä' || c == U'ö'; }

icu::UnicodeString without_accent(UChar32 c) {
  UErrorCode error = U_ZERO_ERROR;
  const auto* decompose = icu::Normalizer2::getNFDInstance(error);
  check(error);
  icu::UnicodeString parts, letters;
  if (is_swedish_letter(c) || !decompose->getDecomposition(c, parts)) parts = icu::UnicodeString(c);
  for (std::int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1))
    if (const auto part = parts.char32At(i); u_charType(part) != U_NON_SPACING_MARK) letters.append(part);
  return letters;
}

// The same for every script.
std::string fold_any(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const auto* fold = icu::Normalizer2::getNFKCCasefoldInstance(error);
  check(error);
  const auto lower = fold->normalize(
      icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), error);
  check(error);

  icu::UnicodeString folded;
  bool space = false;
  for (std::int32_t i = 0; i < lower.length(); i = lower.moveIndex32(i, 1)) {
    const auto c = lower.char32At(i);
    if (u_isUWhiteSpace(c)) {
      space = true;
      continue;
    }
    const auto letters = without_accent(c);
    if (space && !folded.isEmpty() && !letters.isEmpty()) folded.append(u' ');
    space = space && letters.isEmpty();
    folded.append(letters);
  }
  std::string out;
  folded.toUTF8String(out);
  return out;
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    if (text.size() >= 8 && eight_are_ascii(text.data())) {
      text.remove_prefix(8);
    } else {
      const auto size = character(text);
      if (size == 0) return false;
      text.remove_prefix(size);
    }
  }
  return true;
}

std::size_t length(std::string_view utf8) {
  std::size_t characters = 0;
  for (const char c : utf8) characters += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  return characters;
}

std::string from_windows_1252(std::string_view bytes) {
  // 0x80 to 0x9f; the rest of the upper half is Latin-1, whose numbers are Unicode's.
  static constexpr std::string_view apart[32] = {"€", "�", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š",
                                                 "‹", "Œ", "�", "Ž", "�", "�", "‘", "’", "“", "”", "•",
                                                 "–", "—", "˜", "™", "š", "›", "œ", "�", "ž", "Ÿ"};
  std::string utf8;
  utf8.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      utf8 += c;
    } else if (byte < 0xa0) {
      utf8 += apart[byte - 0x80];
    } else {
      utf8 += static_cast<char>(0xc0 | byte >> 6);
      utf8 += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
  return utf8;
}

std::string_view trimmed(std::string_view text) {
  for (;;) {
    if (text.starts_with(no_break_space))
      text.remove_prefix(no_break_space.size());
    else if (text.ends_with(no_break_space))
      text.remove_suffix(no_break_space.size());
    else if (!text.empty() && is_space(text.front()))
      text.remove_prefix(1);
    else if (!text.empty() && is_space(text.back()))
      text.remove_suffix(1);
    else
      return text;
  }
}

std::string folded(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  if (fold_swedish(utf8, out)) return out;
  return fold_any(utf8);
}

}  // namespace stafett::text
