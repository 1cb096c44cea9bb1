#include "web/framing.h"

#include <algorithm>
#include <cctype>

#include "text/fold.h"
#include "web/form.h"

namespace stafett::web {
namespace {

constexpr Refusal wrong_host{
    400, "Servern svarar inte på den här adressen. Använd den adress som du har fått till Stafett."};
constexpr Refusal wrong_method{405, "Här går det bara att hämta sidor och skicka formulär."};
constexpr Refusal long_target{414, "Adressen är för lång."};
constexpr Refusal wrong_expectation{417, "Begäran väntar på något som servern inte kan ge."};
constexpr Refusal large_header{
    431, "Webbläsaren skickar för mycket på en gång. Rensa kakorna för sidan och försök igen."};
constexpr Refusal wrong_version{505, "Servern talar bara HTTP/1.1."};

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

// RFC 9110 §5.6.2.
bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
    return std::isalnum(c) ||
           (c != 0 && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
  });
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 18 &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c); });
}

bool is_control(unsigned char c) { return c < 0x20 || c == 0x7f; }

// Lines end in CRLF, CR and LF come nowhere else, and there are no other control characters but tabs.
bool is_plain(std::string_view header) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i] == '\r' && i + 1 < header.size() && header[i + 1] == '\n') {
      ++i;
    } else if (is_control(header[i]) && header[i] != '\t') {
      return false;
    }
  }
  return text::is_utf8(header);
}

std::string_view take_line(std::string_view& rest) {
  const auto end = rest.find("\r\n");
  const auto line = rest.substr(0, end);
  rest.remove_prefix(end == rest.npos ? rest.size() : end + 2);
  return line;
}

std::optional<Refusal> refused_target(std::string_view target) {
  if (target.size() > longest_target) return long_target;
  const bool visible =
      std::ranges::all_of(target, [](unsigned char c) { return c > 0x20 && c < 0x7f && c != '#'; });
  if (!visible || !target.starts_with('/')) return unreadable;
  const auto query = std::min(target.find('?'), target.size());
  if (!normal_path(target.substr(0, query)) || !unescaped(target.substr(query))) return unreadable;
  return std::nullopt;
}

std::optional<Refusal> refused_request_line(std::string_view line) {
  const auto first = line.find(' '), last = line.rfind(' ');
  if (first == line.npos || first == last || !is_token(line.substr(0, first))) return unreadable;
  const auto version = line.substr(last + 1);
  if (!version.starts_with("HTTP/") || version.size() != 8) return unreadable;
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return wrong_version;
  const auto method = line.substr(0, first);
  if (method != "GET" && method != "HEAD" && method != "POST") return wrong_method;
  return refused_target(line.substr(first + 1, last - first - 1));
}

// What a header says about where the request ends and whom it is for.
struct Framing {
  int hosts = 0, lengths = 0, encodings = 0, fields = 0;
};

std::optional<Refusal> refused_field(std::string_view line, Framing& seen,
                                     const std::vector<std::string>& hosts) {
  const auto colon = line.find(':');
  // A line that begins with a space would go on with the one before (obs-fold); a space before the colon is
  // as bad.
  if (colon == line.npos || !is_token(line.substr(0, colon))) return unreadable;
  if (++seen.fields > static_cast<int>(most_header_fields)) return large_header;
  const auto name = lower(line.substr(0, colon));
  const auto value = without_space(line.substr(colon + 1));
  if (name == "host") {
    ++seen.hosts;
    if (std::ranges::find(hosts, lower(value)) == hosts.end()) return wrong_host;
  } else if (name == "content-length") {
    ++seen.lengths;
    if (!is_number(value)) return unreadable;
  } else if (name == "transfer-encoding") {
    ++seen.encodings;
    if (value != "chunked") return unreadable;
  } else if (name == "expect") {
    if (lower(value) != "100-continue") return wrong_expectation;
  }
  return std::nullopt;
}

}  // namespace

std::string_view without_space(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

Outgoing reply(const Refusal& refusal) {
  Outgoing out{refusal.status, "text/plain; charset=utf-8", std::string(refusal.why) + "\n"};
  if (refusal.status == 405) out.headers.emplace_back("Allow", "GET, HEAD, POST");
  if (refusal.status == 503) out.headers.emplace_back("Retry-After", "5");
  return out;
}

std::size_t header_length(std::string_view received) {
  // A bare LF ends a line here, so that the gate can refuse it instead of waiting for more.
  for (auto end = received.find('\n'); end != received.npos; end = received.find('\n', end + 1)) {
    const auto next = received.substr(end + 1, 2);
    if (next.starts_with('\n')) return end + 2;
    if (next == "\r\n") return end + 3;
  }
  return 0;
}

std::optional<Refusal> refused(std::string_view header, const std::vector<std::string>& hosts) {
  if (header.size() > longest_header)
    return header.find('\n') > longest_target + 20 ? long_target : large_header;
  if (!is_plain(header) || !header.ends_with("\r\n\r\n")) return unreadable;
  header.remove_suffix(2);
  const auto request_line = take_line(header);
  if (const auto refusal = refused_request_line(request_line)) return refusal;
  Framing seen;
  while (!header.empty())
    if (const auto refusal = refused_field(take_line(header), seen, hosts)) return refusal;
  const bool one_framing = seen.encodings + seen.lengths <= 1;
  const bool chunked_too_early = seen.encodings > 0 && request_line.ends_with("1.0");
  if (seen.hosts != 1 || !one_framing || chunked_too_early) return unreadable;
  return std::nullopt;
}

std::vector<std::string> hosts(const std::string& address, unsigned short port,
                               std::vector<std::string> named) {
  std::ranges::transform(named, named.begin(), lower);
  const auto add = [&](const std::string& name) {
    named.push_back(name + ":" + std::to_string(port));
    if (port == 80) named.push_back(name);
  };
  add(address.find(':') == address.npos ? address : "[" + address + "]");
  if (address.starts_with("127.") || address == "::1") add("localhost");
  return named;
}

std::optional<std::string> normal_path(std::string_view escaped) {
  for (auto at = escaped.find('%'); at != escaped.npos; at = escaped.find('%', at + 1)) {
    const auto byte = unescaped(escaped.substr(at, 3));
    if (byte && (std::isalnum(static_cast<unsigned char>(byte->front())) ||
                 std::string_view("-._~/").find(byte->front()) != std::string_view::npos))
      return std::nullopt;
  }
  auto path = unescaped(escaped);
  if (!path || !path->starts_with('/') || std::ranges::any_of(*path, is_control)) return std::nullopt;
  for (const auto* wrong : {"\\", "//", "/./", "/../"})
    if (path->find(wrong) != path->npos) return std::nullopt;
  if (path->ends_with("/.") || path->ends_with("/..")) return std::nullopt;
  return path;
}

std::string caller(std::string_view peer, std::string_view forwarded_for,
                   const std::vector<std::string>& proxies) {
  // The last one was added by the nearest proxy; what stands before it anyone could have written.
  while (std::ranges::find(proxies, peer) != proxies.end() && !forwarded_for.empty()) {
    const auto comma = forwarded_for.rfind(',');
    peer = without_space(forwarded_for.substr(comma == forwarded_for.npos ? 0 : comma + 1));
    forwarded_for = forwarded_for.substr(0, comma == forwarded_for.npos ? 0 : comma);
  }
  return std::string(peer);
}

}  // namespace stafett::web
