#include "overview/overview.h"

#include <algorithm>

#include "text/number.h"

namespace stafett::overview {
namespace {

using statistics::Cell;
using statistics::Question;
using statistics::Table;

std::string say(text::Language language, const Message& message) {
  return text::translated(language, message);
}

// Does a destination count in the intervention's first goal that is a share; or a decision, where there are
// no destinations, in its first goal of decisions?
bool counts_towards_goal(const intervention::Definition& definition, const std::string& name) {
  const bool decisions = definition.destinations.empty();
  const auto& outcomes = decisions ? definition.decisions : definition.destinations;
  const auto goal = std::find_if(definition.goals.begin(), definition.goals.end(), [&](auto& goal) {
    return decisions ? goal.of == "decisions" : goal.kind == intervention::Goal::Kind::share;
  });
  const auto outcome =
      std::find_if(outcomes.begin(), outcomes.end(), [&](auto& outcome) { return outcome.name == name; });
  if (goal == definition.goals.end() || outcome == outcomes.end()) return false;
  const auto names = [&](const char* dimension, std::string_view value) {
    const auto found = goal->counts.find(dimension);
    return found != goal->counts.end() &&
           std::find(found->second.begin(), found->second.end(), value) != found->second.end();
  };
  return names(decisions ? "decision" : "destination", name) ||
         names("destination_group", intervention::groups.of(outcome->group));
}

// The sexes with anyone in them, in the table's order: an empty "annat" needs no column.
std::vector<std::size_t> sexes_met(const Table& table, std::size_t axis) {
  std::vector<std::size_t> met;
  const auto& values = table.axes[axis].values;
  for (std::size_t at = 0; at != values.size(); ++at) {
    std::vector<std::size_t> place;
    for (const auto& other : table.axes) place.push_back(other.values.size());
    place[axis] = at;
    const auto& cell = table.at(place);
    if (cell.is_hidden || cell.count > 0 || values[at].word == "woman" || values[at].word == "man")
      met.push_back(at);
  }
  return met;
}

// The last three years of it: more columns than that cannot be read.
std::vector<Date> months_of(const Period& period) {
  const auto number = [](Date day) { return day.year() * 12 + static_cast<int>(day.month()) - 1; };
  const int last = number(*period.to);
  std::vector<Date> months;
  for (int month = std::max(number(*period.from), last - 35); month <= last; ++month)
    months.push_back(Date::of(month / 12, static_cast<unsigned>(month % 12 + 1), 1));
  return months;
}

// The cell of a month, or none where nothing happened.
const Cell* in_month(const Table& by_month, Date month) {
  const auto code = month.text().substr(0, 7);
  const auto& values = by_month.axes[0].values;
  for (std::size_t i = 0; i != values.size(); ++i)
    if (values[i].code == code) return &by_month.cells[i];
  return nullptr;
}

chart::Value drawn(const Table& by_month, Date month) {
  const auto* cell = in_month(by_month, month);
  if (!cell) return by_month.is_withheld ? chart::Value{} : chart::Value{0};
  return cell->is_hidden ? chart::Value{} : chart::Value{static_cast<double>(cell->count)};
}

}  // namespace

statistics::Audience audience_for(const access::User& user, const intervention::Intervention& intervention) {
  const bool own =
      !user.of_association && user.organisation == intervention.owner && user.may(statistics::may_ask_unit);
  return own ? statistics::Audience::unit : statistics::Audience::everyone;
}

Result<Overview> look(db::Transaction& tx, const access::User* asker,
                      const intervention::Intervention& intervention, const Period& period,
                      statistics::Audience audience) {
  const auto reach = TRY(statistics::reach(asker, audience));
  const auto facts = statistics::facts(tx);
  const auto ask = [&](std::string measure, std::vector<std::string> by) {
    return statistics::ask(
        *facts, reach,
        Question{
            std::move(measure), std::move(by), {{"intervention", {intervention.id.text}}}, period, audience});
  };
  const bool has_destinations = !intervention.definition.destinations.empty();
  Overview overview{.intervention = intervention, .period = period, .audience = audience};
  overview.started = TRY(ask("started", {"sex"}));
  overview.active = TRY(ask("active", {"sex"}));
  overview.closed = TRY(ask("closed", {"sex"}));
  overview.outcomes =
      TRY(has_destinations ? ask("closed", {"destination", "sex"}) : ask("decisions", {"decision", "sex"}));
  overview.stay = TRY(ask("stay", {}));
  overview.lead_time = TRY(ask("lead_time", {}));
  overview.started_by_month = TRY(ask("started", {"month"}));
  overview.closed_by_month = TRY(ask("closed", {"month"}));
  overview.goals = TRY(goal::judge_all(*facts, reach, intervention, period, audience));
  return overview;
}

std::string count_text(const Cell& cell, text::Language language) {
  return cell.is_hidden ? ".." : text::whole(cell.count, language);
}

std::string by_sex_text(const Table& by_sex, text::Language language) {
  std::string words;
  const auto& values = by_sex.axes[0].values;
  for (std::size_t i = 0; i != values.size(); ++i) {
    const auto& cell = by_sex.cells[i];
    if (!cell.is_hidden && cell.count == 0) continue;
    const auto count = count_text(cell, language);
    const auto& word = values[i].word;
    words += (words.empty() ? "" : ", ") + say(language, word == "woman" ? Message{"{1} women", count}
                                                         : word == "man" ? Message{"{1} men", count}
                                                                         : Message{"{1} others", count});
  }
  return words;
}

Lines outcome_lines(const Overview& overview, text::Language language) {
  const auto& table = overview.outcomes;
  const auto sexes = sexes_met(table, 1);
  const auto& everyone = table.total();
  const auto all_sexes = table.axes[1].values.size();
  const auto line = [&](std::size_t row, std::string name) {
    Lines::Line line;
    line.cells.push_back(std::move(name));
    for (const auto sex : sexes) line.cells.push_back(count_text(table.at(std::vector{row, sex}), language));
    const auto& all = table.at(std::vector{row, all_sexes});
    line.cells.push_back(count_text(all, language));
    line.cells.push_back(
        all.is_hidden || everyone.is_hidden ? ".." : text::percent(all.count, everyone.count, language));
    return line;
  };

  Lines lines;
  const bool decisions = overview.intervention.definition.destinations.empty();
  lines.caption =
      say(language, decisions ? "Decisions, by kind and sex" : "Closed, by where they went and sex");
  lines.headings.push_back(say(language, decisions ? "Decision" : "Ended to"));
  for (const auto sex : sexes) {
    const auto& value = table.axes[1].values[sex];
    lines.headings.push_back(say(language, value.word == "woman" ? Message("Women")
                                           : value.word == "man" ? Message("Men")
                                                                 : value.name));
  }
  lines.headings.push_back(say(language, "All"));
  lines.headings.push_back(say(language, "Share"));
  const auto& outcomes = table.axes[0].values;
  for (std::size_t row = 0; row != outcomes.size(); ++row) {
    const auto& all = table.at(std::vector{row, all_sexes});
    if (outcomes[row].is_missing() && !all.is_hidden && all.count == 0) continue;
    lines.lines.push_back(line(row, say(language, outcomes[row].name)));
    lines.lines.back().counts_towards_goal =
        counts_towards_goal(overview.intervention.definition, outcomes[row].word);
  }
  lines.total = line(outcomes.size(), say(language, "All"));
  return lines;
}

std::string flow_chart(const Overview& overview, std::string id, text::Language language) {
  const auto months = months_of(overview.period);
  chart::Series in{say(language, "started"), {}}, out{say(language, "closed"), {}};
  for (const auto month : months) {
    in.values.push_back(drawn(overview.started_by_month, month));
    out.values.push_back(drawn(overview.closed_by_month, month));
  }
  const chart::About about{std::move(id), say(language, "In and out, per month"),
                           say(language, {"How many started and how many closed each month, {1}.",
                                          text::period_words(overview.period, language)}),
                           language};
  return chart::columns(about, chart::months(months.front(), static_cast<int>(months.size()), language),
                        {in, out});
}

Lines flow_lines(const Overview& overview, text::Language language) {
  Lines lines;
  lines.caption = say(language, "In and out, per month");
  lines.headings = {say(language, "Month"), say(language, "Started"), say(language, "Closed")};
  const auto cell = [&](const Table& by_month, Date month) {
    const auto* found = in_month(by_month, month);
    return found ? count_text(*found, language) : by_month.is_withheld ? ".." : "0";
  };
  for (const auto month : months_of(overview.period))
    lines.lines.push_back({{text::month_words(month, language), cell(overview.started_by_month, month),
                            cell(overview.closed_by_month, month)}});
  lines.total.cells = {say(language, "All"), count_text(overview.started_by_month.total(), language),
                       count_text(overview.closed_by_month.total(), language)};
  return lines;
}

std::string goal_chart(const goal::Judgement& judgement, std::string id, text::Language language) {
  if (judgement.state == goal::State::not_measurable) return {};
  const bool is_share = judgement.goal.kind == intervention::Goal::Kind::share;
  const auto value = goal::value_text(judgement, language),
             target = goal::target_text(judgement.goal, language);
  const chart::About about{std::move(id), judgement.goal.text,
                           say(language, {"{1}; the target is {2}.", value, target}), language};
  return chart::goal(about,
                     {judgement.all.value, value, judgement.target(), say(language, {"target {1}", target}),
                      is_share ? std::optional(1.0) : std::nullopt});
}

}  // namespace stafett::overview
