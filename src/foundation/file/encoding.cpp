#include "file/encoding.h"

#include <cstdint>
#include <cstring>
#include <string_view>

#include "text/fold.h"

namespace stafett::file {
namespace {

using Byte = unsigned char;

std::size_t line_at(std::string_view bytes, std::size_t place) {
  std::size_t line = 1;
  for (std::size_t i = 0; i != place; ++i)
    line += bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == bytes.size() || bytes[i + 1] != '\n'));
  return line;
}

std::size_t character(const Byte* at, const Byte* end) {
  const auto follows = [&](int i) { return at + i < end && (at[i] & 0xc0) == 0x80; };
  if (*at < 0x80) return 1;
  if (*at >= 0xc2 && *at <= 0xdf) return follows(1) ? 2 : 0;
  if (*at >= 0xe0 && *at <= 0xef) {
    if (!follows(1) || !follows(2)) return 0;
    if ((*at == 0xe0 && at[1] < 0xa0) || (*at == 0xed && at[1] > 0x9f)) return 0;
    return 3;
  }
  if (*at >= 0xf0 && *at <= 0xf4) {
    if (!follows(1) || !follows(2) || !follows(3)) return 0;
    if ((*at == 0xf0 && at[1] < 0x90) || (*at == 0xf4 && at[1] > 0x8f)) return 0;
    return 4;
  }
  return 0;
}

// å, ä, ö, é in UTF-8 begin with C3, dashes and quotation marks with E2 80. Nobody writes “Ã¥” or “â€” in
// Windows-1252.
bool surely_utf8(const Byte* at, std::size_t size) {
  return (size == 2 && *at == 0xc3) || (size == 3 && *at == 0xe2 && at[1] == 0x80);
}

struct Seen {
  static constexpr auto none = std::string_view::npos;
  std::size_t control = none;  // the first place of each
  std::size_t lone = none;     // a byte above 7F that is no part of a UTF-8 character
  std::size_t utf8 = none;
};

bool is_control(Byte byte) { return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r'; }

Seen look(std::string_view bytes) {
  Seen seen;
  const auto* const start = reinterpret_cast<const Byte*>(bytes.data());
  const auto* const end = start + bytes.size();
  const auto note = [&](std::size_t& place, const Byte* at) {
    if (place == Seen::none) place = static_cast<std::size_t>(at - start);
  };
  for (const auto* at = start; at < end;) {
    if (*at < 0x80) {
      if (is_control(*at)) note(seen.control, at);
      ++at;
      continue;
    }
    const auto size = character(at, end);
    if (size == 0) note(seen.lone, at);
    if (size != 0 && surely_utf8(at, size)) note(seen.utf8, at);
    at += size == 0 ? 1 : size;
  }
  return seen;
}

void append(std::string& out, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0 | code >> 6), put(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    put(0xe0 | code >> 12), put(0x80 | (code >> 6 & 0x3f)), put(0x80 | (code & 0x3f));
  } else {
    put(0xf0 | code >> 18), put(0x80 | (code >> 12 & 0x3f)), put(0x80 | (code >> 6 & 0x3f)),
        put(0x80 | (code & 0x3f));
  }
}

// “Unicode text” from Excel. What does not make a character becomes U+FFFD.
std::string from_utf16(std::string_view bytes, bool big_end_first) {
  std::string out;
  out.reserve(bytes.size());
  const auto unit = [&](std::size_t i) -> std::uint32_t {
    const Byte first = static_cast<Byte>(bytes[i]), second = static_cast<Byte>(bytes[i + 1]);
    return big_end_first ? first << 8 | second : second << 8 | first;
  };
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    auto code = unit(i);
    if (code >= 0xd800 && code < 0xdc00 && i + 3 < bytes.size() && (unit(i + 2) & 0xfc00) == 0xdc00) {
      code = 0x10000 + ((code - 0xd800) << 10) + (unit(i + 2) - 0xdc00);
      i += 2;
    } else if (code >= 0xd800 && code < 0xe000) {
      code = 0xfffd;
    }
    append(out, code);
  }
  return out;
}

auto not_text(std::size_t line) {
  return invalid({Fault{
      "", "Here is something that is not text. Is it the right file? Save it again as CSV UTF-8 or .xlsx.",
      line}});
}

}  // namespace

bool is_clean_text(std::string_view text) {
  const auto seen = look(text);
  return seen.control == Seen::none && seen.lone == Seen::none;
}

std::size_t utf8_size(std::string_view text) {
  const auto* const at = reinterpret_cast<const Byte*>(text.data());
  return character(at, at + text.size());
}

Result<std::string> text_of(std::string bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xff\xfe"sv) || bytes.starts_with("\xfe\xff"sv))
    bytes = from_utf16(std::string_view(bytes).substr(2), bytes[0] == '\xfe');
  const bool marked = bytes.starts_with("\xef\xbb\xbf");
  const auto seen = look(bytes);
  if (seen.control != Seen::none) return not_text(line_at(bytes, seen.control));
  if (seen.lone == Seen::none) {
    if (marked) bytes.erase(0, 3);
    return bytes;
  }
  if (marked || seen.utf8 != Seen::none)
    return invalid({Fault{"",
                          "The file has å, ä and ö written in two ways (mixed encodings). Open it in the "
                          "program it came from and save "
                          "it again as CSV UTF-8.",
                          line_at(bytes, marked ? seen.lone : std::max(seen.lone, seen.utf8))}});
  for (const char open : "\x81\x8d\x8f\x90\x9d"sv)
    if (const auto place = bytes.find(open); place != std::string::npos)
      return not_text(line_at(bytes, place));
  return text::from_windows_1252(bytes);
}

}  // namespace stafett::file
