#include "report/values.h"

#include <cmath>

#include "text/number.h"

namespace stafett::report {
namespace {

using goal::Judgement;
using goal::Outcome;
using goal::State;
using overview::Overview;
using statistics::Table;
using Kind = intervention::Goal::Kind;

constexpr std::string_view hidden = "..", none = "–";

std::string say(text::Language language, const Message& message) {
  return text::translated(language, message);
}

View or_missing(const std::string& text) { return text.empty() ? View(nullptr) : View(text); }

std::string count_of(const Table& by_sex, std::string_view sex, text::Language language) {
  const auto& values = by_sex.axes[0].values;
  for (std::size_t i = 0; i != values.size(); ++i)
    if (values[i].word == sex) return overview::count_text(by_sex.cells[i], language);
  return by_sex.is_withheld ? std::string(hidden) : "0";
}

// In months with a decimal, in whole days.
std::string time_text(const Table& times, double statistics::Cell::*which, text::Language language) {
  const auto& cell = times.total();
  if (cell.is_hidden) return std::string(hidden);
  if (cell.count == 0) return std::string(none);
  return text::decimal(cell.*which, times.measure->in_months ? 1 : 0, language);
}

std::string number_text(double value, text::Language language) {
  return value == std::floor(value) ? text::whole(static_cast<std::int64_t>(value), language)
                                    : text::decimal(value, 1, language);
}

std::string reached_text(const Judgement& judgement, text::Language language) {
  switch (judgement.state) {
    case State::reached:
      return say(language, "yes");
    case State::not_reached:
      return say(language, "no");
    case State::not_measurable:
      break;
  }
  return say(language, goal::name_of(State::not_measurable));
}

std::string counts_text(const Outcome& outcome, text::Language language) {
  return say(language,
             {"{1} of {2}", text::whole(*outcome.count, language), number_text(*outcome.of, language)});
}

// "43,1 % (28 av 65)", "45,9 (65 på 17 månader)", "96"; only the counts where they are too few to judge.
std::string outcome_text(const Judgement& judgement, text::Language language) {
  const auto& all = judgement.all;
  if (judgement.is_hidden) return std::string(hidden);
  if (judgement.goal.kind == Kind::share && all.count && all.of)
    return judgement.state == State::not_measurable ? counts_text(all, language)
                                                    : goal::share_text(all, language);
  if (!all.value) return std::string(none);
  const auto value = number_text(*all.value, language);
  if (judgement.goal.kind == Kind::mean)
    return say(language, {"{1} (the mean of {2})", value, number_text(*all.of, language)});
  if (!all.of) return value;
  return say(language, {"{1} ({2} in {3} months)", value, text::whole(*all.count, language),
                        number_text(*all.of, language)});
}

std::string share_of(const Judgement& judgement, const Outcome& outcome, text::Language language) {
  if (judgement.goal.kind != Kind::share) return std::string(none);
  if (outcome.count && outcome.of && *outcome.of == 0) return std::string(none);
  if (judgement.state == State::not_measurable && outcome.count && outcome.of)
    return counts_text(outcome, language);
  return goal::share_text(outcome, language);
}

View goal_fields(const Judgement& judgement, text::Language language) {
  const auto& all = judgement.all;
  const std::string unknown(judgement.is_hidden ? hidden : none);
  return {{"text", judgement.goal.text},
          {"krav", goal::target_text(judgement.goal, language)},
          {"uppnatt", reached_text(judgement, language)},
          {"utfall", outcome_text(judgement, language)},
          {"antal", all.count ? text::whole(*all.count, language) : unknown},
          {"av", all.of ? number_text(*all.of, language) : unknown},
          {"kvinnor", share_of(judgement, judgement.women, language)},
          {"man", share_of(judgement, judgement.men, language)}};
}

std::string marking(const Overview& overview, text::Language language) {
  return overview.audience == statistics::Audience::unit
             ? say(language, "Contains true counts – for the unit only")
             : "";
}

std::string figures_are(const Overview& overview, text::Language language) {
  const auto mark = marking(overview, language);
  return mark.empty() ? say(language, "Small numbers are protected; may be shown to everyone") : mark;
}

// What stands under a table: why some cells are hidden, and who may see it.
std::string note(const Overview& overview, bool has_hidden, text::Language language) {
  auto words = has_hidden
                   ? say(language, ".. means that a number is too small to be shown, or would give one away.")
                   : "";
  const auto mark = marking(overview, language);
  if (!mark.empty()) words += (words.empty() ? "" : " ") + mark + ".";
  return words;
}

file::FormTable as_table(const overview::Lines& lines, std::string note) {
  file::FormTable table{
      .caption = lines.caption, .headings = lines.headings, .total_last = true, .note = std::move(note)};
  for (const auto& line : lines.lines) table.rows.push_back(line.cells);
  table.rows.push_back(lines.total.cells);
  return table;
}

file::FormTable goal_table(const Overview& overview, text::Language language) {
  file::FormTable table{.caption = say(language, "Goals")};
  for (const auto* heading : {_("Goal"), _("Women"), _("Men"), _("Outcome"), _("Reached")})
    table.headings.push_back(say(language, heading));
  bool has_hidden = false;
  for (const auto& judgement : overview.goals) {
    table.rows.push_back({judgement.goal.text, share_of(judgement, judgement.women, language),
                          share_of(judgement, judgement.men, language), outcome_text(judgement, language),
                          reached_text(judgement, language)});
    for (const auto& cell : table.rows.back()) has_hidden |= cell == hidden;
  }
  table.note = note(overview, has_hidden, language);
  return table;
}

}  // namespace

View fields(const Overview& overview, const Told& told, text::Language language) {
  const auto& definition = overview.intervention.definition;
  const auto words = [&](Date date) { return text::date_words(date, language); };
  const auto time = [&](const Table& times) {
    return View{{"medel", time_text(times, &statistics::Cell::mean, language)},
                {"median", time_text(times, &statistics::Cell::median, language)}};
  };
  View all = {{"insats",
               {{"namn", definition.name},
                {"agare", definition.owner},
                {"omrade", definition.area},
                {"malgrupp", or_missing(definition.target_group)},
                {"start", words(definition.from)},
                {"slut", definition.to ? words(*definition.to) : say(language, "until further notice")}}},
              {"period",
               {{"fran", words(*overview.period.from)},
                {"till", words(*overview.period.to)},
                {"namn", text::period_words(overview.period, language)}}},
              {"rapport",
               {{"titel", or_missing(told.title)},
                {"datum", words(told.today)},
                {"forfattare", or_missing(told.author)},
                {"siffror", figures_are(overview, language)},
                {"markning", marking(overview, language)}}},
              {"antal",
               {{"avslutade", overview::count_text(overview.closed.total(), language)},
                {"kvinnor", count_of(overview.closed, "woman", language)},
                {"man", count_of(overview.closed, "man", language)},
                {"startade", overview::count_text(overview.started.total(), language)},
                {"aktiva", overview::count_text(overview.active.total(), language)}}},
              {"tid", time(overview.stay)},
              {"vantan", time(overview.lead_time)},
              {"mal", views(overview.goals,
                            [&](const Judgement& judgement) { return goal_fields(judgement, language); })}};
  for (const auto& [field, text] : told.texts) all.set(field, or_missing(text));
  return all;
}

std::map<std::string, file::FormTable, std::less<>> tables(const Overview& overview,
                                                           text::Language language) {
  const bool flow_hidden = overview.started_by_month.has_hidden() || overview.closed_by_month.has_hidden();
  return {
      {"resultat", as_table(overview::outcome_lines(overview, language),
                            note(overview, overview.outcomes.has_hidden(), language))},
      {"flode", as_table(overview::flow_lines(overview, language), note(overview, flow_hidden, language))},
      {"mal", goal_table(overview, language)}};
}

file::FormValues values(const Overview& overview, const Told& told, text::Language language) {
  const auto mark = marking(overview, language);
  return {.fields = fields(overview, told, language),
          .pictures = pictures(overview, language),
          .tables = tables(overview, language),
          .title = mark.empty() ? told.title : told.title + " – " + mark,
          .language = language};
}

}  // namespace stafett::report
