// Counting: which rows are meant, and in which cell each one falls. The only loop over all rows; written so
// that the compiler makes vector code of it, on two threads when there are many rows.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "statistics/columns.h"

namespace stafett::statistics {

// Rows whose number in the column is among those wanted.
struct Wanted {
  const Column* column;
  std::vector<std::uint8_t> numbers;  // one per word of the column: 1 if wanted
};

// Rows whose day lies from `first`, `length` days on; counted around the end, so that "no day" can be let in.
struct Window {
  const Wide* days;
  std::uint16_t first, length;

  static Window between(const Wide& days, std::uint16_t first, std::uint16_t last);
  static Window none_or_from(const Wide& days, std::uint16_t first);
};

struct Scan {
  const Rows* rows;
  std::vector<const Column*> by;  // at most three
  std::vector<Wanted> wanted;
  std::vector<Window> windows;

  std::size_t cells()
      const;  // one for each combination of words; those of the last column lie beside each other
};

inline constexpr std::size_t most_cells = 1 << 22;  // scan.cells() may not be more

std::vector<std::uint32_t> count(const Scan&);

// Different persons in each cell.
std::vector<std::uint32_t> count_persons(const Scan&);

// The days from one date to the other in each cell, in no order. Rows without one of the dates are left out.
struct Lengths {
  std::vector<std::uint32_t> starts;  // cell c has days[starts[c]] up to days[starts[c + 1]]
  std::vector<std::int32_t> days;
};
Lengths lengths(Scan, const Wide& from, const Wide& to);

}  // namespace stafett::statistics
