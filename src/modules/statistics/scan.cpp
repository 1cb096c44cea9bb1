#include "statistics/scan.h"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <stdexcept>

#include "statistics/crew.h"

// The loops below become vector code: -O3 for this file, and one version for processors with AVX2.
#if defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__)
#pragma GCC optimize("O3")
#endif
#if defined(__x86_64__)
#define STAFETT_AVX2 __attribute__((target("avx2")))
#else
#define STAFETT_AVX2
#endif
#define STAFETT_INSIDE __attribute__((always_inline)) inline

namespace stafett::statistics {
namespace {

constexpr std::size_t block = 4096;  // rows at a time: what is written for them stays in the nearest cache
constexpr std::size_t worth_sharing = 1 << 16;
constexpr std::size_t most_runs = 4;  // beyond that, looking up is faster than comparing

bool has_avx2() {
#if defined(__x86_64__)
  static const bool has = __builtin_cpu_supports("avx2");
  return has;
#else
  return false;
#endif
}

// Numbers from `first`, `length` more.
struct Run {
  std::uint16_t first, length;
};

struct Condition {
  const std::uint8_t* narrow = nullptr;
  const std::uint16_t* wide = nullptr;
  std::vector<Run> runs;
  std::vector<std::uint8_t> table;  // instead of the runs when there are too many
};

struct Factor {
  const std::uint8_t* narrow = nullptr;
  const std::uint16_t* wide = nullptr;
  std::uint32_t size;
};

// A scan made ready: bare pointers and numbers.
struct Plan {
  std::vector<Condition> conditions;
  std::vector<Factor> factors;
  std::size_t cells;
};

std::vector<Run> runs_of(const std::vector<std::uint8_t>& wanted) {
  std::vector<Run> runs;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!wanted[i]) continue;
    if (i > 0 && wanted[i - 1])
      ++runs.back().length;
    else
      runs.push_back({static_cast<std::uint16_t>(i), 0});
  }
  return runs;
}

template <class Target>
void point(Target& target, const Column& column) {
  if (const auto* narrow = std::get_if<Narrow>(&column.numbers))
    target.narrow = narrow->data();
  else
    target.wide = std::get<Wide>(column.numbers).data();
}

Plan plan(const Scan& scan) {
  Plan plan;
  plan.cells = scan.cells();
  if (plan.cells > most_cells) throw std::length_error("a table of more cells than can be counted");
  for (const auto& window : scan.windows)
    plan.conditions.push_back({nullptr, window.days->data(), {{window.first, window.length}}, {}});
  for (const auto& wanted : scan.wanted) {
    Condition condition{.runs = runs_of(wanted.numbers)};
    point(condition, *wanted.column);
    if (condition.runs.size() > most_runs || condition.runs.empty()) condition.table = wanted.numbers;
    plan.conditions.push_back(std::move(condition));
  }
  for (const auto* column : scan.by) {
    Factor factor{.size = static_cast<std::uint32_t>(column->words.size())};
    point(factor, *column);
    plan.factors.push_back(factor);
  }
  return plan;
}

template <class T>
STAFETT_INSIDE void keep(std::uint8_t* __restrict mask, const T* __restrict numbers,
                         const Condition& condition, std::size_t n) {
  if (!condition.table.empty()) {
    const auto* table = condition.table.data();
    for (std::size_t i = 0; i < n; ++i) mask[i] &= table[numbers[i]];
    return;
  }
  if (condition.runs.size() == 1) {
    const T first = static_cast<T>(condition.runs[0].first),
            length = static_cast<T>(condition.runs[0].length);
    for (std::size_t i = 0; i < n; ++i) mask[i] &= static_cast<T>(numbers[i] - first) <= length;
    return;
  }
  std::uint8_t any[block] = {};
  for (const auto& run : condition.runs) {
    const T first = static_cast<T>(run.first), length = static_cast<T>(run.length);
    for (std::size_t i = 0; i < n; ++i) any[i] |= static_cast<T>(numbers[i] - first) <= length;
  }
  for (std::size_t i = 0; i < n; ++i) mask[i] &= any[i];
}

template <class Place, class T>
STAFETT_INSIDE void divide(Place* __restrict places, const T* __restrict numbers, Place size, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) places[i] = static_cast<Place>(places[i] * size + numbers[i]);
}

// The cell of each of the n rows from `begin`; that beyond the last cell for rows that are not wanted.
template <class Place>
STAFETT_INSIDE void place_rows(const Plan& plan, std::size_t begin, std::size_t n, Place* __restrict places) {
  std::uint8_t mask[block];
  std::fill_n(mask, n, std::uint8_t{1});
  for (const auto& condition : plan.conditions) {
    if (condition.narrow)
      keep(mask, condition.narrow + begin, condition, n);
    else
      keep(mask, condition.wide + begin, condition, n);
  }
  std::fill_n(places, n, Place{0});
  for (const auto& factor : plan.factors) {
    if (factor.narrow)
      divide(places, factor.narrow + begin, static_cast<Place>(factor.size), n);
    else
      divide(places, factor.wide + begin, static_cast<Place>(factor.size), n);
  }
  const auto beyond = static_cast<Place>(plan.cells);
  for (std::size_t i = 0; i < n; ++i) places[i] = mask[i] ? places[i] : beyond;
}

template <class Place>
void place_rows_anywhere(const Plan& plan, std::size_t begin, std::size_t n, Place* places) {
  place_rows(plan, begin, n, places);
}
template <class Place>
STAFETT_AVX2 void place_rows_with_avx2(const Plan& plan, std::size_t begin, std::size_t n, Place* places) {
  place_rows(plan, begin, n, places);
}

// Calls see(first row, places, n) for every block from begin to end.
template <class Place, class See>
void each_block_of(const Plan& plan, std::size_t begin, std::size_t end, See see) {
  Place places[block];
  const auto place = has_avx2() ? place_rows_with_avx2<Place> : place_rows_anywhere<Place>;
  for (std::size_t at = begin; at < end; at += block) {
    const std::size_t n = std::min(block, end - at);
    place(plan, at, n, places);
    see(at, places, n);
  }
}
template <class See>
void each_block(const Plan& plan, std::size_t begin, std::size_t end, See see) {
  if (plan.cells < 65535)
    each_block_of<std::uint16_t>(plan, begin, end, see);
  else
    each_block_of<std::uint32_t>(plan, begin, end, see);
}

void add_to(std::vector<std::uint32_t>& sum, const std::vector<std::uint32_t>& part) {
  for (std::size_t i = 0; i < part.size(); ++i) sum[i] += part[i];
}

// A processor waits when it adds twice running to the same number in memory: rows next to each other go to
// different copies of the small tables, where that is likely.
std::vector<std::uint32_t> count_part(const Plan& plan, std::size_t begin, std::size_t end) {
  const std::size_t size = plan.cells + 1, copies = size <= 4096 ? 4 : 1;
  std::vector<std::uint32_t> tallies(size * copies);
  each_block(plan, begin, end, [&, data = tallies.data()](std::size_t, const auto* places, std::size_t n) {
    std::size_t i = 0;
    if (copies == 4) {
      auto *a = data, *b = data + size, *c = b + size, *d = c + size;
      for (; i + 4 <= n; i += 4) ++a[places[i]], ++b[places[i + 1]], ++c[places[i + 2]], ++d[places[i + 3]];
    }
    for (; i < n; ++i) ++data[places[i]];
  });
  std::vector<std::uint32_t> counts(tallies.begin(), tallies.begin() + static_cast<std::ptrdiff_t>(size));
  for (std::size_t copy = 1; copy < copies; ++copy)
    for (std::size_t i = 0; i < size; ++i) counts[i] += tallies[copy * size + i];
  counts.pop_back();
  return counts;
}

// One person's rows follow each other, so a cell has met a person before exactly if it met them last.
std::vector<std::uint32_t> count_persons_part(const Plan& plan, const Rows& rows, std::size_t begin,
                                              std::size_t end) {
  std::vector<std::uint32_t> persons(plan.cells + 1), last(plan.cells + 1);
  std::uint32_t person = 0;
  each_block(plan, begin, end, [&](std::size_t first, const auto* places, std::size_t n) {
    const auto* starts = rows.starts_person.data() + first;
    for (std::size_t i = 0; i < n; ++i) {
      person += starts[i];
      auto& met = last[places[i]];
      persons[places[i]] += met != person;
      met = person;
    }
  });
  persons.pop_back();
  return persons;
}

}  // namespace

Window Window::between(const Wide& days, std::uint16_t first, std::uint16_t last) {
  return {&days, first, static_cast<std::uint16_t>(last - first)};
}
Window Window::none_or_from(const Wide& days, std::uint16_t first) {
  return {&days, first, static_cast<std::uint16_t>(65536 - first)};
}

std::size_t Scan::cells() const {
  std::size_t cells = 1;
  for (const auto* column : by) cells *= column->words.size();
  return cells;
}

std::vector<std::uint32_t> count(const Scan& scan) {
  const auto ready = plan(scan);
  std::array<std::vector<std::uint32_t>, 2> parts;
  share(scan.rows->count, worth_sharing,
        [&](int part, std::size_t begin, std::size_t end) { parts[part] = count_part(ready, begin, end); });
  if (!parts[1].empty()) add_to(parts[0], parts[1]);
  return std::move(parts[0]);
}

std::vector<std::uint32_t> count_persons(const Scan& scan) {
  const auto ready = plan(scan);
  const auto& rows = *scan.rows;
  const auto start_of_person = [&](std::size_t row) {
    while (row < rows.count && !rows.starts_person[row]) ++row;
    return row;
  };
  std::array<std::vector<std::uint32_t>, 2> parts;
  share(rows.count, worth_sharing, [&](int part, std::size_t begin, std::size_t end) {
    parts[part] = count_persons_part(ready, rows, start_of_person(begin), start_of_person(end));
  });
  if (!parts[1].empty()) add_to(parts[0], parts[1]);
  return std::move(parts[0]);
}

Lengths lengths(Scan scan, const Wide& from, const Wide& to) {
  scan.windows.push_back(Window::between(from, no_day + 1, 65535));
  scan.windows.push_back(Window::between(to, no_day + 1, 65535));
  const auto counts = count(scan);
  Lengths lengths{std::vector<std::uint32_t>(counts.size() + 1), {}};
  std::partial_sum(counts.begin(), counts.end(), lengths.starts.begin() + 1);
  lengths.days.resize(lengths.starts.back());
  const auto ready = plan(scan);
  auto next = lengths.starts;
  each_block(ready, 0, scan.rows->count, [&](std::size_t first, const auto* places, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i)
      if (places[i] < ready.cells) lengths.days[next[places[i]]++] = to[first + i] - from[first + i];
  });
  return lengths;
}

}  // namespace stafett::statistics
