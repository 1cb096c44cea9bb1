#include <algorithm>

#include "chart/drawing.h"
#include "chart/width.h"
#include "text/number.h"

namespace stafett::chart {
namespace {

constexpr double width = 720, plot_height = 168, above = 16, below = 38;

double highest(const std::vector<Series>& series) {
  double most = 0;
  for (const auto& one : series)
    for (const auto& value : one.values) most = std::max(most, value.value_or(0));
  return most;
}

// Where the values go: from left to right in slots, from the bottom up by the scale.
struct Plot {
  double left, right, top;
  Scale scale;
  std::size_t ticks;

  double bottom() const { return top + plot_height; }
  double slot() const { return (right - left) / double(std::max<std::size_t>(ticks, 1)); }
  double start(std::size_t tick) const { return left + slot() * double(tick); }
  double centre(std::size_t tick) const { return start(tick) + slot() / 2; }
  double y(double value) const { return bottom() - plot_height * value / scale.top; }
};

Plot plot_for(const About& about, const std::vector<Tick>& ticks, const std::vector<Series>& series,
              double top, double right) {
  const auto scale = scale_for(highest(series));
  return {width_of(number(scale.top, about.language), small_text) + 8, right, top, scale, ticks.size()};
}

void values_axis(Drawing& drawing, const About& about, const Plot& plot) {
  auto style = soft;
  style.anchor = Anchor::end;
  for (double value = 0; value <= plot.scale.top; value += plot.scale.step) {
    const double y = plot.y(value);
    drawing.line(plot.left, y, plot.right, y, value == 0 ? "axis" : "grid",
                 value == 0 ? "#727a80" : "#d8dadc");
    drawing.text(plot.left - 6, y + 4, number(value, about.language), style);
  }
}

// Every tick is named, or every second, third …: as many as have room.
std::size_t ticks_between_names(const std::vector<Tick>& ticks, const Plot& plot) {
  double widest = 0;
  for (const auto& tick : ticks) widest = std::max(widest, width_of(tick.text, small_text));
  for (const std::size_t step : {1, 2, 3, 4, 6})
    if (double(step) * plot.slot() >= widest + 6) return step;
  return 12;
}

void time_axis(Drawing& drawing, const std::vector<Tick>& ticks, const Plot& plot) {
  auto style = soft;
  style.anchor = Anchor::middle;
  const auto step = ticks_between_names(ticks, plot);
  for (std::size_t begin = 0; begin != ticks.size();) {
    auto end = begin;
    while (end != ticks.size() && ticks[end].group == ticks[begin].group) ++end;
    for (auto tick = begin; tick < end; tick += step) {
      const double half = width_of(ticks[tick].text, small_text) / 2;
      const double x = std::clamp(plot.centre(tick), half, width - half);
      // A year that begins late may have its last named month too near the next year's first.
      if (end - tick >= step || end == ticks.size())
        drawing.text(x, plot.bottom() + 15, ticks[tick].text, style);
    }
    const double middle = (plot.start(begin) + plot.start(end)) / 2;
    if (width_of(ticks[begin].group, small_text) + 6 <= plot.start(end) - plot.start(begin))
      drawing.text(middle, plot.bottom() + 31, ticks[begin].group, style);
    if (begin != 0)
      drawing.line(plot.start(begin), plot.bottom() + 21, plot.start(begin), plot.bottom() + 34, "grid",
                   "#d8dadc");
    begin = end;
  }
}

bool numbers_have_room(const About& about, const std::vector<Series>& series, double column) {
  for (const auto& one : series)
    for (const auto& value : one.values)
      if (value && width_of(number(*value, about.language), small_text) > column) return false;
  return true;
}

void draw_column(Drawing& drawing, const About& about, const Plot& plot, double x, double column,
                 std::size_t n, const Value& value, bool numbered) {
  auto style = soft;
  style.anchor = Anchor::middle;
  if (!value) {
    style.size = label_text;
    drawing.text(x + column / 2, plot.bottom() - 4, "..", style);
    return;
  }
  const double y = plot.y(*value);
  if (*value > 0) drawing.rectangle(x, y, column, plot.bottom() - y, ink(n));
  if (numbered) drawing.text(x + column / 2, y - 4, number(*value, about.language), style);
}

}  // namespace

std::vector<Tick> months(Date first, int count, text::Language language) {
  std::vector<Tick> ticks;
  auto year = first.year();
  auto month = first.month();
  for (int i = 0; i != count; ++i) {
    ticks.push_back({std::string(text::month_name(month, language).substr(0, 3)), std::to_string(year)});
    if (++month > 12) {
      month = 1;
      ++year;
    }
  }
  return ticks;
}

std::string columns(const About& about, const std::vector<Tick>& ticks, const std::vector<Series>& series) {
  std::vector<std::string> names;
  for (const auto& one : series) names.push_back(one.name);
  Drawing drawing{width, 0, ""};
  const double top = legend(drawing, 0, names) + above;
  const auto plot = plot_for(about, ticks, series, top, width);
  drawing.height = plot.bottom() + below;
  values_axis(drawing, about, plot);
  const double column = std::min(plot.slot() * 0.76 / double(std::max<std::size_t>(series.size(), 1)), 30.0);
  const bool numbered = numbers_have_room(about, series, column - 1);
  for (std::size_t tick = 0; tick != ticks.size(); ++tick) {
    double x = plot.centre(tick) - column * double(series.size()) / 2;
    for (std::size_t n = 0; n != series.size(); ++n, x += column)
      draw_column(drawing, about, plot, x + 0.5, column - 1, n, series[n].values.at(tick), numbered);
  }
  time_axis(drawing, ticks, plot);
  return svg(about, drawing);
}

namespace {

std::string end_words(const About& about, const Series& series) {
  const auto last = series.values.empty() ? Value{} : series.values.back();
  return series.name + " " + (last ? number(*last, about.language) : "..");
}

void draw_line(Drawing& drawing, const Plot& plot, const Series& series, std::size_t n) {
  std::string d;
  bool drawing_on = false;
  for (std::size_t tick = 0; tick != series.values.size(); ++tick) {
    const auto& value = series.values[tick];
    if (value)
      d += (drawing_on ? "L" : "M") + coordinate(plot.centre(tick)) + " " + coordinate(plot.y(*value));
    drawing_on = value.has_value();
  }
  if (!d.empty()) drawing.path(d, line_ink(n));
  for (std::size_t tick = 0; tick != series.values.size(); ++tick)
    if (series.values[tick]) drawing.dot(plot.centre(tick), plot.y(*series.values[tick]), n);
}

// Where the names at the lines' ends stand: at their last value, moved down where another is in the way.
std::vector<double> name_heights(const Plot& plot, const std::vector<Series>& series) {
  constexpr double apart = 15;
  std::vector<std::pair<double, std::size_t>> by_height;
  for (std::size_t n = 0; n != series.size(); ++n) {
    double last = 0;
    for (const auto& value : series[n].values) last = value.value_or(last);
    by_height.emplace_back(plot.y(last) + 4, n);
  }
  std::ranges::sort(by_height);
  for (std::size_t i = 1; i < by_height.size(); ++i)
    by_height[i].first = std::max(by_height[i].first, by_height[i - 1].first + apart);
  std::vector<double> heights(series.size());
  for (const auto& [y, n] : by_height) heights[n] = y;
  return heights;
}

}  // namespace

std::string lines(const About& about, const std::vector<Tick>& ticks, const std::vector<Series>& series) {
  double names = 0;
  for (const auto& one : series) names = std::max(names, width_of(end_words(about, one), label_text));
  Drawing drawing{width, 0, ""};
  const auto plot = plot_for(about, ticks, series, above, width - names - 12);
  drawing.height = plot.bottom() + below;
  values_axis(drawing, about, plot);
  for (std::size_t n = 0; n != series.size(); ++n) draw_line(drawing, plot, series[n], n);
  const auto heights = name_heights(plot, series);
  for (std::size_t n = 0; n != series.size(); ++n)
    drawing.text(plot.right + 10, heights[n], end_words(about, series[n]));
  time_axis(drawing, ticks, plot);
  return svg(about, drawing);
}

}  // namespace stafett::chart
