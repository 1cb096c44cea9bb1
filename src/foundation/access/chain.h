// The chain of the log (åtkomstlogg): every entry as one line of text, a hash over the line and the hash
// before it, and checkpoints (avstämning) that say, signed, how far a chain had come. Knows no database;
// src/verify/main.cpp proves the same again without any of this code.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stafett::access {

// Kept outside the database and its backups: who has only the database cannot make a chain that holds.
struct LogKey {
  std::string chain;    // 32 bytes, for the hashes
  std::string signing;  // 32 bytes, from which the pair for signing is made

  std::string verifying() const;  // 32 bytes, with which a signature is proved
};
LogKey new_log_key();
// As a file: a heading and the two in hexadecimal digits. That for whoever proves the log cannot sign.
std::string text_of(const LogKey&);
std::string text_for_proving(const LogKey&);
Result<LogKey> read_log_key(std::string_view text);

// Fields on one line, with tabs between; a tab, a new line or a backslash within one is written \t, \n, \\.
std::string log_line(std::initializer_list<std::string_view> fields);

// 64 hexadecimal digits. The first entry has an empty hash before it.
std::string next_hash(const LogKey&, std::string_view before, std::string_view line);

struct Checkpoint {
  std::int64_t serial = 0;  // 1, 2, 3 … over all chains, so that one taken away or shown twice is missed
  std::string chain;
  std::int64_t number = 0;  // of the last entry then
  std::string head;         // its hash
  std::string at;           // 2026-02-03 10:15:00
  std::string signature;    // 128 hexadecimal digits, over log_line() of the others

  bool operator==(const Checkpoint&) const = default;
};
Checkpoint signed_checkpoint(const LogKey&, Checkpoint);
bool is_signed(const Checkpoint&, std::string_view verifying);
std::string line_of(const Checkpoint&);
std::vector<Checkpoint> read_checkpoints(
    std::string_view text);  // a line that is none is one that nobody signed

}  // namespace stafett::access
