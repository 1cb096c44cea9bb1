// What of a counted table everyone may see: protection.h, put to the question's own limits and period.
// Someone may ask the same without one of the limits, or for all time, and subtract; so what a limit leaves
// out is protected with it.
#pragma once

#include <cstdint>
#include <vector>

#include "statistics/asked.h"

namespace stafett::statistics {

// Cells in the order of a table: the total after the values of each axis, the last axis' beside each other.
struct Tally {
  std::vector<std::int64_t> counts;
  std::vector<std::uint8_t> few;  // there is someone, but fewer than five different persons
};

// The numbers of `values` in a column; `absent` for those that never occur in it.
inline constexpr std::uint32_t absent = ~std::uint32_t{0};
std::vector<std::uint32_t> numbers_of(const Column&, const std::vector<Value>& values);

// What a scan counts, with the totals. `values[d]` are the numbers of dimension d that are cells of their
// own.
Tally tally(const Measure&, const Scan&, const std::vector<std::vector<std::uint32_t>>& values,
            bool look_for_few);

// 1 for each cell that must be hidden; empty if the table must be withheld.
std::vector<std::uint8_t> hidden_for_everyone(const Asked&, const std::vector<Axis>&, const Tally&);

}  // namespace stafett::statistics
