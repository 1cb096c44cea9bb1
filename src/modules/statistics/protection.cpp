#include "statistics/protection.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>
#include <stdexcept>

#include "statistics/possibility.h"

namespace stafett::statistics {
namespace {

using Hidden = std::vector<std::uint8_t>;

// A table that is harder than this to protect is withheld: about a tenth of a second.
constexpr std::int64_t most_effort = 20'000'000;

// A cell that must not be worked out: counts must be thought possible that differ by `width`. If everyone on
// its line along `full_along` is in it, it is fewer on the same line that must be thought possible.
struct Secret {
  std::size_t cell;
  std::int64_t width;
  std::optional<std::size_t> full_along;
};

// A change that gives the secret away does not move the total of the full line: that is known.
Hidden except_line_total(const Grid& grid, const Secret& secret, Hidden may) {
  if (!secret.full_along) return may;
  const auto d = *secret.full_along;
  may[secret.cell + (grid.sizes[d] - grid.place(secret.cell, d)) * grid.stride(d)] = 0;
  return may;
}

std::vector<std::uint8_t> levels_of(const Grid& grid) {
  std::vector<std::uint8_t> levels(grid.counts.size(), 0);
  for (std::size_t cell = 0; cell < levels.size(); ++cell)
    for (std::size_t d = 0; d < grid.sizes.size(); ++d)
      if (grid.place(cell, d) != grid.sizes[d]) levels[cell] |= static_cast<std::uint8_t>(1u << d);
  return levels;
}

std::vector<Secret> secrets_of(const Grid& grid, std::span<const std::uint8_t> few,
                               const std::vector<std::vector<bool>>& telling, std::size_t cell) {
  std::vector<Secret> secrets;
  const auto count = grid.counts[cell];
  if (count == 0) return secrets;
  if (few[cell]) secrets.push_back({cell, smallest_group, {}});
  for (std::size_t d = 0; d < grid.sizes.size(); ++d) {
    const auto place = grid.place(cell, d), total = grid.sizes[d];
    if (place == total || !telling[d][place]) continue;
    if (count == grid.counts[cell + (total - place) * grid.stride(d)])
      secrets.push_back({cell, std::min<std::int64_t>(count, smallest_group), d});
  }
  return secrets;
}

// Two tables that agree with all that is shown, with as little and as much in the secret cell as was looked
// for.
struct Witnesses {
  std::vector<std::int64_t> low, high;
};

// By one box if there is one that is enough; mostly there is.
std::optional<Witnesses> simple_witnesses(const View& view, const Secret& secret, MayChange may) {
  std::optional<Witnesses> found;
  const auto& counts = view.grid.counts;
  each_box(view, secret.cell, may, [&](const Box& box) {
    const auto down = box.room(counts, -1), up = secret.full_along ? 0 : box.room(counts, 1);
    if (down + up < secret.width) return true;
    found = Witnesses{counts, counts};
    const auto lower = std::min(down, secret.width);
    box.change(found->low, -lower);
    box.change(found->high, secret.width - lower);
    return false;
  });
  return found;
}

Witnesses witnesses(const View& view, const Secret& secret, MayChange may) {
  Witnesses found{view.grid.counts, view.grid.counts};
  const auto down = push(view, secret.cell, may, -1, secret.width, found.low);
  if (!secret.full_along) push(view, secret.cell, may, 1, secret.width - down, found.high);
  return found;
}

// Whether the secret is kept with these cells hidden. The witnesses are checked, not believed.
bool is_kept(const View& view, const Secret& secret, const Hidden& hidden) {
  const auto may = except_line_total(view.grid, secret, hidden);
  auto found = simple_witnesses(view, secret, may);
  if (!found) found = witnesses(view, secret, may);
  if (found->high[secret.cell] - found->low[secret.cell] < secret.width) return false;
  if (!is_possible(view, may, found->low) || !is_possible(view, may, found->high))
    throw std::logic_error("a hidden cell was thought safe that is not");
  return true;
}

// How much is lost by hiding a cell.
double price(std::int64_t count) { return std::log2(static_cast<double>(count) + 2); }

// Hides what makes the cheapest box that keeps the secret; failing that, the box that brings it nearest.
bool hide_more(const View& view, const Secret& secret, Hidden& hidden) {
  std::optional<Box> best;
  double best_price = 0;
  std::int64_t best_width = 0;
  auto may = hidden;
  for (std::size_t cell = 0; cell < may.size(); ++cell) may[cell] |= view.levels[cell] == view.level;
  may = except_line_total(view.grid, secret, std::move(may));
  each_box(view, secret.cell, may, [&](const Box& box) {
    double sum = 0;
    for (std::size_t i = 0; i < box.count; ++i)
      if (!hidden[box.corners[i].cell]) sum += price(view.grid.counts[box.corners[i].cell]);
    if (sum == 0) return true;
    const auto down = box.room(view.grid.counts, -1),
               up = secret.full_along ? 0 : box.room(view.grid.counts, 1);
    const auto width = std::min(down + up, secret.width);
    if (width == 0 || width < best_width || (width == best_width && sum >= best_price)) return true;
    best = box, best_price = sum, best_width = width;
    return true;
  });
  if (!best) return false;
  for (std::size_t i = 0; i < best->count; ++i) hidden[best->corners[i].cell] = 1;
  return true;
}

bool protect_level(const View& view, const std::vector<Secret>& secrets, Hidden& hidden) {
  for (const auto& secret : secrets) {
    if ((view.levels[secret.cell] & ~view.level) != 0) continue;  // not in this view
    while (!is_kept(view, secret, hidden))
      if (!hide_more(view, secret, hidden)) return false;
  }
  return true;
}

Protection withheld(const Grid& grid) { return {true, Hidden(grid.counts.size(), 1)}; }

}  // namespace

Grid::Grid(std::vector<std::size_t> all_sizes) : sizes(std::move(all_sizes)), strides_(sizes.size()) {
  std::size_t cells = 1;
  for (std::size_t d = sizes.size(); d-- > 0;) {
    strides_[d] = cells;
    cells *= sizes[d] + 1;
  }
  counts.resize(cells);
}

void Grid::add_up() {
  for (std::size_t d = 0; d < sizes.size(); ++d) {
    const auto step = stride(d);
    for (std::size_t cell = 0; cell < counts.size(); ++cell) {
      if (place(cell, d) != sizes[d]) continue;
      counts[cell] = 0;
      for (std::size_t back = 1; back <= sizes[d]; ++back) counts[cell] += counts[cell - back * step];
    }
  }
}

Protection protect(const Grid& grid, std::span<const std::uint8_t> few,
                   const std::vector<std::vector<bool>>& telling, Hidden hidden) {
  hidden.resize(grid.counts.size(), 0);
  if (few[grid.counts.size() - 1]) return withheld(grid);
  const auto levels = levels_of(grid);
  std::vector<Secret> secrets;
  for (std::size_t cell = 0; cell < grid.counts.size(); ++cell)
    for (const auto& secret : secrets_of(grid, few, telling, cell)) {
      hidden[cell] = 1;
      secrets.push_back(secret);
    }
  // The least count first: it is the hardest to keep.
  std::ranges::stable_sort(secrets, {}, [&](const Secret& secret) {
    return std::pair(-std::popcount(levels[secret.cell]), grid.counts[secret.cell]);
  });
  auto effort = most_effort;
  for (int divided = 1; divided <= static_cast<int>(grid.sizes.size()); ++divided)
    for (unsigned level = 0; level < 1u << grid.sizes.size(); ++level)
      if (std::popcount(level) == divided && !protect_level({grid, level, levels, effort}, secrets, hidden))
        return withheld(grid);
  return {false, std::move(hidden)};
}

Protection protect(const Grid& grid) {
  Hidden few(grid.counts.size());
  for (std::size_t cell = 0; cell < few.size(); ++cell)
    few[cell] = grid.counts[cell] > 0 && grid.counts[cell] < smallest_group;
  std::vector<std::vector<bool>> telling;
  for (const auto size : grid.sizes) telling.emplace_back(size, false);
  return protect(grid, few, telling);
}

ShareProtection protect_shares(std::span<const Part> groups) {
  Grid grid({2, groups.size()});
  for (std::size_t i = 0; i < groups.size(); ++i) {
    grid.counts[i] = groups[i].count;
    grid.counts[grid.stride(0) + i] = groups[i].of - groups[i].count;
  }
  grid.add_up();
  const auto [withheld, hidden] = protect(grid);
  ShareProtection shares;
  const auto shown = [&](std::size_t group) {
    return !hidden[group] && !hidden[grid.stride(0) + group] && !hidden[2 * grid.stride(0) + group];
  };
  shares.everyone = !withheld && shown(groups.size());
  for (std::size_t i = 0; i < groups.size(); ++i) shares.group.push_back(!withheld && shown(i));
  return shares;
}

}  // namespace stafett::statistics
