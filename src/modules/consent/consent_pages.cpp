#include <algorithm>

#include "consent/consent.h"
#include "text/number.h"
#include "web/kinds.h"
#include "web/router.h"

namespace stafett::consent {
namespace {

using access::Kinds;
using participant::Participant;
using web::kind_boxes;
using web::kinds_in;
using web::kinds_words;

std::string address_of(const Id<Participant>& participant) { return "/participants/" + participant.text; }

Result<access::Permit> admitted(web::Request& request, access::Action action, const char* object = "consents") {
  return access::admit(request.tx, request.user,
                       {.participant = request.id<Participant>(), .action = action, .object = object}, request.now);
}

template <class WordsOf>
View choices(const WordsOf& words, const std::string& chosen) {
  View::Items choices;
  for (const auto& [value, word] : words.all)
    choices.push_back({{"value", word}, {"text", name_of(value)}, {"chosen", word == chosen}});
  return choices;
}

View state_of(const Consent& consent, Moment now) {
  const auto tag = [](const char* text, const char* color) { return View{{"text", Message(text)}, {"color", color}}; };
  if (consent.left().empty()) return tag("withdrawn", "danger");
  if (now >= consent.closes) return tag("has run out", "neutral");
  if (now < consent.opens) return tag("not yet", "neutral");
  if (consent.closes <= now + soon_days * 86400) return tag("runs out soon", "warning");
  return tag("holds", "success");
}

std::string organisation_name(web::Request& request, const Id<organisation::Organisation>& id) {
  const auto found = organisation::find(request.tx, id);
  return found ? found->name : "";
}

View consent_view(web::Request& request, const Consent& consent, bool may_note) {
  const auto left = consent.left();
  View::Items withdrawals;
  for (const auto& withdrawal : consent.withdrawals)
    withdrawals.push_back({{"kinds", kinds_words(request, withdrawal.kinds)},
                           {"when", text::moment_words(withdrawal.at, request.language)},
                           {"form", withdrawal.for_protection ? Message("closed when the participant was protected")
                                                              : name_of(withdrawal.form)},
                           {"by", withdrawal.recorded_by}});
  View view = {{"id", consent.id},
               {"from", organisation_name(request, consent.from)},
               {"to", organisation_name(request, consent.to)},
               {"state", state_of(consent, request.now)},
               {"kinds", kinds_words(request, consent.kinds)},
               {"free_text", consent.free_text},
               {"purpose", name_of(consent.purpose)},
               {"opens", text::date_words(consent.opens.date(), request.language)},
               {"closes", text::date_words(consent.closes.date() - 1, request.language)},
               {"explained_in", consent.language},
               {"form", name_of(consent.form)},
               {"evidence", consent.evidence},
               {"by", consent.recorded_by},
               {"recorded", text::date_words(consent.recorded.date(), request.language)},
               {"withdrawals", std::move(withdrawals)}};
  if (may_note && !left.empty() && request.now < consent.closes)
    view.set("withdrawal", {{"address", address_of(consent.participant) + "/consents/" + consent.id.text + "/withdrawal"},
                            {"boxes", kind_boxes(left, left, consent.id.text + "-")},
                            {"form_id", consent.id.text + "-form"},
                            {"forms", choices(forms, "spoken")}});
  return view;
}

View list_view(web::Request& request, const access::Permit& permit) {
  const auto address = address_of(permit.participant());
  const bool may_note = permit.in(permit.asker()).rule == access::Rule::own_room;  // heads see them, handlers note them
  return {{"title", Message("Consents")},
          {"here", Message("Consents")},
          {"crumbs", View::Items{{{"label", Message("The participant")}, {"address", address}}}},
          {"add", may_note ? View(address + "/consents/new") : View(nullptr)},
          {"consents", views(of(request.tx, permit),
                             [&](const Consent& consent) { return consent_view(request, consent, may_note); })}};
}

Result<web::Reply> list_page(web::Request& request) {
  const auto permit = TRY(admitted(request, access::Action::see));
  auto view = list_view(request, permit);
  view.set("none", view.find("consents")->json() == "[]");
  return web::show("consent/list", std::move(view));
}

// ---- a new one

View field(web::Request& request, const char* id, Message label, const char* type, Message hint = {}) {
  return {{"id", id}, {"label", std::move(label)}, {"type", type}, {"hint", std::move(hint)}, {"value", request.field(id)}};
}

View receivers(web::Request& request) {
  View::Items choices{{{"value", ""}, {"text", Message("– choose –")}}};
  for (const auto& organisation : organisation::list(request.tx))
    if (organisation.kind != organisation::Kind::association && organisation.id != request.user.organisation)
      choices.push_back({{"value", organisation.id},
                         {"text", organisation.name},
                         {"chosen", organisation.id.text == request.field("to")}});
  return choices;
}

View new_view(web::Request& request, const access::Permit& permit) {
  const auto address = address_of(permit.participant());
  View view = {{"title", Message("New consent")},
               {"here", Message("New consent")},
               {"crumbs", View::Items{{{"label", Message("The participant")}, {"address", address}},
                                      {{"label", Message("Consents")}, {"address", address + "/consents"}}}},
               {"address", address + "/consents"},
               {"from", request.user.organisation_name},
               {"free_text", !request.field("free_text").empty()}};
  view.set("to", {{"id", "to"}, {"label", Message("Who may be told")}, {"choices", receivers(request)}});
  view.set("kinds", {{"id", "kinds"}, {"boxes", kind_boxes(Kinds::all(), kinds_in(request), "kind-")}});
  view.set("purpose", {{"id", "purpose"},
                       {"label", Message("What for")},
                       {"choices", choices(access::purposes, request.field("purpose"))}});
  view.set("opens", field(request, "opens", "From", "date"));
  view.set("closes", field(request, "closes", "To and with", "date", "A year at most."));
  view.set("language", field(request, "language", "Explained in", "text", "For instance svenska, arabiska."));
  view.set("form", {{"id", "form"}, {"label", Message("How it was given")}, {"choices", choices(forms, request.field("form"))}});
  view.set("evidence", field(request, "evidence", "Where the form is kept, or who heard it", "text"));
  return view;
}

Result<web::Reply> new_page(web::Request& request) {
  const auto permit = TRY(admitted(request, access::Action::consent, access::empty_form));
  return web::show("consent/new", new_view(request, permit));
}

// A day at its beginning, in UTC; the last day counts, so it closes when the next begins.
std::optional<Moment> beginning(const std::string& word, int later = 0) {
  const auto day = Date::read(word);
  if (!day) return std::nullopt;
  return Moment{(std::int64_t{day->days} + later) * 86400};
}

Result<Consent> written(web::Request& request, const access::Permit& permit) {
  Consent consent{.id = new_id<Consent>(),
                  .participant = permit.participant(),
                  .intervention = permit.intervention(),
                  .from = request.user.organisation,
                  .to = {request.field("to")},
                  .kinds = kinds_in(request),
                  .free_text = !request.field("free_text").empty(),
                  .language = request.field("language"),
                  .evidence = request.field("evidence"),
                  .recorded = request.now};
  std::vector<Fault> faults;
  const auto receiver = organisation::find(request.tx, consent.to);
  if (!receiver || receiver->kind == organisation::Kind::association) faults.push_back({"to", "Choose who may be told."});
  const auto opens = beginning(request.field("opens")), closes = beginning(request.field("closes"), 1);
  if (!opens) faults.push_back({"opens", "Write the first day as 2026-03-01."});
  if (!closes) faults.push_back({"closes", "Write the last day as 2026-03-01."});
  const auto purpose = access::purposes.find(request.field("purpose"));
  const auto form = forms.find(request.field("form"));
  if (!purpose) faults.push_back({"purpose", "Choose what it is for."});
  if (!form) faults.push_back({"form", "Choose how it was given."});
  if (opens && closes && purpose && form) {
    consent.opens = *opens;
    consent.closes = *closes;
    consent.purpose = *purpose;
    consent.form = *form;
    for (auto& fault : faults_in(consent, request.now)) faults.push_back(std::move(fault));
  }
  if (!faults.empty()) return invalid(std::move(faults));
  return consent;
}

Result<web::Reply> post_consent(web::Request& request) {
  const auto permit = TRY(admitted(request, access::Action::consent));
  const auto consent = written(request, permit);
  if (!consent) return web::show_again("consent/new", new_view(request, permit), consent.error());
  record(request.tx, permit, *consent, request.user.account);
  return web::go_to(address_of(permit.participant()) + "/consents");
}

Result<web::Reply> post_withdrawal(web::Request& request) {
  const auto permit = TRY(admitted(request, access::Action::consent));
  const auto form = forms.find(request.field("form"));
  const auto kinds = kinds_in(request);
  const auto done = !form || kinds.empty()
                        ? Result<>(invalid("", "Choose what is withdrawn, and how it was said."))
                        : withdraw(request.tx, permit, {request.part("consent")},
                                   {.kinds = kinds, .form = *form, .at = request.now}, request.user.account);
  if (!done) return web::show_again("consent/list", list_view(request, permit), done.error());
  return web::go_to(address_of(permit.participant()) + "/consents");
}

Result<web::Reply> ending_page(web::Request& request) {
  View::Items rows;
  for (const auto& ending : ending_soon(request.tx, request.user, request.now))
    rows.push_back({{"cells", View::Items{{{"text", ending.code}, {"head", true}, {"link", address_of(ending.participant) + "/consents"}},
                                          {{"text", ending.from}},
                                          {{"text", ending.to}},
                                          {{"text", text::date_words(ending.closes.date() - 1, request.language)}}}}});
  View view = {{"title", Message("Consents that run out")}};
  if (rows.empty())
    view.set("empty", {{"heading", Message("None runs out within a month")},
                       {"text", Message("Those of the participants you work with are shown here in time.")}});
  else
    view.set("table", {{"caption", Message("Consents that run out within a month")},
                       {"caption_hidden", true},
                       {"heads", views(std::initializer_list<const char*>{_("Participant"), _("Tells"), _("Is told"), _("Last day")},
                                       [](const char* name) { return View{{"text", Message(name)}}; })},
                       {"rows", std::move(rows)}});
  return web::show("consent/ending", std::move(view));
}

}  // namespace

void routes(web::Router& router) {
  router.get_noted("/participants/:id/consents", access::signed_in, list_page);
  router.get_noted("/participants/:id/consents/new", access::signed_in, new_page);
  router.post("/participants/:id/consents", access::signed_in, post_consent);
  router.post("/participants/:id/consents/:consent/withdrawal", access::signed_in, post_withdrawal);
  router.get_noted("/consents", participant::may_read, ending_page);
}

}  // namespace stafett::consent
