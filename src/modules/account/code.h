// Codes as a second factor (engångskod): those of an authenticator app, each taken once, and ten recovery
// codes (reservkod) for when the telephone is gone, of which we keep only digests. What the app is told is
// sealed with the organisation's data key.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/in_clear.h"
#include "account/session.h"
#include "base/result.h"
#include "db/database.h"

namespace stafett::account {

inline constexpr std::size_t recovery_codes = 10;

bool has_codes(db::Transaction&, const Id<access::Account>&);
// The app shows the right code, so it has the secret. A Problem if not.
Result<> begin_codes(db::Transaction&, const Id<access::Account>&, const std::string& secret,
                     const std::string& code, Moment now);
void end_codes(db::Transaction&, const Id<access::Account>&);
// New ones; the old no longer hold. To be shown once.
std::vector<std::string> new_recovery_codes(db::Transaction&, const Id<access::Account>&);
std::size_t recovery_codes_left(db::Transaction&, const Id<access::Account>&);

// Takes a code of the app or a recovery code, which is then used up. None if it is wrong, or was taken
// before.
std::optional<Proof> take_code(db::Transaction&, const Id<access::Account>&, const std::string& written,
                               Moment now);

// Secrets of apps that stand in clear since before they were sealed.
extern const access::InClear secrets_in_clear;

}  // namespace stafett::account
