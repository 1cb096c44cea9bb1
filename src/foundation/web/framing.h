// The framing gate: is this header one that every program between the browser and us reads in the same way?
// Whatever could hide a second request in the first, or name one page in two ways, is refused and the
// connection closed. RFC 9112, RFC 9110; the shapes and why: docs/server.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/http.h"

namespace stafett::web {

inline constexpr std::size_t longest_header = 8 << 10, longest_target = 4 << 10, most_header_fields = 100;

// What the server answers by itself, in Swedish: there is no reader to ask for a language yet.
struct Refusal {
  int status;
  std::string_view why;
};
inline constexpr Refusal unreadable{400, "Begäran gick inte att läsa."};
inline constexpr Refusal too_large{413, "Det du skickar är för stort."};
inline constexpr Refusal too_many{
    503, "Det är för många som vill något samtidigt. Försök igen om en liten stund."};
inline constexpr Refusal our_fault{500, "Något gick fel hos oss. Försök igen om en stund."};
Outgoing reply(const Refusal&);

// How many of the received bytes are the header, its empty line included; 0 if the end has not come.
std::size_t header_length(std::string_view received);

// Why a header must not be read further, if so. `hosts` are those that Host may name, in lower case.
std::optional<Refusal> refused(std::string_view header, const std::vector<std::string>& hosts);

// Those hosts: the address listened on, localhost if it is that, and those that the settings name.
std::vector<std::string> hosts(const std::string& address, unsigned short port,
                               std::vector<std::string> named);

// "/deltagare/%C3%A5" -> "/deltagare/å"; none unless it is written in the one normal way: no empty, "." or
// ".." segments, no backslashes, nothing escaped that need not be, no control characters.
std::optional<std::string> normal_path(std::string_view escaped);

std::string_view without_space(std::string_view value);  // spaces and tabs around it: OWS in RFC 9110

// Whose request it is: the peer, or whom a proxy of ours that we know says it speaks for.
std::string caller(std::string_view peer, std::string_view forwarded_for,
                   const std::vector<std::string>& proxies);

}  // namespace stafett::web
