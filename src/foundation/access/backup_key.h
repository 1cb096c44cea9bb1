// Keys for backups (nycklar för säkerhetskopior): X25519. The machine has the public one, which seals
// (access/sealed_file.h); only the private one opens what was sealed, and it is kept elsewhere
// (docs/operation.md).
//
//   as text = check 16 | key 64 hexadecimal digits
//   check   = BLAKE2b of the key, another for each kind: a slip in writing is found, and a private key is not
//             taken for a public one
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "access/top_keys.h"
#include "base/result.h"

namespace stafett::access {

struct PublicKey {
  KeyBytes bytes;

  static std::optional<PublicKey> read(std::string_view text);
  std::string text() const;
};

// Wiped from memory when it is left.
class PrivateKey {
 public:
  static PrivateKey made();
  static Result<PrivateKey> read(const std::string& file);
  PrivateKey(PrivateKey&&) noexcept;
  PrivateKey(const PrivateKey&) = delete;
  PrivateKey& operator=(const PrivateKey&) = delete;
  ~PrivateKey();

  // To a new file, for its owner alone.
  Result<> write(const std::string& file) const;
  PublicKey public_key() const;
  const KeyBytes& bytes() const { return bytes_; }

 private:
  PrivateKey() = default;
  KeyBytes bytes_;
};

}  // namespace stafett::access
