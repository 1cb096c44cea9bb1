#include "meeting/form_pages.h"

#include <algorithm>

#include "meeting/sent_pages.h"
#include "text/number.h"

namespace stafett::meeting {
namespace {

template <class All>
View choices(const All& words, std::string_view chosen) {
  View::Items all;
  for (const auto& word : words.all)
    all.push_back({{"value", word.text}, {"text", name_of(word.value)}, {"chosen", word.text == chosen}});
  return all;
}
View choices(const std::vector<Possible>& possible, std::string_view chosen, Message none) {
  View::Items all{{{"value", ""}, {"text", std::move(none)}, {"chosen", chosen.empty()}}};
  for (const auto& one : possible)
    all.push_back({{"value", one.value}, {"text", one.text}, {"chosen", one.value == chosen}});
  return all;
}
View choice(std::string id, Message label, View all, View hint = nullptr) {
  return {{"id", std::move(id)},       {"label", std::move(label)}, {"hint", std::move(hint)},
          {"choices", std::move(all)}, {"fault", nullptr},          {"first", nullptr}};
}
View line(const web::Form& form, const std::string& id, Message label, const char* type = "text",
          View hint = nullptr) {
  return {{"id", id},        {"label", std::move(label)}, {"hint", std::move(hint)},
          {"type", type},    {"value", form.field(id)},   {"autocomplete", "off"},
          {"fault", nullptr}};
}
View text(const web::Form& form, const char* id, Message label, int rows, View hint = nullptr) {
  return {{"id", id},
          {"label", std::move(label)},
          {"hint", std::move(hint)},
          {"value", form.field(id)},
          {"rows", rows}};
}

View party_boxes(const web::Form& form, const char* name, Message label,
                 const std::vector<Possible>& possible) {
  const auto chosen = form.all(name);
  View::Items all;
  for (const auto& one : possible) {
    const bool is_chosen = std::ranges::find(chosen, one.value) != chosen.end();
    all.push_back({{"id", numbered(name, all.size())},
                   {"name", name},
                   {"value", one.value},
                   {"text", one.text},
                   {"chosen", is_chosen}});
  }
  return {{"label", std::move(label)}, {"boxes", std::move(all)}};
}

View about_choices(const access::Permit& permit, std::string_view chosen) {
  View::Items all;
  for (const auto kind : access::every_kind)
    if (permit.in(permit.asker()).free_text.has(kind)) {
      const auto word = access::kinds.of(kind);
      all.push_back({{"value", word}, {"text", access::name_of(kind)}, {"chosen", word == chosen}});
    }
  return all;
}

View state_choices(std::string_view chosen) {
  View::Items all{{{"value", ""}, {"text", Message("Held, or to be held as planned")}}};
  for (const auto state : {State::moved, State::cancelled}) {
    const auto word = states.of(state);
    all.push_back({{"value", word}, {"text", name_of(state)}, {"chosen", word == chosen}});
  }
  return all;
}

View row_views(const web::Form& form, const std::vector<Possible>& possible) {
  const auto rows = rows_to_show(form);
  View::Items all;
  for (std::size_t number = 1; number <= rows; ++number)
    all.push_back(
        {{"legend", Message{"Agreement {1}", std::to_string(number)}},
         {"agreement",
          {{"name", numbered("agreement", number)}, {"value", form.field(numbered("agreement", number))}}},
         {"what", line(form, numbered("what", number), _("What"))},
         {"who", choice(numbered("who", number), _("Who"),
                        choices(possible, form.field(numbered("who", number)), "– choose –"))},
         {"due", line(form, numbered("due", number), "By when", "date")}});
  return all;
}

// What is folded says what is in it.
View folded_words(web::Request& request, const web::Form& form) {
  const auto day = Date::read(form.field("date"));
  const auto kind = forms.find(form.field("form"));
  return Message{"When, how and with whom: {1} {2}, {3}",
                 day ? text::date_words(*day, request.language) : form.field("date"), form.field("time"),
                 kind ? request.translated(name_of(*kind)) : ""};
}

void set_when_and_who(View& view, const access::Permit& permit, const web::Form& form,
                      const std::vector<Possible>& possible) {
  view.set("date", line(form, "date", _("Day"), "date"));
  view.set("time", line(form, "time", _("Time"), "time"));
  view.set("form", choice("form", _("How"), choices(forms, form.field("form"))));
  view.set("place",
           line(form, "place", _("Place"), "text", Message("A few words, such as the name of a room.")));
  view.set("invited", party_boxes(form, "invited", _("Invited"), possible));
  view.set("present", party_boxes(form, "present", _("Present"), possible));
  view.set("about", choice("about", "What the words are about", about_choices(permit, form.field("about")),
                           Message("It decides who may read them.")));
}

// The agenda, what a follow-up came to, a SIP, and that it was moved or cancelled.
void set_what_is_seldom(View& view, const web::Form& form, const std::vector<Possible>& organisations) {
  const auto of_organisations = [&](const char* name) {
    return choices(organisations, form.field(name), "not stated");
  };
  view.set("agenda", text(form, "agenda", _("Agenda"), 3));
  view.set("outcome",
           choice("outcome", "What the follow-up came to", choices(outcomes, form.field("outcome"))));
  view.set("purpose", choice("purpose", "What the SIP is for", choices(purposes, form.field("purpose"))));
  view.set("initiator", choice("initiator", "Who asked for the SIP", of_organisations("initiator")));
  view.set("leader", choice("leader", "The leader comes from", of_organisations("leader"),
                            Message("Another organisation than your own lends its leader.")));
  view.set("problem", text(form, "problem", "The problem", 3));
  view.set("state", choice("state", "Was it moved or cancelled?", state_choices(form.field("state"))));
  view.set("reason", choice("reason", _("Why"), choices(reasons, form.field("reason"))));
  view.set("why", line(form, "why", "In other words"));
  view.set("cancelled_by",
           choice("cancelled_by", "Cancelled by", choices(cancellers, form.field("cancelled_by"))));
  view.set("moved_date", line(form, "moved_date", "New day", "date"));
  view.set("moved_time", line(form, "moved_time", "New time", "time"));
}

}  // namespace

View form_view(web::Request& request, const access::Permit& permit, const web::Form& form) {
  const auto possible = possible_parties(request);
  auto doers = possible;
  std::erase_if(doers, [](const auto& one) { return one.value == support_person; });
  const bool is_new = form.field("version").empty();
  View view = {{"version", form.field("version")},
               {"rows", row_views(form, doers)},
               {"row_count", std::to_string(rows_to_show(form))},
               {"folded", folded_words(request, form)},
               {"open", !is_new},
               {"has_place", permit.protection() == access::Protection::none}};
  auto kind = choice("kind", "Kind of meeting", choices(kinds, form.field("kind")));
  if (is_new) kind.set("first", true);
  view.set("kind", std::move(kind));
  view.set("notes", text(form, "notes", "What was said", 5,
                         Message("Only what is needed for the work. The participant may read it.")));
  set_when_and_who(view, permit, form, possible);
  set_what_is_seldom(view, form, organisations_alone(possible));
  return view;
}

void set_row_faults(View& view, const Problem& problem) {
  view.set("open", true);
  auto* rows = view.find("rows");
  if (!rows) return;
  auto items = std::get<View::Items>(rows->value());
  for (auto& row : items)
    for (const auto* name : {"what", "who", "due"})
      for (const auto& fault : problem.faults)
        if (auto* field = row.find(name); std::get<std::string>(field->find("id")->value()) == fault.field)
          field->set("fault", fault.message);
  view.set("rows", std::move(items));
}

}  // namespace stafett::meeting
