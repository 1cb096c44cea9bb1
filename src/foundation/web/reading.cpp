#include "web/reading.h"

#include <algorithm>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cctype>

namespace stafett::web {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

Incoming incoming(const http::request<http::string_body>& request) {
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

struct Reading::Parser : http::request_parser<http::string_body> {};

Reading::Reading() = default;
Reading::~Reading() = default;

bool Reading::has_header() const { return parser_ != nullptr; }
bool Reading::is_done() const { return parser_ && parser_->is_done(); }

std::optional<std::size_t> Reading::declared_length() const {
  const auto length = parser_->content_length();
  return length ? std::optional<std::size_t>(*length) : std::nullopt;
}

std::optional<Refusal> Reading::take_header(std::string_view& received,
                                            const std::vector<std::string>& hosts) {
  const auto length = header_length(received);
  if (length == 0 && received.size() <= longest_header) return std::nullopt;
  const auto header = received.substr(0, length == 0 ? received.npos : length);
  if (const auto refusal = refused(header, hosts)) return refusal;
  received.remove_prefix(length);

  auto parser = std::make_unique<Parser>();
  parser->header_limit(2 * longest_header);
  parser->body_limit(boost::none);  // take_body() counts
  error_code error;
  parser->put(asio::buffer(header.data(), header.size()), error);
  if (error || !parser->is_header_done()) return unreadable;
  parser->eager(true);
  request = incoming(parser->get());
  head_only = parser->get().method() == http::verb::head;
  keep_alive = parser->keep_alive();
  parser_ = std::move(parser);
  return std::nullopt;
}

std::optional<Refusal> Reading::take_body(std::string_view& received, std::size_t largest) {
  error_code error;
  if (!is_done()) {
    if (declared_length().value_or(0) > largest) return too_large;
    if (!received.empty())
      received.remove_prefix(parser_->put(asio::buffer(received.data(), received.size()), error));
  }
  if (error && error != http::error::need_more) return unreadable;
  if (parser_->get().body().size() > largest) return too_large;
  // What is left then is the line before a chunk, or the lines after the last.
  if (!is_done() && received.size() > longest_header) return unreadable;
  if (is_done()) request.body = std::move(parser_->get().body());
  return std::nullopt;
}

}  // namespace stafett::web
