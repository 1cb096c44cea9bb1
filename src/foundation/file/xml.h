// XML from strangers: no DTD, no other encoding than UTF-8, no nesting that makes a program fall. Only for
// this folder.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace pugi {
class xml_document;
class xml_node;
}  // namespace pugi

namespace stafett::file {

inline constexpr std::size_t deepest = 200;  // elements within elements

// `name` is told to the user if there is something wrong.
Result<> parse_xml(pugi::xml_document&, std::string_view name, std::string_view bytes);

std::string to_string(const pugi::xml_document&);

// Its name without the prefix.
std::string_view local_name(const pugi::xml_node&);

// Only what XML allows: control characters are dropped, and bytes that are not UTF-8 become U+FFFD.
std::string xml_text(std::string_view);

}  // namespace stafett::file
