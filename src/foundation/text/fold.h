// Text as bytes in UTF-8: whether it is, how long it is, and its folded form, in which "Hem kommun ",
// "HEMKOMMUN" differ only where people see a difference. Folded: lower case, one space between words, none
// around, accents gone except those of å, ä and ö, which are letters of their own.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stafett::text {

bool is_utf8(std::string_view);
std::size_t length(std::string_view utf8);  // in characters (code points)

// What Swedish spreadsheets save without UTF-8. The five bytes that Windows-1252 leaves open become U+FFFD.
std::string from_windows_1252(std::string_view);

std::string_view trimmed(std::string_view);  // without spaces, tabs, line ends and no-break spaces around it
std::string folded(std::string_view utf8);

}  // namespace stafett::text
