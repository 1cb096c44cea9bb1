#include "statistics/answer.h"

#include "chart/chart.h"
#include "file/sheet.h"
#include "statistics/formats.h"
#include "text/number.h"

namespace stafett::statistics {
namespace {

using text::Language;
using text::translated;

// The places of an axis in a sheet: its values and, if it has more than one, the total.
std::size_t places(const Axis& axis) { return axis.values.size() == 1 ? 1 : axis.values.size() + 1; }

std::string words(const file::Value& value, Language language) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* count = std::get_if<std::int64_t>(&value)) return text::whole(*count, language);
  if (const auto* decimal = std::get_if<file::Decimal>(&value)) return text::decimal(decimal->value, decimal->decimals, language);
  if (const auto* share = std::get_if<file::Share>(&value)) return text::percent(share->count, share->of, language, share->decimals);
  return {};
}

// The axes that go down the page: the first columns are called as they are.
std::size_t axes_downwards(const Table& table, const file::Sheet& sheet, Language language) {
  std::size_t count = 0;
  while (count != table.axes.size() && sheet.headings[count] == translated(language, about(table.axes[count].dimension).name)) ++count;
  return count;
}

// How many rows each value of the first axis has below it.
std::size_t rows_in_group(const Table& table, std::size_t downwards) {
  std::size_t rows = 1;
  for (std::size_t axis = 1; axis < downwards; ++axis) rows *= places(table.axes[axis]);
  return rows;
}

bool is_total_row(const Table& table, std::size_t downwards, std::size_t row) {
  for (std::size_t axis = downwards; axis-- > 0;) {
    const auto here = places(table.axes[axis]);
    if (here > 1 && row % here == table.axes[axis].values.size()) return true;
    row /= here;
  }
  return false;
}

View cells_view(const std::vector<file::Value>& row, std::size_t from, std::size_t downwards, Language language) {
  View::Items cells;
  for (std::size_t column = from; column != row.size(); ++column) {
    const auto text = words(row[column], language);
    cells.push_back({{"text", text}, {"number", column >= downwards}, {"head", column < downwards}, {"none", text == hidden_sign}});
  }
  return cells;
}

View view_of(const Table& table, Language language, bool may_group) {
  const auto page = sheet(table, language);
  const auto downwards = axes_downwards(table, page, language);
  const auto in_group = rows_in_group(table, downwards);
  const bool has_groups = downwards > 1 && may_group;

  View::Items heads, rows;
  for (std::size_t column = 0; column != page.headings.size(); ++column)
    heads.push_back({{"text", page.headings[column]}, {"number", column >= downwards}});
  const bool has_sum = page.total_last && downwards == 1;
  for (std::size_t row = 0; row != page.rows.size() - (has_sum ? 1 : 0); ++row) {
    View view = {{"cells", cells_view(page.rows[row], has_groups ? 1 : 0, downwards, language)}, {"total", is_total_row(table, downwards, row)}};
    if (has_groups && row % in_group == 0)
      view.set("group", {{"name", words(page.rows[row][0], language)}, {"rows_below", std::to_string(in_group)}});
    rows.push_back(std::move(view));
  }
  View view = {{"caption", page.title}, {"heads", std::move(heads)}, {"rows", std::move(rows)}};
  if (has_sum) view.set("sum", {{"cells", cells_view(page.rows.back(), 0, downwards, language)}});
  return view;
}

constexpr std::size_t most_bars = 25, most_parts = 6, most_lines = 5;

bool is_time(const Axis& axis) { return axis.dimension == Dimension::year || axis.dimension == Dimension::month; }

chart::About about_chart(const Table& table, Language language) {
  return {"answer", title(table, language), notes(table, language).front(), language};
}

chart::Value value_of(const Table& table, const Cell& cell) {
  if (cell.is_hidden || (table.measure->is_mean() && cell.count == 0)) return std::nullopt;
  return table.measure->is_mean() ? cell.median : static_cast<double>(cell.count);
}

std::string text_of(const Table& table, const Cell& cell, Language language) {
  if (cell.is_hidden) return std::string(hidden_sign);
  const auto count = text::whole(cell.count, language);
  if (table.measure->is_mean())
    return cell.count == 0 ? "–" : translated(language, {_("{1} · n {2}"), text::decimal(rounded(cell.median, 1), 1, language), count});
  if (table.measure->counts == Counts::persons || table.total().is_hidden || table.total().count == 0) return count;
  return count + " · " + text::percent(cell.count, table.total().count, language);
}

// The total over every other axis.
const Cell& cell_of(const Table& table, std::size_t axis, std::size_t value) {
  std::vector<std::size_t> place;
  for (const auto& other : table.axes) place.push_back(other.values.size());
  place[axis] = value;
  return table.at(place);
}

std::string bars_of(const Table& table, Language language) {
  std::vector<chart::Bar> bars;
  const auto& axis = table.axes[0];
  for (std::size_t i = 0; i != axis.values.size(); ++i) {
    const auto& cell = cell_of(table, 0, i);
    bars.push_back({translated(language, axis.values[i].name), value_of(table, cell), text_of(table, cell, language)});
  }
  return chart::bars(about_chart(table, language), bars);
}

bool is_divided_openly(const Table& table) {
  for (std::size_t i = 0; i != table.axes[0].values.size(); ++i)
    for (std::size_t part = 0; part != table.axes[1].values.size(); ++part)
      if (table.at(std::vector{i, part}).is_hidden) return false;
  return true;
}

std::string stacked_of(const Table& table, Language language) {
  std::vector<std::string> names;
  for (const auto& part : table.axes[1].values) names.push_back(translated(language, part.name));
  std::vector<chart::Parts> rows;
  for (std::size_t i = 0; i != table.axes[0].values.size(); ++i) {
    auto& row = rows.emplace_back(translated(language, table.axes[0].values[i].name));
    for (std::size_t part = 0; part != names.size(); ++part) row.counts.push_back(table.at(std::vector{i, part}).count);
  }
  return chart::stacked(about_chart(table, language), names, rows);
}

// The years or months that follow each other along an axis; none if some are left out.
std::vector<chart::Tick> ticks_of(const Axis& axis, Language language) {
  std::vector<chart::Tick> ticks;
  std::vector<const Value*> values;
  for (const auto& value : axis.values)
    if (!value.is_missing()) values.push_back(&value);
  if (values.size() < 2) return {};
  if (axis.dimension == Dimension::year) {
    for (const auto* value : values) ticks.push_back({value->word, ""});
    return std::stoi(values.back()->word) - std::stoi(values.front()->word) + 1 == static_cast<int>(values.size()) ? ticks : std::vector<chart::Tick>{};
  }
  const auto first = Date::read(values.front()->word + "-01").value(), last = Date::read(values.back()->word + "-01").value();
  const int months = (last.year() - first.year()) * 12 + static_cast<int>(last.month()) - static_cast<int>(first.month()) + 1;
  return months == static_cast<int>(values.size()) ? chart::months(first, months, language) : ticks;
}

std::string over_time(const Table& table, std::size_t time, Language language) {
  const auto& axis = table.axes[time];
  const auto ticks = ticks_of(axis, language);
  if (ticks.empty()) return {};
  const auto along = [&](std::vector<std::size_t> place) {
    std::vector<chart::Value> values;
    for (place[time] = 0; place[time] != axis.values.size(); ++place[time])
      if (!axis.values[place[time]].is_missing()) values.push_back(value_of(table, table.at(place)));
    return values;
  };
  if (table.axes.size() == 1) {
    const std::vector<chart::Series> series{{translated(language, table.measure->name), along({0})}};
    return table.measure->is_mean() || ticks.size() > 24 ? chart::lines(about_chart(table, language), ticks, series)
                                                         : chart::columns(about_chart(table, language), ticks, series);
  }
  const auto& other = table.axes[1 - time];
  if (other.values.size() > most_lines) return {};
  std::vector<chart::Series> series;
  for (std::size_t i = 0; i != other.values.size(); ++i)
    series.push_back({translated(language, other.values[i].name), along(time == 0 ? std::vector<std::size_t>{0, i} : std::vector<std::size_t>{i, 0})});
  return chart::lines(about_chart(table, language), ticks, series);
}

}  // namespace

View table_view(const Table& table, Language language) { return view_of(table, language, true); }
View flat_table_view(const Table& table, Language language) { return view_of(table, language, false); }

std::string chart(const Table& table, Language language) {
  if (table.is_withheld || table.axes.empty() || table.axes.size() > 2 || table.total().count == 0) return {};
  for (std::size_t axis = 0; axis != table.axes.size(); ++axis)
    if (is_time(table.axes[axis])) return over_time(table, axis, language);
  if (table.axes[0].values.size() > most_bars || table.axes[0].values.size() < 2) return {};
  const bool can_stack = table.axes.size() == 2 && table.measure->counts != Counts::persons && !table.measure->is_mean() &&
                         table.axes[1].values.size() <= most_parts && table.axes[1].values.size() > 1;
  return can_stack && is_divided_openly(table) ? stacked_of(table, language) : bars_of(table, language);
}

}  // namespace stafett::statistics
