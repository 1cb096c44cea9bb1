#include "file/pdf.h"
#include "report/report.h"
#include "text/number.h"
#include "web/router.h"

namespace stafett::report {
namespace {

using statistics::Audience;
using web::Reply;

constexpr const char* word_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr std::size_t largest_texts = 2 << 20;

std::string address_of(const Id<Report>& id) { return "/reports/" + id.text; }

View crumbs() { return View::Items{{{"label", Message("Reports")}, {"address", "/reports"}}}; }

Message audience_words(Audience audience) {
  return audience == Audience::unit ? _("true counts, for the unit only")
                                    : _("small numbers protected, for everyone");
}

bool may_write_in(const access::User& user, const Report& report) {
  return user.may(may_write) && user.organisation == report.owner;
}

// ---- the list

View row(web::Request& request, const Report& report) {
  const auto intervention = intervention::find(request.tx, report.intervention);
  const View status = {{"text", report.is_frozen() ? Message("frozen") : Message("draft")},
                       {"color", report.is_frozen() ? "success" : "info"}};
  return {
      {"cells",
       View::Items{{{"text", report.title}, {"head", true}, {"link", address_of(report.id)}, {"tag", status}},
                   {{"text", intervention ? intervention->definition.name : ""}},
                   {{"text", text::period_words(report.period, request.language)}},
                   {{"text", audience_words(report.audience)}},
                   {{"text", text::moment_words(report.changed_at, request.language)}}}}};
}

Result<Reply> list(web::Request& request) {
  const auto reports = report::list(request.tx, request.user);
  View::Items rows;
  for (const auto& report : reports) rows.push_back(row(request, report));
  View view = {{"title", Message("Reports")}, {"may_write", request.user.may(may_write)}};
  if (rows.empty()) {
    const bool writes = request.user.may(may_write);
    View none = {{"heading", Message("No reports yet")},
                 {"text", writes ? Message("Begin with an intervention, a period and a form.")
                                 : Message("Reports are shown here when their owners have frozen them.")}};
    if (writes) none.set("link", {{"label", Message("New report")}, {"address", "/reports/new"}});
    view.set("none", std::move(none));
  } else {
    view.set("table", {{"caption", Message("Reports")},
                       {"caption_hidden", true},
                       {"heads", View::Items{{{"text", Message("Report")}},
                                             {{"text", Message("Intervention")}},
                                             {{"text", Message("Period")}},
                                             {{"text", Message("Figures")}},
                                             {{"text", Message("Changed")}}}},
                       {"rows", std::move(rows)}});
  }
  return web::show("report/list", std::move(view));
}

// ---- what a report is about

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

  auto title = field("report_title", "Title", choices.title);
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
  view.set("crumbs", crumbs());
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
  view.set("crumbs", View::Items{{{"label", Message("Reports")}, {"address", "/reports"}},
                                 {{"label", report.title}, {"address", address_of(report.id)}}});
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

// ---- one report

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

View paragraphs(std::string_view text) {
  View::Items all;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    if (end > 0) all.push_back({{"words", text.substr(0, end)}});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return all;
}

View questions_view(const Preview& preview) {
  return views(preview.check.questions, [&](const Question& question) {
    const auto* found = preview.fields.find(question.field);
    const auto* text = found ? std::get_if<std::string>(&found->value()) : nullptr;
    const std::string value = text ? *text : "";
    return View{{"id", question.field},
                {"label", question.label},
                {"value", value},
                {"rows", value.size() > 600 ? 14 : 6},
                {"seen", fingerprint_of(value)},
                {"paragraphs", paragraphs(value)}};
  });
}

// What the form asks for that nobody knows, and what is not there yet.
void set_notices(web::Request& request, const Preview& preview, View& view) {
  std::vector<std::string> unknown, missing;
  for (const auto& one : preview.check.unknown)
    unknown.push_back(one.nearest.empty()
                          ? one.name
                          : request.translated({"{1} (did you mean {2}?)", one.name, one.nearest}));
  for (const auto& name : preview.missing) {
    const auto question = std::find_if(preview.check.questions.begin(), preview.check.questions.end(),
                                       [&](auto& one) { return one.field == name; });
    missing.push_back(question == preview.check.questions.end() ? name : question->label);
  }
  if (!unknown.empty())
    view.set("unknown", {{"heading", Message("The form asks for something that Stafett does not know")},
                         {"text", Message{"{1}. The report can be made all the same and says so in their "
                                          "place; correct the form and choose it again.",
                                          joined(unknown)}},
                         {"color", "warning"}});
  if (!missing.empty())
    view.set("missing",
             {{"heading", Message("Not written yet")},
              {"text", Message{"{1}. The report can be made all the same and says so in their place.",
                               joined(missing)}},
              {"color", "info"}});
}

View report_view(web::Request& request, const Report& report, const Preview& preview) {
  const auto intervention = intervention::find(request.tx, report.intervention);
  const auto from = report.period.from->text(), to = report.period.to->text();
  View view = {{"title", report.title},
               {"crumbs", crumbs()},
               {"here", report.title},
               {"id", report.id},
               {"intervention", intervention ? intervention->definition.name : ""},
               {"figures_at", "/interventions/" + report.intervention.text + "?from=" + from + "&to=" + to},
               {"period", text::period_words(report.period, request.language)},
               {"audience", audience_words(report.audience)},
               {"frozen", report.is_frozen()},
               {"writing", !report.is_frozen() && may_write_in(request.user, report)},
               {"pdf", file::pdf_available()},
               {"seen_all", fingerprint_of(texts(request.tx, report))},
               {"questions", questions_view(preview)},
               {"given", views(given(preview.check, preview.fields), [](const Given& one) {
                  return View{{"what", one.meaning}, {"is", one.value}};
                })}};
  if (report.is_frozen())
    view.set(
        "kept",
        {{"heading", Message("Frozen")},
         {"text",
          Message{"Frozen {1}. Its figures and texts never change, and the Word file is the same each time.",
                  text::moment_words(*report.frozen_at, request.language)}},
         {"color", "success"}});
  else
    set_notices(request, preview, view);
  return view;
}

Result<Reply> show(web::Request& request) {
  const auto report = TRY(find(request.tx, request.user, request.id<Report>()));
  const auto now = TRY(preview(request.tx, request.user, report, request.now.date()));
  return web::show("report/show", report_view(request, report, now));
}

// The page with what was typed; where somebody else wrote meanwhile, both texts.
Reply shown_with_clashes(web::Request& request, const Report& report, const Preview& preview,
                         const std::vector<Written>& written, const std::vector<Clash>& clashes) {
  auto view = report_view(request, report, preview);
  Problem problem{Problem::Kind::conflict, {}};
  View::Items questions;
  for (auto& question : std::get<View::Items>(View(*view.find("questions")).value())) {
    auto shown = question;
    const auto& id = std::get<std::string>(question.find("id")->value());
    for (const auto& one : written)
      if (one.field == id) shown.set("value", one.text), shown.set("seen", one.seen);
    for (const auto& clash : clashes) {
      if (clash.field != id) continue;
      const Message message{"{1} has written here meanwhile. Put the two texts together and save again.",
                            clash.by};
      shown.set("fault", message);
      shown.set("theirs", paragraphs(clash.theirs));
      shown.set("has_theirs", true);
      shown.set("seen", fingerprint_of(clash.theirs));
      problem.faults.push_back({id, message});
    }
    questions.push_back(std::move(shown));
  }
  view.set("questions", std::move(questions));
  return web::show_again("report/show", std::move(view), problem);
}

Result<Reply> post_texts(web::Request& request) {
  const auto report = TRY(find(request.tx, request.user, request.id<Report>()));
  const auto now = TRY(preview(request.tx, request.user, report, request.now.date()));
  std::vector<Written> written;
  for (const auto& question : now.check.questions)
    if (request.form.has(question.field))
      written.push_back(
          {question.field, request.field(question.field), request.field("seen." + question.field)});
  const auto clashes = TRY(save_texts(request.tx, request.user, report, written, request.now));
  if (!clashes.empty()) return shown_with_clashes(request, report, now, written, clashes);
  const auto next = request.field("next");
  return web::go_to(address_of(report.id) + (next == "word" || next == "pdf" ? "/" + next : ""));
}

Result<Reply> post_freezing(web::Request& request) {
  const auto report = TRY(find(request.tx, request.user, request.id<Report>()));
  TRY(freeze(request.tx, request.user, report, request.field("seen"), request.now));
  return web::go_to(address_of(report.id));
}

// ---- its files

Result<Reply> word_file(web::LongRequest& request) {
  return request.database.read([&](db::Transaction& tx) -> Result<Reply> {
    const auto report = TRY(find(tx, request.user, request.id<Report>()));
    auto docx = TRY(word(tx, request.user, report, request.now.date()));
    return web::download(word_type, file_name(report, ".docx"), std::move(docx));
  });
}

Result<Reply> pdf_file(web::LongRequest& request) {
  struct Found {
    Report report;
    std::string docx, pdf;
  };
  const auto found = TRY(request.database.read([&](db::Transaction& tx) -> Result<Found> {
    auto report = TRY(find(tx, request.user, request.id<Report>()));
    if (report.is_frozen())
      if (auto pdf = kept_pdf(tx, report); !pdf.empty()) return Found{std::move(report), {}, std::move(pdf)};
    auto docx = TRY(word(tx, request.user, report, request.now.date()));
    return Found{std::move(report), std::move(docx), {}};
  }));
  auto pdf = found.pdf;
  if (pdf.empty()) {
    pdf = TRY(file::docx_to_pdf(found.docx));
    if (found.report.is_frozen())
      pdf = request.database.write([&](db::Transaction& tx) { return keep_pdf(tx, found.report, pdf); });
  }
  return web::download("application/pdf", file_name(found.report, ".pdf"), std::move(pdf));
}

}  // namespace

void routes(web::Router& router) {
  router.get("/reports", may_read, list);
  router.get("/reports/new", may_write, begin_page);
  router.post("/reports", may_write, post_reports);
  router.get("/reports/:id", may_read, show);
  router.get("/reports/:id/choices", may_write, choices_page);
  router.post("/reports/:id/choices", may_write, post_choices);
  router.post("/reports/:id/texts", may_write, post_texts, largest_texts);
  router.post("/reports/:id/freezing", may_write, post_freezing);
  router.get_long("/reports/:id/word", may_read, word_file);
  router.get_long("/reports/:id/pdf", may_read, pdf_file);
  router.menu("Reports", "/reports", may_read);
  form_routes(router);
}

}  // namespace stafett::report
