// One row on its way in: its cells by the names of our columns, and the faults found so far.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/message.h"
#include "base/result.h"
#include "file/table.h"

namespace stafett::exchange {

inline constexpr std::size_t most_columns = 16;

// Two columns that a file of refused rows has beside the register's own.
inline constexpr std::string_view row_heading = "rad", fault_heading = "fel";
bool is_ours_in_rejects(std::string_view heading);

// Case, spaces and underscores forgiven.
std::optional<std::size_t> column_called(const file::Table&, std::string_view heading);

// Where each of our columns stands in the file; headings match in any order, case and spaces forgiven.
struct Headings {
  std::array<std::optional<std::size_t>, most_columns> place;
  std::vector<Message> notices;  // columns that are not ours
};
struct Heading {
  std::string_view name;
  bool needed;
};
Result<Headings> match(const file::Table&, std::span<const Heading> ours);

class Row {
 public:
  Row(const file::Table::Row& row, const Headings& headings, std::span<const Heading> ours)
      : row_(row), headings_(headings), ours_(ours) {}

  std::string_view operator[](std::size_t column) const;  // trimmed; empty if the file has no such column
  bool has(std::size_t column) const { return headings_.place[column].has_value(); }
  bool has_too_many_cells(std::size_t headings) const;  // and something in them
  void fault(std::size_t column, Message message);
  void fault(Message message);  // of the row as a whole
  // Keeps what was written where it is not what it was taken for.
  void taken_as(std::size_t column, std::string_view kept);

  std::vector<Fault> faults;
  // As JSON, or empty; where the file has no such column, the words that were kept before.
  std::string written(std::string_view before = {}) const;

 private:
  const file::Table::Row& row_;
  const Headings& headings_;
  std::span<const Heading> ours_;
  std::vector<std::size_t> kept_;
};

// What a word was found to mean, remembered: registers repeat themselves.
template <class Meaning>
class Remembered {
 public:
  template <class Find>
  const Meaning& operator()(std::string_view word, Find find) {
    if (const auto known = known_.find(word); known != known_.end()) return known->second;
    return known_.emplace(std::string(word), find(word)).first->second;
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, Meaning, Hash, std::equal_to<>> known_;
};

}  // namespace stafett::exchange
