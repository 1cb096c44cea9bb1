// The charts of a report. A width of 160 mm is A4 between margins of 25.
#include <algorithm>
#include <charconv>

#include "chart/drawing.h"
#include "chart/png.h"
#include "chart/width.h"
#include "report/values.h"

namespace stafett::report {
namespace {

constexpr double width_mm = 160;
constexpr int width_pixels = 1600;

std::string say(text::Language language, const Message& message) {
  return text::translated(language, message);
}

// The number in name="…" of the outermost tag.
double length(std::string_view svg, std::string_view name) {
  const auto mark = " " + std::string(name) + "=\"";
  const auto at = svg.find(mark) + mark.size();
  double number = 0;
  std::from_chars(svg.data() + at, svg.data() + svg.size(), number);
  return number;
}

file::FormPicture picture(std::string svg, std::string alt) {
  const double height = length(svg, "height") / length(svg, "width");
  auto png = chart::png(svg, width_pixels);
  return {std::move(png), std::move(svg), std::move(alt), width_mm, width_mm * height};
}

std::string goal_bar(const goal::Judgement& judgement, const std::string& id, text::Language language) {
  if (auto svg = overview::goal_chart(judgement, id, language); !svg.empty()) return svg;
  const auto target = goal::target_text(judgement.goal, language);
  const auto words = judgement.is_hidden ? ".." : say(language, goal::name_of(judgement.state));
  const bool is_share = judgement.goal.kind == intervention::Goal::Kind::share;
  return chart::goal({id, judgement.goal.text, words, language},
                     {{},
                      words,
                      judgement.target(),
                      say(language, {"target {1}", target}),
                      is_share ? std::optional(1.0) : std::nullopt});
}

// Every goal in words with its bar to the right.
std::string goals_chart(const overview::Overview& overview, text::Language language) {
  constexpr double width = 720, bar_left = 380, line_height = 16, between = 12;
  chart::Drawing drawing{width, 0, ""};
  if (overview.goals.empty()) {
    drawing.text(0, 18, say(language, "The intervention has no goals."));
    drawing.height = 26;
  }
  for (std::size_t n = 0; n != overview.goals.size(); ++n) {
    const auto bar = goal_bar(overview.goals[n], "mal" + std::to_string(n + 1), language);
    double y = drawing.height + 18;
    for (const auto& line : chart::in_lines(overview.goals[n].goal.text, chart::label_text, bar_left - 30)) {
      drawing.text(0, y, line);
      y += line_height;
    }
    drawing.marks += "<g transform=\"translate(" + chart::coordinate(bar_left) + " " +
                     chart::coordinate(drawing.height) + ")\">" + bar + "</g>";
    drawing.height = std::max(y - line_height + 6, drawing.height + length(bar, "height")) + between;
  }
  return chart::svg(
      {"mal", say(language, "Goals"), say(language, "What came out against each goal's target."), language},
      drawing);
}

// In and out per month; where numbers are hidden, with a line that says why.
std::string flow_chart(const overview::Overview& overview, text::Language language) {
  const auto chart = overview::flow_chart(overview, "flode", language);
  if (!overview.started_by_month.has_hidden() && !overview.closed_by_month.has_hidden()) return chart;
  const auto why = say(language, ".. means that a number is too small to be shown, or would give one away.");
  chart::Drawing drawing{length(chart, "width"), length(chart, "height") + 24, chart};
  drawing.text(0, drawing.height - 8, why, chart::soft);
  return chart::svg({"flode-med", say(language, "In and out, per month"), why, language}, drawing);
}

// What a goal's bar shows, for those who cannot see it.
std::string goals_words(const overview::Overview& overview, text::Language language) {
  if (overview.goals.empty()) return say(language, "The intervention has no goals.");
  std::string words;
  for (const auto& judgement : overview.goals)
    words += (words.empty() ? "" : " ") + judgement.goal.text + ": " +
             (judgement.is_hidden ? ".." : goal::value_text(judgement, language)) + ".";
  return words;
}

}  // namespace

std::map<std::string, file::FormPicture, std::less<>> pictures(const overview::Overview& overview,
                                                               text::Language language) {
  std::map<std::string, file::FormPicture, std::less<>> all;
  const auto started = overview::count_text(overview.started.total(), language),
             closed = overview::count_text(overview.closed.total(), language);
  all["flode"] = picture(
      flow_chart(overview, language),
      say(language, {"Chart: how many started and closed each month. In all {1} started and {2} closed.",
                     started, closed}));
  all["mal"] = picture(goals_chart(overview, language), goals_words(overview, language));
  return all;
}

}  // namespace stafett::report
