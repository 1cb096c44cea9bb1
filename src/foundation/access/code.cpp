#include "access/code.h"

#include <liboath/oath.h>
#include <sodium.h>

#include <array>
#include <cctype>
#include <cstdlib>
#include <memory>
#include <new>
#include <stdexcept>

namespace stafett::access {
namespace {

constexpr std::int64_t step_seconds = 30;
constexpr std::size_t secret_bytes = 20, secret_letters = 32, digits = 6;

struct Freed {
  void operator()(char* text) const { std::free(text); }
};
using Text = std::unique_ptr<char, Freed>;

void begin() {
  static const int begun = oath_init();
  if (begun != OATH_OK) throw std::runtime_error("liboath does not begin");
}

std::string decoded(const std::string& secret) {
  char* bytes = nullptr;
  std::size_t size = 0;
  if (oath_base32_decode(secret.data(), secret.size(), &bytes, &size) != OATH_OK)
    throw std::logic_error("a code's secret is not base 32");
  const Text held(bytes);
  return {bytes, size};
}

// RFC 3986: all but letters and digits, since an account's name may be anything.
std::string escaped(std::string_view text) {
  std::string out;
  for (const unsigned char c : text)
    if (std::isalnum(c)) {
      out += static_cast<char>(c);
    } else {
      out += '%';
      out += "0123456789ABCDEF"[c >> 4];
      out += "0123456789ABCDEF"[c & 15];
    }
  return out;
}

}  // namespace

std::string new_code_secret() {
  begin();
  std::array<char, secret_bytes> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  char* text = nullptr;
  std::size_t size = 0;
  if (oath_base32_encode(bytes.data(), bytes.size(), &text, &size) != OATH_OK) throw std::bad_alloc();
  const Text held(text);
  return {text, size};
}

bool is_code_secret(std::string_view secret) {
  return secret.size() == secret_letters &&
         secret.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == secret.npos;
}

std::int64_t code_step(Moment now) { return now.seconds / step_seconds; }

std::string code_of(const std::string& secret, std::int64_t step) {
  begin();
  const auto bytes = decoded(secret);
  std::array<char, digits + 1> code{};
  if (oath_totp_generate(bytes.data(), bytes.size(), static_cast<time_t>(step * step_seconds), step_seconds,
                         0, digits, code.data()) != OATH_OK)
    throw std::runtime_error("liboath makes no code");
  return code.data();
}

std::optional<std::int64_t> step_of_code(const std::string& secret, std::string_view code, Moment now) {
  if (code.size() != digits) return std::nullopt;
  std::optional<std::int64_t> found;
  for (auto step = code_step(now) - 1; step <= code_step(now) + 1; ++step)
    if (sodium_memcmp(code_of(secret, step).data(), code.data(), digits) == 0 && !found) found = step;
  return found;
}

std::string code_address(const std::string& secret, std::string_view account) {
  return "otpauth://totp/Stafett:" + escaped(account) + "?secret=" + secret + "&issuer=Stafett";
}

std::string new_long_code() {
  std::string code;
  for (int i = 0; i != 16; ++i) {
    if (i > 0 && i % 4 == 0) code += '-';
    code += "0123456789abcdefghjkmnpqrstvwxyz"[randombytes_uniform(32)];
  }
  return code;
}

std::string plain_code(std::string_view written) {
  std::string plain;
  for (const unsigned char c : written) {
    const auto low = static_cast<char>(std::tolower(c));
    if (low == 'o')
      plain += '0';
    else if (low == 'i' || low == 'l')
      plain += '1';
    else if (std::isalnum(c))
      plain += low;
  }
  return plain;
}

}  // namespace stafett::access
