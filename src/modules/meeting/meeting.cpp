// The words that meetings go by, and what must hold of one.
#include "meeting/meeting.h"

#include <algorithm>

#include "meeting/words.h"

namespace stafett::meeting {
namespace {

constexpr std::int64_t year = 366 * 86400;

void add_faults_in_words(std::vector<Fault>& faults, const Meeting& meeting) {
  constexpr auto too_long = "The text is too long. Shorten it.";
  if (meeting.agenda.size() > longest) faults.push_back({"agenda", too_long});
  if (meeting.notes.size() > longest) faults.push_back({"notes", too_long});
  if (meeting.problem.size() > longest) faults.push_back({"problem", too_long});
  if (meeting.why.size() > longest_line) faults.push_back({"why", too_long});
  if (meeting.place.size() > longest_line) faults.push_back({"place", too_long});
}

void add_faults_in_state(std::vector<Fault>& faults, const Meeting& meeting) {
  if (meeting.is_open()) return;
  if (meeting.reason == Reason::none) faults.push_back({"reason", "Choose why."});
  if (meeting.reason == Reason::other && is_blank(meeting.why))
    faults.push_back({"why", "Write why, in a few words."});
  if (meeting.state == State::cancelled && meeting.cancelled_by == Canceller::nobody)
    faults.push_back({"cancelled_by", "Choose who cancelled it."});
  if (meeting.state == State::moved && !meeting.moved_to)
    faults.push_back({"moved_date", "Write the new day and time, as 2026-03-01 and 10:15."});
  if (meeting.state == State::moved && meeting.moved_to == meeting.starts)
    faults.push_back({"moved_date", "The new time is the same as the old. Change it."});
}

void add_faults_in_agreements(std::vector<Fault>& faults, const Meeting& meeting) {
  for (std::size_t i = 0; i != meeting.agreements.size(); ++i) {
    const auto& one = meeting.agreements[i];
    const auto number = std::to_string(i + 1);
    if (is_blank(one.what))
      faults.push_back({"what-" + number,
                        one.id.text.empty()
                            ? Message("Write what was agreed.")
                            : Message("An agreement is not taken away. Say that it was not done, and why.")});
    if (one.what.size() > longest_line)
      faults.push_back({"what-" + number, "The text is too long. Shorten it."});
    if (one.who.empty()) faults.push_back({"who-" + number, "Choose who does it."});
    if (one.due == Date{})
      faults.push_back({"due-" + number, "Write by when, as 2026-03-01."});
    else if (one.due < meeting.starts.date() || one.due > (meeting.starts + 5 * year).date())
      faults.push_back(
          {"due-" + number, "The day is before the meeting, or years after it. Look at it once more."});
  }
  if (meeting.agreements.size() > most_agreements)
    faults.push_back({"", "More agreements than a meeting can have. Write the rest at another."});
}

}  // namespace

Meeting settled(Meeting meeting, const access::Permit& permit) {
  if (meeting.is_open()) meeting.state = meeting.starts > permit.at() ? State::planned : State::held;
  if (meeting.is_open()) {
    meeting.reason = Reason::none;
    meeting.why.clear();
  }
  if (meeting.state != State::moved) meeting.moved_to.reset();
  if (meeting.state != State::cancelled) meeting.cancelled_by = Canceller::nobody;
  if (meeting.kind != Kind::follow_up || meeting.state != State::held) meeting.outcome = Outcome::none;
  if (meeting.kind != Kind::sip) {
    meeting.initiator = meeting.leader = {};
    meeting.purpose = Purpose::none;
    meeting.problem.clear();
  }
  if (meeting.state != State::held)
    for (auto& party : meeting.parties) party.present = false;
  std::erase_if(meeting.parties, [](const Party& party) { return !party.invited && !party.present; });
  if (permit.protection() != access::Protection::none) meeting.place.clear();
  return meeting;
}

std::vector<Fault> faults_in(const Meeting& meeting, const access::Permit& permit) {
  std::vector<Fault> faults;
  if (!may_write(permit, meeting.about))
    faults.push_back({"about", "Choose a kind of information that you work with."});
  if (meeting.starts > permit.at() + 5 * year || meeting.starts < permit.at() + -50 * year)
    faults.push_back({"date", "The day is many years away. Look at the year."});
  add_faults_in_words(faults, meeting);
  add_faults_in_state(faults, meeting);
  add_faults_in_agreements(faults, meeting);
  return faults;
}

Message name_of(Kind kind) {
  switch (kind) {
    case Kind::network:
      return _("network meeting");
    case Kind::three_party:
      return _("three-party meeting");
    case Kind::start:
      return _("start meeting");
    case Kind::follow_up:
      return _("follow-up meeting");
    case Kind::sip:
      return _("SIP");
    case Kind::preparation:
      return _("preparation meeting");
    case Kind::handover:
      return _("handover meeting");
    case Kind::other:
      return _("other meeting");
  }
  return {};
}

Message name_of(Form form) {
  switch (form) {
    case Form::room:
      return _("in a room");
    case Form::phone:
      return _("by phone");
    case Form::video:
      return _("by video");
  }
  return {};
}

Message name_of(State state) {
  switch (state) {
    case State::planned:
      return _("planned");
    case State::held:
      return _("held");
    case State::moved:
      return _("moved");
    case State::cancelled:
      return _("cancelled");
  }
  return {};
}

Message name_of(Canceller canceller) {
  switch (canceller) {
    case Canceller::nobody:
      return _("– choose –");
    case Canceller::participant:
      return _("the participant");
    case Canceller::party:
      return _("a party");
  }
  return {};
}

Message name_of(Reason reason) {
  switch (reason) {
    case Reason::none:
      return _("– choose –");
    case Reason::illness:
      return _("illness");
    case Reason::did_not_come:
      return _("did not come");
    case Reason::prevented:
      return _("could not that day");
    case Reason::not_needed:
      return _("no longer needed");
    case Reason::other:
      return _("something else");
  }
  return {};
}

Message name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::none:
      return _("not stated");
    case Outcome::goes_well:
      return _("goes well");
    case Outcome::step_taken:
      return _("a step taken");
    case Outcome::plan_changed:
      return _("the plan changed");
  }
  return {};
}

Message name_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::none:
      return _("not stated");
    case Purpose::work_or_studies:
      return _("work or studies");
    case Purpose::pre_step:
      return _("a step before work");
    case Purpose::other:
      return _("something else");
  }
  return {};
}

Message name_of(Done done) {
  switch (done) {
    case Done::open:
      return _("to be done");
    case Done::done:
      return _("done");
    case Done::not_done:
      return _("not done");
  }
  return {};
}

}  // namespace stafett::meeting
