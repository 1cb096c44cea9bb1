#include <map>

#include "access_log/access_log.h"
#include "assignment/assignment.h"
#include "consent/consent.h"
#include "intervention/intervention.h"
#include "text/number.h"
#include "web/router.h"

namespace stafett::access_log {
namespace {

View cell(std::string text) { return {{"text", std::move(text)}}; }
View cell(Message text) { return {{"text", std::move(text)}}; }
View head_cell(std::string text) { return {{"text", std::move(text)}, {"head", true}}; }
View number_cell(std::int64_t number) { return {{"text", std::to_string(number)}, {"number", true}}; }

View heads(std::initializer_list<const char*> names, std::size_t numbers_from = 99) {
  View::Items heads;
  for (const auto* name : names)
    heads.push_back({{"text", Message(name)}, {"number", heads.size() >= numbers_from}});
  return heads;
}

std::string kinds_in_words(web::Request& request, access::Kinds kinds) {
  std::string words;
  for (const auto kind : access::every_kind)
    if (kinds.has(kind)) words += (words.empty() ? "" : ", ") + request.translated(access::name_of(kind));
  return words.empty() ? "–" : words;
}

std::string place_in_words(const Line& line) {
  return line.unit.empty() ? line.organisation : line.organisation + ", " + line.unit;
}

std::string in_words(web::Request& request, const Line& line, const Message& what) {
  const auto done = request.translated(what);
  return line.allowed ? done : request.translated({"was refused: {1}", done});
}

Message done(const Line& line) {
  return line.object == access::empty_form ? Message("opened a form for") : access::name_of(line.action);
}

// ---- the participant's extract

std::string why_in_words(web::Request& request, const Line& line,
                         const std::map<std::string, consent::Consent>& consents) {
  const auto known = consents.find(line.consent);
  if (known == consents.end()) return request.translated(why(line.rule));
  return request.translated({"your consent of {1}, {2}",
                             text::date_words(known->second.opens.date(), request.language),
                             request.translated(access::name_of(known->second.purpose))});
}

Result<web::Reply> extract_page(web::Request& request) {
  const auto permit = TRY(access::admit(request.tx, request.user,
                                        {.participant = request.id<participant::Participant>(),
                                         .action = access::Action::review,
                                         .object = "extract of the log"},
                                        request.now));
  const auto participant = TRY(participant::find(request.tx, permit));
  std::map<std::string, consent::Consent> consents;
  for (auto& consent : consent::of(request.tx, permit)) consents.emplace(consent.id.text, std::move(consent));

  View::Items rows;
  for (const auto& line : extract(request.tx, permit))
    rows.push_back(
        {{"cells", View::Items{head_cell(text::moment_words(line.at, request.language)),
                               cell(place_in_words(line)), cell(in_words(request, line, what(line))),
                               cell(kinds_in_words(request, line.kinds)),
                               cell(why_in_words(request, line, consents))}}});
  View view = {
      {"title", Message("Who has looked at your case")},
      {"here", Message("Who has looked at your case")},
      {"crumbs", View::Items{{{"label", participant.code},
                              {"address", "/participants/" + participant.id.text}}}},
      {"code", participant.code},
      {"intervention", intervention::name_of(request.tx, participant.intervention)},
      {"today", text::date_words(request.now.date(), request.language)},
      {"table",
       {{"caption", Message("Who has looked at your case")},
        {"caption_hidden", true},
        {"heads", heads({_("When"), _("Authority and unit"), _("What"), _("Which information"), _("Why")})},
        {"rows", std::move(rows)}}}};
  return web::show("access_log/extract", std::move(view));
}

// ---- the head's search and samples

Result<access::Scope> may_review(web::Request& request, const std::string& what) {
  return access::admit_all(
      request.tx, request.user,
      {.owner = request.user.organisation, .action = access::Action::review, .object = what}, request.now);
}

std::string month_in_words(web::Request& request, const std::string& month) {
  return text::month_words(*Date::read(month + "-01"), request.language);
}

// The twelve months that are over.
View month_choices(web::Request& request) {
  View::Items choices;
  auto day = request.now.date();
  for (int i = 0; i != 12; ++i) {
    day = Date::of(day.year(), day.month(), 1) - 1;
    const auto month = day.text().substr(0, 7);
    choices.push_back({{"value", month}, {"text", month_in_words(request, month)}, {"chosen", i == 0}});
  }
  return choices;
}

View field(const char* id, Message label, Message hint, std::string value, const char* type) {
  return {{"id", id},
          {"label", std::move(label)},
          {"hint", std::move(hint)},
          {"value", std::move(value)},
          {"type", type}};
}

View overview_view(web::Request& request) {
  View::Items rows;
  for (const auto& sample : samples(request.tx, staff_of(request.user)))
    rows.push_back({{"cells", View::Items{{{"text", month_in_words(request, sample.month)},
                                           {"head", true},
                                           {"link", "/access-log/samples/" + sample.id.text}},
                                          number_cell(sample.right),
                                          number_cell(sample.asked_about),
                                          number_cell(sample.wrong),
                                          number_cell(sample.unmarked)}}});
  View view = {{"title", Message("Access log")},
               {"month", {{"id", "month"}, {"label", Message("Month")}, {"choices", month_choices(request)}}},
               {"colleague",
                field("colleague", "Colleague", "What they sign in as.", request.field("colleague"), "text")},
               {"participant", field("participant", "Participant", "The register's code.",
                                     request.field("participant"), "text")},
               {"day", field("day", "Day", "Without a day: the last thirty.", request.field("day"), "date")}};
  if (rows.empty())
    view.set("no_samples", {{"heading", Message("No samples yet")},
                            {"text", Message("Draw one for the month that is over.")}});
  else
    view.set(
        "table",
        {{"caption", Message("Monthly samples")},
         {"caption_hidden", true},
         {"heads", heads({_("Month"), _("Right"), _("Asked about"), _("Wrong"), _("Not looked at yet")}, 1)},
         {"rows", std::move(rows)}});
  return view;
}

Result<web::Reply> overview_page(web::Request& request) {
  return web::show("access_log/overview", overview_view(request));
}

Result<web::Reply> post_search(web::Request& request) {
  const Wanted wanted{request.field("colleague"), request.field("participant"),
                      Date::read(request.field("day"))};
  const auto scope = TRY(may_review(request, "search in the log"));
  if (wanted.colleague.empty() && wanted.participant.empty() && !wanted.day)
    return web::show_again(
        "access_log/overview", overview_view(request),
        {Problem::Kind::invalid, {{"colleague", "Write a colleague, a participant or a day."}}});
  View::Items rows;
  for (const auto& line : search(request.tx, scope, staff_of(request.user), wanted))
    rows.push_back(
        {{"cells", View::Items{head_cell(text::moment_words(line.at, request.language)), cell(line.colleague),
                               cell(line.code), cell(in_words(request, line, done(line))),
                               cell(access::name_of(line.rule))}}});
  auto view = overview_view(request);
  view.set("found", true);
  if (rows.empty())
    view.set("not_found",
             {{"heading", Message("Nothing found")}, {"text", Message("Try another day, or fewer words.")}});
  else
    view.set("found_table",
             {{"caption", Message("Found")},
              {"caption_hidden", true},
              {"heads", heads({_("When"), _("Colleague"), _("Participant"), _("What"), _("Why")})},
              {"rows", std::move(rows)}});
  return web::show("access_log/overview", std::move(view));
}

Result<web::Reply> post_sample(web::Request& request) {
  const auto month = request.field("month");
  const auto scope = TRY(may_review(request, "sample of the log"));
  const auto id = TRY(draw_sample(request.tx, scope, staff_of(request.user), month, request.user));
  return web::go_to("/access-log/samples/" + id.text);
}

View entry_view(web::Request& request, const Drawn& entry) {
  const auto number = std::to_string(entry.line.number);
  View::Items facts, choices;
  const auto add = [&](const char* what, std::string is) {
    facts.push_back({{"what", Message(what)}, {"is", std::move(is)}});
  };
  add(_("Colleague"), entry.line.colleague);
  add(_("Participant"), entry.line.code.empty() ? "–" : entry.line.code);
  add(_("What"), in_words(request, entry.line, done(entry.line)));
  add(_("Which information"), kinds_in_words(request, entry.line.kinds));
  add(_("Why"), request.translated(access::name_of(entry.line.rule)));
  for (const auto& [finding, word] : findings.all)
    choices.push_back({{"value", word}, {"text", name_of(finding)}, {"chosen", finding == entry.finding}});
  return {{"heading", text::moment_words(entry.line.at, request.language)},
          {"facts", std::move(facts)},
          {"choice",
           {{"id", "finding-" + number},
            {"label", Message("Finding")},
            {"hint", ""},
            {"choices", std::move(choices)}}},
          {"remark", field(("remark-" + number).c_str(), "In a few words", "", entry.remark, "text")}};
}

View sample_view(web::Request& request, const Sample& sample, const std::vector<Drawn>& entries) {
  View::Items figures;
  const auto all = std::to_string(entries.size());
  const auto add = [&](const char* label, std::int64_t value) {
    figures.push_back(
        {{"label", Message(label)}, {"value", std::to_string(value)}, {"rests_on", Message{"of {1}", all}}});
  };
  add(_("Right"), sample.right);
  add(_("Asked about"), sample.asked_about);
  add(_("Wrong"), sample.wrong);
  add(_("Not looked at yet"), sample.unmarked);
  View view = {{"title", Message{"Sample of {1}", month_in_words(request, sample.month)}},
               {"here", month_in_words(request, sample.month)},
               {"crumbs", View::Items{{{"label", Message("Access log")}, {"address", "/access-log"}}}},
               {"address", "/access-log/samples/" + sample.id.text},
               {"seed", sample.seed},
               {"figures", std::move(figures)},
               {"entries", views(entries, [&](const Drawn& entry) { return entry_view(request, entry); })}};
  if (entries.empty())
    view.set("no_entries", {{"heading", Message("Nothing was opened")},
                            {"text", Message("No entries by your staff that month.")}});
  return view;
}

Result<web::Reply> sample_page(web::Request& request) {
  const auto sample = TRY(find_sample(request.tx, staff_of(request.user), request.id<Sample>()));
  const auto scope = TRY(may_review(request, "sample of the log"));
  return web::show("access_log/sample", sample_view(request, sample, drawn(request.tx, scope, sample)));
}

Result<web::Reply> post_marks(web::Request& request) {
  const auto sample = TRY(find_sample(request.tx, staff_of(request.user), request.id<Sample>()));
  const auto scope = TRY(may_review(request, "marks in a sample of the log"));
  auto entries = drawn(request.tx, scope, sample);
  std::vector<Mark> marks;
  for (auto& entry : entries) {
    const auto number = std::to_string(entry.line.number);
    const auto finding = findings.find(request.field("finding-" + number));
    if (!finding) return invalid("finding-" + number, "Choose one of those in the list.");
    marks.push_back({entry.line.number, *finding, request.field("remark-" + number)});
    entry.finding = *finding;
    entry.remark = marks.back().remark;
  }
  if (auto faults = faults_in(marks); !faults.empty())
    return web::show_again("access_log/sample", sample_view(request, sample, entries),
                           {Problem::Kind::invalid, std::move(faults)});
  mark(request.tx, scope, sample, marks, request.user);
  return web::go_to("/access-log/samples/" + sample.id.text);
}

}  // namespace

void routes(web::Router& router) {
  router.get("/access-log", assignment::may_head, overview_page);
  router.post("/access-log/search", assignment::may_head, post_search);
  router.post("/access-log/samples", assignment::may_head, post_sample);
  router.get_noted("/access-log/samples/:id", assignment::may_head, sample_page);
  router.post("/access-log/samples/:id", assignment::may_head, post_marks);
  // Who may not know of them is told that they are not there, so the permission is asked inside.
  router.get_noted("/participants/:id/log", access::signed_in, extract_page);
  router.menu("Access log", "/access-log", assignment::may_head);
}

}  // namespace stafett::access_log
