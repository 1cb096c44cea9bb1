#include "meeting/show_pages.h"

#include <algorithm>

#include "text/clock.h"
#include "text/number.h"
#include "web/lines.h"
#include "web/router.h"

namespace stafett::meeting {
namespace {

View tag(Message text, const char* color) { return {{"text", std::move(text)}, {"color", color}}; }

View tag_of(const Meeting& one, Moment now) {
  switch (one.state) {
    case State::planned:
      return one.waits(now) ? tag(_("not written down yet"), "warning") : tag(name_of(one.state), "info");
    case State::moved:
    case State::cancelled:
      return tag(name_of(one.state), "neutral");
    case State::held:
      return nullptr;
  }
  return nullptr;
}

View tag_of(web::Request& request, const Agreement& one) {
  const auto day =
      one.settled ? text::date_words(text::local_time(*one.settled).day, request.language) : std::string();
  switch (one.state) {
    case Done::done:
      return tag(Message{"done {1}, {2}", day, one.settled_by}, "success");
    case Done::not_done:
      return tag(Message{"not done {1}, {2}", day, one.settled_by}, "warning");
    case Done::open:
      return one.is_late(text::local_time(request.now).day) ? tag(_("late"), "danger") : View(nullptr);
  }
  return nullptr;
}

std::string base_of(const access::Permit& permit) { return "/participants/" + permit.participant().text; }

bool may_write_in(const access::Permit& permit, const Id<organisation::Organisation>& room,
                  access::Kind about) {
  const auto& decision = permit.in(room);
  return room == permit.asker() && decision.rule == access::Rule::own_room && decision.free_text.has(about);
}

std::string joined(const std::vector<std::string>& all) {
  std::string text;
  for (const auto& one : all) text += (text.empty() ? "" : ", ") + one;
  return text;
}

template <class Which>
View parties_where(const Names& names, const Meeting& one, Which which) {
  std::vector<std::string> all;
  for (const auto& party : one.parties)
    if (which(party)) all.push_back(names.of(party.who));
  return all.empty() ? View(nullptr) : View(joined(all));
}

View agreement_view(web::Request& request, const access::Permit& permit, const Names& names,
                    const Agreement& one) {
  View view = {{"id", one.id},
               {"what", one.in_words ? View(one.what) : View(request.translated("An agreement"))},
               {"who_and_when",
                Message{"{1}, by {2}", names.of(one.who), text::date_words(one.due, request.language)}},
               {"tag", tag_of(request, one)},
               {"why", one.why.empty() ? View(nullptr) : View(one.why)},
               {"state", done_words.of(one.state)},
               {"author", one.author},
               {"organisation", names.of(one.room.text)},
               {"written", text::date_words(text::local_time(one.written).day, request.language)},
               {"settle", nullptr},
               {"undo", nullptr}};
  if (!may_write_in(permit, one.room, one.about)) return view;
  const auto address = base_of(permit) + "/agreements/" + one.id.text + "/outcome";
  view.set(one.state == Done::open ? "settle" : "undo",
           {{"address", address}, {"was", done_words.of(one.state)}, {"id", one.id}});
  return view;
}

// What it says in words, and what only those see who may read them.
void set_words(View& view, web::Request& request, const Names& names, const Meeting& one) {
  // All are set: a page around this one may have the same names.
  for (const auto* name : {"outcome", "purpose", "initiator", "leader", "reason", "canceller"})
    view.set(name, nullptr);
  const auto or_none = [](const std::string& text) { return text.empty() ? View(nullptr) : View(text); };
  view.set("place", or_none(one.place));
  view.set("agenda", one.agenda.empty() ? View(nullptr) : View{{"lines", web::lines_of(one.agenda)}});
  view.set("notes", one.notes.empty() ? View(nullptr) : View{{"lines", web::lines_of(one.notes)}});
  view.set("problem", one.problem.empty() ? View(nullptr) : View{{"lines", web::lines_of(one.problem)}});
  if (one.outcome != Outcome::none) view.set("outcome", name_of(one.outcome));
  if (one.purpose != Purpose::none) view.set("purpose", name_of(one.purpose));
  if (!one.initiator.text.empty()) view.set("initiator", names.of(one.initiator.text));
  if (!one.leader.text.empty())
    view.set("leader", one.leader == one.room ? Message{"{1}, own", names.of(one.leader.text)}
                                              : Message{"{1}, lent", names.of(one.leader.text)});
  if (one.reason == Reason::none) return;
  const auto why = one.why.empty() ? request.translated(name_of(one.reason)) : one.why;
  view.set("reason", why);
  if (one.cancelled_by != Canceller::nobody) view.set("canceller", name_of(one.cancelled_by));
}

}  // namespace

Names::Names(web::Request& request) {
  names_.emplace(the_participant, request.translated("the participant"));
  names_.emplace(support_person, request.translated("a support person"));
  for (const auto& one : organisation::list(request.tx)) names_.emplace(one.id.text, one.name);
}
std::string Names::of(std::string_view who) const {
  const auto found = names_.find(who);
  return found == names_.end() ? std::string() : found->second;
}

View meeting_view(web::Request& request, const access::Permit& permit, const Names& names,
                  const Meeting& one) {
  const auto address = base_of(permit) + "/meetings/" + one.id.text;
  View view = {
      {"address", address},
      {"kind_of_meeting", name_of(one.kind)},
      {"when", text::moment_words(one.starts, request.language)},
      {"day", text::local_time(one.starts).day},
      {"how", name_of(one.form)},
      {"tag", tag_of(one, request.now)},
      {"organisation", names.of(one.room.text)},
      {"author", one.author},
      {"written", text::date_words(text::local_time(one.written).day, request.language)},
      {"in_words", one.in_words},
      {"about", access::name_of(one.about)},
      {"invited", parties_where(names, one, [](const auto& party) { return party.invited; })},
      {"present", parties_where(names, one, [](const auto& party) { return party.present; })},
      {"absent",
       one.state == State::held
           ? parties_where(names, one, [](const auto& party) { return party.invited && !party.present; })
           : View(nullptr)},
      {"has_agreements", !one.agreements.empty()},
      {"agreements", views(one.agreements, [&](const Agreement& agreement) {
         return agreement_view(request, permit, names, agreement);
       })}};
  view.set("moved_to",
           one.moved_to ? View(text::moment_words(*one.moved_to, request.language)) : View(nullptr));
  view.set("changed", one.changed
                          ? View(Message{"changed {1} by {2}",
                                         text::moment_words(*one.changed, request.language), one.changed_by})
                          : View(nullptr));
  set_words(view, request, names, one);
  if (may_write_in(permit, one.room, one.about)) {
    if (one.is_open()) view.set("edit", address + "/edit");
    view.set("paper", address + "/paper");
  }
  return view;
}

View timeline_view(web::Request& request, const access::Permit& permit, const Names& names,
                   const std::vector<Meeting>& all, const Id<organisation::Organisation>& room) {
  View::Items meetings;
  for (const auto& one : all)
    if (one.room == room) meetings.push_back(meeting_view(request, permit, names, one));
  if (meetings.empty()) return nullptr;
  return {{"meetings", std::move(meetings)}};
}

View address_to_write(const access::Permit& permit) {
  const auto& decision = permit.in(permit.asker());
  if (decision.rule != access::Rule::own_room || decision.free_text.empty()) return nullptr;
  return base_of(permit) + "/meetings/new";
}

}  // namespace stafett::meeting
