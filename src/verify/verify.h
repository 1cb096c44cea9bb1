// Proves an access log that `stafett log` has written: that no entry was changed, taken away, put in or
// moved, and that it goes as far as the checkpoints say. Nothing but libsodium and the standard library: it
// shares no code with what writes the log, and can be read in a quarter of an hour.
//
//   entry      TAB fields with tabs between TAB hash           hash = BLAKE2b-256(key, hash before "\n"
//   fields) checkpoint TAB serial TAB chain TAB number TAB head TAB time TAB signature      Ed25519 over the
//   five before it
#pragma once

#include <cstddef>
#include <istream>
#include <string>
#include <vector>

namespace stafett::verify {

struct Key {
  std::string chain, verifying;  // 32 bytes each
};
// From the file that `stafett log --key` writes. Empty if it is not one.
Key read_key(std::istream&);

struct Outcome {
  std::vector<std::string> faults;  // in Swedish, as the program's other words
  std::size_t entries = 0, checkpoints = 0;
  std::string latest;  // time of the latest checkpoint
};
// `sent` are checkpoints that were sent away, a line each; empty if there are none.
Outcome prove(std::istream& log, std::istream& sent, const Key&);

}  // namespace stafett::verify
