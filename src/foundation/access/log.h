// The log (åtkomstlogg): who did what, or was refused it, to which participant, for which unit, by which rule and
// consent, when. Never what was read or written. An entry stands in the chain of the organisation whose room it
// was, is written in the same transaction as what it tells of, and if it cannot be written that does not happen.
// Kept five years or more (HSLF-FS 2016:40 4 kap. 9 §, our norm for all parties).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "access/chain.h"
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

// Throws if it cannot be written: then what it tells of does not happen.
void write(db::Transaction&, const Entry&);

// The key of the log. It is told once, before anything is written; asked for before that it throws.
const LogKey& log_key();
void use_log_key(LogKey);
// From this file; made the first time, for its owner alone (0600).
Result<LogKey> kept_log_key(const std::string& file);

// Whether the end of the log was written with this key: another would break the chain.
bool fits(db::Transaction&, const LogKey&);

// An entry as it stands in the database: its place in the chain, and the line that its hash is over.
struct Written {
  std::string chain;
  std::int64_t number = 0;
  std::string line, hash;
};
// Every entry of every chain, in order.
void each_written(db::Transaction&, const std::function<void(const Written&)>& see);

}  // namespace stafett::access
