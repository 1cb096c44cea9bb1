// An intervention's participants and one of them, for those whose cases they are. For everyone else they are
// not there: an intervention without participants, an unknown participant and a hidden one look the same.
#include <map>

#include "anonymous_participant/anonymous_participant.h"
#include "assignment/assignment.h"
#include "assignment/assignment_pages.h"
#include "baton/baton.h"
#include "code_list/code_list.h"
#include "decision/decision.h"
#include "meeting/show_pages.h"
#include "overview/overview.h"
#include "overview/room_pages.h"
#include "participation/participation.h"
#include "text/number.h"
#include "web/router.h"

namespace stafett::overview {
namespace {

using participant::Participant;
using participation::Participation;

auto nobody_here() { return not_found("There are no participants here that you may know of."); }

View cell(std::string text) { return {{"text", std::move(text)}}; }
View number_cell(std::string text) { return {{"text", std::move(text)}, {"number", true}}; }

View heads(std::initializer_list<const char*> names) {
  View::Items heads;
  for (const auto* name : names)
    heads.push_back({{"text", Message(name)}, {"number", std::string_view(name) == "Stays"}});
  return heads;
}

std::string or_missing(web::Request& request, std::string_view value) {
  return value.empty() ? request.translated("not stated") : std::string(value);
}

std::string birth_year(web::Request& request, const Participant& participant) {
  return or_missing(request, participant.birth_year ? std::to_string(*participant.birth_year) : "");
}

std::string days(web::Request& request, const Participation& stay) {
  const auto from = text::date_words(stay.started, request.language);
  return stay.ended ? from + " – " + text::date_words(*stay.ended, request.language) : from + " –";
}

// The pages of a long list, in the shape of web/pages: the first, the last, and those around this one.
View pages_view(const std::string& address, std::int64_t current, std::int64_t last) {
  const auto at = [&](std::int64_t page) { return address + "?page=" + std::to_string(page); };
  View::Items pages;
  for (std::int64_t page = 1; page <= last; ++page)
    if (page == 1 || page == last || (page >= current - 2 && page <= current + 2))
      pages.push_back(
          {{"number", std::to_string(page)}, {"address", at(page)}, {"current", page == current}});
  return {{"pages", std::move(pages)},
          {"earlier", current > 1 ? View(at(current - 1)) : View(nullptr)},
          {"later", current < last ? View(at(current + 1)) : View(nullptr)}};
}

View row(web::Request& request, const Participant& participant,
         const std::vector<const Participation*>& stays) {
  View latest = cell(stays.empty() ? "" : days(request, *stays.back()));
  if (!stays.empty() && !stays.back()->ended)
    latest.set("tag", {{"text", Message("ongoing")}, {"color", "info"}});
  return {{"cells",
           View::Items{
               {{"text", participant.code}, {"head", true}, {"link", "/participants/" + participant.id.text}},
               cell(request.translated(participant::name_of(participant.sex))),
               cell(birth_year(request, participant)),
               number_cell(stays.empty() ? "" : std::to_string(stays.size())),
               std::move(latest)}}};
}

Result<web::Reply> list_page(web::Request& request) {
  const auto intervention = intervention::find(request.tx, request.id<intervention::Intervention>());
  if (!intervention) return nobody_here();
  const auto scope = TRY(access::admit_all(
      request.tx, request.user,
      {intervention->id, intervention->owner, access::Action::see, "list of participants"}, request.now));

  constexpr std::int64_t on_a_page = 50;
  const auto count = participant::count(request.tx, scope);
  const auto last = std::max<std::int64_t>(1, (count + on_a_page - 1) / on_a_page);
  const auto asked = request.asked("page");
  const bool is_number =
      !asked.empty() && asked.size() < 9 && asked.find_first_not_of("0123456789") == asked.npos;
  const auto page = std::clamp<std::int64_t>(is_number ? std::stoll(asked) : 1, 1, last);
  const participant::Part part{on_a_page, (page - 1) * on_a_page};

  const auto stays = participation::of(request.tx, scope, part);
  std::map<std::string, std::vector<const Participation*>> stays_of;
  for (const auto& stay : stays) stays_of[stay.participant.text].push_back(&stay);
  View::Items rows;
  for (const auto& participant : participant::list(request.tx, scope, part))
    rows.push_back(row(request, participant, stays_of[participant.id.text]));

  const auto& definition = intervention->definition;
  const auto address = "/interventions/" + definition.id;
  View view = {{"title", Message("Participants")},
               {"here", Message("Participants")},
               {"crumbs", View::Items{{{"label", Message("Interventions")}, {"address", "/interventions"}},
                                      {{"label", definition.name}, {"address", address}}}},
               {"name", definition.name},
               {"count", count}};
  view.set("anonymous", {{"link", address + "/anonymous-participants"},
                         {"words", Message{"Anonymous participants: {1}",
                                           std::to_string(anonymous_participant::sum(
                                               anonymous_participant::of(request.tx, scope)))}}});
  if (rows.empty())
    view.set("none", {{"heading", Message("No participants yet")},
                      {"text", Message("They come in with a register: choose Import.")}});
  else
    view.set("table", {{"caption", Message("Participants")},
                       {"caption_hidden", true},
                       {"heads", heads({_("Code"), _("Sex"), _("Born"), _("Stays"), _("Latest stay")})},
                       {"rows", std::move(rows)}});
  if (last > 1) view.set("paging", pages_view(address + "/participants", page, last));
  return web::show("participant/list", std::move(view));
}

// What the register said in its own words, where it is not what is shown.
View words_view(std::string_view written) {
  return views(participation::words_written(written), [](const auto& said) {
    return View{{"heading", said.first}, {"word", said.second}};
  });
}

View stay_view(web::Request& request, const Participation& stay, bool with_income) {
  View::Items facts;
  const auto add = [&](const char* what, std::string is) {
    facts.push_back({{"what", Message(what)}, {"is", std::move(is)}});
  };
  const auto day = [&](const std::optional<Date>& date) {
    return date ? text::date_words(*date, request.language) : request.translated("not stated");
  };
  add(_("Referred"), day(stay.referred));
  add(_("Started"), day(stay.started));
  add(_("Closed"), stay.ended ? day(stay.ended) : request.translated("ongoing"));
  if (stay.ended) add(_("Ended to"), or_missing(request, stay.destination));
  add(_("Site"), or_missing(request, stay.site));
  add(_("Referrer"), or_missing(request, stay.referrer));
  add(_("Home municipality"), stay.municipality.empty()
                                  ? request.translated("not stated")
                                  : std::string(code_list::municipalities().name_of(stay.municipality)));
  if (with_income) add(_("Income at start"), or_missing(request, stay.income_start));
  if (with_income && stay.ended) add(_("Income at end"), or_missing(request, stay.income_end));
  return {{"days", days(request, stay)},
          {"ongoing", !stay.ended},
          {"facts", std::move(facts)},
          {"has_words", !stay.written.empty()},
          {"words", words_view(stay.written)}};
}

View decisions_view(web::Request& request, const std::vector<decision::Decision>& decisions) {
  View::Items rows;
  for (const auto& decision : decisions)
    rows.push_back({{"cells", View::Items{{{"text", text::date_words(decision.decided, request.language)},
                                           {"head", true}},
                                          cell(decision.kind),
                                          cell(request.translated(decision::name_of(decision.form)))}}});
  return {{"caption", Message("Decisions")},
          {"caption_hidden", true},
          {"heads", heads({_("Day"), _("Decision"), _("Form")})},
          {"rows", std::move(rows)}};
}

Result<web::Reply> show_page(web::Request& request) {
  const auto permit =
      TRY(access::admit(request.tx, request.user, {.participant = request.id<Participant>()}, request.now));
  const auto participant = TRY(participant::find(request.tx, permit));
  const auto intervention = intervention::name_of(request.tx, participant.intervention);
  const auto address = "/interventions/" + participant.intervention.text;
  const auto stays = participation::of(request.tx, permit);
  const auto decisions = decision::of(request.tx, permit);
  const bool with_income = permit.covers(permit.owner(), access::Kind::income);
  const auto name = participant.code.empty() ? request.translated("Participant") : participant.code;
  const bool is_ours = permit.asker() == permit.owner();
  View::Items crumbs{{{"label", Message("Interventions")}, {"address", "/interventions"}},
                     {{"label", intervention}, {"address", address}}};
  if (is_ours) crumbs.push_back({{"label", Message("Participants")}, {"address", address + "/participants"}});
  View view = {
      {"title", name},
      {"here", name},
      {"crumbs", std::move(crumbs)},
      {"is_ours", is_ours},
      {"code", name},
      {"consents", "/participants/" + participant.id.text + "/consents"},
      {"log", request.user.may(assignment::may_head) && permit.in(permit.asker()).allowed
                  ? View("/participants/" + participant.id.text + "/log")
                  : View(nullptr)},
      {"intervention", intervention},
      {"sex", participant::name_of(participant.sex)},
      {"birth_year", birth_year(request, participant)},
      {"stays", views(stays, [&](const Participation& stay) { return stay_view(request, stay, with_income); })}};
  const bool is_own = permit.asker() == permit.owner();
  view.set("protection", is_own && permit.in(permit.owner()).allowed &&
                                 permit.in(permit.owner()).rule != access::Rule::broken_glass
                             ? View("/participants/" + participant.id.text + "/protection")
                             : View(nullptr));
  view.set("is_protected", permit.protection() != access::Protection::none);
  if (permit.in(permit.owner()).rule == access::Rule::broken_glass)
    view.set("glass", {{"heading", Message("You opened this in an emergency")},
                       {"text", Message("You can look for half an hour. The head of the unit reviews it.")},
                       {"color", "warning"}});
  add_identity(view, request, permit);
  view.set("baton", baton::banner(request, permit));
  view.set("rooms", rooms_view(request, permit));
  view.set("write_meeting", meeting::address_to_write(permit));
  view.set("work", assignment::work_view(request, permit));
  if (!decisions.empty()) view.set("decisions", decisions_view(request, decisions));
  return web::show("participant/show", std::move(view));
}

}  // namespace

void participant_routes(web::Router& router) {
  // Who may not know of them is told that they are not there, so the permission is asked inside.
  router.get_noted("/interventions/:id/participants", access::signed_in, list_page);
  router.get_noted("/participants/:id", access::signed_in, show_page);
  room_routes(router);
}

}  // namespace stafett::overview
