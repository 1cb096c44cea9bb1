// Handover (överlämning): the holder of the baton offers it to another party, or to a colleague, with what goes along. The
// giver holds it until the receiver has accepted; silence is never a yes. After that both have a hand on it until a day,
// and the giver's support goes on until another. One open handover for each case.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "baton/baton.h"

namespace stafett::baton {

inline constexpr int unit_sees_after_days = 5;   // that nobody has answered, without who it is about
inline constexpr int head_sees_after_days = 10;  // the same, first on their list
inline constexpr std::size_t longest_message = 4'000;  // bytes

enum class Outcome { open, accepted, refused, withdrawn };
inline constexpr Words<Outcome, 4> outcomes{{{Outcome::open, ""},
                                             {Outcome::accepted, "accepted"},
                                             {Outcome::refused, "refused"},
                                             {Outcome::withdrawn, "withdrawn"}}};

// Why it was not accepted. Another reason is said in words.
enum class Reason { none, not_now, not_ours, unclear_goal, papers_missing, other };
inline constexpr Words<Reason, 6> reasons{{{Reason::none, ""},
                                           {Reason::not_now, "not now"},
                                           {Reason::not_ours, "not ours"},
                                           {Reason::unclear_goal, "unclear goal"},
                                           {Reason::papers_missing, "papers missing"},
                                           {Reason::other, "other"}}};
Message name_of(Reason);

struct Handover {
  Id<Handover> id;
  Id<participant::Participant> participant;
  Id<organisation::Organisation> from, to;
  Id<access::Account> giver, receiver;  // receiver: empty is anyone who works with the participant there
  std::string from_name, giver_name, to_name, receiver_name, answerer_name;  // only read
  Moment offered;
  std::string message;  // to the receiver; only where the giver's room tells planning in free words
  std::optional<Date> meeting_on;     // the handover meeting
  std::optional<Date> both_until;     // both have a hand on it
  std::optional<Date> support_until;  // the giver's, after that
  Outcome outcome = Outcome::open;
  Reason reason = Reason::none;
  std::string answer;  // the receiver's words to the giver; as message
  std::optional<Moment> answered;
};

// Who may be offered it: colleagues who work with the participant, and parties that a consent lets be told of the
// planning. `kinds` and `free_text` are what goes along; the rest stays.
struct Receiver {
  Id<organisation::Organisation> organisation;
  Id<access::Account> account;  // a colleague, or empty
  std::string name;
  access::Kinds kinds, free_text;
  std::optional<Moment> closes;  // the consent
};
std::vector<Receiver> receivers(db::Transaction&, const access::Permit&, const access::User&);

// Those the asker may know of, the latest first: the giver's, the receiver's, and the owner's people.
std::vector<Handover> handovers(db::Transaction&, const access::Permit&);
std::optional<Handover> open_handover(db::Transaction&, const access::Permit&);

// With a permit to write, by the holder. Problems: not the holder's, to nobody who may have it, one is open already.
Result<Id<Handover>> offer(db::Transaction&, const access::Permit&, const access::User&, const Handover&);
Result<> withdraw(db::Transaction&, const access::Permit&, const Id<Handover>&);
// By who works with the participant where it was offered. `seen` is the same asker's permit to see: the door must still
// be open. What they do next comes with the yes.
Result<> accept(db::Transaction&, const access::Permit& seen, const access::Permit&, const access::User&,
                const Id<Handover>&, const Step&);
Result<> refuse(db::Transaction&, const access::Permit& seen, const access::Permit&, const access::User&,
                const Id<Handover>&, Reason, std::string_view words);

// Whose handovers wait: for an answer from somebody in the user's organisation, or for one to the user. The gate is asked
// for each.
std::vector<Id<participant::Participant>> waiting(db::Transaction&, const access::User&);
// Those that have waited too long for an answer of the user's organisation, without who they are about.
struct Silence {
  std::string from, intervention, receiver;  // names; receiver may be empty
  int days = 0;
};
// Not those that the user can answer, who sees them whole.
std::vector<Silence> silences(db::Transaction&, const access::User&, Moment now, std::span<const Id<Handover>> answerable);

void seal_handovers_anew(db::Transaction&, const access::Permit&, const access::DataKey& from, const access::DataKey& to);

// Pages: /participants/:id/handovers
void handover_routes(web::Router&);

}  // namespace stafett::baton
