// The text of a file, as UTF-8, whichever way it was saved: UTF-8, Windows-1252, or UTF-16 with its mark.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace stafett::file {

// Without a byte order mark. A Problem, with the line, where there is no text (zero bytes, control
// characters) or two encodings in one file.
Result<std::string> text_of(std::string bytes);

// UTF-8, without control characters but tabs and line ends.
bool is_clean_text(std::string_view);

// How many bytes the first character has; 0 if it is not UTF-8. The text is not empty.
std::size_t utf8_size(std::string_view text);

}  // namespace stafett::file
