#include "base/id.h"

#include <sys/random.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <system_error>

namespace stafett {
namespace {

// The kernel's randomness, fetched a page at a time: an import makes two million keys.
std::uint64_t random_bits() {
  thread_local std::array<std::uint64_t, 512> pool;
  thread_local std::size_t used = pool.size();
  if (used == pool.size()) {
    auto* at = reinterpret_cast<unsigned char*>(pool.data());
    for (std::size_t got = 0; got < sizeof pool;) {
      const auto more = getrandom(at + got, std::min<std::size_t>(256, sizeof pool - got), 0);
      if (more < 0) throw std::system_error(errno, std::generic_category(), "getrandom");
      got += static_cast<std::size_t>(more);
    }
    used = 0;
  }
  return pool[used++];
}

}  // namespace

__extension__ using Bits = unsigned __int128;

std::string new_key() {
  using namespace std::chrono;
  const auto milliseconds =
      static_cast<std::uint64_t>(duration_cast<std::chrono::milliseconds>(system_clock::now().time_since_epoch()).count());
  const auto high = (milliseconds << 16) | 0x7000 | (random_bits() & 0x0fff);
  const auto low = (random_bits() & 0x3fffffffffffffff) | 0x8000000000000000;

  Bits bits = (static_cast<unsigned __int128>(high) << 64) | low;
  std::string key(26, '0');
  for (auto at = key.rbegin(); at != key.rend(); ++at, bits >>= 5)
    *at = "0123456789abcdefghjkmnpqrstvwxyz"[static_cast<unsigned>(bits & 31)];
  return key;
}

}  // namespace stafett
