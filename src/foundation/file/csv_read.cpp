#include <array>
#include <cstring>

#include "file/csv.h"
#include "file/encoding.h"
#include "file/table.h"
#include "file/table_parts.h"

namespace stafett::file {
namespace {

// Excel may say it itself, on a first line of its own: sep=;
bool takes_separator_line(std::string_view& text, char& separator) {
  if (!text.starts_with("sep=") || text.size() < 6 || (text[5] != '\r' && text[5] != '\n')) return false;
  separator = text[4];
  return separator == ';' || separator == ',' || separator == '\t';
}

// The one that the first row has most of, outside quotation marks.
char separator_of(std::string_view text) {
  std::array<std::size_t, 3> count{};
  constexpr std::string_view candidates = ";,\t";
  bool quoted = false, begun = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if ((c == '\n' || c == '\r') && begun) break;
    begun = begun || (c != '\n' && c != '\r');
    if (const auto which = candidates.find(c); which != std::string_view::npos) ++count[which];
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i != count.size(); ++i)
    if (count[i] > count[best]) best = i;
  return candidates[best];
}

std::size_t line_ends(std::string_view text) {
  std::size_t lines = 0;
  for (std::size_t i = 0; i != text.size(); ++i)
    lines += text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
  return lines;
}

class Reader {
 public:
  Reader(Table& table, const TableLimits& limits) : table_(table), limits_(limits) {
    start_ = at_ = table.text.data();
    end_ = start_ + table.text.size();
    std::string_view text = table.text;
    may_be_guarded_ = text.find('\'') != text.npos;
    if (takes_separator_line(text, separator_)) {
      at_ += 5;
      end_line();
    } else {
      separator_ = separator_of(text);
    }
    // The zero byte is the one after the text; the text itself has none.
    for (const char c : {separator_, '\n', '\r', '\0'}) stops_[static_cast<unsigned char>(c)] = true;
  }

  Result<> read() {
    while (at_ != end_) {
      const auto first = table_.cells.size(), line = line_;
      TRY(cell(first));
      while (*at_ == separator_) {
        ++at_;
        TRY(cell(first));
      }
      end_line();
      TRY(end_record(table_, first, line, limits_));
    }
    return {};
  }

 private:
  bool stop() const { return stops_[static_cast<unsigned char>(*at_)]; }

  // LF, CRLF, or CR as on an old Macintosh.
  void end_line() {
    if (at_ == end_) return;
    const bool carriage = *at_++ == '\r';
    if (carriage && *at_ == '\n') ++at_;
    ++line_;
  }

  Result<> cell(std::size_t first) {
    if (*at_ == '"') return quoted_cell(first);
    char* const begin = at_;
    while (!stop()) ++at_;
    return keep(first, begin, at_);
  }

  // Doubled quotation marks become single where they stand: the cell is moved together.
  Result<> quoted_cell(std::size_t first) {
    const auto line = line_;
    char* const begin = ++at_;
    char* out = begin;
    for (;;) {
      auto* const quote = static_cast<char*>(std::memchr(at_, '"', static_cast<std::size_t>(end_ - at_)));
      if (!quote || static_cast<std::size_t>(quote - begin) > 2 * limits_.cell_bytes) return not_closed(line);
      const bool doubled = quote[1] == '"';
      const auto size = static_cast<std::size_t>(quote - at_) + doubled;
      line_ += line_ends({at_, size});
      std::memmove(out, at_, size);
      out += size;
      at_ = quote + 1 + doubled;
      if (!doubled) break;
    }
    if (!stop()) return not_closed(line);
    return keep(first, begin, out);
  }

  Result<> keep(std::size_t first, char* begin, char* end) {
    if (may_be_guarded_) end = remove_guards(begin, end);
    const auto size = static_cast<std::size_t>(end - begin);
    if (size > limits_.cell_bytes)
      return tl::unexpected(too_long_cell(line_, table_.cells.size() - first, limits_));
    table_.cells.push_back({static_cast<std::uint32_t>(begin - start_), static_cast<std::uint32_t>(size)});
    return {};
  }

  static Result<> not_closed(std::size_t line) {
    return invalid({Fault{"",
                          "A quotation mark (\") begins a cell here but does not end it. Put one at the end "
                          "of the cell, or remove it; "
                          "inside a cell it is written twice (\"\").",
                          line}});
  }

  Table& table_;
  const TableLimits& limits_;
  char *start_, *at_, *end_;
  std::size_t line_ = 1;
  char separator_ = ';';
  bool may_be_guarded_;
  std::array<bool, 256> stops_{};
};

}  // namespace

Result<Table> read_csv(std::string bytes, const TableLimits& limits) {
  if (bytes.size() > limits.megabytes << 20) return tl::unexpected(too_big(limits.megabytes));
  Table table;
  table.text = TRY(text_of(std::move(bytes)));
  table.cells.reserve(table.text.size() / 8);
  TRY(Reader(table, limits).read());
  TRY(take_headings(table));
  return table;
}

}  // namespace stafett::file
