// The only file that sees toml++.
#include "file/toml.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cstdio>

#include "text/fold.h"
#include "text/nearest.h"

namespace stafett::file {
namespace {

constexpr std::size_t most_bytes = 1 << 20;

// In the order of the file; the library has them by name.
std::vector<const toml::key*> keys_of(const toml::table& table) {
  std::vector<const toml::key*> keys;
  for (const auto& [key, value] : table) keys.push_back(&key);
  std::sort(keys.begin(), keys.end(), [](const auto* a, const auto* b) {
    const auto first = a->source().begin, second = b->source().begin;
    return std::pair(first.line, first.column) < std::pair(second.line, second.column);
  });
  return keys;
}

Toml tree_of(const toml::node& node) {
  Toml tree;
  tree.line = node.source().begin.line;
  switch (node.type()) {
    case toml::node_type::table:
      for (const auto* const key : keys_of(*node.as_table())) {
        auto field = tree_of(*node.as_table()->get(key->str()));
        field.line = key->source().begin.line;
        tree.fields.push_back({std::string(key->str()), std::move(field)});
      }
      break;
    case toml::node_type::array:
      tree.kind = Toml::Kind::list;
      for (const auto& item : *node.as_array()) tree.items.push_back(tree_of(item));
      break;
    case toml::node_type::integer:
      tree.kind = Toml::Kind::whole;
      tree.whole = node.as_integer()->get();
      tree.decimal = static_cast<double>(tree.whole);
      break;
    case toml::node_type::floating_point:
      tree.kind = Toml::Kind::decimal;
      tree.decimal = node.as_floating_point()->get();
      break;
    case toml::node_type::boolean:
      tree.kind = Toml::Kind::flag;
      tree.flag = node.as_boolean()->get();
      break;
    case toml::node_type::date: {
      tree.kind = Toml::Kind::date;
      const auto date = node.as_date()->get();
      tree.date = Date::of(date.year, date.month, date.day);
      break;
    }
    case toml::node_type::string:
      tree.kind = Toml::Kind::text;
      tree.text = node.as_string()->get();
      break;
    default:  // times of day have no use here: kept as an empty text
      tree.kind = Toml::Kind::text;
  }
  return tree;
}

// The line itself, as much as fits in a sentence.
std::string line_of(std::string_view bytes, std::size_t line) {
  for (; line > 1 && bytes.find('\n') != bytes.npos; --line) bytes.remove_prefix(bytes.find('\n') + 1);
  bytes = text::trimmed(bytes.substr(0, bytes.find('\n')));
  constexpr std::size_t most = 80;
  if (bytes.size() <= most) return std::string(bytes);
  auto end = most;
  while ((static_cast<unsigned char>(bytes[end]) & 0xc0) == 0x80) --end;  // no half letter
  return std::string(bytes.substr(0, end)) + "…";
}

}  // namespace

const Toml* Toml::find(std::string_view name) const {
  for (const auto& [key, value] : fields)
    if (key == name) return &value;
  return nullptr;
}

Result<Toml> read_toml(std::string_view bytes) {
  if (bytes.size() > most_bytes)
    return invalid("", "The file is larger than 1 MB. It is not the file of an intervention.");
  if (!text::is_utf8(bytes)) return invalid("", "The file is not text in UTF-8. Save it again as UTF-8.");
  try {
    return tree_of(toml::parse(bytes));
  } catch (const toml::parse_error& fault) {
    const auto at = fault.source().begin;
    const std::string_view why = fault.description();
    if (why.find("redefine") != why.npos)
      return invalid(
          {Fault{"", "What stands here has been given already, further up. Keep one of the two.", at.line}});
    return invalid({Fault{"",
                          {"The line cannot be understood at place {1}. Look for a quotation mark, a bracket "
                           "or an equals sign that is "
                           "missing or one too many: {2}",
                           std::to_string(at.column), line_of(bytes, at.line)},
                          at.line}});
  }
}

std::vector<Fault> unknown_keys(const Toml& table, std::initializer_list<std::string_view> known) {
  std::vector<Fault> faults;
  for (const auto& [key, value] : table.fields) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const auto near = text::nearest(key, std::span(known.begin(), known.size()));
    faults.push_back({"",
                      near ? Message{"“{1}” is not known. Did you mean “{2}”?", key, std::string(*near)}
                           : Message{"“{1}” is not known. Take it away.", key},
                      value.line});
  }
  return faults;
}

std::string toml_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (c == '\n')
      out += "\\n";
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      char escape[7];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else
      out += c;
  }
  return out + '"';
}

}  // namespace stafett::file
