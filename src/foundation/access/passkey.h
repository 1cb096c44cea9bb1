// Passkeys (WebAuthn level 2, §7): what an authenticator says when a key is made and when it is used,
// checked. The only door to libfido2 and libcbor. Everything that an authenticator sent is bytes; challenges
// are base64url.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace stafett::access {

// Whom the key is for: "https://stafett.example.se" and "stafett.example.se".
struct Site {
  std::string origin, id;
};

struct Passkey {
  std::string credential;  // its name, base64url
  int algorithm = 0;       // COSE: ES256 or RS256
  std::string public_key;  // bytes, as libfido2 has them
  std::int64_t counter = 0;
};

struct Made {
  std::string client_data, attestation;
};
struct Used {
  std::string client_data, authenticator_data, signature;
};

// The challenge that the browser says it was given; "" if that cannot be read. To be looked up, then checked
// below.
std::string challenge_in(const std::string& client_data);

// A new key: made for this challenge, at this site, by someone whom the authenticator knows. How the
// authenticator was built (attestation) is not asked for.
Result<Passkey> passkey_made(const Site&, const std::string& challenge, const Made&);
// The counter to keep. Refused: another site, another challenge, an unknown signature, nobody verified, and a
// counter that stands still, since then the key has been copied. Keys that do not count say 0 each time.
Result<std::int64_t> passkey_used(const Site&, const std::string& challenge, const Passkey&, const Used&);

std::string new_challenge();  // 256 bits

}  // namespace stafett::access
