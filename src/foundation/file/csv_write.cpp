#include <algorithm>
#include <cmath>
#include <cstdio>

#include "file/csv.h"

namespace stafett::file {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// -5 · +12,5 · -0.25
bool is_plain_number(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  const auto sign = text.find_first_of(",.");
  const auto whole = text.substr(0, sign),
             part = sign == std::string_view::npos ? "0" : text.substr(sign + 1);
  return !whole.empty() && !part.empty() && std::all_of(whole.begin(), whole.end(), is_digit) &&
         std::all_of(part.begin(), part.end(), is_digit);
}

constexpr std::string_view separators = ";,\t\r\n";

// A formula at the beginning of a cell; within it, what would begin a cell if the file were divided
// otherwise: =cmd in "a,=cmd". There a sign before a space is only a sign: "Arbete, - studier". What looks like one
// with its guard ('=cmd) needs another, or it would lose its own when it is read.
bool needs_guard(std::string_view rest, bool within) {
  rest.remove_prefix(std::min(rest.find_first_not_of('\''), rest.size()));
  if (!within) return looks_like_formula(rest);
  rest = rest.substr(0, rest.find_first_of(separators));
  const auto sign = rest.find_first_not_of(' ');
  return looks_like_formula(rest) && (sign + 1 >= rest.size() || rest[sign + 1] != ' ');
}

void append_text(std::string& out, std::string_view text) {
  const bool plain = text.find_first_of(";,\t\"'\r\n") == std::string_view::npos && !text.starts_with(' ') &&
                     !text.ends_with(' ') && !looks_like_formula(text);
  if (plain) {
    out += text;
    return;
  }
  out += '"';
  for (std::size_t i = 0; i != text.size(); ++i) {
    const bool within = i != 0;
    if ((!within || separators.find(text[i - 1]) != separators.npos) && needs_guard(text.substr(i), within))
      out += '\'';
    if (text[i] == '"') out += '"';
    out += text[i];
  }
  out += '"';
}

void append_number(std::string& out, double number, int decimals, char decimal_sign) {
  if (!std::isfinite(number)) {
    out += "..";
    return;
  }
  char digits[400];
  std::snprintf(digits, sizeof digits, "%.*f", std::clamp(decimals, 0, 15), number);
  std::string_view text = digits;
  if (text.starts_with('-') && text.find_first_not_of("-0.") == std::string_view::npos)
    text.remove_prefix(1);  // no -0,0
  const auto start = out.size();
  out += text;
  std::replace(out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), '.', decimal_sign);
}

struct Append {
  std::string& out;
  char decimal_sign;

  void operator()(std::monostate) const {}
  void operator()(const std::string& text) const { append_text(out, text); }
  void operator()(std::int64_t number) const { out += std::to_string(number); }
  void operator()(Decimal number) const { append_number(out, number.value, number.decimals, decimal_sign); }
  void operator()(Share share) const {
    const auto scale = std::pow(10.0, share.decimals + 2);  // rounded from the counts, half upwards
    const auto rounded =
        std::floor(static_cast<double>(share.count) * scale / static_cast<double>(share.of) + 0.5);
    append_number(out, rounded / scale * 100, share.decimals, decimal_sign);
    if (share.of != 0) out += " %";
  }
  void operator()(Date date) const { out += date.text(); }
};

}  // namespace

bool looks_like_formula(std::string_view text) {
  for (const std::string_view space : {" ", "\xc2\xa0", "\xef\xbb\xbf"})
    while (text.starts_with(space)) text.remove_prefix(space.size());
  for (const std::string_view sign : {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"})
    if (text.starts_with(sign)) return text != "-" && !is_plain_number(text);
  return false;
}

char* remove_guards(char* begin, char* end) {
  char* out = begin;
  bool starts = true;
  for (const char* at = begin; at != end; ++at) {
    const bool guards =
        starts && *at == '\'' && needs_guard({at + 1, static_cast<std::size_t>(end - at - 1)}, at != begin);
    if (!guards) *out++ = *at;
    starts = separators.find(*at) != separators.npos;
  }
  return out;
}

void append_csv_row(std::string& out, std::span<const Value> row, char decimal_sign) {
  for (std::size_t i = 0; i != row.size(); ++i) {
    if (i != 0) out += ';';
    std::visit(Append{out, decimal_sign}, row[i]);
  }
  out += "\r\n";
}

void append_csv_row(std::string& out, std::span<const std::string_view> row) {
  for (std::size_t i = 0; i != row.size(); ++i) {
    if (i != 0) out += ';';
    append_text(out, row[i]);
  }
  out += "\r\n";
}

std::string write_csv(const Sheet& sheet, char decimal_sign) {
  std::string out(csv_mark);
  const std::vector<std::string_view> headings(sheet.headings.begin(), sheet.headings.end());
  append_csv_row(out, headings);
  for (const auto& row : sheet.rows) append_csv_row(out, row, decimal_sign);
  return out;
}

}  // namespace stafett::file
