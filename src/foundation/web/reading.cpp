#include "web/reading.h"

#include <algorithm>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <cctype>
#include <charconv>

namespace stafett::web {
namespace {

namespace http = boost::beast::http;

Incoming incoming(const http::request<http::empty_body>& request) {
  Incoming in;
  in.method = request.method() == http::verb::head ? "GET" : std::string(request.method_string());
  const std::string_view target(request.target().data(), request.target().size());
  const auto question = std::min(target.find('?'), target.size());
  in.path = normal_path(target.substr(0, question)).value();
  in.query = target.substr(std::min(question + 1, target.size()));
  for (const auto& field : request) {
    std::string name(field.name_string());
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    auto& value = in.headers[std::move(name)];
    if (!value.empty()) value += ", ";
    value.append(field.value().data(), field.value().size());
  }
  return in;
}

}  // namespace

std::optional<Refusal> Reading::take_header(std::string_view& received,
                                            const std::vector<std::string>& hosts) {
  const auto length = header_length(received);
  if (length == 0 && received.size() <= longest_header) return std::nullopt;
  const auto header = received.substr(0, length == 0 ? received.npos : length);
  if (const auto refusal = refused(header, hosts)) return refusal;

  http::request_parser<http::empty_body> parser;
  parser.header_limit(2 * longest_header);
  parser.body_limit(boost::none);
  boost::system::error_code error;
  parser.put(boost::asio::buffer(header.data(), header.size()), error);
  if (error || !parser.is_header_done()) return unreadable;
  request = incoming(parser.get());
  head_only = parser.get().method() == http::verb::head;
  keep_alive = parser.keep_alive();
  if (parser.content_length()) length_ = *parser.content_length();
  left_ = length_.value_or(0);
  next_ = parser.chunked() ? Next::chunk_size : left_ > 0 ? Next::content : Next::nothing;
  received.remove_prefix(length);
  return std::nullopt;
}

// Beast reads chunks too, but stops at an assertion when the last one comes in pieces, takes the lines after
// it for headers, and cannot be told a limit once the header is read.
std::optional<Refusal> Reading::take_body(std::string_view& received, std::size_t largest) {
  if (length_.value_or(0) > largest) return too_large;
  while (!is_done()) {
    if (next_ == Next::content || next_ == Next::chunk_content) {
      if (!take_content(received)) return std::nullopt;
      next_ = next_ == Next::content ? Next::nothing : Next::chunk_end;
    } else if (next_ == Next::chunk_size) {
      if (const auto refusal = take_chunk_size(received, largest)) return refusal;
      if (next_ == Next::chunk_size) return std::nullopt;
    } else {
      if (!std::string_view("\r\n").starts_with(received.substr(0, 2))) return unreadable;
      if (received.size() < 2) return std::nullopt;
      received.remove_prefix(2);
      next_ = next_ == Next::last_line ? Next::nothing : Next::chunk_size;
    }
  }
  return std::nullopt;
}

bool Reading::take_content(std::string_view& received) {
  const auto taken = received.substr(0, left_);
  request.body += taken;
  left_ -= taken.size();
  received.remove_prefix(taken.size());
  return left_ == 0;
}

// Hexadecimal digits and a line end. What else may stand there, nobody sends but to be read in two ways; the
// same goes for lines after the last chunk. RFC 9112 §7.1.
std::optional<Refusal> Reading::take_chunk_size(std::string_view& received, std::size_t largest) {
  constexpr std::size_t most_digits = 8;
  const auto digits = std::min(received.find_first_not_of("0123456789abcdefABCDEF"), received.size());
  const auto line_end = received.substr(digits, 2);
  if (digits > most_digits || !std::string_view("\r\n").starts_with(line_end)) return unreadable;
  if (line_end.size() < 2) return std::nullopt;
  if (digits == 0) return unreadable;
  std::from_chars(received.data(), received.data() + digits, left_, 16);
  if (request.body.size() + left_ > largest) return too_large;
  received.remove_prefix(digits + 2);
  next_ = left_ > 0 ? Next::chunk_content : Next::last_line;
  return std::nullopt;
}

}  // namespace stafett::web
