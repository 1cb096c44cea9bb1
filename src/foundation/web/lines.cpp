#include "web/lines.h"

#include <algorithm>

namespace stafett::web {

View lines_of(std::string_view text) {
  View::Items lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = std::string(text.substr(0, end));
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (!line.empty()) lines.push_back(std::move(line));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace stafett::web
