// Bytes that are too many to hold at once, handed over piece by piece.
#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"

namespace stafett {

// Takes the next piece, or says why not: then no more is given, and whoever gives says the same.
using Take = std::function<Result<>(std::string_view piece)>;
// Gives them all, in order.
using Give = std::function<Result<>(const Take&)>;

}  // namespace stafett
