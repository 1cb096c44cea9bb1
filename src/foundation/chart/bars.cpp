#include <algorithm>

#include "chart/drawing.h"
#include "chart/width.h"

namespace stafett::chart {
namespace {

constexpr double width = 720, longest_label = 270, bar_height = 18, line_height = 15;

// A row's label, on as many lines as it needs, and how high the row is then.
struct Label {
  std::vector<std::string> lines;
  double height = 0;
};

Label label_for(std::string_view words) {
  Label label{in_lines(words, label_text, longest_label)};
  label.height = std::max(bar_height, line_height * double(label.lines.size())) + 8;
  return label;
}

double widest(const std::vector<Label>& labels) {
  double most = 0;
  for (const auto& label : labels)
    for (const auto& line : label.lines) most = std::max(most, width_of(line, label_text));
  return most;
}

void draw_label(Drawing& drawing, const Label& label, double right, double top) {
  TextStyle style;
  style.anchor = Anchor::end;
  double y = top + label.height / 2 + 4.5 -
             line_height * double(label.lines.size() - std::min<std::size_t>(label.lines.size(), 1)) / 2;
  for (const auto& line : label.lines) {
    drawing.text(right, y, line, style);
    y += line_height;
  }
}

std::string words_after(const About& about, const Bar& bar) {
  if (!bar.value) return bar.text.empty() ? ".." : bar.text;
  return bar.text.empty() ? number(*bar.value, about.language) : bar.text;
}

}  // namespace

std::string bars(const About& about, const std::vector<Bar>& rows) {
  std::vector<Label> labels;
  double after = 0, most = 0;
  for (const auto& row : rows) {
    labels.push_back(label_for(row.label));
    after = std::max(after, width_of(words_after(about, row), label_text));
    most = std::max(most, row.value.value_or(0));
  }
  const double left = widest(labels) + 10;
  const double longest = std::max(0.0, width - left - after - 8);
  Drawing drawing{width, 0, ""};
  double top = 0;
  for (std::size_t i = 0; i != rows.size(); ++i) {
    const double y = top + (labels[i].height - bar_height) / 2;
    const double length = most > 0 ? longest * rows[i].value.value_or(0) / most : 0;
    draw_label(drawing, labels[i], left - 10, top);
    if (length > 0) drawing.rectangle(left, y, length, bar_height, ink(0));
    drawing.text(left + length + 7, y + bar_height / 2 + 4.5, words_after(about, rows[i]));
    top += labels[i].height;
  }
  drawing.line(left, 0, left, top, "axis", "#727a80");
  drawing.height = top;
  return svg(about, drawing);
}

namespace {

void draw_parts(Drawing& drawing, const About& about, const Parts& row, std::int64_t of, double left,
                double length, double y) {
  double x = left;
  for (std::size_t n = 0; n != row.counts.size(); ++n) {
    const double part = length * double(*row.counts[n]) / double(of);
    const auto words = number(double(*row.counts[n]), about.language);
    if (part > 0) drawing.rectangle(x, y, std::max(part - 1, 0.5), bar_height + 4, ink(n));
    const std::string on = "on" + std::string(ink(n).name.substr(1));
    if (width_of(words, label_text) + 6 <= part)
      drawing.text(x + part / 2, y + bar_height / 2 + 6.5, words,
                   {label_text, Anchor::middle, on, ink(n).on});
    x += part;
  }
}

// The sum of a row's counts; none if one of them is missing or protected, or if there is nothing to divide.
std::optional<std::int64_t> sum_of(const Parts& row) {
  std::int64_t sum = 0;
  for (const auto& count : row.counts) {
    if (!count) return std::nullopt;
    sum += *count;
  }
  return sum > 0 ? std::optional(sum) : std::nullopt;
}

std::string n_words(const About& about, const std::optional<std::int64_t>& sum) {
  return "n " + (sum ? number(double(*sum), about.language) : std::string(".."));
}

}  // namespace

std::string stacked(const About& about, const std::vector<std::string>& names,
                    const std::vector<Parts>& rows) {
  std::vector<Label> labels;
  double after = 0;
  for (const auto& row : rows) {
    labels.push_back(label_for(row.label));
    labels.back().height += 4;
    after = std::max(after, width_of(n_words(about, sum_of(row)), label_text));
  }
  const double left = widest(labels) + 10, length = width - left - after - 10;
  Drawing drawing{width, 0, ""};
  double top = legend(drawing, 0, names) + 6;
  for (std::size_t i = 0; i != rows.size(); ++i) {
    const double y = top + (labels[i].height - bar_height - 4) / 2;
    const auto sum = sum_of(rows[i]);
    draw_label(drawing, labels[i], left - 10, top);
    if (sum) {
      draw_parts(drawing, about, rows[i], *sum, left, length, y);
    } else {
      drawing.unknown(left, y, length, bar_height + 4);
      drawing.text(left + length / 2, y + bar_height / 2 + 6.5, "..", {label_text, Anchor::middle});
    }
    drawing.text(left + length + 8, y + bar_height / 2 + 6.5, n_words(about, sum),
                 {label_text, Anchor::start, "soft", "#555f66"});
    top += labels[i].height;
  }
  drawing.height = top;
  return svg(about, drawing);
}

std::string goal(const About& about, const Goal& goal) {
  constexpr double across = 340, rail_top = 5, mark_below = 6;
  Drawing drawing{across, 44, ""};
  const double full = goal.full.value_or(std::max({goal.target, goal.value.value_or(0), 1e-9}) * 1.25);
  const auto x = [&](double value) { return across * std::clamp(value / full, 0.0, 1.0); };
  const double target = std::clamp(x(goal.target), 1.0, across - 1);
  if (goal.value) {
    drawing.rail(0, rail_top, across, bar_height);
    const double end = x(*goal.value), words = width_of(goal.value_text, label_text);
    if (end > 0) drawing.rectangle(0, rail_top, end, bar_height, ink(0), 2);
    const double baseline = rail_top + bar_height / 2 + 4.5;
    const bool target_in_the_way = target > end - words - 12 && target < end;
    if (end >= words + 12 && !target_in_the_way) {
      drawing.text(end - 6, baseline, goal.value_text, {label_text, Anchor::end, "on1", ink(0).on});
    } else if (end >= words + 24 && target_in_the_way && target >= words + 12) {
      drawing.text(target - 6, baseline, goal.value_text, {label_text, Anchor::end, "on1", ink(0).on});
    } else {
      const bool beyond = target >= end - 2 && target < end + words + 12;
      drawing.text((beyond ? target : end) + 6, baseline, goal.value_text);
    }
  } else {
    drawing.unknown(0, rail_top, across, bar_height);
    const double middle = target > across / 2 ? target / 2 : (target + across) / 2;
    drawing.text(middle, rail_top + bar_height / 2 + 4.5, goal.value_text.empty() ? ".." : goal.value_text,
                 {label_text, Anchor::middle});
  }
  drawing.line(target, 0, target, rail_top + bar_height + mark_below, "halo", "#ffffff", 5);
  drawing.line(target, 0, target, rail_top + bar_height + mark_below, "target", "#24303a", 2);
  const double half = width_of(goal.target_text, small_text) / 2;
  drawing.text(std::clamp(target, half, across - half), 41, goal.target_text,
               {small_text, Anchor::middle, "soft", "#555f66"});
  return svg(about, drawing);
}

}  // namespace stafett::chart
