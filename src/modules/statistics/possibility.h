// What else the hidden cells of a table could be, for someone who sees all the others and knows that nothing
// is below zero. A change to hidden cells that no shown total notices cannot be ruled out.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "statistics/protection.h"

namespace stafett::statistics {

inline constexpr std::size_t most_dimensions = 4;
inline constexpr std::int64_t no_limit = std::int64_t{1} << 40;

// The table in which the dimensions of `level` (bits) are divided and the others are totals.
struct View {
  const Grid& grid;
  unsigned level;
  std::span<const std::uint8_t> levels;  // of each cell: the dimensions in which it is not a total
  std::int64_t& effort;                  // what may still be spent on searching, in cells looked at
};

using MayChange = std::span<const std::uint8_t>;  // 1 for each cell that may

// Two places along each dimension are the corners of a box: the simplest change. Adding 1 at every corner
// with sign 1 and taking 1 from the others changes no sum; a total counts as the opposite side of what it
// sums.
struct Box {
  struct Corner {
    std::size_t cell;
    int sign;
  };
  std::array<Corner, 1 << most_dimensions> corners;
  std::size_t count = 0;

  // How many times it can be added (direction 1) or taken away (-1) before a count goes below zero.
  std::int64_t room(std::span<const std::int64_t> counts, int direction) const;
  void change(std::vector<std::int64_t>& counts, std::int64_t by) const;
};

// Every box with the cell as its first corner, sign 1, and only cells that may change. `see` says whether to
// go on.
void each_box(const View&, std::size_t cell, MayChange, const std::function<bool(const Box&)>& see);

// Moves the count of a cell as far as `need` in the direction (1 up, -1 down) and says how far it came.
// `counts` is then the witness: a table that agrees with everything that may not change. Finds the farthest
// there is with one or two dimensions; with more it may stop short, never too far.
std::int64_t push(const View&, std::size_t cell, MayChange, int direction, std::int64_t need,
                  std::vector<std::int64_t>& counts);

// The audit: whether `counts` differs from the grid, which adds up, only where that is hidden, and in the
// view; adds up; and has no count below zero.
bool is_possible(const View&, std::span<const std::uint8_t> hidden, std::span<const std::int64_t> counts);

}  // namespace stafett::statistics
