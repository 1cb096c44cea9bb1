#include "report/report_pages.h"
#include "file/pdf.h"
#include "report/report.h"
#include "text/number.h"
#include "web/router.h"

namespace stafett::report {
namespace {

using statistics::Audience;
using web::Reply;

constexpr std::size_t largest_texts = 2 << 20;

Message audience_words(Audience audience) {
  return audience == Audience::unit ? _("true counts, for the unit only")
                                    : _("small numbers protected, for everyone");
}

bool may_write_in(const access::User& user, const Report& report) {
  return user.may(may_write) && user.organisation == report.owner;
}

View row(web::Request& request, const Report& report) {
  const View status = {{"text", report.is_frozen() ? Message("frozen") : Message("draft")},
                       {"color", report.is_frozen() ? "success" : "info"}};
  return {
      {"cells",
       View::Items{{{"text", report.title}, {"head", true}, {"link", address_of(report.id)}, {"tag", status}},
                   {{"text", report.intervention_name}},
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
                                             {{"text", Message("Last changed")}}}},
                       {"rows", std::move(rows)}});
  }
  return web::show("report/list", std::move(view));
}

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

// A place in the form as people call it.
std::string in_words(const web::Request& request, const Check& check, const std::string& name) {
  for (const auto& question : check.questions)
    if (question.field == name) return question.label;
  for (const auto& one : names())
    if (one.name == name) return request.translated(one.meaning);
  return name;
}

// What the form asks for that nobody knows, and what is not there yet.
void set_notices(web::Request& request, const Preview& preview, View& view) {
  std::vector<std::string> unknown, missing;
  for (const auto& one : preview.check.unknown)
    unknown.push_back(one.nearest.empty()
                          ? one.name
                          : request.translated({"{1} (did you mean {2}?)", one.name, one.nearest}));
  for (const auto& name : preview.missing) {
    missing.push_back(in_words(request, preview.check, name));
  }
  if (!unknown.empty())
    view.set("unknown", {{"heading", Message("The form asks for something that Stafett does not know")},
                         {"text", Message{"{1}. The report can be made all the same and says so in their "
                                          "place; correct the form and choose it again.",
                                          joined(unknown)}},
                         {"color", "warning"}});
  view.set("missing", joined(missing));
}

View report_view(web::Request& request, const Report& report, const Preview& preview) {
  const auto from = report.period.from->text(), to = report.period.to->text();
  View view = {{"title", report.title},
               {"crumbs", View::Items{place("Reports", "/reports")}},
               {"here", report.title},
               {"id", report.id},
               {"intervention", report.intervention_name},
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
  auto questions = std::get<View::Items>(view.find("questions")->value());
  for (auto& shown : questions) {
    const auto id = std::get<std::string>(shown.find("id")->value());
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

Result<Reply> word_file(web::LongRequest& request) {
  return request.read([&](db::Transaction& tx) -> Result<Reply> {
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
  const auto found = TRY(request.read([&](db::Transaction& tx) -> Result<Found> {
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
      pdf = request.write([&](db::Transaction& tx) { return keep_pdf(tx, found.report, pdf); });
  }
  return web::download("application/pdf", file_name(found.report, ".pdf"), std::move(pdf));
}

}  // namespace

void routes(web::Router& router) {
  router.get("/reports", may_read, list);
  router.get("/reports/:id", may_read, show);
  router.post("/reports/:id/texts", may_write, post_texts, largest_texts);
  router.post("/reports/:id/freezing", may_write, post_freezing);
  router.get_long("/reports/:id/word", may_read, word_file);
  router.get_long("/reports/:id/pdf", may_read, pdf_file);
  router.menu("Reports", "/reports", may_read);
  choice_routes(router);
  form_routes(router);
}

}  // namespace stafett::report
