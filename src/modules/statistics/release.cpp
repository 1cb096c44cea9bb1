#include "statistics/release.h"

#include <algorithm>

#include "statistics/protection.h"

namespace stafett::statistics {
namespace {

using Numbers = std::vector<std::vector<std::uint32_t>>;
using Hidden = std::vector<std::uint8_t>;

constexpr std::size_t most_protected_cells = 20'000;  // beyond that, looking for what to hide takes too long

std::vector<std::size_t> sizes_of(const Numbers& values) {
  std::vector<std::size_t> sizes;
  for (const auto& numbers : values) sizes.push_back(numbers.size());
  return sizes;
}

// Writes what a scan by the dimensions of `level` counted into the cells of that level.
void fill(Grid& grid, unsigned level, const Numbers& values, const Scan& scan,
          const std::vector<std::uint32_t>& counted, auto write) {
  for (std::size_t cell = 0; cell < grid.counts.size(); ++cell) {
    std::size_t at = 0, divided = 0;
    bool is_there = true;
    for (std::size_t d = 0; d < values.size() && is_there; ++d) {
      const auto place = grid.place(cell, d);
      is_there = (place != values[d].size()) == (level >> d & 1);
      if (!is_there || !(level >> d & 1)) continue;
      is_there = values[d][place] != absent;
      at = at * scan.by[divided++]->words.size() + (is_there ? values[d][place] : 0);
    }
    if (is_there) write(cell, counted[at]);
  }
}

Scan by_level(Scan scan, unsigned level) {
  std::vector<const Column*> by;
  for (std::size_t d = 0; d < scan.by.size(); ++d)
    if (level >> d & 1) by.push_back(scan.by[d]);
  scan.by = std::move(by);
  return scan;
}

unsigned level_of(const Grid& grid, std::size_t cell) {
  unsigned level = 0;
  for (std::size_t d = 0; d < grid.sizes.size(); ++d)
    if (grid.place(cell, d) != grid.sizes[d]) level |= 1u << d;
  return level;
}

bool is_few(std::int64_t count) { return count > 0 && count < smallest_group; }

// A count of five may be one person five times: asked only where that could be.
std::vector<std::uint8_t> few_in(const Grid& grid, const Scan& scan, const Numbers& values) {
  std::vector<std::uint8_t> few(grid.counts.size());
  unsigned doubtful_levels = 0;  // bits: level 0 is bit 0 …
  for (std::size_t cell = 0; cell < few.size(); ++cell) {
    few[cell] = is_few(grid.counts[cell]);
    if (grid.counts[cell] >= smallest_group &&
        grid.counts[cell] <= (smallest_group - 1) * std::int64_t{scan.rows->most_of_one_person})
      doubtful_levels |= 1u << level_of(grid, cell);
  }
  auto copy = grid;
  for (unsigned level = 0; level < 1u << values.size(); ++level) {
    if (!(doubtful_levels >> level & 1)) continue;
    const auto part = by_level(scan, level);
    fill(copy, level, values, part, count_persons(part),
         [&](std::size_t cell, std::uint32_t persons) { few[cell] |= is_few(persons); });
  }
  return few;
}

std::vector<std::vector<bool>> telling_in(const Asked& asked, const std::vector<Axis>& axes,
                                          std::optional<std::size_t> without) {
  std::vector<std::vector<bool>> telling;
  for (const auto& axis : axes) {
    const auto limit = std::ranges::find(asked.where, axis.dimension, &Asked::Limit::dimension);
    const bool is_whole =
        limit == asked.where.end() || without == static_cast<std::size_t>(limit - asked.where.begin());
    auto& values = telling.emplace_back();
    for (const auto& value : axis.values)
      values.push_back(is_whole && about(axis.dimension).is_telling && !value.is_missing());
  }
  return telling;
}

// The axes with what else occurs when a limit is taken away; the values that were there keep their places.
std::vector<Axis> widened(const Asked& asked, std::vector<Axis> axes, const Scan& scan) {
  for (auto& axis : axes) {
    const auto& column = asked.rows->column(axis.dimension, asked.measure->own_date);
    auto alone = scan;
    alone.by = {&column};
    const auto counts = count(alone);
    for (std::size_t number = 0; number < counts.size(); ++number)
      if (counts[number] > 0 &&
          std::ranges::find(axis.values, column.words[number], &Value::word) == axis.values.end())
        axis.values.push_back({column.words[number], {}, {}});
  }
  return axes;
}

Numbers numbers_on(const Asked& asked, const std::vector<Axis>& axes) {
  Numbers numbers;
  for (const auto& axis : axes)
    numbers.push_back(numbers_of(asked.rows->column(axis.dimension, asked.measure->own_date), axis.values));
  return numbers;
}

// Where a cell of the table is in a wider one; none if that has no such cell.
std::optional<std::size_t> in_wider(const Grid& table, const Grid& wider, std::size_t cell,
                                    std::optional<std::size_t> total_is_part) {
  std::size_t at = 0;
  for (std::size_t d = 0; d < table.sizes.size(); ++d) {
    const bool is_total = table.place(cell, d) == table.sizes[d];
    if (is_total && total_is_part == d && wider.sizes[d] != table.sizes[d]) return {};
    at += (is_total ? wider.sizes[d] : table.place(cell, d)) * wider.stride(d);
  }
  return at;  // within the limit comes first, where there is a dimension for it
}

// Hides what it takes that nobody learns what a limit leaves out by asking without it. False: withhold.
bool guard(const Asked& asked, const std::vector<Axis>& axes, const Tally& table, const Without& without,
           Hidden& hidden) {
  const auto scan = scan_for(asked, without);
  const auto wide = widened(asked, axes, scan);
  const auto numbers = numbers_on(asked, wide);
  const auto everything = tally(*asked.measure, scan, numbers, false);
  if (everything.counts.back() == table.counts.back()) return true;

  std::optional<std::size_t> limited_axis;
  if (without.limit)
    for (std::size_t d = 0; d < axes.size(); ++d)
      if (axes[d].dimension == asked.where[*without.limit].dimension) limited_axis = d;
  auto sizes = sizes_of(numbers);
  auto telling = telling_in(asked, wide, without.limit);
  if (!limited_axis) {
    const auto* limit = without.limit ? &asked.where[*without.limit] : nullptr;
    const bool tells =
        limit && about(limit->dimension).is_telling &&
        std::ranges::any_of(limit->values, [](const Value& value) { return !value.is_missing(); });
    sizes.push_back(2);  // within the limit, outside it
    telling.push_back({tells, false});
  }
  Grid grid(sizes);
  if (grid.counts.size() > most_protected_cells) return false;
  const Grid small(sizes_of(numbers_on(asked, axes)));
  const auto place_of = [&](std::size_t cell) { return in_wider(small, grid, cell, limited_axis); };

  const std::size_t step = limited_axis ? 1 : 3;
  for (std::size_t cell = 0; cell < everything.counts.size(); ++cell)
    grid.counts[cell * step + (step - 1)] = everything.counts[cell];
  Hidden few(grid.counts.size()), inside(grid.counts.size());
  for (std::size_t cell = 0; cell < table.counts.size(); ++cell)
    if (const auto place = place_of(cell)) {
      grid.counts[*place] = table.counts[cell];
      few[*place] = table.few[cell];
      inside[*place] = hidden[cell];
    }
  if (!limited_axis)
    for (std::size_t cell = 0; cell < everything.counts.size(); ++cell)
      grid.counts[cell * 3 + 1] = grid.counts[cell * 3 + 2] - grid.counts[cell * 3];
  if (asked.measure->counts == Counts::persons) grid.add_up();
  for (std::size_t cell = 0; cell < few.size(); ++cell) few[cell] |= is_few(grid.counts[cell]);

  const auto protection = protect(grid, few, telling, std::move(inside));
  if (protection.withheld) return false;
  for (std::size_t cell = 0; cell < table.counts.size(); ++cell)
    if (const auto place = place_of(cell)) hidden[cell] = protection.hidden[*place];
  return true;
}

}  // namespace

std::vector<std::uint32_t> numbers_of(const Column& column, const std::vector<Value>& values) {
  std::unordered_map<std::string_view, std::uint32_t> number_of;
  for (std::uint32_t number = 0; number < column.words.size(); ++number)
    number_of[column.words[number]] = number;
  std::vector<std::uint32_t> numbers;
  for (const auto& value : values) {
    const auto found = number_of.find(value.word);
    numbers.push_back(found == number_of.end() ? absent : found->second);
  }
  return numbers;
}

Tally tally(const Measure& measure, const Scan& scan, const Numbers& values, bool look_for_few) {
  Grid grid(sizes_of(values));
  const unsigned everything = (1u << values.size()) - 1;
  const bool persons = measure.counts == Counts::persons;
  for (unsigned level = persons ? 0 : everything; level <= everything; ++level) {
    const auto part = by_level(scan, level);
    fill(grid, level, values, part, persons ? count_persons(part) : count(part),
         [&](std::size_t cell, std::uint32_t count) { grid.counts[cell] = count; });
  }
  if (!persons) grid.add_up();
  auto few = look_for_few && !persons ? few_in(grid, scan, values) : std::vector<std::uint8_t>{};
  if (persons)
    for (const auto count : grid.counts) few.push_back(is_few(count));
  return {std::move(grid.counts), std::move(few)};
}

std::vector<std::uint8_t> hidden_for_everyone(const Asked& asked, const std::vector<Axis>& axes,
                                              const Tally& table) {
  Grid grid(sizes_of(numbers_on(asked, axes)));
  if (grid.counts.size() > most_protected_cells) return {};
  grid.counts = table.counts;
  if (asked.measure->counts == Counts::persons) grid.add_up();  // parts overlap; as if they did not
  auto [withheld, hidden] = protect(grid, table.few, telling_in(asked, axes, {}));
  if (withheld) return {};
  for (std::size_t i = 0; i < asked.where.size(); ++i)
    if (!guard(asked, axes, table, {.limit = i}, hidden)) return {};
  if ((asked.period.from || asked.period.to) && !guard(asked, axes, table, {.period = true}, hidden))
    return {};
  return hidden;
}

}  // namespace stafett::statistics
