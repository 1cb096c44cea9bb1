#include <algorithm>
#include <charconv>
#include <pugixml.hpp>

#include "file/encoding.h"
#include "file/table.h"
#include "file/table_parts.h"
#include "file/xlsx_parts.h"
#include "file/xml.h"

namespace stafett::file {
namespace {

Message damaged_sheet() {
  return "The sheet in the file is damaged. Open the file in Excel and save it again.";
}

// The pieces of `xml` between the first <name …> and its end, each a whole number of `item` elements and not
// much more than 64 kB: a sheet of a million rows is never a tree as a whole.
class Pieces {
 public:
  Pieces(std::string_view xml, std::string_view name, std::string_view item) {
    const auto root =
        xml.find('<', xml.starts_with("<?") || xml.starts_with("\xef\xbb\xbf<?") ? xml.find("?>") : 0);
    const auto word = xml.substr(std::min(root, xml.size()), 200);
    const auto colon = word.find(':'), space = word.find_first_of(" />\n\r\t");
    const std::string prefix(colon < space ? word.substr(1, colon) : std::string_view{});
    const auto start = xml.find("<" + prefix + std::string(name));
    const auto stop = xml.rfind("</" + prefix + std::string(name) + ">");
    const auto inside = xml.find('>', std::min(start, xml.size()));
    if (inside < stop && stop != xml.npos) rest_ = xml.substr(inside + 1, stop - inside - 1);
    closing_ = "</" + prefix + std::string(item) + ">";
  }

  bool at_end() const { return rest_.empty(); }
  std::string_view next() {
    const auto end = rest_.find(closing_, std::min<std::size_t>(rest_.size(), 1 << 16));
    const auto piece = rest_.substr(0, end == rest_.npos ? rest_.size() : end + closing_.size());
    rest_.remove_prefix(piece.size());
    return piece;
  }

 private:
  std::string_view rest_;
  std::string closing_;
};

Result<> parse_piece(pugi::xml_document& document, std::string_view piece) {
  constexpr auto how = pugi::parse_default | pugi::parse_ws_pcdata_single | pugi::parse_fragment;
  if (!document.load_buffer(piece.data(), piece.size(), how, pugi::encoding_utf8))
    return invalid("", damaged_sheet());
  return {};
}

// <t>text</t>, or <r><t>rich</t></r><r><t> text</t></r>; not the reading aid <rPh>.
void append_texts(std::string& out, const pugi::xml_node& node) {
  for (const auto& part : node.children()) {
    if (local_name(part) == "t") out += part.child_value();
    if (local_name(part) == "r")
      for (const auto& run : part.children())
        if (local_name(run) == "t") out += run.child_value();
  }
}

std::string_view value_of(const pugi::xml_node& cell) {
  for (const auto& part : cell.children())
    if (local_name(part) == "v") return part.child_value();
  return {};
}

template <class Number>
Number number_in(std::string_view text, Number otherwise) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} ? number : otherwise;
}

// "AB12" is column 27, counted from 0.
std::size_t column_of(std::string_view reference, std::size_t otherwise) {
  std::size_t column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z' || column > 100'000) break;
    column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
  }
  return column == 0 ? otherwise : column - 1;
}

class Reader {
 public:
  Reader(Table& table, const Workbook& book, std::vector<Style> styles, const TableLimits& limits)
      : table_(table), limits_(limits), styles_(std::move(styles)), from_1904_(book.from_1904) {}

  // Kept once each, at the beginning of the table's text.
  Result<> read_shared_texts(std::string_view xml) {
    pugi::xml_document piece;
    for (Pieces pieces(xml, "sst", "si"); !pieces.at_end();) {
      TRY(parse_piece(piece, pieces.next()));
      for (const auto& item : piece.children()) {
        const auto start = table_.text.size();
        append_texts(table_.text, item);
        const auto cell = TRY(cell_from(start));
        shared_.push_back(cell);
      }
    }
    return {};
  }

  Result<> read_sheet(std::string_view xml) {
    pugi::xml_document piece;
    std::size_t line = 0;
    for (Pieces pieces(xml, "sheetData", "row"); !pieces.at_end();) {
      TRY(parse_piece(piece, pieces.next()));
      for (const auto& row : piece.children()) {
        line = number_in<std::size_t>(row.attribute("r").value(), line + 1);
        TRY(read_row(row, line));
      }
    }
    return {};
  }

 private:
  Result<> read_row(const pugi::xml_node& row, std::size_t line) {
    const auto first = table_.cells.size();
    std::size_t column = 0;
    for (const auto& node : row.children()) {
      if (local_name(node) != "c") continue;
      column = column_of(node.attribute("r").value(), column);
      const auto cell = TRY(read_cell(node));
      if (cell.size > limits_.cell_bytes) return tl::unexpected(too_long_cell(line, column, limits_));
      if (cell.size != 0) {
        const auto width = std::min(column, limits_.columns) + 1;  // one too many is for end_record to refuse
        if (table_.cells.size() - first < width) table_.cells.resize(first + width);
        table_.cells[first + width - 1] = cell;
      }
      ++column;
    }
    return end_record(table_, first, line, limits_);
  }

  Result<Table::Cell> read_cell(const pugi::xml_node& node) {
    const std::string_view type = node.attribute("t").value(), value = value_of(node);
    if (type == "s") {
      const auto which = number_in<std::size_t>(value, shared_.size());
      if (which >= shared_.size()) return invalid("", damaged_sheet());
      return shared_[which];
    }
    const auto start = table_.text.size();
    if (type == "inlineStr") {
      for (const auto& part : node.children())
        if (local_name(part) == "is") append_texts(table_.text, part);
    } else if (type == "b") {
      table_.text += value == "1" || value == "true" ? "ja" : "nej";
    } else if (type == "d") {
      table_.text += value.substr(0, value.ends_with("T00:00:00") ? 10 : value.npos);
    } else if (type.empty() || type == "n") {
      const auto style = number_in<std::size_t>(node.attribute("s").value(), 0);
      if (!value.empty())
        table_.text += number_text(value, style < styles_.size() ? styles_[style] : Style{}, from_1904_);
    } else {
      table_.text += value;  // what a formula came to (str), or an error (#N/A)
    }
    return cell_from(start);
  }

  Result<Table::Cell> cell_from(std::size_t start) {
    if (table_.text.size() > limits_.megabytes << 21) return tl::unexpected(too_big(limits_.megabytes));
    return Table::Cell{static_cast<std::uint32_t>(start),
                       static_cast<std::uint32_t>(table_.text.size() - start)};
  }

  Table& table_;
  const TableLimits& limits_;
  std::vector<Style> styles_;
  std::vector<Table::Cell> shared_;
  bool from_1904_;
};

}  // namespace

Result<Table> read_xlsx(std::string_view bytes, const TableLimits& limits) {
  if (bytes.size() > limits.megabytes << 20) return tl::unexpected(too_big(limits.megabytes));
  auto archive =
      TRY(Archive::open(bytes, {.entries = 5'000, .megabytes = 5 * limits.megabytes, .ratio = 200}));
  const auto book = TRY(read_workbook(archive));
  auto styles = TRY(read_styles(archive, book.styles));
  Table table;
  Reader reader(table, book, std::move(styles), limits);
  if (!book.shared_texts.empty()) {
    const auto texts = TRY(archive.read(book.shared_texts));
    TRY(reader.read_shared_texts(texts));
  }
  for (const auto& tab : book.sheets) {
    const auto sheet = TRY(archive.read(tab.part));
    TRY(reader.read_sheet(sheet));
    if (!table.records.empty()) break;
  }
  if (!is_clean_text(table.text)) return invalid("", damaged_sheet());
  TRY(take_headings(table));
  return table;
}

}  // namespace stafett::file
