#include "access/password.h"

#include <sodium.h>

#include <array>
#include <condition_variable>
#include <mutex>
#include <stdexcept>

namespace stafett::access {
namespace {

constexpr std::size_t memory = 64 << 20, cheap_memory = 1 << 20;
constexpr unsigned long long passes = 3, cheap_passes = 1;

// Lets two in at a time and holds twenty; the rest are turned away.
class Desk {
 public:
  bool enter() {
    std::unique_lock lock(mutex_);
    if (waiting_ >= 20) return false;
    ++waiting_;
    free_.wait(lock, [&] { return busy_ < 2; });
    --waiting_;
    ++busy_;
    return true;
  }
  void leave() {
    {
      std::lock_guard lock(mutex_);
      --busy_;
    }
    free_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable free_;
  int busy_ = 0, waiting_ = 0;
};

Desk& desk() {
  static Desk desk;
  return desk;
}

template <class Work>
auto at_the_desk(Work work) -> Result<decltype(work())> {
  if (!desk().enter()) return busy("Too many are signing in at once. Wait a little and try again.");
  struct Leave {
    ~Leave() { desk().leave(); }
  } leave;
  return work();
}

std::string hash_of(const std::string& password, Cost cost) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  const bool full = cost == Cost::full;
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(), full ? passes : cheap_passes,
                        full ? memory : cheap_memory) != 0)
    throw std::bad_alloc();
  return hash.data();
}

std::string hexadecimal(const unsigned char* bytes, std::size_t size) {
  std::string text(size * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes, size);
  text.pop_back();
  return text;
}

}  // namespace

Result<std::string> hashed(const std::string& password, Cost cost) {
  if (password.size() < shortest_password)
    return invalid("password", {"The password is too short. Choose at least {1} characters.", std::to_string(shortest_password)});
  if (password.size() > 1024) return invalid("password", "The password is too long. Choose at most 1024 characters.");
  return at_the_desk([&] { return hash_of(password, cost); });
}

Result<bool> matches(const std::string& password, const std::string& hash) {
  static const std::string nobody = hash_of("no account has this password", Cost::full);
  return at_the_desk([&] {
    const auto& against = hash.empty() ? nobody : hash;
    return crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0 && !hash.empty();
  });
}

std::string new_token() {
  std::array<unsigned char, 32> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  return hexadecimal(bytes.data(), bytes.size());
}

std::string fingerprint(const std::string& token) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(token.data()), token.size());
  return hexadecimal(hash.data(), hash.size());
}

}  // namespace stafett::access
