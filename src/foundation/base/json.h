// JSON (RFC 8259) read as a View, the other way of View::json. For what we wrote ourselves and kept.
#pragma once

#include <optional>
#include <string_view>

#include "base/view.h"

namespace stafett {

// None if it is not JSON, or deeper than 64. Whole numbers are std::int64_t, others double.
std::optional<View> read_json(std::string_view);

}  // namespace stafett
