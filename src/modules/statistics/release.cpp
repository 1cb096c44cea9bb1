#include "statistics/release.h"

#include <algorithm>

#include "statistics/protection.h"

namespace stafett::statistics {
namespace {

using Tally = std::vector<std::int64_t>;
using Few = std::vector<std::uint8_t>;

constexpr std::size_t most_protected_cells = 20'000;  // beyond that, looking for what to hide takes too long

bool is_few(std::int64_t count) { return count > 0 && count < smallest_group; }

Grid grid_of(const Numbers& numbers) {
  std::vector<std::size_t> sizes;
  for (const auto& some : numbers) sizes.push_back(some.size());
  return Grid(sizes);
}

// The scan by those of its dimensions that are in `level` (bits).
Scan by_level(Scan scan, unsigned level) {
  std::vector<const Column*> by;
  for (std::size_t d = 0; d < scan.by.size(); ++d)
    if (level >> d & 1) by.push_back(scan.by[d]);
  scan.by = std::move(by);
  return scan;
}

// Calls see(cell, count) with what a scan by the dimensions of `level` counted in each cell of that level.
void each_counted(const Grid& grid, unsigned level, const Numbers& numbers, const Scan& by_level,
                  const std::vector<std::uint32_t>& counted, auto see) {
  for (std::size_t cell = 0; cell < grid.counts.size(); ++cell) {
    std::size_t at = 0, divided = 0;
    bool is_there = true;
    for (std::size_t d = 0; d < numbers.size() && is_there; ++d) {
      const auto place = grid.place(cell, d);
      is_there = (place != numbers[d].size()) == (level >> d & 1);
      if (!is_there || !(level >> d & 1)) continue;
      is_there = numbers[d][place] != absent;
      at = at * by_level.by[divided++]->words.size() + (is_there ? numbers[d][place] : 0);
    }
    if (is_there) see(cell, counted[at]);
  }
}

// Adds what was counted over the dimensions that are not in `level`.
std::vector<std::uint32_t> summed(const Scan& scan, const std::vector<std::uint32_t>& counts,
                                  unsigned level) {
  std::vector<std::uint32_t> sums(by_level(scan, level).cells());
  std::vector<std::size_t> sizes;
  for (const auto* column : scan.by) sizes.push_back(column->words.size());
  for (std::size_t cell = 0; cell < counts.size(); ++cell) {
    if (counts[cell] == 0) continue;
    std::size_t rest = cell, at = 0, stride = 1;
    for (std::size_t d = sizes.size(); d-- > 0; rest /= sizes[d])
      if (level >> d & 1) at += rest % sizes[d] * stride, stride *= sizes[d];
    sums[at] += counts[cell];
  }
  return sums;
}

unsigned level_of(const Grid& grid, std::size_t cell) {
  unsigned level = 0;
  for (std::size_t d = 0; d < grid.sizes.size(); ++d)
    if (grid.place(cell, d) != grid.sizes[d]) level |= 1u << d;
  return level;
}

// Where fewer than five different persons are. A count of five may be one person five times: asked only where
// that could be.
Few few_in(const Scan& scan, const Numbers& numbers, const Tally& table) {
  const auto grid = grid_of(numbers);
  const auto most_doubtful = (smallest_group - 1) * std::int64_t{scan.rows->most_of_one_person};
  Few few(table.size());
  unsigned doubtful_levels = 0;  // bit n: level n
  for (std::size_t cell = 0; cell < few.size(); ++cell) {
    few[cell] = is_few(table[cell]);
    if (table[cell] >= smallest_group && table[cell] <= most_doubtful)
      doubtful_levels |= 1u << level_of(grid, cell);
  }
  for (unsigned level = 0; level < 1u << numbers.size(); ++level) {
    if (!(doubtful_levels >> level & 1)) continue;
    const auto part = by_level(scan, level);
    each_counted(grid, level, numbers, part, count_persons(part),
                 [&](std::size_t cell, std::uint32_t persons) { few[cell] |= is_few(persons); });
  }
  return few;
}

std::vector<std::vector<bool>> telling_in(const Asked& asked, const std::vector<Axis>& axes) {
  std::vector<std::vector<bool>> telling;
  for (const auto& axis : axes) {
    const bool is_whole =
        std::ranges::find(asked.where, axis.dimension, &Asked::Limit::dimension) == asked.where.end();
    auto& values = telling.emplace_back();
    for (const auto& value : axis.values)
      values.push_back(is_whole && about(axis.dimension).is_telling && !value.is_missing());
  }
  return telling;
}

Numbers numbers_on(const Asked& asked, const std::vector<Axis>& axes) {
  Numbers numbers;
  for (const auto& axis : axes)
    numbers.push_back(numbers_of(asked.rows->column(axis.dimension, asked.measure->own_date), axis.values));
  return numbers;
}

// Which activity and when are not of the person: tables of other interventions and periods are other reports.
bool is_of_the_person(Dimension dimension) {
  return dimension != Dimension::intervention && dimension != Dimension::area &&
         dimension != Dimension::year && dimension != Dimension::month;
}

// Marks what would tell of those whom a limit leaves out, to someone who asks without it and subtracts: that
// they are few; or, where being within the limit tells something, that nobody is left out.
void mark_left_out(const Asked& asked, const std::vector<Axis>& axes, std::size_t which, const Tally& table,
                   Few& few) {
  const auto& limit = asked.where[which];
  const bool tells =
      about(limit.dimension).is_telling &&
      std::ranges::any_of(limit.values, [](const Value& value) { return !value.is_missing(); });
  const auto scan = scan_for(asked, which);
  const auto numbers = numbers_on(asked, axes);
  const auto everyone = tally(*asked.measure, scan, count(scan), numbers);
  const auto grid = grid_of(numbers);
  for (std::size_t cell = 0; cell < table.size(); ++cell) {
    bool is_limited_by = false;  // a cell of the very values that it is limited to
    for (std::size_t d = 0; d < axes.size(); ++d)
      is_limited_by |= axes[d].dimension == limit.dimension && grid.place(cell, d) != grid.sizes[d];
    const auto left_out = everyone[cell] - table[cell];
    few[cell] |= is_few(left_out) || (tells && !is_limited_by && left_out == 0 && table[cell] > 0);
  }
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

std::vector<std::vector<std::uint64_t>> sums_by_number(const Scan& scan,
                                                       const std::vector<std::uint32_t>& counts) {
  std::vector<std::vector<std::uint64_t>> sums;
  for (std::size_t d = 0; d < scan.by.size(); ++d) {
    const auto sum = summed(scan, counts, 1u << d);
    sums.emplace_back(sum.begin(), sum.end());
  }
  return sums;
}

Tally tally(const Measure& measure, const Scan& scan, const std::vector<std::uint32_t>& counts,
            const Numbers& numbers) {
  const auto grid = grid_of(numbers);
  Tally table(grid.counts.size());
  for (unsigned level = 0; level < 1u << numbers.size(); ++level) {
    const auto part = by_level(scan, level);
    const auto counted =
        measure.counts == Counts::persons ? count_persons(part) : summed(scan, counts, level);
    each_counted(grid, level, numbers, part, counted,
                 [&](std::size_t cell, std::uint32_t count) { table[cell] = count; });
  }
  return table;
}

std::vector<std::uint8_t> hidden_for_everyone(const Asked& asked, const std::vector<Axis>& axes,
                                              const Tally& table) {
  if (table.size() > most_protected_cells) return {};
  const auto numbers = numbers_on(asked, axes);
  auto few = few_in(scan_for(asked), numbers, table);
  for (std::size_t i = 0; i < asked.where.size(); ++i)
    if (is_of_the_person(asked.where[i].dimension)) mark_left_out(asked, axes, i, table, few);

  auto grid = grid_of(numbers);
  grid.counts = table;
  if (asked.measure->counts == Counts::persons) grid.add_up();  // parts overlap; as if they did not
  auto protection = protect(grid, few, telling_in(asked, axes));
  return protection.withheld ? std::vector<std::uint8_t>{} : std::move(protection.hidden);
}

}  // namespace stafett::statistics
