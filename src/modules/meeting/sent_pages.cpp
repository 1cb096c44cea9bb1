#include "meeting/sent_pages.h"

#include <algorithm>
#include <array>

#include "meeting/words.h"
#include "text/clock.h"

namespace stafett::meeting {
namespace {

constexpr std::size_t rows_at_first = 3;
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

std::optional<Moment> moment_in(const web::Form& form, const char* day, const char* clock) {
  const auto read = Date::read(form.field(day));
  return read ? text::moment_at(*read, form.field(clock)) : std::nullopt;
}

std::vector<Party> parties_in(const web::Form& form, const std::vector<Possible>& possible) {
  const auto invited = form.all("invited"), present = form.all("present");
  const auto has = [](const auto& all, const std::string& one) {
    return std::ranges::find(all, one) != all.end();
  };
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
    if (who != support_person &&
        std::ranges::any_of(possible, [&](const auto& party) { return party.value == who; }))
      one.who = who;
    one.due = Date::read(form.field(numbered("due", number))).value_or(Date{});
    one.what = form.field(numbered("what", number));
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace

std::string numbered(const char* name, std::size_t number) {
  return std::string(name) + "-" + std::to_string(number);
}

std::size_t rows_to_show(const web::Form& form) {
  return std::min(rows_of(form) + (form.field("more").empty() ? 0 : rows_at_first), most_agreements);
}

std::vector<Possible> possible_parties(web::Request& request) {
  std::vector<Possible> all{{std::string(the_participant), Message("the participant")},
                            {std::string(support_person), Message("a support person")}};
  for (const auto& one : organisation::list(request.tx))
    if (one.kind != organisation::Kind::association)
      all.insert(one.id == request.user.organisation ? all.begin() : all.end(), {one.id.text, one.name});
  return all;
}

std::vector<Possible> organisations_alone(std::vector<Possible> all) {
  std::erase_if(all,
                [](const auto& one) { return one.value == the_participant || one.value == support_person; });
  return all;
}

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
  const auto put = [&](std::string name, std::string_view value) {
    form.fields.emplace_back(std::move(name), value);
  };
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
    if (std::ranges::none_of(
            row_fields, [&](const char* name) { return field.first.starts_with(std::string(name) + "-"); }))
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
  one.state =
      form.field("state").empty() ? State::held : states.find(form.field("state")).value_or(State::held);
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
