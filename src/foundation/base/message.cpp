#include "base/message.h"

namespace stafett {

std::string filled(std::string_view text, const std::vector<std::string>& arguments) {
  std::string out;
  for (std::size_t i = 0; i != text.size(); ++i) {
    const bool is_place = text[i] == '{' && i + 2 < text.size() && text[i + 1] >= '1' && text[i + 1] <= '9' &&
                          text[i + 2] == '}';
    const auto number = is_place ? static_cast<std::size_t>(text[i + 1] - '1') : arguments.size();
    if (number < arguments.size()) {
      out += arguments[number];
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace stafett
