// My day (min dag): what a person who works with cases has to do, in one list at eight in the morning: what waits for their
// answer, what they do next, what they wait for from others and for how long, and why each line is there. Nothing is kept
// here; it is read from what is written elsewhere, and a line is gone when its reason is.
#pragma once

#include <string>
#include <vector>

#include "access/gate.h"
#include "baton/handover.h"
#include "consent/consent.h"
#include "meeting/meeting.h"

namespace stafett::web {
class Router;
}

namespace stafett::my_day {

struct Case {
  Id<participant::Participant> participant;
  std::string code;
  baton::Baton baton;
  std::optional<baton::Handover> handover;  // that waits for an answer
  bool mine = false;                        // the user holds the baton
};

// A meeting to come within a week, or one whose time has passed and that nobody has written down.
struct Appointment {
  meeting::Planned meeting;
  std::string code;
};

// What was agreed and is still to be done.
struct Promise {
  meeting::Agreement agreement;
  std::string code;
};

struct MyDay {
  std::vector<Case> to_answer;           // offered to the user's organisation, longest waited first
  std::vector<Case> next_steps;          // the user's batons, the earliest day first
  std::vector<Case> waiting_for;         // what the user offered and nobody has answered
  std::vector<Case> without_holder;      // the user works with them by name, and nobody has taken the baton
  std::vector<Appointment> meetings, unwritten;
  std::vector<Promise> ours, others;     // by whom it is to be done: the user's organisation, or somebody else
  std::vector<baton::Silence> silences;  // of others in the organisation, without whom they are about
  std::vector<consent::Ending> endings;  // consents that run out
  std::size_t cases = 0, batons = 0;
};
MyDay look(db::Transaction&, const access::User&, Moment now);

// Pages: /my-day
void routes(web::Router&);

}  // namespace stafett::my_day
