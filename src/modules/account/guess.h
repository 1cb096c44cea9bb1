// Guessing is held back without locking anyone out. A browser that its owner has signed in from before has
// tries of its own, which nobody else can use up; all others share those of the account and of their network.
// A whole municipality may be one network, so a network by itself is held back late. Passkeys and the
// employer's sign-in cannot be guessed and are never held back.
#pragma once

#include <string>
#include <string_view>

#include "access/user.h"
#include "base/date.h"
#include "base/result.h"
#include "db/database.h"

namespace stafett::account {

inline constexpr std::int64_t guess_seconds = 15 * 60, guess_day = 24 * 60 * 60;
// Within a quarter of an hour for an account from one place, and from one network for all accounts together.
inline constexpr std::int64_t guesses_from_one_place = 5, guesses_from_network = 300;
// Within a day for an account: from a known browser, and from all the rest of the world together.
inline constexpr std::int64_t guesses_from_device = 20, guesses_from_others = 50;

struct From {
  std::string network;
  std::string device;  // the browser's lasting cookie, or ""
};

// Notes a guess before it is tried. Its id, or a Problem when it has to wait.
Result<std::string> note_guess(db::Transaction&, std::string_view account_name, const From&, Moment now);
void forget_guess(db::Transaction&, const std::string& id);  // it was right

// The browser is known from now on, under a new cookie, which is returned.
std::string remember_device(db::Transaction&, const std::string& old_device, const Id<access::Account>&,
                            Moment now);
inline constexpr std::int64_t device_seconds = 180 * guess_day;

}  // namespace stafett::account
