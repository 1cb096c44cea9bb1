#include "access/chain.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace stafett::access {
namespace {

constexpr std::string_view heading = "stafett log key 1\n", proving_heading = "stafett log proving key 1\n";

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hexadecimal(std::string_view raw) {
  std::string text(raw.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes(raw), raw.size());
  text.pop_back();
  return text;
}

// Empty if it is not so many bytes in hexadecimal digits.
std::string raw(std::string_view text, std::size_t size) {
  std::string raw(size, '\0');
  std::size_t length = 0;
  const bool read =
      text.size() == 2 * size && sodium_hex2bin(reinterpret_cast<unsigned char*>(raw.data()), size,
                                                text.data(), text.size(), nullptr, &length, nullptr) == 0;
  return read && length == size ? raw : std::string();
}

struct Pair {
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> verifying;
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> signing;
};
Pair pair_of(const LogKey& key) {
  Pair pair;
  if (key.signing.size() != crypto_sign_SEEDBYTES) throw std::logic_error("no key to sign the log with");
  crypto_sign_seed_keypair(pair.verifying.data(), pair.signing.data(), bytes(key.signing));
  return pair;
}

std::string signed_text(const Checkpoint& checkpoint) {
  return log_line({std::to_string(checkpoint.serial), checkpoint.chain, std::to_string(checkpoint.number),
                   checkpoint.head, checkpoint.at});
}

std::string_view next_part(std::string_view& rest, char end) {
  const auto part = rest.substr(0, rest.find(end));
  rest.remove_prefix(std::min(rest.size(), part.size() + 1));
  return part;
}

std::int64_t number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

}  // namespace

std::string LogKey::verifying() const {
  const auto pair = pair_of(*this);
  return {reinterpret_cast<const char*>(pair.verifying.data()), pair.verifying.size()};
}

LogKey new_log_key() {
  LogKey key{std::string(crypto_generichash_KEYBYTES, '\0'), std::string(crypto_sign_SEEDBYTES, '\0')};
  randombytes_buf(key.chain.data(), key.chain.size());
  randombytes_buf(key.signing.data(), key.signing.size());
  return key;
}

std::string text_of(const LogKey& key) {
  return std::string(heading) + hexadecimal(key.chain) + "\n" + hexadecimal(key.signing) + "\n";
}
std::string text_for_proving(const LogKey& key) {
  return std::string(proving_heading) + hexadecimal(key.chain) + "\n" + hexadecimal(key.verifying()) + "\n";
}

Result<LogKey> read_log_key(std::string_view text) {
  const auto damaged = [] {
    return invalid("", "The key of the log is damaged. Put back the file from where it is kept safe.");
  };
  if (!text.starts_with(heading)) return damaged();
  text.remove_prefix(heading.size());
  LogKey key;
  key.chain = raw(next_part(text, '\n'), crypto_generichash_KEYBYTES);
  key.signing = raw(next_part(text, '\n'), crypto_sign_SEEDBYTES);
  if (key.chain.empty() || key.signing.empty()) return damaged();
  return key;
}

std::string log_line(std::initializer_list<std::string_view> fields) {
  std::string line;
  line.reserve(320);
  bool is_first = true;
  for (const auto field : fields) {
    if (!std::exchange(is_first, false)) line += '\t';
    for (const char c : field) switch (c) {
        case '\t':
          line += "\\t";
          break;
        case '\n':
          line += "\\n";
          break;
        case '\\':
          line += "\\\\";
          break;
        default:
          line += c;
      }
  }
  return line;
}

std::string next_hash(const LogKey& key, std::string_view before, std::string_view line) {
  if (key.chain.size() != crypto_generichash_KEYBYTES) throw std::logic_error("no key to write the log with");
  std::string hash(crypto_generichash_BYTES, '\0');
  crypto_generichash_state state;
  crypto_generichash_init(&state, bytes(key.chain), key.chain.size(), hash.size());
  crypto_generichash_update(&state, bytes(before), before.size());
  crypto_generichash_update(&state, bytes("\n"), 1);
  crypto_generichash_update(&state, bytes(line), line.size());
  crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(hash.data()), hash.size());
  return hexadecimal(hash);
}

Checkpoint signed_checkpoint(const LogKey& key, Checkpoint checkpoint) {
  std::string signature(crypto_sign_BYTES, '\0');
  const auto text = signed_text(checkpoint);
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, bytes(text), text.size(),
                       pair_of(key).signing.data());
  checkpoint.signature = hexadecimal(signature);
  return checkpoint;
}

bool is_signed(const Checkpoint& checkpoint, std::string_view verifying) {
  const auto signature = raw(checkpoint.signature, crypto_sign_BYTES);
  const auto text = signed_text(checkpoint);
  return !signature.empty() && verifying.size() == crypto_sign_PUBLICKEYBYTES &&
         crypto_sign_verify_detached(bytes(signature), bytes(text), text.size(), bytes(verifying)) == 0;
}

std::string line_of(const Checkpoint& checkpoint) {
  return signed_text(checkpoint) + "\t" + checkpoint.signature;
}

std::vector<Checkpoint> read_checkpoints(std::string_view text) {
  std::vector<Checkpoint> checkpoints;
  while (!text.empty()) {
    auto line = next_part(text, '\n');
    if (line.empty()) continue;
    Checkpoint checkpoint;
    checkpoint.serial = number(next_part(line, '\t'));
    checkpoint.chain = next_part(line, '\t');
    checkpoint.number = number(next_part(line, '\t'));
    checkpoint.head = next_part(line, '\t');
    checkpoint.at = next_part(line, '\t');
    checkpoint.signature = line;
    checkpoints.push_back(std::move(checkpoint));
  }
  return checkpoints;
}

}  // namespace stafett::access
