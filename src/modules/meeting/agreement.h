// Agreement (överenskommelse): what was agreed at a meeting, who does it, by when, and whether it was done.
// Read and kept as the meeting it belongs to; each says who wrote it, from which organisation, and when.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/gate.h"
#include "base/words.h"
#include "organisation/organisation.h"
#include "participant/participant.h"

namespace stafett::meeting {

struct Meeting;

// Who is at a meeting, or does what was agreed, when it is no organisation.
inline constexpr std::string_view the_participant = "participant", support_person = "support person";

inline constexpr std::size_t most_agreements = 20;  // of a meeting

enum class Done { open, done, not_done };
inline constexpr Words<Done, 3> done_words{
    {{Done::open, "open"}, {Done::done, "done"}, {Done::not_done, "not done"}}};
Message name_of(Done);

struct Agreement {
  Id<Agreement> id;  // empty: not kept yet
  Id<Meeting> meeting;
  Id<organisation::Organisation> room;
  Id<participant::Participant> participant;
  access::Kind about = access::Kind::planning;  // as the meeting
  std::string who;                              // does it: an organisation's id, or the_participant
  Date due;
  Done state = Done::open;
  std::optional<Moment> settled;   // when it was said to be done, or not
  std::string what, why;           // why it was not done; both empty where they are not the reader's
  bool in_words = false;           // the reader may read them
  std::string author, settled_by;  // names; only read
  Moment written;

  bool is_late(Date today) const { return state == Done::open && due < today; }
};

// Those that the permit opens, in every room; those to be done first come first.
std::vector<Agreement> agreements(db::Transaction&, const access::Permit&);
// Those still to be done. Of many participants as meeting::planned.
std::vector<Agreement> agreements_open(db::Transaction&, const access::Permit&);
std::vector<Agreement> agreements_open(db::Transaction&, std::span<const access::Permit>);

// Whether it was done, said in the own room with a permit to write. `was` is what the reader saw: a conflict
// if somebody has said something else since. The same twice is once.
struct Answer {
  Done was = Done::open, state = Done::done;
  std::string why;  // needed when it was not done
};
Result<> settle(db::Transaction&, const access::Permit&, const access::User& by, const Id<Agreement>&,
                const Answer&);

// Store, for meeting::add and change alone: those without an id are new.
void keep(db::Transaction&, const access::Permit&, const access::User& by, const Meeting&);

}  // namespace stafett::meeting
