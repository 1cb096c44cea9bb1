// Bytes as text (RFC 4648 §4): the database holds only text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stafett {

std::string base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view);  // none if it is anything else

// As browsers and tokens write it (RFC 4648 §5): - and _, and nothing at the end.
std::string base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view);

}  // namespace stafett
