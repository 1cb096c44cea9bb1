#include "file/table.h"

#include <algorithm>

#include "file/kind.h"
#include "file/table_parts.h"
#include "text/fold.h"

namespace stafett::file {
namespace {

Problem wrong(Message why, std::size_t line = 0) {
  return {Problem::Kind::invalid, {{{}, std::move(why), line}}};
}

bool has_content(std::string_view cell) {
  return !cell.empty() && ((cell[0] > ' ' && cell[0] < 0x7f) || !text::trimmed(cell).empty());
}

}  // namespace

Problem too_big(std::size_t megabytes) {
  return wrong({"The file is larger than {1} MB. Divide it into several files.", std::to_string(megabytes)});
}

Problem too_long_cell(std::size_t line, std::size_t column, const TableLimits& limits) {
  return wrong({"The cell in column {1} is longer than {2} characters. Shorten it.",
                std::to_string(column + 1), std::to_string(limits.cell_bytes)},
               line);
}

Result<> end_record(Table& table, std::size_t first_cell, std::size_t line, const TableLimits& limits) {
  const auto& cells = table.cells;
  std::size_t count = cells.size() - first_cell;
  bool content = false;
  for (std::size_t i = first_cell; i != cells.size() && !content; ++i)
    content = has_content(table.at(cells[i]));
  if (!content) {
    table.cells.resize(first_cell);
    return {};
  }
  if (count > limits.columns)
    return tl::unexpected(
        wrong({"The row has {1} columns; at most {2} can be read. Remove those that are not needed.",
               std::to_string(count), std::to_string(limits.columns)},
              line));
  if (table.records.size() > limits.rows)  // the headings are one of them
    return tl::unexpected(wrong(
        {"The file has more than {1} rows. Divide it into several files.", std::to_string(limits.rows)}));
  if (cells.size() > limits.cells)
    return tl::unexpected(wrong(
        {"The file has more than {1} cells. Divide it into several files.", std::to_string(limits.cells)}));
  table.records.push_back({static_cast<std::uint32_t>(first_cell), static_cast<std::uint32_t>(count),
                           static_cast<std::uint32_t>(line)});
  return {};
}

Result<> take_headings(Table& table) {
  if (table.records.empty())
    return invalid(
        "", "The file is empty. It should have headings on the first row and then one row for each case.");
  const auto row = table[0];
  table.heading_line = row.line();
  for (std::size_t i = 0; i != row.size(); ++i) table.headings.emplace_back(text::trimmed(row[i]));
  while (table.headings.back().empty()) table.headings.pop_back();
  table.records.erase(table.records.begin());

  std::vector<std::string> names;
  for (const auto& heading : table.headings) names.push_back(text::folded(heading));
  for (std::size_t i = 0; i != names.size(); ++i)
    if (const auto first =
            std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) -
            names.begin();
        !names[i].empty() && static_cast<std::size_t>(first) != i)
      return invalid(table.headings[i],
                     {"Columns {1} and {2} have the same heading, “{3}”. Rename or remove one of them.",
                      std::to_string(first + 1), std::to_string(i + 1), table.headings[i]});
  return {};
}

Result<Table> read_table(std::string bytes, const TableLimits& limits) {
  switch (kind_of(bytes)) {
    case Kind::zip:
      return read_xlsx(bytes, limits);
    case Kind::other:
      return read_csv(std::move(bytes), limits);
    default:
      return invalid("", not_a_table(kind_of(bytes)));
  }
}

}  // namespace stafett::file
