// What of a counted table everyone may see: protection.h, put to the question's own limits. Someone may ask
// the same without a limit and subtract; so a count is hidden too where what the limit leaves out is a small
// one. What differs between interventions, periods or sets of values is not looked at here: that takes a
// ledger of what was released.
#pragma once

#include <cstdint>
#include <vector>

#include "statistics/asked.h"

namespace stafett::statistics {

// For each dimension the numbers in its column that are cells of their own; `absent` for a value that never
// occurs.
using Numbers = std::vector<std::vector<std::uint32_t>>;
inline constexpr std::uint32_t absent = ~std::uint32_t{0};
std::vector<std::uint32_t> numbers_of(const Column&, const std::vector<Value>& values);

// How often each number of each dimension of a scan was counted.
std::vector<std::vector<std::uint64_t>> sums_by_number(const Scan&, const std::vector<std::uint32_t>& counts);

// What was counted, in the order of a table's cells: the total after the values of each axis, the last axis'
// beside each other. Totals are of everyone counted. `counts` are those of the scan.
std::vector<std::int64_t> tally(const Measure&, const Scan&, const std::vector<std::uint32_t>& counts,
                                const Numbers&);

// 1 for each cell that must be hidden; empty if the table must be withheld. `table` is its tally.
std::vector<std::uint8_t> hidden_for_everyone(const Asked&, const std::vector<Axis>&,
                                              const std::vector<std::int64_t>& table);

}  // namespace stafett::statistics
