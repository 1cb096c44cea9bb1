#include "base/digest.h"

#include <sodium.h>

#include <array>
#include <fstream>

namespace stafett {
namespace {

using Digest = std::array<unsigned char, crypto_hash_sha256_BYTES>;

const unsigned char* bytes_at(const char* text) { return reinterpret_cast<const unsigned char*>(text); }

std::string in_hexadecimal(const Digest& digest) {
  std::string hex(2 * digest.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  hex.pop_back();
  return hex;
}

}  // namespace

std::string sha256(std::string_view bytes) {
  Digest digest;
  crypto_hash_sha256(digest.data(), bytes_at(bytes.data()), bytes.size());
  return in_hexadecimal(digest);
}

Result<std::string> sha256_of_file(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::array<char, 1 << 16> piece;
  while (file.read(piece.data(), piece.size()) || file.gcount() > 0)
    crypto_hash_sha256_update(&state, bytes_at(piece.data()), static_cast<unsigned long long>(file.gcount()));
  if (!file.eof()) return not_found(Message{"There is no file {1} that may be read.", name});
  Digest digest;
  crypto_hash_sha256_final(&state, digest.data());
  return in_hexadecimal(digest);
}

}  // namespace stafett
