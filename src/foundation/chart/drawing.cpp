#include "chart/drawing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "chart/width.h"
#include "text/markup.h"
#include "text/number.h"

namespace stafett::chart {
namespace {

constexpr std::array<Ink, 6> inks{{{"s1", "#0b5b6b", "#0b5b6b", "#ffffff"},
                                   {"s2", "#d7c5d2", "#7a3b69", "#422038"},
                                   {"s4", "#7a3b69", "#7a3b69", "#ffffff"},
                                   {"s3", "#a3c1c7", "#1b6675", "#063039"},
                                   {"s5", "#555f66", "#555f66", "#ffffff"},
                                   {"s6", "#ffffff", "#555f66", "#24303a"}}};
constexpr std::array<LineInk, 3> line_inks{
    {{"l1", "#0b5b6b", ""}, {"l2", "#7a3b69", "7 4"}, {"l3", "#555f66", "2 4"}}};

std::string_view anchor_of(Anchor anchor) {
  return anchor == Anchor::middle ? " text-anchor=\"middle\""
         : anchor == Anchor::end  ? " text-anchor=\"end\""
                                  : "";
}

std::string class_of(std::string_view name) { return name.empty() ? "" : fmt::format(" class=\"{}\"", name); }

}  // namespace

const Ink& ink(std::size_t n) { return inks.at(n); }
const LineInk& line_ink(std::size_t n) { return line_inks.at(n); }

std::string coordinate(double value) {
  auto text = fmt::format("{:.1f}", value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text == "-0" ? "0" : text;
}

std::string number(double value, text::Language language) {
  const bool whole = std::abs(value - std::round(value)) < 0.05;
  return text::decimal(value, whole ? 0 : 1, language);
}

Scale scale_for(double highest) {
  if (highest <= 4) return {std::max(1.0, std::ceil(highest)), 1};
  const double power = std::pow(10, std::floor(std::log10(highest / 4)));
  for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
    const double step = std::max(1.0, std::round(factor * power));
    if (step * 4 >= highest) return {std::ceil(highest / step) * step, step};
  }
  return {power * 40, power * 10};
}

void Drawing::rectangle(double x, double y, double w, double h, const Ink& look, double rounded) {
  // The stroke is drawn inside, so that a bar is as long as its number.
  const double inset = look.fill == look.stroke ? 0 : 0.5;
  w = std::max(0.0, w - 2 * inset);
  h = std::max(0.0, h - 2 * inset);
  marks += fmt::format("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", look.name,
                       coordinate(x + inset), coordinate(y + inset), coordinate(w), coordinate(h));
  if (rounded > 0) marks += fmt::format(" rx=\"{}\"", coordinate(rounded));
  marks += fmt::format(" fill=\"{}\"", look.fill);
  if (inset > 0) marks += fmt::format(" stroke=\"{}\"", look.stroke);
  marks += "/>";
}

void Drawing::rail(double x, double y, double w, double h) {
  marks += fmt::format(
      "<rect class=\"rail\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\" fill=\"#e7e9ea\"/>",
      coordinate(x), coordinate(y), coordinate(w), coordinate(h));
}

void Drawing::unknown(double x, double y, double w, double h) {
  marks += fmt::format(
      "<rect class=\"unknown\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\" fill=\"none\" "
      "stroke=\"#727a80\" "
      "stroke-dasharray=\"3 3\"/>",
      coordinate(x + 0.5), coordinate(y + 0.5), coordinate(w - 1), coordinate(h - 1));
}

void Drawing::line(double x1, double y1, double x2, double y2, std::string_view name, std::string_view stroke,
                   double thickness) {
  marks += fmt::format(
      "<line class=\"{}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{}\" stroke-width=\"{}\"/>", name,
      coordinate(x1), coordinate(y1), coordinate(x2), coordinate(y2), stroke, coordinate(thickness));
}

void Drawing::path(std::string_view d, const LineInk& look) {
  marks += fmt::format(
      "<path class=\"{}\" d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2.5\" "
      "stroke-linejoin=\"round\"",
      look.name, d, look.stroke);
  if (!look.dashes.empty()) marks += fmt::format(" stroke-dasharray=\"{}\"", look.dashes);
  marks += "/>";
}

void Drawing::dot(double x, double y, std::size_t n) {
  const auto& look = line_ink(n);
  if (n == 0)
    marks += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"3.5\"", coordinate(x), coordinate(y));
  else
    marks +=
        fmt::format("<rect x=\"{}\" y=\"{}\" width=\"6\" height=\"6\"", coordinate(x - 3), coordinate(y - 3));
  marks += fmt::format(" class=\"dot {}\" fill=\"#ffffff\" stroke=\"{}\" stroke-width=\"2\"/>", look.name,
                       look.stroke);
}

void Drawing::text(double x, double y, std::string_view words, TextStyle style) {
  marks += fmt::format("<text{} x=\"{}\" y=\"{}\" font-size=\"{}\"{} fill=\"{}\">{}</text>",
                       class_of(style.name), coordinate(x), coordinate(y), coordinate(style.size),
                       anchor_of(style.anchor), style.fill, text::escaped(words));
}

std::string svg(const About& about, const Drawing& drawing) {
  const auto id = text::escaped(about.id);
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
      "role=\"img\" "
      "aria-labelledby=\"{2}-title {2}-description\" font-family=\"Inter, 'Noto Sans', Arial, sans-serif\">"
      "<title id=\"{2}-title\">{3}</title><desc id=\"{2}-description\">{4}</desc>{5}</svg>",
      coordinate(drawing.width), coordinate(drawing.height), id, text::escaped(about.title),
      text::escaped(about.description), drawing.marks);
}

double legend(Drawing& drawing, double y, const std::vector<std::string>& names) {
  constexpr double square = 12, between = 22, row = 20;
  double x = 0, top = y;
  for (std::size_t n = 0; n != names.size(); ++n) {
    const double width = square + 6 + width_of(names[n], label_text);
    if (x > 0 && x + width > drawing.width) {
      x = 0;
      top += row;
    }
    drawing.rectangle(x, top, square, square, ink(n));
    drawing.text(x + square + 6, top + 10.5, names[n]);
    x += width + between;
  }
  return top + row - y;
}

}  // namespace stafett::chart
