// The baton (stafettpinnen): who answers for a case now, one person with a function in one organisation, with what they
// do next and by when. Every open case has at most one holder, and whoever held it last stands there when it is closed. A
// case that nobody has taken is the owner's, whose unit sees it. Between organisations it is only handed over
// (handover.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/gate.h"
#include "access/keys.h"
#include "access/user.h"
#include "base/view.h"
#include "organisation/organisation.h"
#include "participant/participant.h"

namespace stafett::web {
class Router;
struct Request;
}  // namespace stafett::web

namespace stafett::baton {

inline constexpr std::size_t longest_step = 500;  // bytes

// What the holder does next, and the day it is to be done.
struct Step {
  std::string text;
  Date on;
};
std::vector<Fault> faults_in(const Step&, Date today);

struct Holding {
  Id<Holding> id;
  Id<participant::Participant> participant;
  Id<organisation::Organisation> organisation;
  Id<organisation::Unit> unit;  // may be empty
  Id<access::Account> account;
  std::string name, organisation_name;  // only read
  std::string duty;                     // the function they had then: "coach"
  Moment from;
  std::optional<Moment> until;
  Step step;  // the text only for those whom the room tells planning in free words
};

// A case and its holder, as the asker may know them.
struct Baton {
  bool is_open = false;           // a stay goes on
  std::optional<Holding> holder;  // of an open case: who holds it now; of a closed one: who held it last
  // Another organisation has it, which tells the asker nothing: only that it is so.
  bool is_elsewhere = false;
  bool has_handovers = false;  // that the asker may know of, or not
};
Baton of(db::Transaction&, const access::Permit&);

// The asker holds it from now on, with this to do next: when nobody does, in the owner's organisation, or instead of a
// colleague; or, if they hold it already, this is their next step. `seen`: the holding that the asker saw, or empty.
// With a permit to write.
Result<> take(db::Transaction&, const access::Permit&, const access::User&, const Step&, const Id<Holding>& seen);

// Store. Who has accepted a handover.
void hold(db::Transaction&, const access::Permit&, const access::User&, const Step&);

// Whose batons an account has in hand, for the gate to be asked for each.
std::vector<Id<participant::Participant>> in_hand(db::Transaction&, const Id<access::Account>&);
// Everything that somebody holds for the head's organisation is another's from now on; how many. The gate is asked for
// each, and the receiver must work with the participant.
std::size_t hand_over(db::Transaction&, const access::User& head, const Id<access::Account>& from,
                      const Id<access::Account>& to, Moment now);

// Those of the asker's own organisation, the latest first.
std::vector<Holding> holdings(db::Transaction&, const access::Permit&);

// What was written in the asker's own room, or in every room, for good; who held it stays to be counted. What stood
// there, sealed. With a permit to erase.
std::vector<std::string> erase_words(db::Transaction&, const access::Permit&, bool every_room);
void seal_anew(db::Transaction&, const access::Permit&, const access::DataKey& from, const access::DataKey& to);

// What the participant's page says at its top: the part baton/banner.
View banner(web::Request&, const access::Permit&);

// Pages: POST /participants/:id/baton; those of handover.h.
void routes(web::Router&);

}  // namespace stafett::baton
