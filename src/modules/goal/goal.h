// Goals judged (måluppfyllelse): whether an intervention's goals are reached, from the same counts as every other figure.
// Count, denominator and value always go together; too few to know is "ej mätbart", never "nej".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/user.h"
#include "base/view.h"
#include "intervention/intervention.h"
#include "statistics/statistics.h"
#include "text/translation.h"

namespace stafett::goal {

enum class State { reached, not_reached, not_measurable };
inline constexpr Words<State, 3> states{{{State::reached, "reached"}, {State::not_reached, "not reached"}, {State::not_measurable, "not measurable"}}};
Message name_of(State);

// What came out, for all or for one sex. A share: count of `of`. A count per so many months: count in `of` months. A mean:
// of `of` participations, without a count. Nothing is set where it is hidden from this audience.
struct Outcome {
  std::optional<std::int64_t> count;
  std::optional<double> of, value;
};

struct Judgement {
  intervention::Goal goal;
  State state = State::not_measurable;
  Outcome all;
  Outcome women, men;      // of shares only
  bool is_hidden = false;  // too few for others than the unit to see
  double target() const { return goal.at_least ? *goal.at_least : *goal.at_most; }
};

// The months of a period, reckoned as they are spoken of: 1 January to 31 May the year after is 17.
double months_in(Date from, Date to);

// The period that is judged where none is asked for: the intervention's own, until today.
Period whole_period(const intervention::Definition&, const Period& asked, Date today);

State judge(const intervention::Goal&, const Outcome&);

// `asker`: null is whoever can read the database file. Problems: a goal that counts something the statistics do not know; true counts for someone who may not see them.
Result<std::vector<Judgement>> judge_all(db::Transaction&, const access::User* asker, const intervention::Intervention&, const Period&,
                                         statistics::Audience);
// The same from facts in hand, true or protected.
Result<std::vector<Judgement>> judge_all(const statistics::Facts&, const statistics::Reach&, const intervention::Intervention&,
                                         const Period&, statistics::Audience);

// [{id, text, target, count, of, value, state}]
View view(const Judgement&);
// "43,1 %", "45,9", "ej mätbart"; "28 av 65. Kvinnor 48,6 % (17 av 35), män 36,7 % (11 av 30)."; "minst 55 %"
std::string value_text(const Judgement&, text::Language);
std::string rests_on(const Judgement&, text::Language);
std::string target_text(const intervention::Goal&, text::Language);
std::string share_text(const Outcome&, text::Language);  // "48,6 % (17 av 35)"

}  // namespace stafett::goal
