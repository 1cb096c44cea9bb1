// Text where markup is: HTML, SVG and the XML of a document.
#pragma once

#include <string>
#include <string_view>

namespace stafett::text {

// With the characters that mean something to markup written out, and a space for each control character that
// XML does not know. Between quotes or tags it is then only text.
std::string escaped(std::string_view);

}  // namespace stafett::text
