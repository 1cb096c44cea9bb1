#include "statistics/possibility.h"

#include <algorithm>
#include <optional>

namespace stafett::statistics {
namespace {

using Counts = std::vector<std::int64_t>;

std::size_t moved(std::size_t cell, std::ptrdiff_t step) {
  return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(cell) + step);
}

// The other places along a dimension that together with the cell can change: steps in cells, and their sign.
struct Partner {
  std::ptrdiff_t step;
  int sign;
};
std::vector<Partner> partners(const Grid& grid, std::size_t cell, std::size_t d, const MayChange& may) {
  std::vector<Partner> partners;
  const auto here = grid.place(cell, d), total = grid.sizes[d];
  const auto stride = static_cast<std::ptrdiff_t>(grid.stride(d));
  for (std::size_t other = 0; other <= total; ++other) {
    const auto step = (static_cast<std::ptrdiff_t>(other) - static_cast<std::ptrdiff_t>(here)) * stride;
    if (other != here && may(moved(cell, step)))
      partners.push_back({step, here == total || other == total ? 1 : -1});
  }
  return partners;
}

std::vector<std::size_t> dimensions_of(const View& view) {
  std::vector<std::size_t> dimensions;
  for (std::size_t d = 0; d < view.grid.sizes.size(); ++d)
    if (view.level >> d & 1) dimensions.push_back(d);
  return dimensions;
}

// Doubles the box along the dimensions, in every way; drops a way as soon as one of its corners may not
// change.
void widen(const View& view, const Box& box, std::span<const std::size_t> along, const MayChange& may,
           const std::function<void(const Box&)>& see) {
  if (along.empty()) return see(box);
  for (const auto& partner : partners(view.grid, box.corners[0].cell, along.front(), may)) {
    Box wider = box;
    bool holds = true;
    for (std::size_t i = 0; i < box.count && holds; ++i) {
      const auto cell = moved(box.corners[i].cell, partner.step);
      holds = may(cell);
      wider.corners[wider.count++] = {cell, box.corners[i].sign * partner.sign};
    }
    if (holds) widen(view, wider, along.subspan(1), may, see);
  }
}

Box corner(std::size_t cell) {
  Box box;
  box.corners[0] = {cell, 1};
  box.count = 1;
  return box;
}

// A table of one or two dimensions is a round of flows: from each row to each column, from the columns to the
// row of totals, on to the total of all, to the column of totals, and back to the rows. Counts that add up
// are flows that balance at every place, so a change that no shown cell notices is a way round through cells
// that may change. With more dimensions, several such layers change together, some by as much the other way.
struct Flow {
  std::size_t from, to;  // the places that it joins
  std::size_t cell;      // in the first layer
};

struct Round {
  std::vector<Flow> flows;
  std::size_t places = 0;
  Box layers;  // the first corner is the cell that is pushed; the others lie as far away as their layers

  // How far a flow can go with its direction (1) or against it (-1), in all layers at once.
  std::int64_t room(const Flow& flow, int direction, const Counts& counts) const {
    auto room = no_limit;
    for (std::size_t i = 0; i < layers.count; ++i)
      if (layers.corners[i].sign != direction) room = std::min(room, counts[in_layer(flow, i)]);
    return room;
  }
  void change(const Flow& flow, std::int64_t by, Counts& counts) const {
    for (std::size_t i = 0; i < layers.count; ++i) counts[in_layer(flow, i)] += layers.corners[i].sign * by;
  }
  bool may_change(const Flow& flow, const MayChange& may) const {
    for (std::size_t i = 0; i < layers.count; ++i)
      if (!may(in_layer(flow, i))) return false;
    return true;
  }

 private:
  std::size_t in_layer(const Flow& flow, std::size_t layer) const {
    return flow.cell + layers.corners[layer].cell - layers.corners[0].cell;
  }
};

Round round_of(const View& view, const Box& layers, std::size_t row_along,
               std::optional<std::size_t> column_along, const MayChange& may) {
  const auto& grid = view.grid;
  const auto cell = layers.corners[0].cell;
  const auto rows = grid.sizes[row_along], row_step = grid.stride(row_along);
  const auto columns = column_along ? grid.sizes[*column_along] : 0;
  const auto column_step = column_along ? grid.stride(*column_along) : 0;
  const auto corner = cell - grid.place(cell, row_along) * row_step -
                      (column_along ? grid.place(cell, *column_along) * column_step : 0);
  Round round{.places = column_along ? rows + columns + 2 : 2, .layers = layers};
  for (std::size_t row = 0; row <= rows; ++row)
    for (std::size_t column = 0; column <= columns; ++column) {
      auto from = column_along ? row : 0, to = column_along ? rows + 1 + column : 1;
      if ((row == rows) != (column_along && column == columns)) std::swap(from, to);
      const Flow flow{from, to, corner + row * row_step + column * column_step};
      if (flow.cell == cell || round.may_change(flow, may)) round.flows.push_back(flow);
    }
  return round;
}

struct Step {
  const Flow* flow = nullptr;
  int direction = 0;

  std::size_t start() const { return direction == 1 ? flow->from : flow->to; }
  std::size_t end() const { return direction == 1 ? flow->to : flow->from; }
};

// The shortest way back from the end of a step to its start by flows that have room; empty if there is none.
std::vector<Step> way_back(const Round& round, const Step& first, const Counts& counts) {
  std::vector<std::vector<Step>> leaving(round.places);
  for (const auto& flow : round.flows)
    for (const int direction : {1, -1})
      if (&flow != first.flow && round.room(flow, direction, counts) > 0) {
        const Step step{&flow, direction};
        leaving[step.start()].push_back(step);
      }
  std::vector<Step> reached_by(round.places);
  std::vector<std::size_t> queue{first.end()};
  for (std::size_t next = 0; next < queue.size() && !reached_by[first.start()].flow; ++next)
    for (const auto& step : leaving[queue[next]])
      if (step.end() != first.end() && !reached_by[step.end()].flow) {
        reached_by[step.end()] = step;
        queue.push_back(step.end());
      }
  std::vector<Step> way;
  for (auto at = first.start(); at != first.end() && reached_by[at].flow; at = way.back().start())
    way.push_back(reached_by[at]);
  return way;
}

// Moves the first layer's pushed cell by ways round until `need` or no way is left.
std::int64_t push_round(const Round& round, int direction, std::int64_t need, Counts& counts) {
  const auto cell = round.layers.corners[0].cell;
  const auto pushed = std::ranges::find(round.flows, cell, &Flow::cell);
  const Step first{&*pushed, direction};
  std::int64_t moved = 0;
  while (moved < need) {
    auto step = std::min(need - moved, round.room(*pushed, direction, counts));
    const auto way = step > 0 ? way_back(round, first, counts) : std::vector<Step>{};
    if (way.empty()) break;
    for (const auto& back : way) step = std::min(step, round.room(*back.flow, back.direction, counts));
    for (const auto& back : way) round.change(*back.flow, back.direction * step, counts);
    round.change(*pushed, direction * step, counts);
    moved += step;
  }
  return moved;
}

}  // namespace

std::int64_t Box::room(std::span<const std::int64_t> counts, int direction) const {
  auto room = no_limit;
  for (std::size_t i = 0; i < count; ++i)
    if (corners[i].sign != direction) room = std::min(room, counts[corners[i].cell]);
  return room;
}

void each_box(const View& view, std::size_t cell, const MayChange& may,
              const std::function<void(const Box&)>& see) {
  widen(view, corner(cell), dimensions_of(view), may, see);
}

std::int64_t push(const View& view, std::size_t cell, const MayChange& may, int direction, std::int64_t need,
                  Counts& counts) {
  const auto dimensions = dimensions_of(view);
  std::int64_t moved = 0;
  const auto push_layers = [&](std::size_t rows, std::optional<std::size_t> columns) {
    std::vector<std::size_t> others;
    for (const auto d : dimensions)
      if (d != rows && d != columns) others.push_back(d);
    widen(view, corner(cell), others, may, [&](const Box& layers) {
      if (moved < need)
        moved += push_round(round_of(view, layers, rows, columns, may), direction, need - moved, counts);
    });
  };
  if (dimensions.size() == 1) push_layers(dimensions[0], {});
  for (bool further = true; further && moved < need;) {
    const auto before = moved;
    for (std::size_t i = 0; i < dimensions.size(); ++i)
      for (std::size_t j = i + 1; j < dimensions.size(); ++j) push_layers(dimensions[i], dimensions[j]);
    further = moved > before && dimensions.size() > 2;
  }
  return moved;
}

bool is_possible(const View& view, std::span<const std::uint8_t> hidden,
                 std::span<const std::int64_t> counts) {
  const auto& grid = view.grid;
  for (std::size_t cell = 0; cell < counts.size(); ++cell) {
    if ((view.levels[cell] & ~view.level) != 0) continue;  // not in this view
    if (counts[cell] < 0 || (!hidden[cell] && counts[cell] != grid.counts[cell])) return false;
    for (std::size_t d = 0; d < grid.sizes.size(); ++d) {
      if (!(view.level >> d & 1) || grid.place(cell, d) != grid.sizes[d]) continue;
      std::int64_t sum = 0;
      for (std::size_t back = 1; back <= grid.sizes[d]; ++back) sum += counts[cell - back * grid.stride(d)];
      if (sum != counts[cell]) return false;
    }
  }
  return true;
}

}  // namespace stafett::statistics
