// Meeting (möte) with a participant: network meeting, three-party meeting, SIP (samordnad individuell plan,
// SoL 2 kap. 7 §, HSL 16 kap. 4 §), follow-up and others; who was asked to come, who came, and what was
// agreed. It lies in the room of the organisation that wrote it. The words are sealed with the room's data
// key and of one kind of information: who may see that kind sees that there was a meeting, which, when and
// with whom; who may also read free text of it reads the words. What was agreed stands in agreement.h.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/gate.h"
#include "access/keys.h"
#include "base/view.h"
#include "base/words.h"
#include "meeting/agreement.h"
#include "organisation/organisation.h"
#include "participant/participant.h"

namespace stafett::web {
class Router;
}

namespace stafett::meeting {

inline constexpr std::size_t longest = 20'000, longest_line = 1'000;  // bytes

enum class Kind { network, three_party, start, follow_up, sip, preparation, handover, other };
inline constexpr Words<Kind, 8> kinds{{{Kind::network, "network"},
                                       {Kind::three_party, "three-party"},
                                       {Kind::start, "start"},
                                       {Kind::follow_up, "follow-up"},
                                       {Kind::sip, "sip"},
                                       {Kind::preparation, "preparation"},
                                       {Kind::handover, "handover"},
                                       {Kind::other, "other"}}};
Message name_of(Kind);

enum class Form { room, phone, video };
inline constexpr Words<Form, 3> forms{{{Form::room, "room"}, {Form::phone, "phone"}, {Form::video, "video"}}};
Message name_of(Form);

// A planned one whose time has passed waits to be written down. One that is moved stays as it was, and the
// new time has a meeting of its own.
enum class State { planned, held, moved, cancelled };
inline constexpr Words<State, 4> states{{{State::planned, "planned"},
                                         {State::held, "held"},
                                         {State::moved, "moved"},
                                         {State::cancelled, "cancelled"}}};
Message name_of(State);

enum class Canceller { nobody, participant, party };
inline constexpr Words<Canceller, 3> cancellers{
    {{Canceller::nobody, ""}, {Canceller::participant, "participant"}, {Canceller::party, "party"}}};
Message name_of(Canceller);

// Why it was moved or cancelled.
enum class Reason { none, illness, did_not_come, prevented, not_needed, other };
inline constexpr Words<Reason, 6> reasons{{{Reason::none, ""},
                                           {Reason::illness, "illness"},
                                           {Reason::did_not_come, "did not come"},
                                           {Reason::prevented, "prevented"},
                                           {Reason::not_needed, "not needed"},
                                           {Reason::other, "other"}}};
Message name_of(Reason);

// Of a follow-up.
enum class Outcome { none, goes_well, step_taken, plan_changed };
inline constexpr Words<Outcome, 4> outcomes{{{Outcome::none, ""},
                                             {Outcome::goes_well, "goes well"},
                                             {Outcome::step_taken, "step taken"},
                                             {Outcome::plan_changed, "plan changed"}}};
Message name_of(Outcome);

// Of a SIP.
enum class Purpose { none, work_or_studies, pre_step, other };
inline constexpr Words<Purpose, 4> purposes{{{Purpose::none, ""},
                                             {Purpose::work_or_studies, "work or studies"},
                                             {Purpose::pre_step, "pre-step"},
                                             {Purpose::other, "other"}}};
Message name_of(Purpose);

struct Party {
  std::string who;  // an organisation's id, the_participant or support_person
  bool invited = false, present = false;
};

struct Meeting {
  Id<Meeting> id;
  Id<organisation::Organisation> room;
  std::int64_t version = 1;  // one more with each change
  Kind kind = Kind::network;
  access::Kind about = access::Kind::planning;
  Moment starts;
  Form form = Form::room;
  State state = State::held;
  std::optional<Moment> moved_to;
  Canceller cancelled_by = Canceller::nobody;
  Reason reason = Reason::none;
  Outcome outcome = Outcome::none;
  Id<organisation::Organisation> initiator,
      leader;  // of a SIP, or empty; lent when the leader's is not the room's
  Purpose purpose = Purpose::none;
  std::vector<Party> parties;
  std::vector<Agreement> agreements;

  // Empty where they are not the reader's. Of a protected person no place is kept.
  std::string place, agenda, notes, why, problem;
  bool in_words = false;  // the reader may read them

  std::string author, changed_by;  // names; only read
  Moment written;
  std::optional<Moment> changed;

  bool is_open() const { return state == State::planned || state == State::held; }
  bool waits(Moment now) const { return state == State::planned && starts <= now; }
};

// What is wrong with it as it is written now; with its agreements. A moment that has passed makes it held,
// one to come planned, unless it is moved or cancelled.
Meeting settled(Meeting, const access::Permit&);
std::vector<Fault> faults_in(const Meeting&, const access::Permit&);

// Store. In the asker's own room, with a permit to write.
Result<Id<Meeting>> add(db::Transaction&, const access::Permit&, const access::User& author, Meeting);
// A conflict if somebody else has changed it since the version that it carries.
Result<> change(db::Transaction&, const access::Permit&, const access::User& by, Meeting);

// Those that the permit opens, in every room, the latest first.
std::vector<Meeting> of(db::Transaction&, const access::Permit&);
Result<Meeting> find(db::Transaction&, const access::Permit&, const Id<Meeting>&);

// A meeting to come, or one whose time has passed and that waits to be written down.
struct Planned {
  Id<Meeting> id;
  Id<participant::Participant> participant;
  Id<organisation::Organisation> room;
  Kind kind = Kind::network;
  Form form = Form::room;
  Moment starts;
};
// By time. Of many participants: each permit says what of its own may be seen; some at a time, so that a long
// list is a few questions. The permits hold for this transaction.
using Permits = std::span<const access::Permit>;
std::vector<Planned> planned(db::Transaction&, const access::Permit&);
std::vector<Planned> planned(db::Transaction&, Permits);

// What this account chose last, for the next form.
struct Habit {
  Kind kind = Kind::network;
  Form form = Form::room;
};
Habit habit_of(db::Transaction&, const access::Permit&, const access::User&);

// Of these kinds in the asker's own room, all that is kept, for the archive.
View archived(db::Transaction&, const access::Permit&, access::Kinds);
// Of these kinds in the asker's own room, for good, with what was agreed; with a permit to erase or to
// protect. What stood there, sealed.
std::vector<std::string> erase(db::Transaction&, const access::Permit&, access::Kinds);
// Where the meetings were, in the own room; with a permit to protect. What stood there, sealed.
std::vector<std::string> forget_places(db::Transaction&, const access::Permit&);
// What stays in the own room, with another key: nobody reads it for that.
void seal_anew(db::Transaction&, const access::Permit&, const access::DataKey& from,
               const access::DataKey& to);

// Pages: /participants/:id/meetings and /participants/:id/agreements
void routes(web::Router&);

}  // namespace stafett::meeting
