#include "statistics/formats.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "file/csv.h"
#include "file/xlsx.h"
#include "text/fold.h"
#include "text/number.h"

namespace stafett::statistics {
namespace {

using text::Language;
using text::translated;

constexpr std::size_t most_columns = 15;

// The places of an axis that stand in a table: its values and the total, if that says anything more.
std::size_t places(const Axis& axis) { return axis.values.size() == 1 ? 1 : axis.values.size() + 1; }

std::string name_at(const Axis& axis, std::size_t place, Language language) {
  return place == axis.values.size() ? translated(language, Message{"Total"})
                                     : translated(language, axis.values[place].name);
}

std::string and_so_on(const std::vector<std::string>& words, Language language) {
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) list += i + 1 == words.size() ? translated(language, Message{" and "}) : ", ";
    list += words[i];
  }
  return list;
}

std::vector<std::string> names_of(const std::vector<Value>& values, Language language) {
  std::vector<std::string> names;
  for (const auto& value : values) names.push_back(translated(language, value.name));
  return names;
}

int decimals(const Measure& measure) { return measure.is_mean() ? 1 : 0; }

file::Value count_of(const Cell& cell) {
  return cell.is_hidden ? file::Value(std::string(hidden_sign)) : file::Value(cell.count);
}
file::Value mean_of(const Cell& cell, double value, int decimals) {
  if (cell.is_hidden || cell.count == 0) return std::string(cell.is_hidden ? hidden_sign : "–");
  return file::Decimal{rounded(value, decimals), decimals};
}
file::Value share_of(const Cell& cell, const Cell& total) {
  if (cell.is_hidden || total.is_hidden) return std::string(hidden_sign);
  return file::Share{cell.count, total.count};
}

// Counts the places of the axes before `axes`, the last fastest, and calls see with each.
template <class See>
void each_place(std::span<const Axis> axes, See see) {
  std::vector<std::size_t> place(axes.size(), 0);
  if (std::ranges::any_of(axes, [](const Axis& axis) { return places(axis) == 0; })) return;
  for (;;) {
    see(place);
    std::size_t d = axes.size();
    while (d > 0 && ++place[d - 1] == places(axes[d - 1])) place[--d] = 0;
    if (d == 0) return;
  }
}

bool is_side_by_side(const Table& table) {
  return table.axes.size() > 1 && !table.measure->is_mean() &&
         table.axes.back().values.size() <= most_columns;
}

void add_figures(std::vector<file::Value>& row, const Table& table, std::vector<std::size_t> place) {
  const auto& cell = table.at(place);
  row.push_back(count_of(cell));
  if (table.measure->is_mean()) {
    row.push_back(mean_of(cell, cell.mean, decimals(*table.measure)));
    row.push_back(mean_of(cell, cell.median, decimals(*table.measure)));
  } else if (table.axes.size() == 1 && table.measure->counts != Counts::persons) {
    row.push_back(share_of(cell, table.total()));
  }
}

std::vector<std::string> figure_headings(const Table& table, Language language) {
  if (!table.measure->is_mean()) {
    std::vector<std::string> headings{translated(language, Message{"Number"})};
    if (table.axes.size() == 1 && table.measure->counts != Counts::persons)
      headings.push_back(translated(language, Message{"Share"}));
    return headings;
  }
  const auto unit = translated(language, unit_of(*table.measure));
  return {translated(language, Message{"Number"}), translated(language, {"Mean, {1}", unit}),
          translated(language, {"Median, {1}", unit})};
}

std::string in_cell(const file::Value& value, Language language) {
  if (const auto* words = std::get_if<std::string>(&value)) return *words;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return text::whole(*number, language);
  if (const auto* number = std::get_if<file::Decimal>(&value))
    return text::decimal(number->value, number->decimals, language);
  if (const auto* share = std::get_if<file::Share>(&value))
    return text::percent(share->count, share->of, language, share->decimals);
  return {};
}

}  // namespace

double rounded(double value, int decimals) {
  const double scale = std::pow(10, decimals);
  return std::round(value * scale) / scale;
}

std::string title(const Table& table, Language language) {
  const auto name = translated(language, table.measure->name);
  if (table.axes.empty()) return name;
  std::vector<std::string> dimensions;
  for (const auto& axis : table.axes) dimensions.push_back(translated(language, about(axis.dimension).name));
  return translated(language, {"{1} by {2}", name, and_so_on(dimensions, language)});
}

std::vector<std::string> notes(const Table& table, Language language) {
  std::vector<std::string> notes{
      translated(language, table.measure->definition),
      translated(language, {"Period: {1}.", text::period_words(table.period, language)})};
  for (const auto& limit : table.where)
    notes.push_back(
        translated(language, {"Limited to {1}: {2}.", translated(language, about(limit.dimension).name),
                              and_so_on(names_of(limit.values, language), language)}));
  if (table.audience == Audience::unit)
    notes.push_back(
        translated(language, Message{"True counts, only for those who may see the persons behind them."}));
  else if (table.is_withheld)
    notes.push_back(translated(
        language, Message{"The table is not shown: it rests on so few persons that it would tell of "
                          "them. Ask for a longer period, more interventions or fewer dimensions."}));
  else if (table.has_hidden())
    notes.push_back(translated(
        language, Message{"“..” is not shown: fewer than five persons, or a figure from which such a "
                          "one could be worked out."}));
  return notes;
}

file::Sheet sheet(const Table& table, Language language) {
  file::Sheet sheet{.name = translated(language, table.measure->name), .title = title(table, language)};
  const bool side_by_side = is_side_by_side(table);
  const auto rows = std::span(table.axes).first(table.axes.size() - (side_by_side ? 1 : 0));
  for (const auto& axis : rows) sheet.headings.push_back(translated(language, about(axis.dimension).name));
  if (side_by_side)
    for (std::size_t place = 0; place < places(table.axes.back()); ++place)
      sheet.headings.push_back(name_at(table.axes.back(), place, language));
  else
    for (auto& heading : figure_headings(table, language)) sheet.headings.push_back(std::move(heading));

  each_place(rows, [&](const std::vector<std::size_t>& place) {
    std::vector<file::Value> row;
    for (std::size_t d = 0; d < rows.size(); ++d) row.push_back(name_at(rows[d], place[d], language));
    auto cell = place;
    if (side_by_side) {
      cell.push_back(0);
      for (; cell.back() < places(table.axes.back()); ++cell.back()) row.push_back(count_of(table.at(cell)));
    } else {
      add_figures(row, table, cell);
    }
    sheet.rows.push_back(std::move(row));
  });
  sheet.total_last = !rows.empty() && places(rows[0]) > 1;
  return sheet;
}

std::string as_text(const Table& table, Language language) {
  const auto page = sheet(table, language);
  const std::size_t words =
      page.headings.size() -
      (is_side_by_side(table) ? places(table.axes.back()) : figure_headings(table, language).size());
  std::vector<std::vector<std::string>> lines{page.headings};
  for (const auto& row : page.rows) {
    auto& line = lines.emplace_back();
    for (const auto& value : row) line.push_back(in_cell(value, language));
  }
  std::vector<std::size_t> widths(page.headings.size());
  for (const auto& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], text::length(line[i]));
  std::string text = page.title + "\n\n";
  for (const auto& line : lines) {
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::string room(widths[i] - text::length(line[i]), ' ');
      if (i > 0) out += "  ";
      out += i < words ? line[i] + room : room + line[i];
    }
    out.erase(out.find_last_not_of(' ') + 1);
    text += out + "\n";
  }
  text += "\n";
  for (const auto& note : notes(table, language)) text += note + "\n";
  return text;
}

std::string as_csv(const Table& table, Language language) {
  auto page = sheet(table, language);
  page.rows.emplace_back();
  for (auto& note : notes(table, language)) page.rows.push_back({std::move(note)});
  return file::write_csv(page);
}

std::string as_xlsx(const Table& table, Language language) {
  const auto page = sheet(table, language);
  const std::array headings{translated(language, Message{"Definition"}),
                            translated(language, Message{"Period"})};
  std::vector<file::Note> about;
  const auto all = notes(table, language);
  for (std::size_t i = 0; i < all.size(); ++i)
    about.push_back({i < headings.size() ? headings[i] : translated(language, Message{"Note"}), all[i]});
  return file::write_xlsx(std::span(&page, 1), about, translated(language, Message{"About the figures"}));
}

}  // namespace stafett::statistics
