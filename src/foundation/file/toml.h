// TOML, read into a tree of our own: values with the line they stand on, so that a fault can say where.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace stafett::file {

struct Toml {
  enum class Kind { text, whole, decimal, flag, date, list, table };
  Kind kind = Kind::table;
  std::size_t line = 0;

  std::string text;
  std::int64_t whole = 0;
  double decimal = 0;  // of a whole number too
  bool flag = false;
  Date date;
  struct Field;
  std::vector<Toml> items;    // of a list
  std::vector<Field> fields;  // of a table, in the file's order

  const Toml* find(std::string_view name) const;
};

struct Toml::Field {
  std::string name;
  Toml value;
};

// At most 1 MiB. A Problem names the line and column where the file stops making sense.
Result<Toml> read_toml(std::string_view);

// A fault for each key of the table that is not one of these, with the nearest that is.
std::vector<Fault> unknown_keys(const Toml& table, std::initializer_list<std::string_view> known);

std::string toml_quoted(std::string_view);  // as a basic string, with its quotes

}  // namespace stafett::file
