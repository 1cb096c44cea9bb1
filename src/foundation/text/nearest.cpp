#include "text/nearest.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "text/fold.h"

namespace stafett::text {
namespace {

// Characters of well-formed UTF-8.
std::u32string characters(std::string_view utf8) {
  std::u32string all;
  for (const unsigned char byte : utf8) {
    if (byte < 0x80)
      all += byte;
    else if (byte >= 0xc0)
      all += byte & (byte < 0xe0 ? 0x1f : byte < 0xf0 ? 0x0f : 0x07);
    else if (!all.empty())
      all.back() = all.back() << 6 | (byte & 0x3f);
  }
  return all;
}

std::size_t slips(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> two_before, before(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) now[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    two_before = std::move(before);
    before = now;
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({before[j] + 1, now[j - 1] + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        now[j] = std::min(now[j], two_before[j - 2] + 1);
    }
  }
  return now.back();
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates) {
  const auto wanted = characters(folded(word));
  const std::size_t allowed = wanted.size() < 5 ? 1 : 2;
  auto fewest = std::min(allowed + 1, wanted.size());  // a word of one letter has nothing left to recognise
  std::optional<std::string_view> found;
  for (const auto candidate : candidates) {
    if (candidate == found) continue;
    const auto other = characters(folded(candidate));
    if (std::max(other.size(), wanted.size()) - std::min(other.size(), wanted.size()) > allowed) continue;
    const auto count = slips(wanted, other);
    if (count < fewest)
      found = candidate;
    else if (count == fewest)
      found = std::nullopt;
    fewest = std::min(fewest, count);
  }
  return found;
}

}  // namespace stafett::text
