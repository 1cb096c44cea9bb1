#include "web/headers.h"

#include <algorithm>
#include <ctime>
#include <stdexcept>

namespace stafett::web {
namespace {

constexpr std::string_view on_every_reply =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: geolocation=(), camera=(), microphone=()\r\n"
    "X-Robots-Tag: noindex\r\n";

std::string_view phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "";
  }
}

void add(std::string& head, std::string_view name, std::string_view value) {
  for (const unsigned char c : value)
    if ((c < 0x20 && c != '\t') || c == 0x7f)
      throw std::logic_error("a control character in the header " + std::string(name));
  (head += name) += ": ";
  (head += value) += "\r\n";
}

// RFC 9110 §5.6.7, always in English.
std::string http_date(Moment moment) {
  static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t seconds = moment.seconds;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[32];
  std::snprintf(text, sizeof text, "%s, %02d %s %d %02d:%02d:%02d GMT", days[utc.tm_wday], utc.tm_mday,
                months[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
  return text;
}

}  // namespace

std::string head(const Outgoing& out, bool https, bool keep_alive, Moment now) {
  std::string head;
  head.reserve(1024);
  ((head += "HTTP/1.1 ") += std::to_string(out.status)) += ' ';
  (head += phrase(out.status)) += "\r\n";
  add(head, "Date", http_date(now));
  add(head, "Connection", keep_alive ? "keep-alive" : "close");
  if (!out.content_type.empty()) add(head, "Content-Type", out.content_type);
  if (out.status != 204 && out.status != 304)
    add(head, "Content-Length", std::to_string(content(out).size()));
  head += on_every_reply;
  if (https) add(head, "Strict-Transport-Security", "max-age=63072000; includeSubDomains");
  const auto is_cache_control = [](const auto& header) { return header.first == "Cache-Control"; };
  if (std::ranges::none_of(out.headers, is_cache_control)) add(head, "Cache-Control", "no-store");
  for (const auto& [name, value] : out.headers) add(head, name, value);
  return head += "\r\n";
}

}  // namespace stafett::web
