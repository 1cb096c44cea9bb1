// A chart as a picture, for programs that do not draw SVG.
#pragma once

#include <string>
#include <string_view>

namespace stafett::chart {

// PNG on white, `width` pixels wide, as high as the SVG's shape asks. Text is set in the machine's Inter or
// the nearest it has. Throws std::runtime_error for an SVG that cannot be read.
std::string png(std::string_view svg, int width);

}  // namespace stafett::chart
