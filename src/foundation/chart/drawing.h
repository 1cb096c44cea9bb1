// The marks that charts are made of, written as SVG. Lengths are CSS pixels, y downwards.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chart/chart.h"

namespace stafett::chart {

inline constexpr double small_text = 11, label_text = 12.5;

// How a surface looks on paper; `name` is its class, for the style sheet.
struct Ink {
  std::string_view name, fill, stroke, on;  // on: text upon it; empty where there is no room for any
};
// Of the n-th series or part: dark and light in turn.
const Ink& ink(std::size_t n);
// Of the n-th line: colour and dashes.
struct LineInk {
  std::string_view name, stroke, dashes;
};
const LineInk& line_ink(std::size_t n);

enum class Anchor { start, middle, end };

struct TextStyle {
  double size = label_text;
  Anchor anchor = Anchor::start;
  std::string_view name = "", fill = "#24303a";
};
inline constexpr TextStyle soft{small_text, Anchor::start, "soft", "#555f66"};

struct Drawing {
  double width, height;
  std::string marks;

  void rectangle(double x, double y, double width, double height, const Ink&, double rounded = 0);
  void rail(double x, double y, double width, double height);
  void unknown(double x, double y, double width, double height);
  void line(double x1, double y1, double x2, double y2, std::string_view name, std::string_view stroke,
            double thickness = 1);
  void path(std::string_view d, const LineInk&);
  void dot(double x, double y, std::size_t n);
  void text(double x, double y, std::string_view, TextStyle = {});
};

std::string svg(const About&, const Drawing&);

// A coordinate: to a tenth, without needless noughts.
std::string coordinate(double);
std::string escaped(std::string_view);
// "1 234,5": with a decimal only where there is one.
std::string number(double, text::Language);

// The highest value of an axis from nought and its steps: 1, 2 or 5 times a power of ten, whole numbers.
struct Scale {
  double top, step;
};
Scale scale_for(double highest);

// Squares with the names of the series, on as many lines as it takes from y downwards. Gives the height.
double legend(Drawing&, double y, const std::vector<std::string>& names);

}  // namespace stafett::chart
