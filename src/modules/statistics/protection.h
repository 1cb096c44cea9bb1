// Protection of small cells (röjandekontroll): what of a table everyone may see. Why so: docs/decisions/0010-small-cells.md.
//
// Hidden are counts behind which there are fewer than five persons, lines that would tell of everyone in them
// (all in one category), and as many other cells as it takes that no hidden one can be worked out from the
// rest: whoever knows all that is shown must find it possible that the hidden count is at least five more or
// less than it could otherwise be. Zeros are shown, unless hiding one keeps a full line from telling.
//
// Every table comes with its margins, and each margin is protected as the table it is by itself, before the
// cells within. So asking for less never shows what was hidden in more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace stafett::statistics {

// A table with its totals. Dimension d has sizes[d] categories and then the total; the last dimension's lie
// beside each other.
struct Grid {
  std::vector<std::size_t> sizes;  // at most four, none 0
  std::vector<std::int64_t> counts;

  explicit Grid(std::vector<std::size_t> sizes);
  std::size_t stride(std::size_t dimension) const { return strides_[dimension]; }
  std::size_t place(std::size_t cell, std::size_t dimension) const {  // sizes[dimension] is the total
    return cell / strides_[dimension] % (sizes[dimension] + 1);
  }
  void add_up();  // the totals from the cells within

 private:
  std::vector<std::size_t> strides_;
};

struct Protection {
  bool withheld = false;             // nothing of it may be shown
  std::vector<std::uint8_t> hidden;  // 1 for each cell that must not be shown
};

inline constexpr int smallest_group = 5;

// `few`: 1 for cells behind which there are fewer than five persons, more than none.
// `telling[d][c]`: that everyone on a line along dimension d is in its category c tells something of them.
// `hidden`: what is hidden already for another reason, or empty.
Protection protect(const Grid&, std::span<const std::uint8_t> few,
                   const std::vector<std::vector<bool>>& telling, std::vector<std::uint8_t> hidden = {});
// The same where a count is a number of persons and nothing is telling.
Protection protect(const Grid&);

// Shares, as of a goal: `count` of `of` in each group that together are everyone.
struct Part {
  std::int64_t count, of;
};
struct ShareProtection {
  bool everyone = false;    // the share of all groups together may be shown
  std::vector<bool> group;  // that of each group
};
ShareProtection protect_shares(std::span<const Part> groups);

}  // namespace stafett::statistics
