#include <algorithm>

#include "statistics/answer.h"
#include "statistics/asked.h"
#include "statistics/definitions.h"
#include "statistics/formats.h"
#include "text/number.h"
#include "web/router.h"

namespace stafett::statistics {
namespace {

using web::Reply;

constexpr std::size_t most_divisions = 3;

// ---- a question in an address:
// ?measure=closed&by=destination&by=sex&intervention=jobbvagen-ar&from=2024-01-01

// What is asked when nothing is.
Question first_question() { return {.measure = "closed", .by = {"destination_group", "sex"}}; }

Result<std::optional<Date>> day_in(const web::Request& request, const std::string& name) {
  const auto word = request.asked(name);
  if (word.empty()) return std::nullopt;
  const auto day = Date::read(word);
  if (!day) return invalid(name, {"“{1}” is not a date. Write it as 2024-03-01.", word});
  return day;
}

Result<Question> question_in(const web::Request& request) {
  if (!request.query.has("measure")) return first_question();
  Question question{.measure = request.asked("measure")};
  for (auto& name : request.query.all("by"))
    if (!name.empty()) question.by.push_back(std::move(name));
  for (const auto& division : dimensions())
    if (auto values = request.query.all(division.id); !values.empty())
      question.where.push_back({std::string(division.id), std::move(values)});
  question.period.from = TRY(day_in(request, "from"));
  question.period.to = TRY(day_in(request, "to"));
  if (request.asked("audience") == audiences.of(Audience::unit)) question.audience = Audience::unit;
  return question;
}

std::string query_of(const Question& question) {
  std::string query = "?measure=" + web::urlencoded(question.measure);
  const auto add = [&](std::string_view name, std::string_view value) {
    query += "&" + std::string(name) + "=" + web::urlencoded(value);
  };
  for (const auto& name : question.by) add("by", name);
  for (const auto& filter : question.where)
    for (const auto& value : filter.values) add(filter.dimension, value);
  if (question.period.from) add("from", question.period.from->text());
  if (question.period.to) add("to", question.period.to->text());
  if (question.audience == Audience::unit) add("audience", audiences.of(Audience::unit));
  return query;
}

const Measure* measure_called(std::string_view id) {
  const auto found = std::ranges::find(measures(), id, &Measure::id);
  return found == measures().end() ? nullptr : &*found;
}

// Another measure was chosen in the form, and what the one before was divided by may not go with it: leaves
// that out, and says so.
std::vector<Message> leave_out_what_does_not_go(Question& question) {
  const auto* measure = measure_called(question.measure);
  std::vector<Message> left_out;
  const auto does_not_go = [&](const std::string& id) {
    const auto division = std::ranges::find(dimensions(), id, &Division::id);
    if (!measure || division == dimensions().end() || can_divide(*measure, division->dimension)) return false;
    left_out.push_back(division->name);
    return true;
  };
  std::erase_if(question.by, does_not_go);
  std::erase_if(question.where, [&](const Filter& filter) { return does_not_go(filter.dimension); });
  return left_out;
}

// ---- the form

View measure_choices(const Question& question) {
  return views(measures(), [&](const Measure& measure) {
    return View{{"value", measure.id}, {"text", measure.name}, {"chosen", measure.id == question.measure}};
  });
}

View division_choices(const Question& question, const Measure& measure, std::size_t place) {
  const auto chosen = place < question.by.size() ? question.by[place] : "";
  View::Items choices{{{"value", ""}, {"text", "–"}, {"chosen", chosen.empty()}}};
  for (const auto& division : dimensions())
    if (can_divide(measure, division.dimension))
      choices.push_back({{"value", division.id}, {"text", division.name}, {"chosen", division.id == chosen}});
  return choices;
}

View divisions_view(const Question& question, const Measure& measure) {
  View::Items divisions;
  for (std::size_t place = 0; place != most_divisions; ++place)
    divisions.push_back({{"id", "by" + std::to_string(place + 1)},
                         {"label", place == 0 ? Message("Divided by") : Message("and by")},
                         {"choices", division_choices(question, measure, place)}});
  return divisions;
}

bool is_chosen(const Filter* filter, const Value& value) {
  const auto is_meant = [&](const std::string& word) {
    return word == value.code || word == value.word ||
           word == text::translated(text::Language::swedish, value.name) ||
           word == text::translated(text::Language::english, value.name);
  };
  return filter && std::ranges::any_of(filter->values, is_meant);
}

// The only intervention that is asked about, if it is one: then only its own words are offered.
std::string only_one(const Question& question) {
  const auto filter = std::ranges::find(question.where, "intervention", &Filter::dimension);
  return filter != question.where.end() && filter->values.size() == 1 ? filter->values[0] : "";
}

View filter_view(const web::Request& request, const Facts& facts, const Question& question,
                 const Measure& measure, const Division& division) {
  const auto filter = std::ranges::find(question.where, division.id, &Filter::dimension);
  const auto* wanted = filter == question.where.end() ? nullptr : &*filter;
  const auto only = only_one(question);
  const bool has_own = !only.empty() && (division.dimension == Dimension::destination ||
                                         division.dimension == Dimension::decision);
  std::size_t chosen = 0;
  View::Items choices;
  for (const auto& value : values_of(facts, facts.of(measure.fact), measure, division.dimension, only)) {
    const bool is_on = is_chosen(wanted, value);
    if (has_own && !is_on && !value.is_missing() && !is_always_shown(facts, division.dimension, value, only))
      continue;
    chosen += is_on;
    choices.push_back({{"id", std::string(division.id) + "-" + std::to_string(choices.size() + 1)},
                       {"value", value.code},
                       {"text", value.name},
                       {"chosen", is_on}});
  }
  if (choices.size() < 2) return nullptr;
  View view = {
      {"filter", division.id}, {"label", division.name}, {"open", false}, {"choices", std::move(choices)}};
  if (chosen > 0) view.set("chosen_count", text::whole(static_cast<std::int64_t>(chosen), request.language));
  return view;
}

View filters_view(const web::Request& request, const Facts& facts, const Question& question,
                  const Measure& measure) {
  View::Items filters;
  for (const auto& division : dimensions()) {
    if (!can_divide(measure, division.dimension) || division.dimension == Dimension::year ||
        division.dimension == Dimension::month)
      continue;
    if (auto view = filter_view(request, facts, question, measure, division); view.has_fields())
      filters.push_back(std::move(view));
  }
  return filters;
}

View form_view(const web::Request& request, const Facts& facts, const Question& question) {
  const auto* known = measure_called(question.measure);
  const auto& measure = known ? *known : *measure_called(first_question().measure);
  // A field for a date holds nothing else.
  const auto date_in = [&](const char* name) {
    return Date::read(request.asked(name)) ? request.asked(name) : std::string();
  };
  View view = {
      {"title", Message("Statistics")},          {"measures", measure_choices(question)},
      {"by", divisions_view(question, measure)}, {"filters", filters_view(request, facts, question, measure)},
      {"from", date_in("from")},                 {"to", date_in("to")}};
  view.set("has_audiences", request.user.may(may_ask_unit));
  if (request.user.may(may_ask_unit))
    view.set("audiences", View::Items{{{"value", audiences.of(Audience::everyone)},
                                       {"text", Message("For everyone, small numbers protected")},
                                       {"chosen", question.audience == Audience::everyone}},
                                      {{"value", audiences.of(Audience::unit)},
                                       {"text", Message("True counts for my organisation")},
                                       {"chosen", question.audience == Audience::unit}}});
  return view;
}

// ---- the answer

View limits_view(const web::Request& request, const Table& table) {
  View::Items limits;
  for (const auto& limit : table.where) {
    std::string words;
    for (const auto& value : limit.values)
      words += (words.empty() ? "" : ", ") + request.translated(value.name);
    limits.push_back({{"text", words}});
  }
  limits.push_back({{"text", text::period_words(table.period, request.language)}});
  if (table.audience == Audience::unit)
    limits.push_back({{"text", Message("True counts for my organisation")}});
  return limits;
}

struct Format {
  std::string_view file, name, content_type;
  std::string (*write)(const Table&, text::Language, Moment);
};
constexpr Format formats[] = {
    {"table.xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     [](const Table& table, text::Language language, Moment) { return as_xlsx(table, language); }},
    {"table.csv", "CSV", "text/csv; charset=utf-8",
     [](const Table& table, text::Language language, Moment) { return as_csv(table, language); }},
    {"table.json", "JSON-stat", "application/json; charset=utf-8",
     [](const Table& table, text::Language language, Moment) { return as_json_stat(table, language); }},
    {"table.px", "PX", "application/octet-stream", as_px}};

View answer_view(const web::Request& request, const Table& table, const Question& question) {
  const auto address = query_of(question);
  View answer = {{"limits", limits_view(request, table)}, {"table", table_view(table, request.language)}};
  answer.set("notes", views(notes(table, request.language), [](const std::string& note) {
               return View{{"text", note}};
             }));
  answer.set(
      "downloads", views(formats, [&](const Format& format) {
        return View{{"name", format.name}, {"address", "/statistics/" + std::string(format.file) + address}};
      }));
  if (auto svg = chart(table, request.language); !svg.empty()) {
    auto numbers = flat_table_view(table, request.language);
    numbers.set("caption_hidden", true);
    answer.set("chart", {{"name", Message{"Chart: {1}", title(table, request.language)}},
                         {"svg", std::move(svg)},
                         {"table", std::move(numbers)}});
  }
  return answer;
}

Result<Reply> explore(web::Request& request) {
  const auto facts = statistics::facts(request.tx);
  auto asked = question_in(request);
  if (!asked) {
    const Question unread{.measure = request.asked("measure"), .by = request.query.all("by")};
    return web::show_again("statistics/explore", form_view(request, *facts, unread), asked.error());
  }
  auto& question = *asked;
  const auto left_out = leave_out_what_does_not_go(question);
  const auto whose = TRY(reach(&request.user, question.audience));
  auto view = form_view(request, *facts, question);
  auto table = ask(*facts, whose, question);
  if (!table) {
    for (auto& fault : table.error().faults)
      fault.field = fault.field == "by" ? "by1" : fault.field == "where" ? "" : fault.field;
    return web::show_again("statistics/explore", std::move(view), table.error());
  }
  if (!left_out.empty())
    view.set("left_out", {{"names", views(left_out, [](const Message& name) {
                             return View{{"text", name}};
                           })}});
  if (table->is_withheld)
    view.set("withheld", {{"color", "info"},
                          {"heading", Message("Too few to show a table")},
                          {"text", notes(*table, request.language).back()}});
  else
    view.set("answer", answer_view(request, *table, question));
  return web::show("statistics/explore", std::move(view));
}

// The same as on the page, as a file.
Result<Reply> file(web::Request& request) {
  const auto format = std::ranges::find(formats, request.part("file"), &Format::file);
  if (format == std::end(formats)) return not_found("There is no such file. Choose one below the table.");
  const auto question = TRY(question_in(request));
  const auto table = TRY(ask(request.tx, &request.user, question));
  const auto name =
      title(table, request.language) + std::string(format->file.substr(format->file.rfind('.')));
  return web::download(std::string(format->content_type), name,
                       format->write(table, request.language, request.now));
}

Result<Reply> definitions(web::Request&) { return web::show("statistics/definitions", definitions_view()); }

}  // namespace

void routes(web::Router& router) {
  router.menu("Statistics", "/statistics", may_ask);
  router.get("/statistics", may_ask, explore);
  router.get("/statistics/:file", may_ask, file);
  router.get("/definitions", access::anyone, definitions);
}

}  // namespace stafett::statistics
