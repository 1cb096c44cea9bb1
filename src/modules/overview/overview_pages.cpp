#include <algorithm>

#include "assignment/assignment.h"
#include "broken_glass/broken_glass.h"
#include "exchange/exchange.h"
#include "overview/overview.h"
#include "participant/participant.h"
#include "text/number.h"
#include "web/router.h"

namespace stafett::overview {
namespace {

using statistics::Audience;

View cells_view(const Lines::Line& line, bool marked) {
  View::Items cells;
  for (std::size_t i = 0; i != line.cells.size(); ++i) {
    View cell = {
        {"text", line.cells[i]}, {"number", i > 0}, {"head", i == 0}, {"none", line.cells[i] == ".."}};
    if (i == 0 && marked) cell.set("tag", {{"text", Message("goal")}, {"color", "success"}});
    cells.push_back(std::move(cell));
  }
  return cells;
}

View table_view(const Lines& lines) {
  View::Items heads, rows;
  for (std::size_t i = 0; i != lines.headings.size(); ++i)
    heads.push_back({{"text", lines.headings[i]}, {"number", i > 0}});
  for (const auto& line : lines.lines)
    rows.push_back({{"cells", cells_view(line, line.counts_towards_goal)}});
  return {{"caption", lines.caption},
          {"caption_hidden", true},
          {"heads", std::move(heads)},
          {"rows", std::move(rows)},
          {"sum", {{"cells", cells_view(lines.total, false)}}}};
}

View figure(Message label, std::string value, std::string rests_on) {
  return {{"label", std::move(label)}, {"value", std::move(value)}, {"rests_on", std::move(rests_on)}};
}

View count_figure(web::Request& request, Message label, const statistics::Table& by_sex) {
  const auto& all = by_sex.total();
  const auto rests_on = all.is_hidden    ? request.translated("too few to be shown")
                        : all.count == 0 ? request.translated("none in the period")
                                         : by_sex_text(by_sex, request.language);
  return figure(std::move(label), count_text(all, request.language), rests_on);
}

// The mean and median of a time, or that there are too few to say.
View time_figure(web::Request& request, Message label, const statistics::Table& table, const char* unit) {
  const auto& cell = table.total();
  if (cell.is_hidden) return figure(std::move(label), "..", request.translated("too few to be shown"));
  if (cell.count == 0) return figure(std::move(label), "–", request.translated("none in the period"));
  const auto median = text::decimal(cell.median, table.measure->in_months ? 1 : 0, request.language);
  const auto mean = text::decimal(cell.mean, table.measure->in_months ? 1 : 0, request.language);
  return figure(
      std::move(label), request.translated({unit, median}),
      request.translated({"median · mean {1} · n {2}", mean, text::whole(cell.count, request.language)}));
}

View figures(web::Request& request, const Overview& overview) {
  const auto language = request.language;
  View::Items figures;
  figures.push_back(count_figure(request, "Closed", overview.closed));
  const auto share = std::find_if(overview.goals.begin(), overview.goals.end(), [](auto& judgement) {
    return judgement.goal.kind == intervention::Goal::Kind::share;
  });
  if (share != overview.goals.end() && share->all.value)
    figures.push_back(
        figure("Reached the first goal",
               text::percent(*share->all.count, static_cast<std::int64_t>(*share->all.of), language),
               request.translated({"{1} of {2}", text::whole(*share->all.count, language),
                                   text::whole(static_cast<std::int64_t>(*share->all.of), language)})));
  else
    figures.push_back(count_figure(request, "Started", overview.started));
  figures.push_back(time_figure(request, "Time in the intervention", overview.stay, "{1} months"));
  figures.push_back(time_figure(request, "Wait from referral to start", overview.lead_time, "{1} days"));
  return figures;
}

View goal_view(web::Request& request, const goal::Judgement& judgement, std::size_t number) {
  using goal::State;
  const auto* color = judgement.state == State::reached       ? "success"
                      : judgement.state == State::not_reached ? "danger"
                                                              : "warning";
  return {{"id", judgement.goal.id},
          {"words", judgement.goal.text},
          {"state", {{"text", goal::name_of(judgement.state)}, {"color", color}}},
          {"svg", goal_chart(judgement, "goal" + std::to_string(number), request.language)},
          {"rests_on", goal::rests_on(judgement, request.language)}};
}

Period asked_period(const web::Request& request) {
  return {Date::read(request.asked("from")), Date::read(request.asked("to"))};
}

std::string query_of(const Period& period) {
  return "?from=" + period.from->text() + "&to=" + period.to->text();
}

// "Sifforna täcker 17 av insatsens 57 månader": where the period is shorter than the intervention.
std::string coverage(web::Request& request, const intervention::Definition& definition,
                     const Period& period) {
  const auto whole = goal::whole_period(definition, {}, request.now.date());
  const auto all = goal::months_in(*whole.from, *whole.to),
             covered = goal::months_in(*period.from, *period.to);
  if (covered >= all || covered <= 0) return {};
  const auto months = [&](double number) {
    return text::decimal(number, number == static_cast<int>(number) ? 0 : 1, request.language);
  };
  return request.translated(
      {"The figures cover {1} of the intervention's {2} months.", months(covered), months(all)});
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

// What is known of the intervention besides its figures.
View facts(web::Request& request, const intervention::Definition& definition) {
  View::Items facts;
  const auto add = [&](const char* what, std::string is) {
    if (!is.empty()) facts.push_back({{"what", Message(what)}, {"is", std::move(is)}});
  };
  const auto number = [](const std::optional<int>& number) { return number ? std::to_string(*number) : ""; };
  add(_("Owner"), definition.owner);
  add(_("Association"), definition.area);
  add(_("Goes on"), text::period_words({definition.from, definition.to}, request.language));
  add(_("For"), definition.target_group);
  add(_("Sites"), joined(definition.sites));
  if (definition.follow_up_every_months)
    add(_("Follow-up"), request.translated({"every {1} months", number(definition.follow_up_every_months)}));
  if (definition.longest_stay_months)
    add(_("Longest stay"),
        request.translated({"{1} months at most", number(definition.longest_stay_months)}));
  add(_("Planned per year"), number(definition.planned_per_year));
  return facts;
}

// The result table as a file, from the statistics' own page.
std::string excel_address(const intervention::Definition& definition, const Period& period,
                          Audience audience) {
  const bool decisions = definition.destinations.empty();
  return std::string("/statistics/table.xlsx") + query_of(period) +
         (decisions ? "&measure=decisions&by=decision&by=sex" : "&measure=closed&by=destination&by=sex") +
         "&intervention=" + web::urlencoded(definition.id) +
         (audience == Audience::unit ? "&audience=unit" : "");
}

Result<web::Reply> show(web::Request& request) {
  const auto intervention = TRY(intervention::find(request.tx, request.id<intervention::Intervention>()));
  const auto& definition = intervention.definition;
  const auto period = goal::whole_period(definition, asked_period(request), request.now.date());
  const auto audience = audience_for(request.user, intervention);
  const auto overview = TRY(look(request.tx, &request.user, intervention, period, audience));

  View::Items goals;
  for (const auto& judgement : overview.goals)
    goals.push_back(goal_view(request, judgement, goals.size() + 1));
  const bool has_goals = !goals.empty();
  auto outcomes = table_view(outcome_lines(overview, request.language));
  if (overview.outcomes.has_hidden())
    outcomes.set("note", Message(".. means that a number is too small to be shown, or would give one away."));
  View flow = {{"name", Message("In and out, per month")},
               {"svg", flow_chart(overview, "flow", request.language)},
               {"table", table_view(flow_lines(overview, request.language))}};
  return web::show(
      "overview/show",
      {{"title", definition.name},
       {"crumbs", View::Items{{{"label", Message("Interventions")}, {"address", "/interventions"}}}},
       {"here", definition.name},
       {"id", definition.id},
       {"owner", definition.owner},
       {"area", definition.area},
       {"orientation", intervention::name_of(definition.orientation)},
       {"facts", facts(request, definition)},
       {"period", text::period_words(period, request.language)},
       {"from", period.from->text()},
       {"to", period.to->text()},
       {"may_ask", request.user.may(statistics::may_ask)},
       {"excel", excel_address(definition, period, audience)},
       {"report", "/reports/new" + query_of(period) + "&intervention=" + web::urlencoded(definition.id)},
       {"coverage", coverage(request, definition, period)},
       {"true_counts", audience == Audience::unit},
       {"withheld", overview.outcomes.is_withheld},
       {"figures", figures(request, overview)},
       {"outcomes_heading", outcome_lines(overview, request.language).caption},
       {"outcomes", std::move(outcomes)},
       {"goals", std::move(goals)},
       {"flow", std::move(flow)},
       {"has_goals", has_goals},
       {"may_report", request.user.may(may_report)},
       {"may_know_participants", participant::may_know(request.user, intervention.owner)},
       {"may_assign", request.user.may(assignment::may_head) && participant::may_know(request.user, intervention.owner)},
       {"may_change", intervention::may_change_for(request.user, intervention.owner)}});
}

Period last_year(Date today) {
  return {Date::of(today.year() - 1, today.month(), std::min(today.day(), 28u)) + 1, today};
}

// In and out of all the interventions, as everyone may see it.
Result<View> recent_flow(web::Request& request, const Period& year) {
  const auto facts = statistics::facts(request.tx);
  const auto reach = TRY(statistics::reach(&request.user, Audience::everyone));
  const auto by_month = [&](const char* measure) {
    return statistics::ask(*facts, reach, {.measure = measure, .by = {"month"}, .period = year});
  };
  Overview all{.period = year, .audience = Audience::everyone};
  all.started_by_month = TRY(by_month("started"));
  all.closed_by_month = TRY(by_month("closed"));
  return View{{"name", Message("In and out, per month")},
              {"svg", flow_chart(all, "flow", request.language)},
              {"table", table_view(flow_lines(all, request.language))}};
}

// What happened in each intervention during the last twelve months.
View recent(web::Request& request, const Period& year) {
  const auto today = request.now.date();
  const auto facts = statistics::facts(request.tx);
  const auto count = [&](const char* measure, const intervention::Intervention& intervention) {
    const auto audience = audience_for(request.user, intervention);
    const auto table = statistics::ask(*facts, statistics::reach(&request.user, audience).value(),
                                       {.measure = measure,
                                        .where = {{"intervention", {intervention.id.text}}},
                                        .period = year,
                                        .audience = audience});
    return table ? count_text(table->total(), request.language) : std::string("..");
  };
  View::Items rows;
  for (const auto& intervention : intervention::list(request.tx)) {
    const auto& definition = intervention.definition;
    View name = {{"text", definition.name}, {"head", true}, {"link", "/interventions/" + definition.id}};
    if (definition.to && *definition.to < today)
      name.set("tag", {{"text", Message("ended")}, {"color", "neutral"}});
    const auto number = [](std::string text) {
      return View{{"text", text}, {"number", true}, {"none", text == ".."}};
    };
    rows.push_back({{"cells", View::Items{std::move(name),
                                          number(count("active", intervention)),
                                          number(count("started", intervention)),
                                          number(count("closed", intervention)),
                                          {{"text", definition.owner}}}}});
  }
  const bool none = rows.empty();
  View::Items heads{{{"text", Message("Intervention")}},
                    {{"text", Message("Ongoing")}, {"number", true}},
                    {{"text", Message("Started")}, {"number", true}},
                    {{"text", Message("Closed")}, {"number", true}},
                    {{"text", Message("Owner")}}};
  return {{"caption", Message("Interventions, the last twelve months")},
          {"caption_hidden", true},
          {"none", none},
          {"heads", std::move(heads)},
          {"rows", std::move(rows)},
          {"period", text::period_words(year, request.language)}};
}

Result<web::Reply> start(web::Request& request) {
  View view = {{"title", Message("Start")},
               {"signed_in", request.user.is_signed_in()},
               {"may_import", request.user.may(exchange::may_import)},
               {"may_report", request.user.may(may_report)},
               {"may_ask", request.user.may(statistics::may_ask)},
               {"may_change", request.user.may(intervention::may_change)}};
  if (const auto glasses = broken_glass::count_to_review(request.tx, request.user); glasses > 0)
    view.set("glasses", {{"heading", Message{"Opened in an emergency, to review: {1}", std::to_string(glasses)}},
                         {"text", Message("Somebody opened for a participant they do not work with.")},
                         {"color", "warning"},
                         {"link", {{"label", Message("To review")}, {"address", "/broken-glass"}}}});
  view.set("may_decide", request.user.may(assignment::may_head) && !request.user.of_association);
  view.set("may_open", request.user.may(participant::may_read));
  if (request.user.may(statistics::may_ask)) {
    const auto year = last_year(request.now.date());
    view.set("recent", recent(request, year));
    auto flow = TRY(recent_flow(request, year));
    view.set("flow", std::move(flow));
  }
  return web::show("overview/start", std::move(view));
}

Result<web::Reply> about(web::Request&) {
  return web::show("overview/about", {{"title", Message("About Stafett")}});
}

}  // namespace

void routes(web::Router& router) {
  router.get("/", access::anyone, start);
  router.get("/about", access::anyone, about);
  router.get("/interventions/:id", access::signed_in, show);
  participant_routes(router);
}

}  // namespace stafett::overview
