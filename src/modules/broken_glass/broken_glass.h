// Broken glass (nödöppning): a colleague who does not work with a participant of the own organisation looks
// in all the same, for a stated reason and half an hour. Never to someone protected, never into another
// party's room, never what is known of violence: access/decide.h says so. The head sees it until it is
// reviewed; the participant's extract shows it. Reason and finding are sealed with the participant's data
// key.
#pragma once

#include <string>
#include <vector>

#include "access/gate.h"
#include "access/in_clear.h"
#include "access/keys.h"
#include "intervention/intervention.h"
#include "participant/participant.h"

namespace stafett::web {
class Router;
}

namespace stafett::broken_glass {

inline constexpr std::int64_t open_seconds = 30 * 60;
inline constexpr std::size_t fewest_words = 3;

struct Wish {
  Id<intervention::Intervention> intervention;
  std::string code;
  std::string reason;
};

struct BrokenGlass {
  Id<BrokenGlass> id;
  std::string colleague, code, intervention, reason;  // names; no code if the participant is protected since
  Id<access::Account> account;
  Id<participant::Participant> participant;
  Moment at, until;
};

// Whether a reason or a finding says anything.
bool says_something(std::string_view words);

// Lets them in for a while, and notes it. Whoever is let in without it just gets the participant; everyone
// for whom the glass changes nothing is told that there is no such participant.
Result<Id<participant::Participant>> break_glass(db::Transaction&, const access::User&, const Wish&,
                                                 Moment now);

// What a head has to review: by their unit's staff, or about those whom their unit works with.
std::vector<BrokenGlass> to_review(db::Transaction&, const access::User& head);
std::int64_t count_to_review(db::Transaction&, const access::User& head);  // tells of nobody
// Nobody reviews what they did themselves. It needs a fresh sign-in.
Result<> review(db::Transaction&, const access::User& head, const Id<BrokenGlass>&,
                const std::string& finding, Moment now);

// Reasons and findings, with another key: nobody reads them for that.
void seal_anew(db::Transaction&, const access::Permit&, const access::DataKey& from, const access::DataKey& to);
// Reasons and findings that stand in clear since before they were sealed.
extern const access::InClear reasons_in_clear;

// Pages.
void routes(web::Router&);

}  // namespace stafett::broken_glass
