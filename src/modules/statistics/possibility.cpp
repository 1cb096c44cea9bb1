#include "statistics/possibility.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <optional>

namespace stafett::statistics {
namespace {

using Counts = std::vector<std::int64_t>;

constexpr std::size_t most_blocked = 2, most_tried = 60;

std::size_t moved(std::size_t cell, std::ptrdiff_t step) {
  return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(cell) + step);
}

// The other places along a dimension that together with the cell can change: steps in cells, and their sign.
struct Partner {
  std::ptrdiff_t step;
  int sign;
};
std::vector<Partner> partners(const Grid& grid, std::size_t cell, std::size_t d, MayChange may) {
  std::vector<Partner> partners;
  const auto here = grid.place(cell, d), total = grid.sizes[d];
  const auto stride = static_cast<std::ptrdiff_t>(grid.stride(d));
  for (std::size_t other = 0; other <= total; ++other) {
    const auto step = (static_cast<std::ptrdiff_t>(other) - static_cast<std::ptrdiff_t>(here)) * stride;
    if (other != here && may[moved(cell, step)])
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

// Every box over some of the dimensions with the cell as its first corner: doubled dimension by dimension,
// and dropped as soon as one of its corners may not change. `see` says whether to go on.
template <class See>
class Boxes {
 public:
  Boxes(const View& view, std::size_t cell, std::span<const std::size_t> along, MayChange may, See see)
      : may_(may), see_(see), effort_(view.effort) {
    for (const auto d : along) partners_.push_back(partners(view.grid, cell, d, may));
    Box box;
    box.corners[0] = {cell, 1};
    box.count = 1;
    widen(box, 0);
  }

 private:
  bool widen(const Box& box, std::size_t depth) {
    if ((effort_ -= static_cast<std::int64_t>(box.count)) < 0) return false;
    if (depth == partners_.size()) return see_(box);
    Box wider = box;
    for (const auto& partner : partners_[depth]) {
      wider.count = box.count;
      bool holds = true;
      for (std::size_t i = 0; i < box.count && holds; ++i) {
        const auto cell = moved(box.corners[i].cell, partner.step);
        holds = may_[cell];
        wider.corners[wider.count++] = {cell, box.corners[i].sign * partner.sign};
      }
      if (holds && !widen(wider, depth + 1)) return false;
    }
    return true;
  }

  std::vector<std::vector<Partner>> partners_;
  MayChange may_;
  See see_;
  std::int64_t& effort_;
};

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
  std::vector<std::size_t> at_place,
      first_at;  // the flows at place p: at_place[first_at[p]] and on, by number
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
  bool may_change(const Flow& flow, MayChange may) const {
    for (std::size_t i = 0; i < layers.count; ++i)
      if (!may[in_layer(flow, i)]) return false;
    return true;
  }

  void note_places() {
    first_at.assign(places + 1, 0);
    for (const auto& flow : flows) ++first_at[flow.from], ++first_at[flow.to];
    std::partial_sum(first_at.begin(), first_at.end(), first_at.begin());
    at_place.resize(flows.size() * 2);
    for (std::size_t i = 0; i < flows.size(); ++i)
      at_place[--first_at[flows[i].from]] = at_place[--first_at[flows[i].to]] = i;
  }

 private:
  std::size_t in_layer(const Flow& flow, std::size_t layer) const {
    return flow.cell + layers.corners[layer].cell - layers.corners[0].cell;
  }
};

Round round_of(const View& view, const Box& layers, std::size_t row_along,
               std::optional<std::size_t> column_along, MayChange may) {
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
  view.effort -= static_cast<std::int64_t>((rows + 1) * (columns + 1) * layers.count);
  round.note_places();
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
  std::vector<Step> reached_by(round.places), way;
  std::vector<std::size_t> queue{first.end()};
  for (std::size_t next = 0; next < queue.size() && !reached_by[first.start()].flow; ++next)
    for (auto i = round.first_at[queue[next]]; i < round.first_at[queue[next] + 1]; ++i) {
      const auto& flow = round.flows[round.at_place[i]];
      const Step step{&flow, flow.from == queue[next] ? 1 : -1};
      if (&flow == first.flow || step.end() == first.end() || reached_by[step.end()].flow) continue;
      if (round.room(flow, step.direction, counts) == 0) continue;
      reached_by[step.end()] = step;
      queue.push_back(step.end());
    }
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

void Box::change(Counts& counts, std::int64_t by) const {
  for (std::size_t i = 0; i < count; ++i) counts[corners[i].cell] += by * corners[i].sign;
}

void each_box(const View& view, std::size_t cell, MayChange may, const std::function<bool(const Box&)>& see) {
  const auto dimensions = dimensions_of(view);
  Boxes(view, cell, dimensions, may, [&](const Box& box) { return see(box); });
}

namespace {

std::int64_t push_alone(const View& view, std::size_t cell, MayChange may, int direction, std::int64_t need,
                        Counts& counts) {
  const auto dimensions = dimensions_of(view);
  std::int64_t moved = 0;
  const auto push_layers = [&](std::size_t rows, std::optional<std::size_t> columns) {
    std::vector<std::size_t> others;
    for (const auto d : dimensions)
      if (d != rows && d != columns) others.push_back(d);
    Boxes(view, cell, others, may, [&](const Box& layers) {
      moved += push_round(round_of(view, layers, rows, columns, may), direction, need - moved, counts);
      return moved < need;
    });
  };
  if (dimensions.size() == 1) push_layers(dimensions[0], {});
  for (bool further = true; further && moved < need;) {
    const auto before = moved;
    for (std::size_t i = 0; i < dimensions.size(); ++i)
      for (std::size_t j = i + 1; j < dimensions.size() && moved < need; ++j)
        push_layers(dimensions[i], dimensions[j]);
    further = moved > before && dimensions.size() > 2;
  }
  return moved;
}

// A box that only a few corners stand in the way of, by being zero.
struct Blocked {
  Box box;
  std::vector<std::size_t> corners;
};

std::vector<Blocked> nearly_open(const View& view, std::size_t cell, MayChange may, int direction,
                                 const Counts& counts) {
  std::vector<Blocked> all;
  each_box(view, cell, may, [&](const Box& box) {
    Blocked blocked{box, {}};
    for (std::size_t i = 0; i < box.count; ++i)
      if (box.corners[i].sign != direction && counts[box.corners[i].cell] == 0)
        blocked.corners.push_back(box.corners[i].cell);
    if (blocked.corners.size() <= most_blocked) all.push_back(std::move(blocked));
    return all.size() < most_tried;
  });
  std::ranges::stable_sort(all, {}, [](const Blocked& blocked) { return blocked.corners.size(); });
  return all;
}

// One step by a box whose zero corners are first filled from elsewhere.
bool step_with_help(const View& view, std::size_t cell, MayChange may, int direction, Counts& counts) {
  for (const auto& [box, corners] : nearly_open(view, cell, may, direction, counts)) {
    auto trial = counts;
    std::vector<std::uint8_t> elsewhere(may.begin(), may.end());
    for (std::size_t i = 0; i < box.count; ++i) elsewhere[box.corners[i].cell] = 0;
    const bool filled = std::ranges::all_of(corners, [&](std::size_t corner) {
      elsewhere[corner] = 1;
      const bool is_filled = push_alone(view, corner, elsewhere, 1, 1, trial) == 1;
      elsewhere[corner] = 0;
      return is_filled;
    });
    if (!filled || box.room(trial, direction) == 0) continue;
    box.change(trial, direction);
    counts = std::move(trial);
    return true;
  }
  return false;
}

}  // namespace

std::int64_t push(const View& view, std::size_t cell, MayChange may, int direction, std::int64_t need,
                  Counts& counts) {
  auto moved = push_alone(view, cell, may, direction, need, counts);
  if (std::popcount(view.level) <= 2) return moved;  // that was the farthest
  const auto can_go = [&] { return direction > 0 || counts[cell] > 0; };
  while (moved < need && can_go() && step_with_help(view, cell, may, direction, counts)) {
    ++moved;
    moved += push_alone(view, cell, may, direction, need - moved, counts);
  }
  return moved;
}

bool is_possible(const View& view, std::span<const std::uint8_t> hidden,
                 std::span<const std::int64_t> counts) {
  const auto& grid = view.grid;
  for (std::size_t cell = 0; cell < counts.size(); ++cell) {
    if (counts[cell] == grid.counts[cell]) continue;
    if (!hidden[cell] || counts[cell] < 0 || (view.levels[cell] & ~view.level) != 0) return false;
    for (std::size_t d = 0; d < grid.sizes.size(); ++d) {
      if (!(view.level >> d & 1)) continue;
      const auto step = grid.stride(d), first = cell - grid.place(cell, d) * step;
      std::int64_t sum = 0;
      for (std::size_t place = 0; place < grid.sizes[d]; ++place) sum += counts[first + place * step];
      if (sum != counts[first + grid.sizes[d] * step]) return false;
    }
  }
  return true;
}

}  // namespace stafett::statistics
