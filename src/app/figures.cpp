// stafett table, stafett goals
#include <iostream>

#include "app/commands.h"
#include "goal/goal.h"
#include "statistics/formats.h"
#include "statistics/statistics.h"
#include "text/number.h"

namespace stafett::app {
namespace {

constexpr auto swedish = text::Language::swedish;

Result<Period> period_of(const std::string& from, const std::string& to) {
  Period period;
  for (const auto& [name, written, into] : {std::tuple{"--from", &from, &period.from}, std::tuple{"--to", &to, &period.to}}) {
    if (written->empty()) continue;
    *into = Date::read(*written);
    if (!*into) return invalid(name, {"“{1}” is not a date. Write it as 2024-03-01.", *written});
  }
  return period;
}

// "sex=kvinna,man": one dimension and the values it is limited to.
Result<statistics::Filter> filter_of(const std::string& written) {
  const auto equals = written.find('=');
  if (equals == written.npos || equals == 0) return invalid("--where", {"“{1}” does not say what to limit to. Write it as sex=kvinna.", written});
  statistics::Filter filter{written.substr(0, equals), {}};
  for (std::size_t at = equals + 1; at <= written.size();) {
    const auto end = std::min(written.find(',', at), written.size());
    filter.values.push_back(written.substr(at, end - at));
    at = end + 1;
  }
  return filter;
}

Result<statistics::Question> question_of(const TableWish& wish) {
  statistics::Question question{.measure = wish.measure, .by = wish.by};
  question.period = TRY(period_of(wish.from, wish.to));
  question.audience = statistics::audiences.meant_by(wish.audience);
  for (const auto& written : wish.where) {
    auto filter = TRY(filter_of(written));
    question.where.push_back(std::move(filter));
  }
  return question;
}

std::string written(const statistics::Table& table, const std::string& format) {
  if (format == "json-stat") return statistics::as_json_stat(table, swedish) + "\n";
  if (format == "csv") return statistics::as_csv(table, swedish);
  if (format == "xlsx") return statistics::as_xlsx(table, swedish);
  if (format == "px") return statistics::as_px(table, swedish, now());
  return statistics::as_text(table, swedish);
}

std::string in_words(const intervention::Intervention& of, const Period& period, const std::vector<goal::Judgement>& judgements) {
  std::string words = of.definition.name + ", " + text::period_words(period, swedish) + "\n";
  for (const auto& judgement : judgements)
    words += "\n" + judgement.goal.text + "\n  " + text::translated(swedish, goal::name_of(judgement.state)) +
             (judgement.state == goal::State::not_measurable ? "" : ": " + goal::value_text(judgement, swedish)) + " (" +
             goal::target_text(judgement.goal, swedish) + "). " + goal::rests_on(judgement, swedish) + "\n";
  return words;
}

}  // namespace

int table(const Settings& settings, const Asking& asking, const TableWish& wish) {
  const auto question = question_of(wish);
  if (!question) return refuse(question.error());
  const auto database = open_database(settings);
  const auto user = user_asking(*database, asking);
  if (!user) return refuse(user.error());
  const auto answer = database->read([&](db::Transaction& tx) { return statistics::ask(tx, *user ? &**user : nullptr, *question); });
  if (!answer) return refuse(answer.error());
  std::cout << written(*answer, wish.format) << std::flush;
  return done;
}

int goals(const Settings& settings, const Asking& asking, const GoalsWish& wish) {
  const auto asked = period_of(wish.from, wish.to);
  if (!asked) return refuse(asked.error());
  const auto database = open_database(settings);
  const auto user = user_asking(*database, asking);
  if (!user) return refuse(user.error());

  struct Answer {
    intervention::Intervention intervention;
    Period period;
    std::vector<goal::Judgement> judgements;
  };
  const auto answer = database->read([&](db::Transaction& tx) -> Result<Answer> {
    Answer answer;
    answer.intervention = TRY(intervention::find(tx, {wish.intervention}));
    answer.period = goal::whole_period(answer.intervention.definition, *asked, now().date());
    answer.judgements = TRY(goal::judge_all(tx, *user ? &**user : nullptr, answer.intervention, answer.period,
                                            statistics::audiences.meant_by(wish.audience)));
    return answer;
  });
  if (!answer) return refuse(answer.error());
  if (wish.format == "json")
    std::cout << views(answer->judgements, goal::view).json() << std::endl;
  else
    std::cout << in_words(answer->intervention, answer->period, answer->judgements) << std::flush;
  return done;
}

}  // namespace stafett::app
