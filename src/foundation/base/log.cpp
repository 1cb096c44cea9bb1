#include "base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace stafett::log {
namespace {

spdlog::logger& logger() {
  static const auto only = [] {
    auto made =
        std::make_shared<spdlog::logger>("stafett", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%Y-%m-%dT%H:%M:%SZ %l %v", spdlog::pattern_time_type::utc);
    return made;
  }();
  return *only;
}

// How many bytes at the beginning of `text` a terminal would obey rather than show: the control characters of
// ASCII and Latin-1, line and paragraph separators, and the marks that turn the writing direction.
std::size_t controls(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  if (byte(0) < 0x20 || byte(0) == 0x7f) return 1;
  if (byte(0) == 0xc2 && byte(1) >= 0x80 && byte(1) < 0xa0) return 2;
  if (byte(0) == 0xe2 && byte(1) == 0x80 && byte(2) >= 0xa8 && byte(2) <= 0xae) return 3;
  if (byte(0) == 0xe2 && byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9) return 3;
  return 0;
}

}  // namespace

std::string one_line(std::string_view message) {
  std::string line;
  while (!message.empty()) {
    const auto hidden = controls(message);
    for (const unsigned char c : message.substr(0, hidden)) line += fmt::format("\\x{:02x}", c);
    if (hidden == 0) line += message.front();
    message.remove_prefix(std::max<std::size_t>(hidden, 1));
  }
  return line;
}

void info(std::string_view message) { logger().info(one_line(message)); }
void warn(std::string_view message) { logger().warn(one_line(message)); }
void error(std::string_view message) { logger().error(one_line(message)); }

}  // namespace stafett::log
