#include "file/docx.h"
#include "report/report.h"
#include "report/report_pages.h"
#include "text/number.h"
#include "web/router.h"

namespace stafett::report {
namespace {

using web::Reply;

View forms_table(web::Request& request) {
  View::Items rows;
  for (const auto& form : forms(request.tx, request.user))
    rows.push_back(
        {{"cells",
          View::Items{{{"text", form.name}, {"head", true}, {"link", address_of(form.id)}},
                      {{"text", form.is_shipped ? Message("comes with Stafett")
                                                : Message{"version {1}", std::to_string(form.version)}}},
                      {{"text", form.is_shipped ? "" : text::moment_words(form.added_at, request.language)}},
                      {{"text", Message("Download")}, {"link", address_of(form.id) + "/file"}}}}});
  return {{"caption", Message("Report forms")},
          {"caption_hidden", true},
          {"heads", View::Items{{{"text", Message("Report form")}},
                                {{"text", Message("Version")}},
                                {{"text", Message("Added on")}},
                                {{"text", Message("File")}}}},
          {"rows", std::move(rows)}};
}

// As it is written in a form.
std::string in_braces(std::string_view name) { return "{{" + std::string(name) + "}}"; }

View names_table() {
  auto rows = views(names(), [](const Name& name) {
    return View{
        {"cells", View::Items{{{"text", in_braces(name.name)}, {"head", true}}, {{"text", name.meaning}}}}};
  });
  return {{"caption", Message("What a form can ask for")},
          {"caption_hidden", true},
          {"heads", View::Items{{{"text", Message("Name")}}, {{"text", Message("What is filled in")}}}},
          {"rows", std::move(rows)}};
}

View forms_view(web::Request& request) {
  const Message too_large("The form is larger than 10 MB. Make the pictures in it smaller.");
  return {
      {"title", Message("Report forms")},
      {"crumbs", View::Items{place("Reports", "/reports")}},
      {"here", Message("Report forms")},
      {"may_write", request.user.may(may_write)},
      {"forms", forms_table(request)},
      {"names", names_table()},
      {"name",
       {{"id", "name"},
        {"label", Message("Name")},
        {"hint", Message("The same name as before makes a new version.")},
        {"value", request.field("name")},
        {"type", "text"},
        {"required", true}}},
      {"form",
       {{"id", "form"},
        {"label", Message("Word file")},
        {"hint",
         Message(
             "A .docx with places in double braces, {{insats.namn}}, or content controls. At most 10 MB.")},
        {"accept", ".docx"},
        {"required", true},
        {"largest", std::to_string(largest_form)},
        {"too_large", too_large}}}};
}

Result<Reply> list(web::Request& request) { return web::show("report/forms", forms_view(request)); }

Result<Reply> post_report_forms(web::Request& request) {
  const auto* file = request.form.file("form");
  const auto added = file
                         ? add_form(request.tx, request.user, request.field("name"), file->bytes, request.now)
                         : Result<Form>(invalid("form", "Choose a Word file."));
  if (!added) {
    auto problem = added.error();
    for (auto& fault : problem.faults)
      if (fault.field.empty()) fault.field = "form";
    return web::show_again("report/forms", forms_view(request), problem);
  }
  return web::go_to(address_of(added->id));
}

// What a form holds, so that its faults are seen before a report is written in it.
Result<Reply> show(web::Request& request) {
  const auto form = TRY(find_form(request.tx, request.user, request.id<Form>()));
  const auto bytes = TRY(form_file(request.tx, request.user, form.id));
  const auto read = TRY(file::read_form(bytes));
  const auto holds = check(read);
  View::Items rows;
  for (const auto& place : holds.places) {
    const bool is_text = place.name.starts_with("text.");
    const auto found = std::find_if(names().begin(), names().end(),
                                    [&](const Name& name) { return name.name == place.name; });
    View first = {{"text", in_braces(place.name)}, {"head", true}};
    if (!place.is_known) first.set("tag", {{"text", Message("unknown")}, {"color", "warning"}});
    rows.push_back(
        {{"cells", View::Items{std::move(first),
                               {{"text", is_text                  ? Message("Written by people")
                                         : found != names().end() ? found->meaning
                                                                  : Message("Nothing that Stafett knows")}},
                               {{"text", place.under}}}}});
  }
  std::string unknown;
  for (const auto& one : holds.unknown)
    unknown += (unknown.empty() ? "" : ", ") +
               (one.nearest.empty() ? one.name
                                    : request.translated({"{1} (did you mean {2}?)", one.name, one.nearest}));
  View verdict = {
      {"heading", unknown.empty() ? Message("Stafett knows everything that the form asks for")
                                  : Message("The form asks for something that Stafett does not know")},
      {"text", unknown.empty()
                   ? Message("Reports can be written in it.")
                   : Message{"{1}. Correct it in Word and add the form again under the same name.", unknown}},
      {"color", unknown.empty() ? "success" : "warning"}};
  return web::show(
      "report/form",
      {{"title", form.name},
       {"crumbs", View::Items{place("Reports", "/reports"), place("Report forms", "/report-forms")}},
       {"here", form.name},
       {"version", form.is_shipped ? Message("comes with Stafett")
                                   : Message{"version {1}", std::to_string(form.version)}},
       {"file", address_of(form.id) + "/file"},
       {"verdict", std::move(verdict)},
       {"places",
        {{"caption", Message("What the form asks for")},
         {"caption_hidden", true},
         {"heads", View::Items{{{"text", Message("Name")}},
                               {{"text", Message("What is filled in")}},
                               {{"text", Message("Under the heading")}}}},
         {"rows", std::move(rows)}}}});
}

Result<Reply> form_download(web::Request& request) {
  const auto form = TRY(find_form(request.tx, request.user, request.id<Form>()));
  auto bytes = TRY(form_file(request.tx, request.user, form.id));
  return web::download(word_type, form.name + ".docx", std::move(bytes));
}

}  // namespace

void form_routes(web::Router& router) {
  router.get("/report-forms", may_write, list);
  router.post("/report-forms", may_write, post_report_forms, largest_form + (64 << 10));
  router.get("/report-forms/:id", may_write, show);
  router.get("/report-forms/:id/file", may_write, form_download);
}

}  // namespace stafett::report
