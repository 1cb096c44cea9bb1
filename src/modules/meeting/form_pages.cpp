#include "meeting/form_pages.h"

#include <algorithm>

#include "meeting/words.h"
#include "text/clock.h"
#include "text/number.h"

namespace stafett::meeting {
namespace {

constexpr std::size_t rows_at_first = 3;

std::string numbered(const char* name, std::size_t number) { return std::string(name) + "-" + std::to_string(number); }
constexpr std::array row_fields{"agreement", "what", "who", "due"};

std::size_t rows_of(const web::Form& form) {
  std::size_t rows = 0;
  for (const char digit : form.field("rows").substr(0, 2))
    if (digit >= '0' && digit <= '9') rows = rows * 10 + static_cast<std::size_t>(digit - '0');
  return std::clamp(rows, rows_at_first, most_agreements);
}
bool has_something(const web::Form& form, std::size_t number) {
  return !is_blank(form.field(numbered("what", number))) || !form.field(numbered("due", number)).empty() ||
         !form.field(numbered("agreement", number)).empty();
}

// Who may be a party, in the order they are shown.
struct Possible {
  std::string value;
  View text;
};
std::vector<Possible> possible_parties(web::Request& request) {
  std::vector<Possible> all{{std::string(the_participant), Message("the participant")},
                            {std::string(support_person), Message("a support person")}};
  for (const auto& one : organisation::list(request.tx))
    if (one.kind != organisation::Kind::association)
      all.insert(one.id == request.user.organisation ? all.begin() : all.end(), {one.id.text, one.name});
  return all;
}

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
std::vector<Possible> organisations_alone(std::vector<Possible> all) {
  std::erase_if(all, [](const auto& one) { return one.value == the_participant || one.value == support_person; });
  return all;
}

View choice(std::string id, Message label, View all, View hint = nullptr) {
  return {{"id", std::move(id)}, {"label", std::move(label)}, {"hint", std::move(hint)},
          {"choices", std::move(all)}, {"fault", nullptr}, {"first", nullptr}};
}
View line(const web::Form& form, const std::string& id, Message label, const char* type = "text", View hint = nullptr) {
  return {{"id", id},     {"label", std::move(label)}, {"hint", std::move(hint)},     {"type", type},
          {"value", form.field(id)}, {"autocomplete", "off"}, {"fault", nullptr}};
}
View text(const web::Form& form, const char* id, Message label, int rows, View hint = nullptr) {
  return {{"id", id}, {"label", std::move(label)}, {"hint", std::move(hint)}, {"value", form.field(id)}, {"rows", rows}};
}

View party_boxes(const web::Form& form, const char* name, Message label, const std::vector<Possible>& possible) {
  const auto chosen = form.all(name);
  View::Items all;
  for (const auto& one : possible) {
    const bool is_chosen = std::ranges::find(chosen, one.value) != chosen.end();
    all.push_back({{"id", numbered(name, all.size())}, {"name", name}, {"value", one.value}, {"text", one.text}, {"chosen", is_chosen}});
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
  const auto rows = std::min(rows_of(form) + (form.field("more").empty() ? 0 : rows_at_first), most_agreements);
  View::Items all;
  for (std::size_t number = 1; number <= rows; ++number)
    all.push_back({{"legend", Message{"Agreement {1}", std::to_string(number)}},
                   {"agreement", {{"name", numbered("agreement", number)}, {"value", form.field(numbered("agreement", number))}}},
                   {"what", line(form, numbered("what", number), _("What"))},
                   {"who", choice(numbered("who", number), _("Who"), choices(possible, form.field(numbered("who", number)), "– choose –"))},
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

std::optional<Moment> moment_in(const web::Form& form, const char* day, const char* clock) {
  const auto read = Date::read(form.field(day));
  return read ? text::moment_at(*read, form.field(clock)) : std::nullopt;
}

std::vector<Party> parties_in(const web::Form& form, const std::vector<Possible>& possible) {
  const auto invited = form.all("invited"), present = form.all("present");
  const auto has = [](const auto& all, const std::string& one) { return std::ranges::find(all, one) != all.end(); };
  std::vector<Party> parties;
  for (const auto& one : possible)
    if (has(invited, one.value) || has(present, one.value))
      parties.push_back({one.value, has(invited, one.value), has(present, one.value)});
  return parties;
}

std::vector<Agreement> agreements_in(const web::Form& form, const std::vector<Possible>& possible) {
  std::vector<Agreement> all;
  for (std::size_t number = 1; number <= rows_of(form); ++number) {
    if (!has_something(form, number)) continue;
    Agreement one{.id = {form.field(numbered("agreement", number))}};
    const auto who = form.field(numbered("who", number));
    if (who != support_person && std::ranges::any_of(possible, [&](const auto& party) { return party.value == who; }))
      one.who = who;
    one.due = Date::read(form.field(numbered("due", number))).value_or(Date{});
    one.what = form.field(numbered("what", number));
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace

web::Form new_form(web::Request& request, const access::Permit& permit) {
  const auto habit = habit_of(request.tx, permit, request.user);
  const auto local = text::local_time(request.now);
  web::Form form;
  form.fields = {{"kind", std::string(kinds.of(habit.kind))},
                 {"form", std::string(forms.of(habit.form))},
                 {"about", std::string(access::kinds.of(access::Kind::planning))},
                 {"date", local.day.text()},
                 {"time", local.clock}};
  for (const auto* name : {"invited", "present"}) {
    form.fields.emplace_back(name, request.user.organisation.text);
    form.fields.emplace_back(name, std::string(the_participant));
  }
  return form;
}

web::Form form_of(const Meeting& one) {
  const auto local = text::local_time(one.starts);
  web::Form form;
  const auto put = [&](std::string name, std::string_view value) { form.fields.emplace_back(std::move(name), value); };
  put("kind", kinds.of(one.kind));
  put("form", forms.of(one.form));
  put("about", access::kinds.of(one.about));
  put("date", local.day.text());
  put("time", local.clock);
  put("place", one.place);
  put("agenda", one.agenda);
  put("notes", one.notes);
  put("outcome", outcomes.of(one.outcome));
  put("initiator", one.initiator.text);
  put("leader", one.leader.text);
  put("purpose", purposes.of(one.purpose));
  put("problem", one.problem);
  put("version", std::to_string(one.version));
  put("rows", std::to_string(one.agreements.size()));
  for (const auto& party : one.parties) {
    if (party.invited) put("invited", party.who);
    if (party.present) put("present", party.who);
  }
  for (std::size_t i = 0; i != one.agreements.size(); ++i) {
    const auto& agreement = one.agreements[i];
    put(numbered("agreement", i + 1), agreement.id.text);
    put(numbered("what", i + 1), agreement.what);
    put(numbered("who", i + 1), agreement.who);
    put(numbered("due", i + 1), agreement.due.text());
  }
  return form;
}

web::Form in_order(const web::Form& sent) {
  web::Form form;
  for (const auto& field : sent.fields)
    if (std::ranges::none_of(row_fields, [&](const char* name) { return field.first.starts_with(std::string(name) + "-"); }))
      form.fields.push_back(field);
  std::size_t filled = 0;
  for (std::size_t number = 1; number <= rows_of(sent); ++number)
    if (has_something(sent, number)) {
      ++filled;
      for (const auto* name : row_fields)
        form.fields.emplace_back(numbered(name, filled), sent.field(numbered(name, number)));
    }
  return form;
}

View form_view(web::Request& request, const access::Permit& permit, const web::Form& form) {
  const auto possible = possible_parties(request);
  const auto organisations = organisations_alone(possible);
  auto doers = possible;
  std::erase_if(doers, [](const auto& one) { return one.value == support_person; });
  const bool is_new = form.field("version").empty();
  View view = {{"version", form.field("version")},
               {"rows", row_views(form, doers)},
               {"row_count", std::to_string(rows_of(form) + (form.field("more").empty() ? 0 : rows_at_first))},
               {"folded", folded_words(request, form)},
               {"open", !is_new},
               {"has_place", permit.protection() == access::Protection::none}};
  auto kind = choice("kind", "Kind of meeting", choices(kinds, form.field("kind")));
  if (is_new) kind.set("first", true);
  view.set("kind", std::move(kind));
  view.set("date", line(form, "date", _("Day"), "date"));
  view.set("time", line(form, "time", _("Time"), "time"));
  view.set("form", choice("form", _("How"), choices(forms, form.field("form"))));
  view.set("place", line(form, "place", _("Place"), "text", Message("A few words, such as the name of a room.")));
  view.set("about", choice("about", "What the words are about", about_choices(permit, form.field("about")),
                           Message("It decides who may read them.")));
  view.set("invited", party_boxes(form, "invited", _("Invited"), possible));
  view.set("present", party_boxes(form, "present", _("Present"), possible));
  view.set("agenda", text(form, "agenda", _("Agenda"), 3));
  view.set("notes", text(form, "notes", "What was said", 5,
                         Message("Only what is needed for the work. The participant may read it.")));
  view.set("state", choice("state", "Was it moved or cancelled?", state_choices(form.field("state"))));
  view.set("moved_date", line(form, "moved_date", "New day", "date"));
  view.set("moved_time", line(form, "moved_time", "New time", "time"));
  view.set("cancelled_by", choice("cancelled_by", "Cancelled by", choices(cancellers, form.field("cancelled_by"))));
  view.set("reason", choice("reason", _("Why"), choices(reasons, form.field("reason"))));
  view.set("why", line(form, "why", "In other words"));
  view.set("outcome", choice("outcome", "What the follow-up came to", choices(outcomes, form.field("outcome"))));
  view.set("initiator", choice("initiator", "Who asked for the SIP", choices(organisations, form.field("initiator"), "not stated")));
  view.set("leader", choice("leader", "The leader comes from", choices(organisations, form.field("leader"), "not stated"),
                            Message("Another organisation than your own lends its leader.")));
  view.set("purpose", choice("purpose", "What the SIP is for", choices(purposes, form.field("purpose"))));
  view.set("problem", text(form, "problem", "The problem", 3));
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

Result<Meeting> written(web::Request& request, const access::Permit& permit, const web::Form& form) {
  const auto possible = possible_parties(request);
  const auto organisation_in = [&](const char* name) -> Id<organisation::Organisation> {
    const auto word = form.field(name);
    const auto all = organisations_alone(possible);
    return std::ranges::any_of(all, [&](const auto& one) { return one.value == word; })
               ? Id<organisation::Organisation>{word}
               : Id<organisation::Organisation>{};
  };
  Meeting one{.room = permit.asker()};
  const auto kind = kinds.find(form.field("kind"));
  const auto how = forms.find(form.field("form"));
  const auto about = access::kinds.find(form.field("about"));
  const auto starts = moment_in(form, "date", "time");
  std::vector<Fault> faults;
  if (!kind) faults.push_back({"kind", "Choose what kind of meeting it is."});
  if (!how) faults.push_back({"form", "Choose how you met."});
  if (!about) faults.push_back({"about", "Choose a kind of information that you work with."});
  if (!starts) faults.push_back({"date", "Write the day and the time, as 2026-03-01 and 10:15."});
  if (!faults.empty()) return invalid(std::move(faults));
  one.kind = *kind;
  one.form = *how;
  one.about = *about;
  one.starts = *starts;
  one.state = form.field("state").empty() ? State::held : states.find(form.field("state")).value_or(State::held);
  one.moved_to = moment_in(form, "moved_date", "moved_time");
  one.cancelled_by = cancellers.find(form.field("cancelled_by")).value_or(Canceller::nobody);
  one.reason = reasons.find(form.field("reason")).value_or(Reason::none);
  one.outcome = outcomes.find(form.field("outcome")).value_or(Outcome::none);
  one.initiator = organisation_in("initiator");
  one.leader = organisation_in("leader");
  one.purpose = purposes.find(form.field("purpose")).value_or(Purpose::none);
  one.parties = parties_in(form, possible);
  one.agreements = agreements_in(form, possible);
  one.place = form.field("place");
  one.agenda = form.field("agenda");
  one.notes = form.field("notes");
  one.why = form.field("why");
  one.problem = form.field("problem");
  one = settled(std::move(one), permit);
  faults = faults_in(one, permit);
  if (!faults.empty()) return invalid(std::move(faults));
  return one;
}

}  // namespace stafett::meeting
