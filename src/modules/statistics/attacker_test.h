// Someone who sees all that is shown of a table and wants the rest: knows that parts add up to totals and
// that no count is below zero. Written without a look at how the program protects, with linear programming
// instead of searching.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "statistics/protection.h"

namespace stafett::statistics {

class Attacker {
 public:
  // Looks at the cells of the dimensions in `level` (bits), the others being totals.
  Attacker(const Grid& grid, const std::vector<std::uint8_t>& hidden, unsigned level)
      : grid_(grid), variable_(grid.counts.size(), -1) {
    for (std::size_t cell = 0; cell < grid.counts.size(); ++cell)
      if (in(cell, level) && hidden[cell]) variable_[cell] = static_cast<int>(variables_++);
    for (std::size_t cell = 0; cell < grid.counts.size(); ++cell) {
      if (!in(cell, level)) continue;
      for (std::size_t d = 0; d < grid.sizes.size(); ++d)
        if ((level >> d & 1) && grid.place(cell, d) == grid.sizes[d]) add_equation(cell, d);
    }
  }

  // The least and the most that a hidden cell can be; no most if it has none.
  std::pair<double, std::optional<double>> interval(std::size_t cell) const {
    const auto least = minimise(cell, 1), most = minimise(cell, -1);
    return {least.value_or(0), most ? std::optional(-*most) : std::nullopt};
  }

  // By elimination alone: whether the equations leave only one value for the cell.
  bool can_work_out(std::size_t cell) const {
    auto rows = equations_;
    const auto target = static_cast<std::size_t>(variable_[cell]);
    std::size_t rank = 0;
    // The target last: it is known exactly if some equation is left in it alone.
    std::vector<std::size_t> order;
    for (std::size_t v = 0; v < variables_; ++v)
      if (v != target) order.push_back(v);
    for (const auto v : order) {
      auto pivot = rank;
      while (pivot < rows.size() && std::abs(rows[pivot][v]) < 1e-9) ++pivot;
      if (pivot == rows.size()) continue;
      std::swap(rows[pivot], rows[rank]);
      for (std::size_t r = 0; r < rows.size(); ++r) {
        if (r == rank || std::abs(rows[r][v]) < 1e-9) continue;
        const double factor = rows[r][v] / rows[rank][v];
        for (std::size_t i = 0; i <= variables_; ++i) rows[r][i] -= factor * rows[rank][i];
      }
      ++rank;
    }
    for (auto r = rank; r < rows.size(); ++r)
      if (std::abs(rows[r][target]) > 1e-9) return true;
    return false;
  }

 private:
  using Row = std::vector<double>;  // coefficients, then what they add up to

  bool in(std::size_t cell, unsigned level) const {
    for (std::size_t d = 0; d < grid_.sizes.size(); ++d)
      if (!(level >> d & 1) && grid_.place(cell, d) != grid_.sizes[d]) return false;
    return true;
  }

  void add_equation(std::size_t total, std::size_t d) {
    Row row(variables_ + 1, 0);
    const auto take = [&](std::size_t cell, double sign) {
      if (variable_[cell] >= 0)
        row[static_cast<std::size_t>(variable_[cell])] += sign;
      else
        row[variables_] -= sign * static_cast<double>(grid_.counts[cell]);
    };
    take(total, -1);
    for (std::size_t back = 1; back <= grid_.sizes[d]; ++back) take(total - back * grid_.stride(d), 1);
    equations_.push_back(std::move(row));
  }

  // The least of sign × cell, by the two-phase simplex method with Bland's rule; none if there is no least.
  std::optional<double> minimise(std::size_t cell, double sign) const {
    const std::size_t m = equations_.size(), n = variables_ + m;
    std::vector<Row> table(m, Row(n + 1, 0));
    std::vector<std::size_t> basis(m);
    for (std::size_t r = 0; r < m; ++r) {
      const double turn = equations_[r][variables_] < 0 ? -1 : 1;
      for (std::size_t v = 0; v < variables_; ++v) table[r][v] = turn * equations_[r][v];
      table[r][n] = turn * equations_[r][variables_];
      table[r][variables_ + r] = 1;
      basis[r] = variables_ + r;
    }
    Row artificial(n, 0), cost(n, 0);
    for (std::size_t v = variables_; v < n; ++v) artificial[v] = 1;
    cost[static_cast<std::size_t>(variable_[cell])] = sign;
    solve(table, basis, artificial, n);
    // What is still artificial is zero; put something real in its place where that can be.
    for (std::size_t r = 0; r < m; ++r)
      for (std::size_t v = 0; v < variables_ && basis[r] >= variables_; ++v)
        if (std::abs(table[r][v]) > 1e-7) pivot(table, basis, r, v);
    return solve(table, basis, cost, variables_);
  }

  static void pivot(std::vector<Row>& table, std::vector<std::size_t>& basis, std::size_t row,
                    std::size_t column) {
    const double by = table[row][column];
    for (auto& x : table[row]) x /= by;
    for (std::size_t r = 0; r < table.size(); ++r) {
      const double factor = table[r][column];
      if (r == row || factor == 0) continue;
      for (std::size_t i = 0; i < table[r].size(); ++i) table[r][i] -= factor * table[row][i];
    }
    basis[row] = column;
  }

  static std::optional<double> solve(std::vector<Row>& table, std::vector<std::size_t>& basis,
                                     const Row& cost, std::size_t allowed) {
    for (;;) {
      std::optional<std::size_t> entering;
      for (std::size_t v = 0; v < allowed && !entering; ++v) {
        double gain = cost[v];
        for (std::size_t r = 0; r < table.size(); ++r) gain -= cost[basis[r]] * table[r][v];
        if (gain < -1e-9) entering = v;
      }
      if (!entering) break;
      std::optional<std::size_t> leaving;
      double least = std::numeric_limits<double>::infinity();
      for (std::size_t r = 0; r < table.size(); ++r) {
        if (table[r][*entering] < 1e-9) continue;
        const double ratio = table[r].back() / table[r][*entering];
        if (ratio < least - 1e-12 || (leaving && ratio < least + 1e-12 && basis[r] < basis[*leaving]))
          least = ratio, leaving = r;
      }
      if (!leaving) return {};
      pivot(table, basis, *leaving, *entering);
    }
    double value = 0;
    for (std::size_t r = 0; r < table.size(); ++r) value += cost[basis[r]] * table[r].back();
    return value;
  }

  const Grid& grid_;
  std::vector<int> variable_;
  std::size_t variables_ = 0;
  std::vector<Row> equations_;
};

}  // namespace stafett::statistics
