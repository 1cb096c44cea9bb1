// Passwords: argon2id, 64 MiB and three passes (docs/security.md), at most two at once so that guessing cannot fill
// the memory.
#pragma once

#include <string>

#include "base/result.h"

namespace stafett::access {

inline constexpr std::size_t shortest_password = 15;

// Tests use `cheap`; nothing else may.
enum class Cost { full, cheap };

Result<std::string> hashed(const std::string& password, Cost = Cost::full);
// Takes as long for an empty hash (no such account) as for a real one. A Problem when too many wait.
Result<bool> matches(const std::string& password, const std::string& hash);

// 32 random bytes in hexadecimal, and what the database keeps of them.
std::string new_token();
std::string fingerprint(const std::string& token);  // SHA-256, hexadecimal

}  // namespace stafett::access
