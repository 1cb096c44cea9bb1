// Passwords that others guess: those everybody uses, rows of the keyboard, repetitions, dates, and the names
// that stand close (NIST SP 800-63B 5.1.1.2, ASVS 5.0 6.2.4 and 6.2.11). Offline: the lists lie in the
// library. The only door to zxcvbn.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stafett::access {

inline constexpr double fewest_bits =
    40;  // 2^40 guesses: at ten a second for each processor, three thousand years

// Not easily guessed, and without the account's own names in it (its sign-in, the organisation's). A Problem
// in the field password says what to do.
Result<> hard_to_guess(std::string_view password, const std::vector<std::string>& names);

}  // namespace stafett::access
