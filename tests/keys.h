// The top key of the tests: always the same, and of nothing else.
#pragma once

#include "access/top_keys.h"

namespace stafett {

inline constexpr std::string_view test_key_file =
    "# of the tests\n"
    "b548d05312e69668 2026-01-02 71e2ec2660006a9a7ac27a7563853afe84e0c5925c71bea80c9a593d6520c592\n";

inline access::TopKeys test_keys() { return access::TopKeys::read(test_key_file).value(); }

}  // namespace stafett
