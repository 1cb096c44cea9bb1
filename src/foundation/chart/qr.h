// A text as a square of squares that a telephone reads (ISO 18004), for the set-up of an authenticator app.
#pragma once

#include <string>
#include <string_view>

namespace stafett::chart {

// SVG, black on white whatever the theme, with the quiet zone of four. `label` is read aloud in its stead.
std::string qr(std::string_view text, std::string_view label);

}  // namespace stafett::chart
