// Bytes as text (RFC 4648 §4), for files kept in the database, which holds only text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stafett {

std::string base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view);  // none if it is anything else

}  // namespace stafett
