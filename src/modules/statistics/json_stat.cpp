// JSON-stat 2.0. The cube holds the cells without totals, as is usual; the totals of what is shown stand
// beside it in "extension", for where cells are hidden they cannot be added up.
#include <cmath>

#include "base/view.h"
#include "statistics/formats.h"

namespace stafett::statistics {
namespace {

using text::Language;
using text::translated;

// Six decimals are more than any figure here is worth, and keep 0.1 + 0.2 from showing.
View number(double value) { return std::round(value * 1e6) / 1e6; }

View category(const std::vector<std::pair<std::string, std::string>>& values) {
  View::Items index;
  View::Fields labels;
  for (const auto& [code, label] : values) {
    index.push_back(code);
    labels.insert_or_assign(code, View(label));
  }
  return {{"index", std::move(index)}, {"label", std::move(labels)}};
}

View dimension(const Axis& axis, Language language) {
  std::vector<std::pair<std::string, std::string>> values;
  for (const auto& value : axis.values) values.emplace_back(value.code, translated(language, value.name));
  return {{"label", translated(language, about(axis.dimension).name)}, {"category", category(values)}};
}

View statistic(const Measure& measure, Language language) {
  View view{{"label", translated(language, Message{"Statistic"})}};
  auto categories = category({{"n", translated(language, Message{"Number"})},
                              {"mean", translated(language, Message{"Mean"})},
                              {"median", translated(language, Message{"Median"})}});
  const auto unit = translated(language, unit_of(measure));
  const View in_unit{{"base", unit}, {"decimals", 1}};
  categories.set("unit", {{"n", {{"base", translated(language, Message{"participations"})}, {"decimals", 0}}},
                          {"mean", in_unit},
                          {"median", in_unit}});
  view.set("category", std::move(categories));
  return view;
}

class Cube {
 public:
  void add(const Cell& cell, bool with_means) {
    push(cell, cell.count);
    if (!with_means) return;
    push(cell, cell.count == 0 ? View(nullptr) : number(cell.mean));
    push(cell, cell.count == 0 ? View(nullptr) : number(cell.median));
  }
  View::Items values;
  View::Fields status;

 private:
  void push(const Cell& cell, View value) {
    if (cell.is_hidden) status.insert_or_assign(std::to_string(values.size()), View(hidden_sign));
    values.push_back(cell.is_hidden ? View(nullptr) : std::move(value));
  }
};

// Where a cell is: one place per axis.
std::vector<std::size_t> place_of(const Table& table, std::size_t cell) {
  std::vector<std::size_t> place(table.axes.size());
  for (std::size_t d = place.size(); d-- > 0;) {
    const auto size = table.axes[d].values.size() + 1;
    place[d] = cell % size;
    cell /= size;
  }
  return place;
}

View totals(const Table& table) {
  View::Items totals;
  for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
    const auto place = place_of(table, cell);
    View::Fields at;
    for (std::size_t d = 0; d < place.size(); ++d)
      if (place[d] < table.axes[d].values.size())
        at.insert_or_assign(std::string(about(table.axes[d].dimension).id),
                            View(table.axes[d].values[place[d]].code));
    if (at.size() == place.size()) continue;
    Cube cube;
    cube.add(table.cells[cell], table.measure->is_mean());
    View total{{"of", std::move(at)}, {"value", cube.values[0]}};
    if (table.measure->is_mean()) total.set("mean", cube.values[1]), total.set("median", cube.values[2]);
    if (table.cells[cell].is_hidden) total.set("status", hidden_sign);
    totals.push_back(std::move(total));
  }
  return totals;
}

View role(const Table& table) {
  View::Items time, metric, geo;
  for (const auto& axis : table.axes) {
    if (axis.dimension == Dimension::year || axis.dimension == Dimension::month)
      time.push_back(about(axis.dimension).id);
    if (axis.dimension == Dimension::municipality) geo.push_back(about(axis.dimension).id);
  }
  if (table.measure->is_mean()) metric.push_back("statistic");
  View::Fields role;
  if (!time.empty()) role.insert_or_assign("time", View(std::move(time)));
  if (!metric.empty()) role.insert_or_assign("metric", View(std::move(metric)));
  if (!geo.empty()) role.insert_or_assign("geo", View(std::move(geo)));
  return role;
}

View question(const Table& table, Language language) {
  View::Fields where;
  for (const auto& limit : table.where)
    where.insert_or_assign(std::string(about(limit.dimension).id),
                           views(limit.values, [](const Value& value) { return View(value.code); }));
  return {{"measure", table.measure->id},
          {"definition", translated(language, table.measure->definition)},
          {"unit", translated(language, unit_of(*table.measure))},
          {"audience", audiences.of(table.audience)},
          {"period",
           {{"from", table.period.from ? View(*table.period.from) : View(nullptr)},
            {"to", table.period.to ? View(*table.period.to) : View(nullptr)}}},
          {"where", std::move(where)},
          {"withheld", table.is_withheld},
          {"totals", totals(table)}};
}

}  // namespace

std::string as_json_stat(const Table& table, Language language) {
  View::Items id, size;
  View dimensions;
  for (const auto& axis : table.axes) {
    id.push_back(about(axis.dimension).id);
    size.push_back(axis.values.size());
    dimensions.set(std::string(about(axis.dimension).id), dimension(axis, language));
  }
  if (table.measure->is_mean()) {
    id.push_back("statistic");
    size.push_back(3);
    dimensions.set("statistic", statistic(*table.measure, language));
  }
  Cube cube;
  for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
    const auto place = place_of(table, cell);
    bool is_total = false;
    for (std::size_t d = 0; d < place.size(); ++d) is_total |= place[d] == table.axes[d].values.size();
    if (!is_total) cube.add(table.cells[cell], table.measure->is_mean());
  }
  return View{{"version", "2.0"},
              {"class", "dataset"},
              {"label", title(table, language)},
              {"id", std::move(id)},
              {"size", std::move(size)},
              {"dimension", std::move(dimensions)},
              {"role", role(table)},
              {"value", std::move(cube.values)},
              {"status", std::move(cube.status)},
              {"note", views(notes(table, language), [](const std::string& note) { return View(note); })},
              {"extension", question(table, language)}}
             .json() +
         "\n";
}

}  // namespace stafett::statistics
