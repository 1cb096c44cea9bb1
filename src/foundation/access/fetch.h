// Asking another server over the network: only those that the settings name, and no further. The only door to
// libcurl.
#pragma once

#include <optional>
#include <string>

namespace stafett::access {

// https, or plain http to the same machine. No redirects, five seconds in all, 256 KiB; never an address
// inside our own network unless `inside` (a name can be made to point anywhere).
struct Fetch {
  std::string address;
  std::string form;    // posted if there is one
  std::string bearer;  // an access token
  bool inside = false;
};
std::optional<std::string> fetched(const Fetch&);  // the body of a 200

}  // namespace stafett::access
