// How wide a text becomes, since an SVG does not say. Inter's own widths, with the figures all as wide as the
// widest.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stafett::chart {

double width_of(std::string_view utf8, double font_size);

// On lines no wider than `width`, broken between words; a word that is wider stays whole.
std::vector<std::string> in_lines(std::string_view utf8, double font_size, double width);

}  // namespace stafett::chart
