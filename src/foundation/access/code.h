// Codes: those of an authenticator app (TOTP, RFC 6238: SHA-1, six digits, thirty seconds), and long ones
// made by us that are written down or read aloud. The only door to liboath.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace stafett::access {

std::string new_code_secret();          // 160 bits in base 32: what the app is told
bool is_code_secret(std::string_view);  // looks like one of those
std::string code_of(const std::string& secret, std::int64_t step);
std::int64_t code_step(Moment);  // how many times thirty seconds since 1970
// In which step this code is right: now, or one before or after, since clocks differ. None if in none.
std::optional<std::int64_t> step_of_code(const std::string& secret, std::string_view code, Moment now);
// What the app reads as a picture: otpauth://totp/…
std::string code_address(const std::string& secret, std::string_view account);

// 80 random bits as "k3f9-…", four groups of four in Crockford's base 32; and as it is compared, however it
// was written.
std::string new_long_code();
std::string plain_code(std::string_view written);

}  // namespace stafett::access
