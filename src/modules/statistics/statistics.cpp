#include "statistics/statistics.h"

#include <algorithm>
#include <numeric>

#include "statistics/asked.h"
#include "statistics/protection.h"
#include "statistics/release.h"

namespace stafett::statistics {
namespace {

constexpr std::size_t most_shown_cells = 50'000;
constexpr double days_in_month = 365.25 / 12;

// The values an axis shows: those it is limited to; else those that occur and those that always stand there.
// Of years and months also those between.
std::vector<Value> shown_values(const Facts& facts, const Asked& asked, Dimension dimension,
                                const std::vector<std::uint64_t>& sums) {
  const auto limit = std::ranges::find(asked.where, dimension, &Asked::Limit::dimension);
  if (limit != asked.where.end()) return limit->values;
  const auto only = only_intervention(facts, asked);
  auto values = values_of(facts, *asked.rows, *asked.measure, dimension, only);
  const auto numbers = numbers_of(asked.rows->column(dimension, asked.measure->own_date), values);
  std::vector<bool> occurs;
  for (const auto number : numbers) occurs.push_back(number != absent && sums[number] > 0);
  if (dimension == Dimension::year || dimension == Dimension::month) {
    const auto first = std::ranges::find(occurs, true);
    const auto last = std::find(occurs.rbegin(), std::make_reverse_iterator(first), true).base();
    std::fill(first, last, true);
  }
  std::vector<Value> shown;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (occurs[i] || is_always_shown(facts, dimension, values[i], only))
      shown.push_back(std::move(values[i]));
  return shown;
}

// Every length falls in its cell and in the totals above it.
std::vector<std::vector<std::int32_t>> lengths_by_cell(
    const Asked& asked, const Scan& scan, const Grid& grid,
    const std::vector<std::vector<std::uint32_t>>& numbers) {
  const auto found = lengths(scan, asked.rows->days[static_cast<std::size_t>(asked.measure->since)],
                             asked.rows->days[static_cast<std::size_t>(asked.measure->own_date)]);
  std::vector<std::vector<std::int32_t>> lengths(grid.counts.size());
  for (std::size_t cell = 0; cell < lengths.size(); ++cell) {
    std::size_t at = 0;
    bool is_inner = true;
    for (std::size_t d = 0; d < numbers.size() && is_inner; ++d) {
      const auto place = grid.place(cell, d);
      is_inner = place != grid.sizes[d] && numbers[d][place] != absent;
      if (is_inner) at = at * scan.by[d]->words.size() + numbers[d][place];
    }
    if (!is_inner) continue;
    for (unsigned totals = 0; totals < 1u << numbers.size(); ++totals) {
      auto to = cell;
      for (std::size_t d = 0; d < numbers.size(); ++d)
        if (totals >> d & 1) to += (grid.sizes[d] - grid.place(cell, d)) * grid.stride(d);
      lengths[to].insert(lengths[to].end(), found.days.begin() + found.starts[at],
                         found.days.begin() + found.starts[at + 1]);
    }
  }
  return lengths;
}

double mean(std::span<const std::int32_t> days) {
  return static_cast<double>(std::accumulate(days.begin(), days.end(), std::int64_t{0})) /
         static_cast<double>(days.size());
}

// Of an even number, halfway between the two in the middle.
double median(std::span<std::int32_t> days) {
  const auto middle = days.begin() + static_cast<std::ptrdiff_t>(days.size() / 2);
  std::nth_element(days.begin(), middle, days.end());
  if (days.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(days.begin(), middle)) / 2.0;
}

void add_means(Table& table, std::vector<std::vector<std::int32_t>> lengths) {
  const double unit = table.measure->in_months ? days_in_month : 1;
  for (std::size_t cell = 0; cell < lengths.size(); ++cell) {
    if (lengths[cell].empty()) continue;
    table.cells[cell].mean = mean(lengths[cell]) / unit;
    table.cells[cell].median = median(lengths[cell]) / unit;
  }
}

std::size_t shown_cells(const Table& table) {
  std::size_t cells = 1;
  for (const auto& axis : table.axes) cells *= axis.values.size() + 1;
  return cells;
}

void hide(Table& table, const std::vector<std::uint8_t>& hidden) {
  table.is_withheld = hidden.empty();
  for (std::size_t cell = 0; cell < table.cells.size(); ++cell)
    if (table.is_withheld || hidden[cell]) table.cells[cell] = {.is_hidden = true};
}

Result<Table> answer(const Facts& facts, const Asked& asked) {
  const auto scan = scan_for(asked);
  if (scan.cells() > most_cells)
    return invalid(
        "by",
        "The table would be too large. Take fewer dimensions, or coarser ones, such as year for month.");
  const auto counts = count(scan);
  const auto sums = sums_by_number(scan, counts);
  Table table{asked.measure, asked.audience, asked.period, {}, {}, {}};
  std::vector<std::vector<std::uint32_t>> numbers;
  for (std::size_t d = 0; d < asked.by.size(); ++d) {
    table.axes.push_back({asked.by[d], shown_values(facts, asked, asked.by[d], sums[d])});
    numbers.push_back(numbers_of(*scan.by[d], table.axes.back().values));
  }
  for (const auto& limit : asked.where) table.where.push_back({limit.dimension, limit.values});
  if (const auto cells = shown_cells(table); cells > most_shown_cells)
    return invalid(
        "by",
        Message{"The table would have {1} cells, and {2} is the most. Take fewer dimensions, or limit it "
                "to some values.",
                std::to_string(cells), std::to_string(most_shown_cells)});

  const auto counted = tally(*asked.measure, scan, counts, numbers);
  for (const auto count : counted) table.cells.push_back({.count = count});
  if (asked.measure->is_mean()) {
    std::vector<std::size_t> sizes;
    for (const auto& axis : table.axes) sizes.push_back(axis.values.size());
    add_means(table, lengths_by_cell(asked, scan, Grid(sizes), numbers));
  }
  if (asked.audience == Audience::everyone) hide(table, hidden_for_everyone(asked, table.axes, counted));
  return table;
}

}  // namespace

bool Table::has_hidden() const { return std::ranges::any_of(cells, &Cell::is_hidden); }

const Cell& Table::at(std::span<const std::size_t> place) const {
  std::size_t cell = 0;
  for (std::size_t d = 0; d < axes.size(); ++d) cell = cell * (axes[d].values.size() + 1) + place[d];
  return cells[cell];
}

Result<Reach> reach(const access::User* asker, Audience audience) {
  if (!asker || audience == Audience::everyone) return Reach{};
  if (asker->of_association || !asker->may(may_ask_unit) || asker->organisation.text.empty())
    return forbidden(
        "Only those who may see the persons behind them get true counts. Ask for the public table instead.");
  return Reach{asker->organisation};
}

Result<Table> ask(const Facts& facts, const Reach& reach, const Question& question) {
  auto asked = TRY(understood(facts, question));
  if (question.audience == Audience::unit && !reach.owner.text.empty()) asked.owner = reach.owner.text;
  return answer(facts, asked);
}

Result<Table> ask(db::Transaction& tx, const access::User* asker, const Question& question) {
  const auto whose = TRY(reach(asker, question.audience));
  return ask(*facts(tx), whose, question);
}

}  // namespace stafett::statistics
