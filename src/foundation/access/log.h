// The log (åtkomstlogg): who did what, or was refused it, to which participant, for which unit, by which rule and
// consent, when. Never what was read or written. An entry stands in the chain of the organisation whose room it
// was, is written in the same transaction as what it tells of, and if it cannot be written that does not happen.
// Kept five years or more (HSLF-FS 2016:40 4 kap. 9 §, our norm for all parties).
#pragma once

#include <string>
#include <string_view>

#include "access/decide.h"
#include "access/user.h"
#include "db/database.h"

namespace stafett::participant {
struct Participant;
}

namespace stafett::access {

struct Entry {
  Id<organisation::Organisation> chain;  // whose room it was
  Moment at;
  Id<Account> account;
  Id<organisation::Organisation> organisation;  // of the account, then
  std::string unit;
  std::string session;  // the fingerprint of its token, shortened: which sitting, no more
  Action action = Action::see;
  Id<participant::Participant> participant;  // empty: a list, or nobody there
  std::string object;                        // "participant", "note 01m8…", "list of 12"
  Kinds kinds;
  Purpose purpose = Purpose::coordination;
  bool allowed = false;
  Rule rule = Rule::no_door;
  std::string consent;
};

void write(db::Transaction&, const Entry&);

}  // namespace stafett::access
