// Signed tokens (JWT, RFC 7519; JWS, RFC 7515) of a sign-in provider: read only after the signature has been
// found to be by one of the provider's own keys. The only door to librhonabwy.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/view.h"

namespace stafett::access {

// What was signed. Taken: RS256, PS256 and ES256, with the key of that name in `keys` (a JWK set) and of that
// kind. Whatever the token itself says of keys (jwk, jku, x5c, x5u) is not looked at; what it says must be
// understood (crit) is refused.
struct Opened {
  std::optional<View> claims;
  bool unknown_key = false;  // it names a key that is not among them: they may have been changed
};
Opened open_token(std::string_view token, const View& keys);

// Signs with our own private key, a JWK.
std::string sign_token(const View& claims, const std::string& private_key);
// A new one (ES256), and the part of it that others may see.
std::string new_private_key();
std::string public_key_of(const std::string& private_key);
bool is_private_key(const std::string& jwk);

}  // namespace stafett::access
