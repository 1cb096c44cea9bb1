// SHA-256 (FIPS 180-4), for recognising that something is the same or has changed. Not for passwords.
#pragma once

#include <string>
#include <string_view>

namespace stafett {

std::string sha256(std::string_view bytes);  // 64 hexadecimal digits in lower case

}  // namespace stafett
