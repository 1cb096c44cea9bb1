// What a report is about: its intervention, period, form and audience.
#include "goal/goal.h"
#include "report/report.h"
#include "report/report_pages.h"
#include "web/router.h"

namespace stafett::report {
namespace {

using statistics::Audience;
using web::Reply;

struct Choices {
  std::string intervention, form, title, author, from, to, audience;
};

Choices chosen(const web::Request& request) {
  return {request.field("intervention"), request.field("form"), request.field("report_title"),
          request.field("author"),       request.field("from"), request.field("to"),
          request.field("audience")};
}

Report as_report(const Choices& choices, Report report = {}) {
  report.intervention = {choices.intervention};
  report.form = {choices.form};
  report.title = choices.title;
  report.author = choices.author;
  report.period = {Date::read(choices.from), Date::read(choices.to)};
  report.audience = choices.audience == "unit" ? Audience::unit : Audience::everyone;
  return report;
}

View option(const std::string& value, View text, const std::string& chosen) {
  return {{"value", value}, {"text", std::move(text)}, {"chosen", value == chosen}};
}

View field(const char* id, Message label, const std::string& value, const char* type = "text") {
  return {{"id", id}, {"label", std::move(label)}, {"value", value}, {"type", type}};
}

View choices_view(web::Request& request, const Choices& choices) {
  View::Items interventions, form_options;
  for (const auto& one : intervention::list(request.tx))
    if (one.owner == request.user.organisation)
      interventions.push_back(option(one.id.text, one.definition.name, choices.intervention));
  bool is_offered = false;
  for (const auto& form : forms(request.tx, request.user)) {
    is_offered |= form.id.text == choices.form;
    form_options.push_back(
        option(form.id.text,
               form.is_shipped ? request.translated({"{1} (comes with Stafett)", form.name}) : form.name,
               choices.form));
  }
  // An earlier version stays until another is chosen.
  if (const auto earlier = find_form(request.tx, request.user, {choices.form}); !is_offered && earlier)
    form_options.push_back(
        option(earlier->id.text,
               request.translated({"{1}, version {2}", earlier->name, std::to_string(earlier->version)}),
               choices.form));
  View::Items audiences{
      option("public", Message("For everyone: small numbers are protected"), choices.audience)};
  if (request.user.may(statistics::may_ask_unit))
    audiences.push_back(option("unit", Message("For the unit only: true counts"), choices.audience));

  auto title = field("report_title", _("Title"), choices.title);
  title.set("hint", Message("“Final report” or “Annual report 2024”, for instance."));
  const auto choice = [](const char* id, Message label, View::Items options) {
    return View{{"id", id}, {"label", std::move(label)}, {"choices", std::move(options)}};
  };
  const bool none = interventions.empty();
  return {{"none", none},
          {"intervention", choice("intervention", "Intervention", std::move(interventions))},
          {"form", choice("form", "Report form", std::move(form_options))},
          {"from", field("from", "First day", choices.from, "date")},
          {"to", field("to", "Last day", choices.to, "date")},
          {"audience", choice("audience", "The figures", std::move(audiences))},
          {"report_title", std::move(title)},
          {"author", field("author", "Who writes it", choices.author)}};
}

View begin_view(web::Request& request, const Choices& choices) {
  auto view = choices_view(request, choices);
  view.set("title", Message("New report"));
  view.set("here", Message("New report"));
  view.set("crumbs", View::Items{place("Reports", "/reports")});
  view.set("address", "/reports");
  view.set("button", Message("Begin the report"));
  return view;
}

Result<Reply> begin_page(web::Request& request) {
  Choices choices{.intervention = request.asked("intervention"),
                  .title = request.translated("Report"),
                  .author = request.user.name,
                  .from = request.asked("from"),
                  .to = request.asked("to")};
  for (const auto& one : intervention::list(request.tx)) {
    if (one.owner != request.user.organisation ||
        (!choices.intervention.empty() && one.id.text != choices.intervention))
      continue;
    const auto period = goal::whole_period(one.definition, {Date::read(choices.from), Date::read(choices.to)},
                                           request.now.date());
    choices.intervention = one.id.text;
    choices.from = period.from->text();
    choices.to = period.to->text();
    break;
  }
  return web::show("report/choose", begin_view(request, choices));
}

Result<Reply> post_reports(web::Request& request) {
  const auto choices = chosen(request);
  const auto begun = begin(request.tx, request.user, as_report(choices), request.now);
  if (!begun) return web::show_again("report/choose", begin_view(request, choices), begun.error());
  return web::go_to(address_of(*begun));
}

View change_view(web::Request& request, const Report& report, const Choices& choices) {
  auto view = choices_view(request, choices);
  view.set("title", Message("Change what the report is about"));
  view.set("here", Message("Change what the report is about"));
  view.set("crumbs", View::Items{place("Reports", "/reports"),
                                 View{{"label", report.title}, {"address", address_of(report.id)}}});
  view.set("address", address_of(report.id) + "/choices");
  view.set("button", Message("Save"));
  return view;
}

Result<Reply> choices_page(web::Request& request) {
  const auto report = TRY(find(request.tx, request.user, request.id<Report>()));
  if (report.is_frozen())
    return conflict("The report is frozen and cannot be changed. Make a new one instead.");
  const Choices choices{report.intervention.text,
                        report.form.text,
                        report.title,
                        report.author,
                        report.period.from->text(),
                        report.period.to->text(),
                        std::string(statistics::audiences.of(report.audience))};
  return web::show("report/choose", change_view(request, report, choices));
}

Result<Reply> post_choices(web::Request& request) {
  const auto report = TRY(find(request.tx, request.user, request.id<Report>()));
  const auto choices = chosen(request);
  const auto changed = change(request.tx, request.user, as_report(choices, report), request.now);
  if (!changed)
    return web::show_again("report/choose", change_view(request, report, choices), changed.error());
  return web::go_to(address_of(report.id));
}

}  // namespace

void choice_routes(web::Router& router) {
  router.get("/reports/new", may_write, begin_page);
  router.post("/reports", may_write, post_reports);
  router.get("/reports/:id/choices", may_write, choices_page);
  router.post("/reports/:id/choices", may_write, post_choices);
}

}  // namespace stafett::report
