#include "statistics/protection.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include "statistics/attacker_test.h"

using namespace stafett::statistics;

namespace {

using Hidden = std::vector<std::uint8_t>;

Grid grid_of(std::vector<std::size_t> sizes, const std::vector<std::int64_t>& within) {
  Grid grid(std::move(sizes));
  std::size_t next = 0;
  for (std::size_t cell = 0; cell < grid.counts.size(); ++cell) {
    bool is_total = false;
    for (std::size_t d = 0; d < grid.sizes.size(); ++d) is_total |= grid.place(cell, d) == grid.sizes[d];
    if (!is_total) grid.counts[cell] = within.at(next++);
  }
  grid.add_up();
  return grid;
}

Hidden few_of(const Grid& grid) {
  Hidden few;
  for (const auto count : grid.counts) few.push_back(count > 0 && count < 5);
  return few;
}

std::vector<std::vector<bool>> nothing_telling(const Grid& grid) {
  std::vector<std::vector<bool>> telling;
  for (const auto size : grid.sizes) telling.emplace_back(size, false);
  return telling;
}

bool in_level(const Grid& grid, std::size_t cell, unsigned level) {
  for (std::size_t d = 0; d < grid.sizes.size(); ++d)
    if (!(level >> d & 1) && grid.place(cell, d) != grid.sizes[d]) return false;
  return true;
}

// How many small cells the attacker gets at, in the table or in any of its margins asked for by itself.
int small_cells_found(const Grid& grid, const Hidden& hidden) {
  int found = 0;
  for (unsigned level = 1; level < 1u << grid.sizes.size(); ++level) {
    const Attacker attacker(grid, hidden, level);
    for (std::size_t cell = 0; cell < grid.counts.size(); ++cell) {
      if (grid.counts[cell] == 0 || grid.counts[cell] >= 5 || !in_level(grid, cell, level)) continue;
      const auto [least, most] = hidden[cell] ? attacker.interval(cell) : std::pair(0.0, std::optional(0.0));
      if (!hidden[cell] || attacker.can_work_out(cell) || (most && *most - least < 5 - 1e-6)) ++found;
    }
  }
  return found;
}

// Every table of whole numbers that agrees with what is shown, one count after the other: the least and the
// most of each cell. For tiny tables; takes nothing from Attacker.
class Enumeration {
 public:
  Enumeration(const Grid& grid, const Hidden& hidden) : grid_(grid), hidden_(hidden), trial_(grid.sizes) {
    const auto everything = (1u << grid.sizes.size()) - 1;
    for (std::size_t cell = 0; cell < grid.counts.size(); ++cell) {
      bool is_total = false;
      for (std::size_t d = 0; d < grid.sizes.size(); ++d) is_total |= grid.place(cell, d) == grid.sizes[d];
      if (!is_total) within_.push_back(cell);
      for (unsigned totals = 0; !is_total && totals <= everything; ++totals) {
        auto above = cell;
        for (std::size_t d = 0; d < grid.sizes.size(); ++d)
          if (totals >> d & 1) above += (grid.sizes[d] - grid.place(cell, d)) * grid.stride(d);
        sums_.resize(within_.size());
        sums_.back().push_back(above);
      }
    }
    left_.resize(grid.counts.size());
    for (const auto& sums : sums_)
      for (const auto cell : sums) ++left_[cell];
    least_.assign(grid.counts.size(), 1 << 20);
    most_.assign(grid.counts.size(), 0);
    choose(0);
  }
  std::int64_t width(std::size_t cell) const { return most_[cell] - least_[cell]; }

 private:
  void choose(std::size_t next) {
    if (next == within_.size()) {
      for (std::size_t cell = 0; cell < trial_.counts.size(); ++cell) {
        least_[cell] = std::min(least_[cell], trial_.counts[cell]);
        most_[cell] = std::max(most_[cell], trial_.counts[cell]);
      }
      return;
    }
    const auto cell = within_[next];
    const auto shown = !hidden_[cell];
    for (auto count = shown ? grid_.counts[cell] : 0;
         count <= (shown ? grid_.counts[cell] : grid_.counts.back()); ++count)
      if (put(next, count)) {
        choose(next + 1);
        take(next, count);
      }
  }
  bool put(std::size_t next, std::int64_t count) {
    bool holds = true;
    for (const auto sum : sums_[next]) {
      trial_.counts[sum] += count;
      --left_[sum];
      if (!hidden_[sum])
        holds &= left_[sum] == 0 ? trial_.counts[sum] == grid_.counts[sum]
                                 : trial_.counts[sum] <= grid_.counts[sum];
    }
    if (!holds) take(next, count);
    return holds;
  }
  void take(std::size_t next, std::int64_t count) {
    for (const auto sum : sums_[next]) trial_.counts[sum] -= count, ++left_[sum];
  }

  const Grid& grid_;
  const Hidden& hidden_;
  Grid trial_;
  std::vector<std::size_t> within_;
  std::vector<std::vector<std::size_t>> sums_;  // the cells that each count is part of
  std::vector<int> left_;
  std::vector<std::int64_t> least_, most_;
};

Grid random_grid(std::mt19937& random, std::size_t dimensions) {
  std::vector<std::size_t> sizes;
  const std::size_t largest = dimensions == 1 ? 7 : dimensions == 2 ? 5 : 3;
  for (std::size_t d = 0; d < dimensions; ++d) sizes.push_back(2 + random() % (largest - 1));
  Grid grid(sizes);
  const double level = std::array{1.5, 4.0, 9.0, 25.0}[random() % 4];
  for (std::size_t cell = 0; cell < grid.counts.size(); ++cell)
    grid.counts[cell] =
        std::poisson_distribution<>(level * std::exp(std::normal_distribution<>(0, 1)(random)))(random);
  grid.add_up();
  return grid;
}

}  // namespace

TEST_SUITE("statistics: protection") {
  TEST_CASE("a count of one to four is hidden, and with it another that would give it away") {
    const auto grid = grid_of({3}, {20, 3, 40});
    const auto protection = protect(grid);
    CHECK(!protection.withheld);
    CHECK(protection.hidden == Hidden{1, 1, 0, 0});
  }

  TEST_CASE("a table of large counts is shown whole") {
    const auto protection = protect(grid_of({2, 2}, {10, 20, 30, 40}));
    CHECK(!protection.withheld);
    CHECK(protection.hidden == Hidden(9, 0));
  }

  TEST_CASE("a zero is shown") {
    const auto protection = protect(grid_of({3}, {20, 0, 40}));
    CHECK(protection.hidden == Hidden(4, 0));
  }

  TEST_CASE("a table of fewer than five persons is withheld") {
    CHECK(protect(grid_of({3}, {1, 1, 2})).withheld);
    CHECK(protect(grid_of({2, 2}, {0, 3, 0, 0})).withheld);
  }

  TEST_CASE("a table of nobody is shown") {
    const auto protection = protect(grid_of({2, 2}, {0, 0, 0, 0}));
    CHECK(!protection.withheld);
    CHECK(protection.hidden == Hidden(9, 0));
  }

  TEST_CASE("a single woman does not show through the total and the men") {
    const auto grid = grid_of({2}, {1, 30});
    CHECK(protect(grid).hidden == Hidden{1, 1, 0});
  }

  TEST_CASE("where everyone ended the same way, that is not told") {
    // Women: all twelve to work. Men: both ways.
    const auto grid = grid_of({2, 2}, {12, 0, 9, 8});
    CHECK(protect(grid).hidden == Hidden(9, 0));
    const auto protection = protect(grid, few_of(grid), {{false, false}, {true, true}});
    REQUIRE(!protection.withheld);
    CHECK(protection.hidden[0]);
    CHECK(protection.hidden[1]);
    const auto [least, most] = Attacker(grid, protection.hidden, 3).interval(0);
    CHECK(least <= 7);
  }

  TEST_CASE("where the only person of a kind is, is not told by the zeros around") {
    const auto grid = grid_of({3, 3}, {10, 12, 9, 11, 8, 14, 0, 1, 0});
    const auto protection = protect(grid, few_of(grid), {{false, false, false}, {true, true, true}});
    REQUIRE(!protection.withheld);
    const Attacker attacker(grid, protection.hidden, 3);
    CHECK(attacker.interval(grid.stride(0) * 2 + 1).first == doctest::Approx(0));
    CHECK((protection.hidden[grid.stride(0) * 2] || protection.hidden[grid.stride(0) * 2 + 2]));
  }

  TEST_CASE("a table where everyone is in the only category is withheld if that tells") {
    const auto grid = grid_of({1}, {30});
    CHECK(protect(grid, few_of(grid), {{true}}).withheld);
    CHECK(!protect(grid, few_of(grid), {{false}}).withheld);
  }

  TEST_CASE("five decisions about one person are not five persons") {
    const auto grid = grid_of({3}, {6, 20, 30});
    auto few = few_of(grid);
    few[0] = 1;
    CHECK(protect(grid, few, nothing_telling(grid)).hidden[0]);
  }

  TEST_CASE("the report of Jobbvägen AR by destination and sex") {
    const auto grid = grid_of({9, 2}, {6, 5, 3, 0, 1, 2, 0, 1, 3, 4, 8, 2, 3, 1, 7, 13, 4, 2});
    const std::vector<std::vector<bool>> telling{std::vector<bool>(9, true), {false, false}};
    const auto protection = protect(grid, few_of(grid), telling);
    REQUIRE(!protection.withheld);
    CHECK(small_cells_found(grid, protection.hidden) == 0);
    CHECK(!protection.hidden.back());                   // 65 in all
    CHECK(!protection.hidden[grid.stride(0) * 9]);      // 35 women
    CHECK(!protection.hidden[grid.stride(0) * 7 + 1]);  // 13 men to insurance
  }

  TEST_CASE("nobody gets at a small cell of ten thousand tables, by elimination or by bounds") {
    std::mt19937 random(20260302);
    int found = 0, withheld = 0;
    for (int i = 0; i < 10'000; ++i) {
      const auto grid = random_grid(random, 1 + static_cast<std::size_t>(i) % 3);
      const auto protection = protect(grid);
      if (protection.withheld)
        ++withheld;
      else
        found += small_cells_found(grid, protection.hidden);
    }
    CHECK(found == 0);
    CHECK(withheld < 2'500);
  }

  TEST_CASE("nobody gets at a small cell by trying every table of whole numbers") {
    std::mt19937 random(3);
    int tried = 0, found = 0;
    while (tried < 150) {
      Grid grid(random() % 2 == 0 ? std::vector<std::size_t>{2, 2, 2} : std::vector<std::size_t>{3, 2});
      for (std::size_t cell = 0; cell < grid.counts.size(); ++cell)
        grid.counts[cell] = static_cast<std::int64_t>(random() % 6);
      grid.add_up();
      const auto protection = protect(grid);
      if (protection.withheld || grid.counts.back() > 22) continue;
      ++tried;
      const Enumeration tables(grid, protection.hidden);
      for (std::size_t cell = 0; cell < grid.counts.size(); ++cell)
        if (grid.counts[cell] > 0 && grid.counts[cell] < 5) found += tables.width(cell) < 5;
    }
    CHECK(found == 0);
  }

  TEST_CASE("the attacker is no straw man: without complementary hiding most tables give something away") {
    std::mt19937 random(7);
    int leaking = 0, tables = 0;
    for (int i = 0; i < 300; ++i) {
      const auto grid = random_grid(random, 2);
      const auto few = few_of(grid);
      if (std::ranges::find(few, 1) == few.end()) continue;
      ++tables;
      leaking += small_cells_found(grid, few) > 0;
    }
    CHECK(leaking * 2 > tables);
  }

  TEST_CASE("hiding more than asked keeps what was hidden already") {
    const auto grid = grid_of({3}, {20, 30, 40});
    CHECK(protect(grid, few_of(grid), nothing_telling(grid), {0, 1, 1, 0}).hidden == Hidden{0, 1, 1, 0});
  }

  TEST_CASE("a share is shown where neither those who did nor those who did not are few") {
    const std::vector<Part> groups{{17, 35}, {11, 30}};
    auto shares = protect_shares(groups);
    CHECK(shares.everyone);
    CHECK(shares.group == std::vector<bool>{true, true});
    shares = protect_shares(std::vector<Part>{{17, 35}, {2, 30}});
    CHECK(shares.everyone);
    CHECK(shares.group == std::vector<bool>{false, false});
    CHECK(!protect_shares(std::vector<Part>{{33, 35}}).everyone);
  }
}
