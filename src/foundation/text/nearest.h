// The word that was probably meant: "kvina" is near "kvinna". For suggestions only; nothing is corrected
// unasked.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace stafett::text {

// The one candidate fewest slips away: a letter too much, too few, wrong, or two that changed places (Damerau
// and Levenshtein). At most one slip in words under five letters, else two; capitals, accents and spaces do
// not count. None if none is near, or two are equally near.
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace stafett::text
