#include <algorithm>

#include "intervention/form_pages.h"
#include "intervention/intervention.h"
#include "text/nearest.h"
#include "text/number.h"
#include "web/router.h"

namespace stafett::intervention {
namespace {

constexpr std::size_t largest_file = 1 << 20;

std::string address_of(const std::string& id) { return "/interventions/" + id; }

View::Items crumbs(const Definition* definition = nullptr) {
  View::Items crumbs{{{"label", Message("Interventions")}, {"address", "/interventions"}}};
  if (definition) crumbs.push_back({{"label", definition->name}, {"address", address_of(definition->id)}});
  return crumbs;
}

View cells(const Intervention& intervention, Date today, text::Language language) {
  const auto& definition = intervention.definition;
  View name = {{"text", definition.name}, {"head", true}, {"link", address_of(definition.id)}};
  if (definition.to && *definition.to < today)
    name.set("tag", {{"text", Message("ended")}, {"color", "neutral"}});
  return View::Items{std::move(name),
                     {{"text", text::period_words({definition.from, definition.to}, language)}},
                     {{"text", definition.owner}},
                     {{"text", definition.area}},
                     {{"text", name_of(definition.orientation)}}};
}

Result<web::Reply> list_page(web::Request& request) {
  View::Items rows, heads;
  for (const auto& intervention : list(request.tx))
    rows.push_back({{"cells", cells(intervention, request.now.date(), request.language)}});
  for (const auto* head :
       {_("Intervention"), _("Period"), _("Owner"), _("Coordination association"), _("Orientation")})
    heads.push_back({{"text", Message(head)}});
  View view = {{"title", Message("Interventions")}, {"may_change", request.user.may(may_change)}};
  if (rows.empty())
    view.set("none", {{"heading", Message("No interventions yet")},
                      {"text", Message("They are added by the unit head who owns them.")}});
  else
    view.set("table", {{"caption", Message("Interventions")},
                       {"caption_hidden", true},
                       {"heads", std::move(heads)},
                       {"rows", std::move(rows)}});
  return web::show("intervention/list", std::move(view));
}

std::vector<std::string> areas(db::Transaction& tx) {
  std::vector<std::string> names;
  for (const auto& organisation : organisation::list(tx))
    if (organisation.kind == organisation::Kind::association) names.push_back(organisation.name);
  return names;
}

// Both ways in, form and file: only to one's own, and in an association that is here.
Result<Saved> keep(web::Request& request, const Definition& definition) {
  if (definition.owner != request.user.organisation_name)
    return forbidden({"“{1}” belongs to {2}. Only a unit head there may add or change it.", definition.name,
                      definition.owner});
  const auto known = areas(request.tx);
  if (std::find(known.begin(), known.end(), definition.area) == known.end()) {
    const std::vector<std::string_view> names(known.begin(), known.end());
    const auto near = text::nearest(definition.area, names);
    return near ? invalid("area", {"The association “{1}” is not here. Did you mean “{2}”?", definition.area,
                                   std::string(*near)})
                : invalid("area",
                          {"The association “{1}” is not here. An administrator adds it under Organisations.",
                           definition.area});
  }
  return save(request.tx, definition, request.user.name, request.now);
}

// What the store finds wrong, at the form's fields.
Problem at_fields(Problem problem) {
  for (auto& fault : problem.faults)
    if (fault.field == "destination" || fault.field == "decision") fault.field += "-1-name";
  return problem;
}

View page_view(web::Request& request, const web::Form& form, const std::vector<Fault>& faults,
               const Definition* changed) {
  auto view = form_view(form, faults, areas(request.tx), request.language);
  const Message title = changed ? Message("Change the intervention") : Message("New intervention");
  view.set("title", title);
  view.set("here", title);
  view.set("crumbs", crumbs(changed));
  view.set("owner", request.user.organisation_name);
  view.set("largest", largest_file);
  if (changed) {
    view.set("changed", true);
    view.set("address", address_of(changed->id));
    view.set("heading", changed->name);
  } else {
    view.set("address", "/interventions");
  }
  return view;
}

Result<web::Reply> new_page(web::Request& request) {
  return web::show("intervention/form", page_view(request, {}, {}, nullptr));
}

Result<web::Reply> post_new(web::Request& request) {
  const auto again = [&](const Problem& problem) {
    return web::show_again("intervention/form", page_view(request, request.form, problem.faults, nullptr),
                           problem);
  };
  const auto definition = read_form(request.form, request.user.organisation_name, "", request.language);
  if (!definition) return again(definition.error());
  if (version(request.tx, {definition->id}) > 0)
    return again({Problem::Kind::invalid,
                  {{"id",
                    {"There is an intervention with the short name “{1}” already. Choose another.",
                     definition->id}}}});
  const auto saved = keep(request, *definition);
  if (!saved && saved.error().kind == Problem::Kind::invalid) return again(at_fields(saved.error()));
  if (!saved) return tl::unexpected(saved.error());
  return web::go_to(address_of(definition->id));
}

Result<Intervention> own(web::Request& request) {
  auto intervention = TRY(find(request.tx, request.id<Intervention>()));
  if (!may_change_for(request.user, intervention.owner))
    return forbidden({"“{1}” belongs to {2}. Only a unit head there may add or change it.",
                      intervention.definition.name, intervention.definition.owner});
  return intervention;
}

View change_view(web::Request& request, const Intervention& intervention, const web::Form& form,
                 const std::vector<Fault>& faults, const std::string& version) {
  auto view = page_view(request, form, faults, &intervention.definition);
  view.set("version", version);
  return view;
}

Result<web::Reply> edit_page(web::Request& request) {
  const auto intervention = TRY(own(request));
  const auto form = filled_in(intervention.definition, request.language);
  return web::show("intervention/form", change_view(request, intervention, form, {},
                                                    std::to_string(version(request.tx, intervention.id))));
}

Result<web::Reply> post_change(web::Request& request) {
  const auto intervention = TRY(own(request));
  const auto again = [&](const Problem& problem) {
    return web::show_again(
        "intervention/form",
        change_view(request, intervention, request.form, problem.faults, request.field("version")), problem);
  };
  if (request.field("version") != std::to_string(version(request.tx, intervention.id)))
    return conflict(
        "Someone else has changed the intervention since you opened the page. Open it again and make your "
        "changes there.");
  const auto definition =
      read_form(request.form, intervention.definition.owner, intervention.id.text, request.language);
  if (!definition) return again(definition.error());
  const auto saved = keep(request, *definition);
  if (!saved && saved.error().kind == Problem::Kind::invalid) return again(at_fields(saved.error()));
  if (!saved) return tl::unexpected(saved.error());
  return web::go_to(address_of(intervention.id.text));
}

View file_view(const char* title) {
  return {{"title", Message(title)},
          {"here", Message(title)},
          {"crumbs", crumbs()},
          {"file",
           {{"id", "file"},
            {"label", Message("The intervention's file")},
            {"hint", Message("A text file whose name ends in .toml.")},
            {"accept", ".toml"},
            {"required", true},
            {"largest", largest_file},
            {"too_large", Message("The file is larger than 1 MB. It is not the file of an intervention.")}}}};
}

Result<web::Reply> file_page(web::Request&) {
  return web::show("intervention/file", file_view(_("Add from a file")));
}

Result<web::Reply> post_file(web::Request& request) {
  const auto again = [&](const Problem& problem) {
    return web::show_again("intervention/file", file_view(_("Add from a file")), problem);
  };
  const auto* file = request.form.file("file");
  if (!file) return again({Problem::Kind::invalid, {{"file", "Choose a file first."}}});
  const auto definition = read_definition(file->bytes);
  if (!definition) return again(definition.error());
  const auto saved = keep(request, *definition);
  if (!saved) {
    auto problem = saved.error();
    for (auto& fault : problem.faults) fault.field = "file";
    return again(problem);
  }
  return web::go_to(address_of(definition->id));
}

// The latest version, or the one asked for.
Result<web::Reply> download_page(web::Request& request) {
  const auto intervention = TRY(find(request.tx, request.id<Intervention>()));
  const auto wanted = request.asked("version");
  for (const auto& version : versions(request.tx, intervention.id))
    if (wanted.empty() || wanted == std::to_string(version.number))
      return web::download("application/toml",
                           intervention.id.text + (wanted.empty() ? "" : "-" + wanted) + ".toml",
                           version.file);
  return not_found({"“{1}” has no version {2}.", intervention.definition.name, wanted});
}

Result<web::Reply> versions_page(web::Request& request) {
  const auto intervention = TRY(find(request.tx, request.id<Intervention>()));
  View::Items heads{{{"text", Message("Version")}}, {{"text", Message("Saved")}}, {{"text", Message("By")}}},
      rows;
  for (const auto& version : versions(request.tx, intervention.id)) {
    const auto number = std::to_string(version.number);
    rows.push_back(
        {{"cells", View::Items{{{"text", number},
                                {"head", true},
                                {"link", address_of(intervention.id.text) + "/file?version=" + number}},
                               {{"text", text::moment_words(version.saved_at, request.language)}},
                               {{"text", version.saved_by}}}}});
  }
  return web::show("intervention/versions", {{"title", Message("Versions")},
                                             {"here", Message("Versions")},
                                             {"crumbs", crumbs(&intervention.definition)},
                                             {"name", intervention.definition.name},
                                             {"table",
                                              {{"caption", Message("Versions")},
                                               {"caption_hidden", true},
                                               {"heads", std::move(heads)},
                                               {"rows", std::move(rows)}}}});
}

}  // namespace

void routes(web::Router& router) {
  router.menu("Interventions", "/interventions", access::signed_in);
  router.get("/interventions", access::signed_in, list_page);
  router.post("/interventions", may_change, post_new);
  router.get("/interventions/new", may_change, new_page);
  router.get("/interventions/file", may_change, file_page);
  router.post("/interventions/file", may_change, post_file, largest_file + (64 << 10));
  router.get("/interventions/:id/edit", may_change, edit_page);
  router.post("/interventions/:id", may_change, post_change);
  router.get("/interventions/:id/file", access::signed_in, download_page);
  router.get("/interventions/:id/versions", access::signed_in, versions_page);
}

}  // namespace stafett::intervention
