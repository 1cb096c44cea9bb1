#include "access/backup_key.h"

#include <sodium.h>

#include <algorithm>

#include "base/file.h"

namespace stafett::access {
namespace {

constexpr std::size_t check_bytes = 8, check_digits = 2 * check_bytes, key_digits = 2 * key_bytes;
constexpr std::string_view of_public = "stafett: public key of backups",
                           of_private = "stafett: private key of backups";

constexpr std::string_view explanation =
    "# Privat nyckel för Stafetts säkerhetskopior. Utan den går de inte att öppna.\n"
    "# Flytta den från maskinen, till två ställen där säkerhetskopiorna inte är (docs/operation.md).\n";

std::string digits_of(const unsigned char* bytes, std::size_t length) {
  std::string digits(2 * length + 1, '\0');
  sodium_bin2hex(digits.data(), digits.size(), bytes, length);
  digits.pop_back();
  return digits;
}

std::string check_of(const KeyBytes& key, std::string_view kind) {
  std::array<unsigned char, crypto_generichash_BYTES> hash;
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(kind.data()),
                     kind.size(), key.data(), key.size());
  return digits_of(hash.data(), check_bytes);
}

bool read_key(std::string_view text, std::string_view kind, KeyBytes& into) {
  std::size_t length = 0;
  return text.size() == check_digits + key_digits &&
         sodium_hex2bin(into.data(), into.size(), text.data() + check_digits, key_digits, nullptr, &length,
                        nullptr) == 0 &&
         length == into.size() && check_of(into, kind) == text.substr(0, check_digits);
}

struct Wiped {
  std::string text;
  ~Wiped() { sodium_memzero(text.data(), text.size()); }
};

}  // namespace

std::optional<PublicKey> PublicKey::read(std::string_view text) {
  PublicKey key;
  if (!read_key(text, of_public, key.bytes)) return std::nullopt;
  return key;
}

std::string PublicKey::text() const {
  return check_of(bytes, of_public) + digits_of(bytes.data(), bytes.size());
}

PrivateKey PrivateKey::made() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
  PrivateKey key;
  randombytes_buf(key.bytes_.data(), key.bytes_.size());
  return key;
}

Result<PrivateKey> PrivateKey::read(const std::string& file) {
  auto bytes = TRY(read_file(file, 64 << 10));
  const Wiped all{std::move(bytes)};
  PrivateKey key;
  for (std::string_view rest = all.text; !rest.empty();) {
    const auto end = std::min(rest.find_first_of("\r\n"), rest.size());
    if (read_key(rest.substr(0, end), of_private, key.bytes_)) return key;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return invalid(
      "",
      {"There is no private key for backups in {1}, or it has been changed. Take another copy of it.", file});
}

PrivateKey::PrivateKey(PrivateKey&& other) noexcept : bytes_(other.bytes_) {
  sodium_memzero(other.bytes_.data(), other.bytes_.size());
}
PrivateKey::~PrivateKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

Result<> PrivateKey::write(const std::string& file) const {
  Wiped key{digits_of(bytes_.data(), bytes_.size())};
  return write_new_private_file(file, [&](const Take& take) -> Result<> {
    TRY(take(explanation));
    TRY(take(check_of(bytes_, of_private)));
    TRY(take(key.text));
    return take("\n");
  });
}

PublicKey PrivateKey::public_key() const {
  PublicKey key;
  crypto_scalarmult_base(key.bytes.data(), bytes_.data());
  return key;
}

}  // namespace stafett::access
