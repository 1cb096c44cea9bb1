// Top keys (toppnycklar): the secrets that all data keys are wrapped with. They come from a file outside the
// database and its backups, for its owner alone (0600), made at the first start, and stay in locked memory. A
// secret is the program's; each organisation's own top key is derived from it, so that a new organisation
// needs no new file in the safe. The last secret in the file is the one in use; earlier ones open what has
// not been wrapped anew yet, and old backups. docs/operation.md says how the file is kept.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace stafett::access {

inline constexpr std::size_t key_bytes = 32;
using KeyBytes = std::array<unsigned char, key_bytes>;

class TopKeys {
 public:
  // From the text of a key file. A Problem names the line that is no key.
  static Result<TopKeys> read(std::string_view text);
  static TopKeys none() { return {}; }

  struct About {
    std::string mark;  // which secret, told without telling it: 16 hexadecimal digits
    Date made;
  };
  const std::vector<About>& list() const { return about_; }
  bool has(std::string_view mark) const;
  const std::string& current() const { return about_.back().mark; }

  void add(Date made);  // a new one, from now on the current
  void forget(std::string_view mark);

  // An organisation's own; none if there is no such secret. Wiped by whoever asked.
  bool derive(std::string_view mark, std::string_view organisation, KeyBytes& into) const;

  // Writes the file whole or not at all, for its owner alone.
  Result<> write(const std::string& file) const;

 private:
  struct Locked;  // 32 bytes that are never swapped out, between pages that may not be touched
  std::vector<About> about_;
  std::vector<std::shared_ptr<const Locked>> secrets_;  // in the same order
};

// Reads a key file. Not found is not_found; one that others can read is refused.
Result<TopKeys> read_key_file(const std::string& file);

}  // namespace stafett::access
