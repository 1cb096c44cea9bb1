// SHA-256 (FIPS 180-4), for recognising that something is the same or has changed. Not for passwords.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace stafett {

std::string sha256(std::string_view bytes);  // 64 hexadecimal digits in lower case
Result<std::string> sha256_of_file(const std::string& name);  // of any size; a Problem if it cannot be read

}  // namespace stafett
