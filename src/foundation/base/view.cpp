#include "base/view.h"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace stafett {
namespace {

void write(const View& view, std::string& out);

struct Write {
  std::string& out;

  void operator()(std::monostate) const { out += "null"; }
  void operator()(bool flag) const { out += flag ? "true" : "false"; }
  void operator()(std::int64_t number) const { out += std::to_string(number); }
  void operator()(double number) const {
    if (!std::isfinite(number)) {
      out += "null";
      return;
    }
    char text[32];
    out.append(text, std::to_chars(text, text + sizeof text, number).ptr);
  }
  void operator()(const std::string& text) const { out += json_quoted(text); }
  void operator()(const Message& message) const {
    out += json_quoted(filled(message.key, message.arguments));
  }
  void operator()(const View::Items& items) const {
    char before = '[';
    for (const auto& item : items) {
      out += before;
      write(item, out);
      before = ',';
    }
    out += items.empty() ? "[]" : "]";
  }
  void operator()(const View::Fields& fields) const {
    char before = '{';
    for (const auto& [name, view] : fields) {
      out += before;
      out += json_quoted(name) + ':';
      write(view, out);
      before = ',';
    }
    out += fields.empty() ? "{}" : "}";
  }
};

void write(const View& view, std::string& out) { std::visit(Write{out}, view.value()); }

}  // namespace

const View* View::find(std::string_view name) const {
  const auto* fields = std::get_if<Fields>(&value_);
  if (!fields) return nullptr;
  const auto found = fields->find(name);
  return found == fields->end() ? nullptr : &found->second;
}

View* View::find(std::string_view name) { return const_cast<View*>(std::as_const(*this).find(name)); }

void View::set(std::string name, View view) { std::get<Fields>(value_)[std::move(name)] = std::move(view); }

std::string View::json() const {
  std::string out;
  write(*this, out);
  return out;
}

std::string json_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[7];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace stafett
