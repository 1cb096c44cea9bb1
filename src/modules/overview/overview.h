// Overview (översikt): an intervention at a glance, for a period: who ended and where they went by sex, the
// goals, the time it took, in and out per month. The page and the report show this same thing.
#pragma once

#include <string>
#include <vector>

#include "chart/chart.h"
#include "goal/goal.h"
#include "intervention/intervention.h"
#include "statistics/statistics.h"
#include "text/translation.h"

namespace stafett::web {
class Router;
}

namespace stafett::overview {

struct Overview {
  intervention::Intervention intervention;
  Period period;  // from and to are set
  statistics::Audience audience;
  statistics::Table started, active, closed;  // by sex
  statistics::Table
      outcomes;  // closed by destination and sex; decisions by kind and sex where there are no destinations
  statistics::Table stay, lead_time;  // totals
  statistics::Table started_by_month, closed_by_month;
  std::vector<goal::Judgement> goals;
};

// Problems: as statistics::ask; a period that ends before it begins.
Result<Overview> look(db::Transaction&, const access::User* asker, const intervention::Intervention&,
                      const Period&, statistics::Audience);

// The true counts if this user may see them, else what everyone may.
statistics::Audience audience_for(const access::User&, const intervention::Intervention&);

// A table as rows of text: a heading row's names, each row with its name first, the total last.
struct Lines {
  std::string caption;
  std::vector<std::string> headings;
  struct Line {
    std::vector<std::string> cells;
    bool counts_towards_goal = false;
  };
  std::vector<Line> lines;
  Line total;
};
Lines outcome_lines(const Overview&, text::Language);  // name, women, men, …, all, share

std::string flow_chart(const Overview&, std::string id, text::Language);
Lines flow_lines(const Overview&, text::Language);
std::string goal_chart(const goal::Judgement&, std::string id, text::Language);

std::string count_text(const statistics::Cell&, text::Language);           // "35", ".."
std::string by_sex_text(const statistics::Table& by_sex, text::Language);  // "35 kvinnor, 30 män"

// What the report, which builds on this, lets people do: a place for its link.
inline constexpr access::Permission may_report{"report.write"};

// Pages: /, /about, /interventions/:id; and those of persons, /interventions/:id/participants,
// /participants/:id
void routes(web::Router&);
void participant_routes(web::Router&);

}  // namespace stafett::overview
