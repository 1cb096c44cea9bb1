#include "goal/goal.h"

#include <cmath>

#include "statistics/protection.h"
#include "text/number.h"

namespace stafett::goal {
namespace {

using statistics::Audience;
using statistics::Facts;
using statistics::Question;
using statistics::Reach;

// True counts, whoever asks: what may be shown of them is decided here, for shares as shares.
Question true_question(const intervention::Goal& goal, const intervention::Intervention& of,
                       const Period& period, bool only_what_counts) {
  Question question{.measure = goal.of, .period = period, .audience = Audience::unit};
  question.where.push_back({"intervention", {of.id.text}});
  if (only_what_counts)
    for (const auto& [dimension, values] : goal.counts) question.where.push_back({dimension, values});
  return question;
}

struct BySex {
  std::int64_t all = 0, women = 0, men = 0;
};
Result<BySex> counted_by_sex(const Facts& facts, const Reach& reach, Question question) {
  question.by = {"sex"};
  const auto table = TRY(statistics::ask(facts, reach, question));
  BySex counts{.all = table.total().count};
  const auto& values = table.axes[0].values;
  for (std::size_t i = 0; i != values.size(); ++i) {
    if (values[i].word == "woman") counts.women = table.cells[i].count;
    if (values[i].word == "man") counts.men = table.cells[i].count;
  }
  return counts;
}

Outcome share(std::int64_t count, std::int64_t of) {
  Outcome outcome{.count = count, .of = static_cast<double>(of)};
  if (of > 0) outcome.value = static_cast<double>(count) / static_cast<double>(of);
  return outcome;
}

// A share for all and by sex; from everyone's eyes is hidden what few have done or left undone.
Result<Judgement> judge_share(const Facts& facts, const Reach& reach, const intervention::Goal& goal,
                              const intervention::Intervention& of, const Period& period, Audience audience) {
  const auto of_all = TRY(counted_by_sex(facts, reach, true_question(goal, of, period, false)));
  const auto counted = TRY(counted_by_sex(facts, reach, true_question(goal, of, period, true)));
  Judgement judgement{.goal = goal, .all = share(counted.all, of_all.all)};
  judgement.women = share(counted.women, of_all.women);
  judgement.men = share(counted.men, of_all.men);
  if (audience == Audience::unit) return judgement;

  const std::vector<statistics::Part> parts{
      {counted.women, of_all.women},
      {counted.men, of_all.men},
      {counted.all - counted.women - counted.men, of_all.all - of_all.women - of_all.men}};
  const auto shown = statistics::protect_shares(parts);
  if (!shown.group[0]) judgement.women = {};
  if (!shown.group[1]) judgement.men = {};
  if (!shown.everyone) {
    judgement.all = {};
    judgement.is_hidden = true;
  }
  return judgement;
}

// A count or a mean: as the table of it would be shown.
Result<Judgement> judge_total(const Facts& facts, const Reach& reach, const intervention::Goal& goal,
                              const intervention::Intervention& of, const Period& period, Audience audience) {
  auto question = true_question(goal, of, period, true);
  question.audience = audience;
  const auto table = TRY(statistics::ask(facts, reach, question));
  const auto& cell = table.total();
  Judgement judgement{.goal = goal};
  if (cell.is_hidden) {
    judgement.is_hidden = true;
  } else if (goal.kind == intervention::Goal::Kind::mean) {
    judgement.all.of = static_cast<double>(cell.count);
    if (cell.count > 0) judgement.all.value = cell.mean;
  } else {
    judgement.all.count = cell.count;
    judgement.all.value = static_cast<double>(cell.count);
    if (goal.per_months && period.from && period.to) {
      judgement.all.of = months_in(*period.from, *period.to);
      judgement.all.value = static_cast<double>(cell.count) * *goal.per_months / *judgement.all.of;
    }
  }
  return judgement;
}

std::string count_text(const Outcome& outcome, text::Language language) {
  const auto of = static_cast<std::int64_t>(outcome.of.value_or(0));
  return text::translated(
      language, {"{1} of {2}", text::whole(outcome.count.value_or(0), language), text::whole(of, language)});
}

std::string decimal_or_whole(double value, text::Language language) {
  return value == std::floor(value) ? text::whole(static_cast<std::int64_t>(value), language)
                                    : text::decimal(value, 1, language);
}

}  // namespace

Message name_of(State state) {
  switch (state) {
    case State::reached:
      return "reached";
    case State::not_reached:
      return "not reached";
    case State::not_measurable:
      return "not measurable";
  }
  return {};
}

double months_in(Date from, Date to) {
  const auto after = to + 1;  // whole months end the day before the same day of a later one
  if (after.day() == from.day())
    return (after.year() - from.year()) * 12 + static_cast<int>(after.month()) -
           static_cast<int>(from.month());
  return (to - from + 1) / (365.25 / 12);
}

Period whole_period(const intervention::Definition& definition, const Period& asked, Date today) {
  const auto end = definition.to && *definition.to < today ? *definition.to : today;
  return {asked.from.value_or(definition.from), asked.to.value_or(end)};
}

State judge(const intervention::Goal& goal, const Outcome& outcome) {
  if (!outcome.value) return State::not_measurable;
  const auto rests_on = goal.kind == intervention::Goal::Kind::count
                            ? static_cast<double>(outcome.count.value_or(0))
                            : outcome.of.value_or(0);
  if (rests_on < goal.smallest_n) return State::not_measurable;
  const bool reached = goal.at_least ? *outcome.value >= *goal.at_least : *outcome.value <= *goal.at_most;
  return reached ? State::reached : State::not_reached;
}

Result<std::vector<Judgement>> judge_all(const Facts& facts, const Reach& reach,
                                         const intervention::Intervention& of, const Period& period,
                                         Audience audience) {
  std::vector<Judgement> all;
  for (const auto& goal : of.definition.goals) {
    const bool is_share = goal.kind == intervention::Goal::Kind::share;
    auto judgement = TRY(is_share ? judge_share(facts, reach, goal, of, period, audience)
                                  : judge_total(facts, reach, goal, of, period, audience));
    judgement.state = judge(goal, judgement.all);
    all.push_back(std::move(judgement));
  }
  return all;
}

Result<std::vector<Judgement>> judge_all(db::Transaction& tx, const access::User* asker,
                                         const intervention::Intervention& of, const Period& period,
                                         Audience audience) {
  const auto reach = TRY(statistics::reach(asker, audience));
  return judge_all(*statistics::facts(tx), reach, of, period, audience);
}

View view(const Judgement& judgement) {
  return {{"id", judgement.goal.id},
          {"text", judgement.goal.text},
          {"target", judgement.target()},
          {"count", judgement.all.count},
          {"of", judgement.all.of},
          {"value", judgement.all.value},
          {"state", states.of(judgement.state)}};
}

std::string share_text(const Outcome& outcome, text::Language language) {
  if (!outcome.count || !outcome.of || *outcome.of == 0) return "..";
  return text::percent(*outcome.count, static_cast<std::int64_t>(*outcome.of), language) + " (" +
         count_text(outcome, language) + ")";
}

std::string value_text(const Judgement& judgement, text::Language language) {
  if (judgement.state == State::not_measurable)
    return text::translated(language, name_of(State::not_measurable));
  if (judgement.goal.kind == intervention::Goal::Kind::share)
    return text::percent(*judgement.all.count, static_cast<std::int64_t>(*judgement.all.of), language);
  return decimal_or_whole(*judgement.all.value, language);
}

std::string rests_on(const Judgement& judgement, text::Language language) {
  const auto say = [&](const Message& message) { return text::translated(language, message); };
  const auto& goal = judgement.goal;
  if (judgement.is_hidden) return say("Too few to be shown: fewer than five.");
  std::string words;
  if (goal.kind == intervention::Goal::Kind::share) {
    words = count_text(judgement.all, language) + ".";
    if (judgement.women.value || judgement.men.value)
      words += " " + say({"Women {1}, men {2}.", share_text(judgement.women, language),
                          share_text(judgement.men, language)});
  } else if (goal.kind == intervention::Goal::Kind::mean) {
    words = say(
        {"The mean of {1}.", text::whole(static_cast<std::int64_t>(judgement.all.of.value_or(0)), language)});
  } else if (judgement.all.of) {
    words = say({"{1} in {2} months.", text::whole(judgement.all.count.value_or(0), language),
                 decimal_or_whole(*judgement.all.of, language)});
  } else {
    words = say({"{1} in the period.", text::whole(judgement.all.count.value_or(0), language)});
  }
  if (judgement.state == State::not_measurable && goal.smallest_n > 0)
    words += " " + say({"At least {1} are needed to judge.", std::to_string(goal.smallest_n)});
  return words;
}

std::string target_text(const intervention::Goal& goal, text::Language language) {
  const double target = goal.at_least ? *goal.at_least : *goal.at_most;
  const auto thousandths = std::llround(target * 1000);
  const auto number = goal.kind == intervention::Goal::Kind::share
                          ? text::percent(thousandths, 1000, language, thousandths % 10 == 0 ? 0 : 1)
                          : decimal_or_whole(target, language);
  return text::translated(language, {goal.at_least ? "at least {1}" : "at most {1}", number});
}

}  // namespace stafett::goal
