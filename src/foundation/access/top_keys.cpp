#include "access/top_keys.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <new>

#include "base/file.h"

namespace stafett::access {
namespace {

constexpr std::size_t mark_digits = 16, secret_digits = 2 * key_bytes;

constexpr std::string_view explanation =
    "# Stafetts toppnycklar. Utan dem kan ingen läsa namn, personnummer och anteckningar i databasen.\n"
    "# Spara en kopia skild från databasen och dess säkerhetskopior (docs/operation.md).\n";

void start_sodium() {
  static const int started = sodium_init();
  if (started < 0) throw std::runtime_error("libsodium cannot start");
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// What names a secret: of 256 random bits it tells nothing.
std::string mark_of(const unsigned char* secret) {
  constexpr std::string_view what = "stafett: mark of a top key";
  std::array<unsigned char, crypto_generichash_BYTES_MIN> hash;
  crypto_generichash(hash.data(), hash.size(), bytes_of(what), what.size(), secret, key_bytes);
  std::array<char, 2 * hash.size() + 1> digits;
  sodium_bin2hex(digits.data(), digits.size(), hash.data(), hash.size());
  return {digits.data(), mark_digits};
}

// A text with secrets in it, gone when it is left.
struct Wiped {
  std::string text;
  ~Wiped() { sodium_memzero(text.data(), text.size()); }
};

auto no_key(std::size_t line) {
  return invalid(
      "", {"Line {1} of the key file is not a key, or has been changed. Put back the copy from the safe.",
           std::to_string(line)});
}

}  // namespace

struct TopKeys::Locked {
  unsigned char* bytes;

  Locked() : bytes(static_cast<unsigned char*>(sodium_malloc(key_bytes))) {
    if (!bytes) throw std::bad_alloc();
  }
  ~Locked() { sodium_free(bytes); }
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;
};

Result<TopKeys> TopKeys::read(std::string_view text) {
  start_sodium();
  TopKeys keys;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    constexpr std::size_t date_at = mark_digits + 1, secret_at = date_at + 11;
    if (line.size() != secret_at + secret_digits || line[date_at - 1] != ' ' || line[secret_at - 1] != ' ')
      return no_key(number);
    const auto made = Date::read(line.substr(date_at, 10));
    auto locked = std::make_shared<Locked>();
    std::size_t length = 0;
    if (!made ||
        sodium_hex2bin(locked->bytes, key_bytes, line.data() + secret_at, secret_digits, nullptr, &length,
                       nullptr) != 0 ||
        length != key_bytes || mark_of(locked->bytes) != line.substr(0, mark_digits))
      return no_key(number);
    keys.about_.push_back({std::string(line.substr(0, mark_digits)), *made});
    keys.secrets_.push_back(std::move(locked));
  }
  if (keys.about_.empty())
    return invalid("", "There is no key in the key file. Put back the copy from the safe.");
  return keys;
}

bool TopKeys::has(std::string_view mark) const {
  return std::ranges::find(about_, mark, &About::mark) != about_.end();
}

void TopKeys::add(Date made) {
  start_sodium();
  auto locked = std::make_shared<Locked>();
  randombytes_buf(locked->bytes, key_bytes);
  about_.push_back({mark_of(locked->bytes), made});
  secrets_.push_back(std::move(locked));
}

void TopKeys::forget(std::string_view mark) {
  const auto at = std::ranges::find(about_, mark, &About::mark) - about_.begin();
  about_.erase(about_.begin() + at);
  secrets_.erase(secrets_.begin() + at);
}

bool TopKeys::derive(std::string_view mark, std::string_view organisation, KeyBytes& into) const {
  const auto found = std::ranges::find(about_, mark, &About::mark);
  if (found == about_.end()) return false;
  const auto what = "stafett: top key of " + std::string(organisation);
  crypto_generichash(into.data(), into.size(), bytes_of(what), what.size(),
                     secrets_[static_cast<std::size_t>(found - about_.begin())]->bytes, key_bytes);
  return true;
}

Result<> TopKeys::write(const std::string& file) const {
  Wiped text;
  text.text.reserve(explanation.size() + about_.size() * 128);  // never moved, so that no copy is left behind
  text.text = explanation;
  std::array<char, secret_digits + 1> digits;
  for (std::size_t i = 0; i != about_.size(); ++i) {
    sodium_bin2hex(digits.data(), digits.size(), secrets_[i]->bytes, key_bytes);
    text.text.append(about_[i].mark)
        .append(" ")
        .append(about_[i].made.text())
        .append(" ")
        .append(digits.data());
    text.text += '\n';
  }
  sodium_memzero(digits.data(), digits.size());
  return write_private_file(file, text.text);
}

Result<TopKeys> read_key_file(const std::string& file) {
  struct stat about {};
  if (stat(file.c_str(), &about) != 0) return not_found({"There is no key file {1}.", file});
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return invalid(
        "", {"Others than its owner can read the key file {1}. Close it to them: chmod 600 {1}", file});
  auto bytes = TRY(read_file(file, 64 << 10));
  const Wiped text{std::move(bytes)};
  return TopKeys::read(text.text);
}

}  // namespace stafett::access
