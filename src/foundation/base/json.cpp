#include "base/json.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace stafett {
namespace {

struct NotJson {};

void append_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 63));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 63));
    out += static_cast<char>(0x80 | (code & 63));
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    out += static_cast<char>(0x80 | (code >> 12 & 63));
    out += static_cast<char>(0x80 | (code >> 6 & 63));
    out += static_cast<char>(0x80 | (code & 63));
  }
}

// Throws NotJson, which never leaves this file.
class Reading {
 public:
  explicit Reading(std::string_view text) : rest_(text) {}

  View all() {
    auto view = value(0);
    skip_space();
    if (!rest_.empty()) throw NotJson{};
    return view;
  }

 private:
  View value(int depth) {
    if (depth > 64) throw NotJson{};
    skip_space();
    if (take('{')) return fields(depth);
    if (take('[')) return items(depth);
    if (take('"')) return string();
    if (take_word("null")) return nullptr;
    if (take_word("true")) return true;
    if (take_word("false")) return false;
    return number();
  }

  View fields(int depth) {
    View::Fields fields;
    if (skip_space(), take('}')) return fields;
    do {
      skip_space();
      need('"');
      auto name = string();
      skip_space();
      need(':');
      fields[std::move(name)] = value(depth + 1);
      skip_space();
    } while (take(','));
    need('}');
    return fields;
  }

  View items(int depth) {
    View::Items items;
    if (skip_space(), take(']')) return items;
    do {
      items.push_back(value(depth + 1));
      skip_space();
    } while (take(','));
    need(']');
    return items;
  }

  std::string string() {
    std::string text;
    for (;;) {
      const auto end = rest_.find_first_of("\"\\");
      if (end == rest_.npos) throw NotJson{};
      text += rest_.substr(0, end);
      const char stop = rest_[end];
      rest_.remove_prefix(end + 1);
      if (stop == '"') return text;
      escape(text);
    }
  }

  void escape(std::string& text) {
    constexpr std::string_view names = "\"\\/bfnrt", meant = "\"\\/\b\f\n\r\t";
    if (rest_.empty()) throw NotJson{};
    const char name = rest_.front();
    rest_.remove_prefix(1);
    if (name != 'u') {
      const auto at = names.find(name);
      if (at == names.npos) throw NotJson{};
      text += meant[at];
      return;
    }
    auto code = four_digits();
    if (code >= 0xD800 && code < 0xDC00) {
      if (!take_word("\\u")) throw NotJson{};
      const auto low = four_digits();
      if (low < 0xDC00 || low > 0xDFFF) throw NotJson{};
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    } else if (code >= 0xDC00 && code < 0xE000) {
      throw NotJson{};
    }
    append_utf8(text, code);
  }

  std::uint32_t four_digits() {
    std::uint32_t code = 0;
    if (rest_.size() < 4 || std::from_chars(rest_.data(), rest_.data() + 4, code, 16).ptr != rest_.data() + 4)
      throw NotJson{};
    rest_.remove_prefix(4);
    return code;
  }

  View number() {
    const auto end = std::min(rest_.find_first_not_of("+-.0123456789eE"), rest_.size());
    const auto text = rest_.substr(0, end);
    rest_.remove_prefix(end);
    std::int64_t whole = 0;
    if (const auto read = std::from_chars(text.data(), text.data() + text.size(), whole);
        read.ec == std::errc{} && read.ptr == text.data() + text.size())
      return whole;
    double real = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), real);
    if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size()) throw NotJson{};
    return real;
  }

  void skip_space() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size())); }
  bool take(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take_word(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  void need(char wanted) {
    if (!take(wanted)) throw NotJson{};
  }

  std::string_view rest_;
};

}  // namespace

std::optional<View> read_json(std::string_view text) {
  try {
    return Reading(text).all();
  } catch (const NotJson&) {
    return std::nullopt;
  }
}

}  // namespace stafett
