#include "text/markup.h"

namespace stafett::text {
namespace {

// What a character is written as; empty for one that stands for itself.
std::string_view written(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&apos;";
    case '\t':
    case '\n':
    case '\r':
      return {};
    default:
      return static_cast<unsigned char>(c) < 0x20 ? " " : std::string_view();
  }
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t kept = 0;
  for (std::size_t i = 0; i != text.size(); ++i) {
    const auto sign = written(text[i]);
    if (sign.empty()) continue;
    out.append(text, kept, i - kept).append(sign);
    kept = i + 1;
  }
  return out.append(text, kept);
}

}  // namespace stafett::text
