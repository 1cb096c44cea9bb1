#include "assignment/assignment.h"
#include "my_day/my_day.h"
#include "text/clock.h"
#include "text/number.h"
#include "web/router.h"

namespace stafett::my_day {
namespace {

std::string address_of(const Case& one) { return "/participants/" + one.participant.text; }

std::string days_words(const web::Request& request, int days) {
  if (days == 0) return request.translated("today");
  if (days == 1) return request.translated("1 day");
  return request.translated({"{1} days", std::to_string(days)});
}

// What is late has its days; what is soon too; the rest its day.
std::string when_words(const web::Request& request, Date day) {
  const int left = day - request.now.date();
  if (left < 0) return request.translated({"late by {1}", days_words(request, -left)});
  if (left == 0) return request.translated("today");
  if (left == 1) return request.translated("tomorrow");
  return text::date_words(day, request.language);
}

int waited(const web::Request& request, Moment since) { return request.now.date() - since.date(); }

View line(std::string what, std::string link, std::string why, std::string much, bool late) {
  return {{"what", std::move(what)},
          {"link", link.empty() ? View(nullptr) : View(std::move(link))},
          {"why", std::move(why)},
          {"much", std::move(much)},
          {"late", late}};
}

View answer_line(web::Request& request, const Case& one) {
  const auto& handover = *one.handover;
  const int days = waited(request, handover.offered);
  auto why = request.translated({"{1} offers it to you.", handover.from_name});
  if (handover.meeting_on)
    why += " " + request.translated({"Handover meeting {1}.", text::date_words(*handover.meeting_on, request.language)});
  return line(request.translated({"Take the baton of {1}?", one.code}), address_of(one) + "/handovers/" + handover.id.text,
              std::move(why), days_words(request, days), days >= baton::unit_sees_after_days);
}

View silence_line(web::Request& request, const baton::Silence& silence, bool heads) {
  const auto why = silence.receiver.empty() ? request.translated("Nobody has answered.")
                                            : request.translated({"{1} has not answered.", silence.receiver});
  return line(request.translated({"{1} offers a baton in {2}", silence.from, silence.intervention}), heads ? "/assignments" : "",
              why + (heads ? " " + request.translated("Say who is to work with the participant.") : ""),
              days_words(request, silence.days), silence.days >= baton::head_sees_after_days);
}

View step_line(web::Request& request, const Case& one) {
  const auto& step = one.baton.holder->step;
  const auto waits = one.handover && one.handover->from == one.baton.holder->organisation
                         ? " " + request.translated({"Offered to {1}.", one.handover->to_name})
                         : std::string();
  return line(step.text.empty() ? one.code : step.text, address_of(one), request.translated({"Your next step for {1}.", one.code}) + waits,
              when_words(request, step.on), step.on < request.now.date());
}

View waiting_line(web::Request& request, const Case& one) {
  const auto& handover = *one.handover;
  const int days = waited(request, handover.offered);
  std::string why = one.code;
  if (days >= baton::head_sees_after_days)
    why += ", " + request.translated("their head sees it too");
  else if (days >= baton::unit_sees_after_days)
    why += ", " + request.translated("their whole unit sees it");
  return line(request.translated({"Answer from {1} about the handover", handover.to_name}), address_of(one), std::move(why),
              days_words(request, days), days >= baton::unit_sees_after_days);
}

View holderless_line(web::Request& request, const Case& one) {
  return line(request.translated({"Nobody holds the baton of {1}", one.code}), address_of(one),
              request.translated("You work with the participant by name."), "", false);
}

View ending_line(web::Request& request, const consent::Ending& ending) {
  const auto last = ending.closes.date() - 1;
  return line(request.translated({"Consent to {1}, {2}", ending.to, ending.code}), "/participants/" + ending.participant.text + "/consents",
              request.translated({"Runs out {1}. Without it {2} is told nothing more.", text::date_words(last, request.language), ending.to}),
              request.translated({"{1} left", days_words(request, last - request.now.date())}), false);
}

std::string meeting_words(const web::Request& request, const Appointment& one) {
  return request.translated({"{1}, {2}", request.translated(meeting::name_of(one.meeting.kind)), one.code});
}
std::string address_of(const Appointment& one) {
  return "/participants/" + one.meeting.participant.text + "/meetings/" + one.meeting.id.text;
}

View meeting_line(web::Request& request, const Appointment& one) {
  const auto time = text::local_time(one.meeting.starts);
  return line(meeting_words(request, one), address_of(one), request.translated(meeting::name_of(one.meeting.form)),
              when_words(request, time.day) + " " + time.clock, false);
}

View unwritten_line(web::Request& request, const Appointment& one) {
  const auto day = text::local_time(one.meeting.starts).day;
  return line(request.translated({"Write down the meeting: {1}", meeting_words(request, one)}), address_of(one) + "/edit",
              request.translated("It was planned, and its time has passed."), when_words(request, day), day < request.now.date());
}

std::string who_words(web::Request& request, const std::string& who) {
  if (who == meeting::the_participant) return request.translated("The participant");
  const auto organisation = organisation::find(request.tx, {who});
  return organisation ? organisation->name : who;
}

View promise_line(web::Request& request, const Promise& one, bool ours) {
  const auto& agreement = one.agreement;
  const auto what = agreement.what.empty() ? request.translated("Something that was agreed") : agreement.what;
  auto why = ours ? request.translated({"Agreed for {1}.", one.code})
                  : request.translated({"{1} does it, {2}", who_words(request, agreement.who), one.code});
  return line(what, "/participants/" + agreement.participant.text, std::move(why), when_words(request, agreement.due),
              agreement.is_late(request.now.date()));
}

// Groups without lines are not shown.
void add_group(View::Items& groups, Message heading, const char* color, View::Items lines) {
  if (lines.empty()) return;
  const auto count = lines.size();
  groups.push_back({{"heading", std::move(heading)}, {"color", color}, {"count", count}, {"lines", std::move(lines)}});
}

template <class All, class ToLine>
View::Items lines_of(const All& all, ToLine to_line) {
  View::Items lines;
  for (const auto& one : all) lines.push_back(to_line(one));
  return lines;
}

void split_steps(web::Request& request, const std::vector<Case>& cases, View::Items& soon, View::Items& later) {
  for (const auto& one : cases) {
    const bool is_soon = one.baton.holder->step.on <= request.now.date() + 6;
    (is_soon ? soon : later).push_back(step_line(request, one));
  }
}

Result<web::Reply> day_page(web::Request& request) {
  const auto day = look(request.tx, request.user, request.now);
  const bool heads = request.user.may(assignment::may_head);
  View::Items soon, later, main, beside;
  split_steps(request, day.next_steps, soon, later);
  auto answers = lines_of(day.to_answer, [&](const Case& one) { return answer_line(request, one); });
  for (const auto& silence : day.silences) {
    auto shown = silence_line(request, silence, heads);
    const bool is_first = heads && silence.days >= baton::head_sees_after_days;
    answers.insert(is_first ? answers.begin() : answers.end(), std::move(shown));
  }
  add_group(main, "Wait for an answer", "warning", std::move(answers));
  for (const auto& one : day.ours) {
    const bool is_soon = one.agreement.due <= request.now.date() + 6;
    (is_soon ? soon : later).push_back(promise_line(request, one, true));
  }
  for (const auto& one : day.unwritten) soon.insert(soon.begin(), unwritten_line(request, one));
  add_group(main, "To do within a week", "info", std::move(soon));
  add_group(main, "Further on", "neutral", std::move(later));
  add_group(main, "Cases that nobody holds", "warning", lines_of(day.without_holder, [&](const Case& one) { return holderless_line(request, one); }));
  add_group(beside, "Meetings", "info", lines_of(day.meetings, [&](const Appointment& one) { return meeting_line(request, one); }));
  auto waited_for = lines_of(day.waiting_for, [&](const Case& one) { return waiting_line(request, one); });
  for (const auto& one : day.others) waited_for.push_back(promise_line(request, one, false));
  add_group(beside, "You wait for", "info", std::move(waited_for));
  add_group(beside, "Consents that run out", "info", lines_of(day.endings, [&](const consent::Ending& one) { return ending_line(request, one); }));
  View view = {{"title", Message("My day")},
               {"today", text::date_words(request.now.date(), request.language)},
               {"summary", Message{"Cases by name or by the baton: {1}. You hold the baton of {2}.", std::to_string(day.cases), std::to_string(day.batons)}}};
  view.set("nothing", main.empty() ? View{{"heading", Message("Nothing to do here today")},
                                          {"text", Message("Take the baton of a case that you work with, and its next step is shown here.")},
                                          {"link", {{"label", Message("Interventions")}, {"address", "/interventions"}}}}
                                   : View(nullptr));
  view.set("main", std::move(main));
  view.set("beside", std::move(beside));
  return web::show("my_day/show", std::move(view));
}

}  // namespace

void routes(web::Router& router) {
  router.menu("My day", "/my-day", participant::may_read);
  router.get_noted("/my-day", participant::may_read, day_page);
}

}  // namespace stafett::my_day
