// Protection (skyddade personuppgifter) of a participant, at one of the law's three levels:
// sekretessmarkering (OSL 22 kap. 1 §), skyddad folkbokföring (folkbokföringslagen 16 §), fingerade
// personuppgifter (lag 1991:483). Marking hides in the same transaction: from the next request only handlers
// assigned by name reach the participant, who has a pseudonym (participant/pseudonym.h) and nothing that
// names them or tells where they are. It ends by two persons: a named handler proposes, and somebody of
// another unit confirms, who is shown the pseudonym and no more.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/gate.h"
#include "base/words.h"
#include "organisation/organisation.h"
#include "participant/participant.h"

namespace stafett::web {
class Router;
}

namespace stafett::protection {

inline constexpr std::int64_t proposal_days = 7;  // then it has run out, and is made again

// Why it ends: chosen, not written, so that nothing is told of the person.
enum class Reason { lifted_by_authority, mistake };
inline constexpr Words<Reason, 2> reasons{
    {{Reason::lifted_by_authority, "lifted by authority"}, {Reason::mistake, "mistake"}}};
Message name_of(Reason);

// A colleague who could work with a participant by name, or does.
struct Colleague {
  Id<access::Account> account;
  std::string name;
};
// Those who do now, of the asker's organisation.
std::vector<Colleague> named_handlers(db::Transaction&, const access::Permit&);
// Those who could: open accounts of the organisation whose roles work with cases, but whoever has a conflict.
std::vector<Colleague> possible_handlers(db::Transaction&, const access::Permit&);

// With a permit to protect, of the owner's own participant. What must not be found in any file from then on.
// Somebody has to be left who reaches the participant: whoever marks, if they handle the case, those who are
// named already, or `handler`. Who is protected already gets another level, and nothing else.
Result<> need_own(const access::Permit&);
struct Wish {
  std::optional<access::Protection> level;
  Id<access::Account> handler;  // empty: nobody more
};
Result<std::vector<std::string>> protect(db::Transaction&, const access::Permit&, const access::User&,
                                         const Wish&);
// One more who works with a protected participant by name.
Result<> name_handler(db::Transaction&, const access::Permit&, const access::User&,
                      const Id<access::Account>&);

// One less, but never the last.
Result<> end_handler(db::Transaction&, const access::Permit&, const Id<access::Account>&);

// After protecting: what the database leaves behind is emptied. Tried again by the clock while somebody still
// reads.
Result<> leave_nothing(db::Database&, const std::vector<std::string>& texts);
Result<> leave_nothing(db::Database&);  // if anything is left to do

// ---- the end of it

struct Proposal {
  std::string id;
  Id<participant::Participant> participant;
  std::string pseudonym;
  Reason reason = Reason::mistake;
  Id<access::Account> by;
  std::string by_name;
  Moment proposed, until;
};
std::optional<Proposal> open_proposal(db::Transaction&, const access::Permit&);
Result<> propose_end(db::Transaction&, const access::Permit&, const access::User&, std::optional<Reason>);
Result<> withdraw_proposal(db::Transaction&, const access::Permit&, const access::User&);

// Those of the own organisation that the user could confirm: of another unit than all who work with the
// participant.
std::vector<Proposal> to_confirm(db::Transaction&, const access::User&, Moment now);
// From then on the rules are those for everyone; the pseudonym stays, and what was removed does not come
// back.
Result<> confirm_end(db::Transaction&, const access::User&, const std::string& proposal, Moment now);

// Pages: /participants/:id/protection, /protections.
void routes(web::Router&);

}  // namespace stafett::protection
