#include "web/form.h"

#include <algorithm>
#include <cctype>

#include "text/fold.h"
#include "web/framing.h"

namespace stafett::web {
namespace {

constexpr std::size_t most_fields = 1000, most_parts = 100, longest_name = 200, longest_part_header = 2048;

constexpr auto not_readable = "What was sent could not be read. Go back, reload the page and try again.";

int hex(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

// What stands before `end`, which is taken away too; all of it when there is no `end`.
std::string_view take(std::string_view& rest, std::string_view end) {
  const auto at = rest.find(end);
  const auto taken = rest.substr(0, at);
  rest.remove_prefix(at == rest.npos ? rest.size() : at + end.size());
  return taken;
}

std::optional<std::string> form_word(std::string_view escaped) {
  std::string spaced(escaped);
  std::ranges::replace(spaced, '+', ' ');
  return unescaped(spaced);
}

bool is_name(std::string_view name) { return !name.empty() && name.size() <= longest_name; }

// name="value" pairs after the first word of a header, each after a semicolon. HTML escapes ", CR and LF and
// nothing else in a value, so a backslash is a backslash.
using Parameters = std::vector<std::pair<std::string_view, std::string>>;
std::optional<Parameters> parameters(std::string_view rest) {
  Parameters all;
  while (!(rest = without_space(rest)).empty()) {
    if (rest.front() != ';') return std::nullopt;
    rest.remove_prefix(1);
    const auto equals = rest.find('=');
    if (equals == rest.npos) return std::nullopt;
    const auto name = without_space(rest.substr(0, equals));
    rest.remove_prefix(equals + 1);
    const bool quoted = rest.starts_with('"');
    const auto end = quoted ? rest.find('"', 1) : std::min(rest.find_first_of("; \t"), rest.size());
    if (end == rest.npos) return std::nullopt;
    all.emplace_back(name, rest.substr(quoted, end - quoted));
    rest.remove_prefix(end + quoted);
  }
  return all;
}

// None if it is not there, or there twice.
std::optional<std::string> parameter(const Parameters& all, std::string_view name) {
  const auto is = [&](const auto& one) { return same_word(one.first, name); };
  if (std::ranges::count_if(all, is) != 1) return std::nullopt;
  return std::ranges::find_if(all, is)->second;
}

std::string with_quotes(std::string name) {
  for (const auto& [escape, byte] : {std::pair{"%22", '"'}, std::pair{"%0D", '\r'}, std::pair{"%0A", '\n'}})
    for (auto at = name.find(escape); at != name.npos; at = name.find(escape, at + 1))
      name.replace(at, 3, 1, byte);
  return name;
}

// RFC 2046 §5.1.1.
std::optional<std::string> boundary(std::string_view content_type) {
  const auto all = parameters(content_type.substr(std::min(content_type.find(';'), content_type.size())));
  auto found = all ? parameter(*all, "boundary") : std::nullopt;
  const auto allowed = [](unsigned char c) {
    return std::isalnum(c) || std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
  };
  if (!found || found->empty() || found->size() > 70 || !std::ranges::all_of(*found, allowed))
    return std::nullopt;
  return found;
}

struct Part {
  std::string name;
  std::optional<std::string> file_name;
};

std::optional<Part> read_part_header(std::string_view header) {
  std::optional<Parameters> disposition;
  while (!header.empty()) {
    auto line = take(header, "\r\n");
    const auto name = take(line, ":");
    const auto value = without_space(line);
    if (same_word(name, "content-disposition")) {
      if (disposition || !same_word(value.substr(0, value.find_first_of("; \t")), "form-data"))
        return std::nullopt;
      disposition = parameters(value.substr(9));
      if (!disposition) return std::nullopt;
    } else if (same_word(name, "content-transfer-encoding") && !same_word(value, "binary") &&
               !same_word(value, "8bit") && !same_word(value, "7bit")) {
      return std::nullopt;
    }
  }
  const auto name = disposition ? parameter(*disposition, "name") : std::nullopt;
  if (!name || !is_name(*name)) return std::nullopt;
  const auto is_file_name = [](const auto& one) { return same_word(one.first.substr(0, 8), "filename"); };
  if (std::ranges::none_of(*disposition, is_file_name)) return Part{with_quotes(*name), std::nullopt};
  const auto file_name = parameter(*disposition, "filename");
  if (!file_name || file_name->size() > 1000) return std::nullopt;
  return Part{with_quotes(*name), with_quotes(*file_name)};
}

bool is_text(std::string_view text) { return text.find('\0') == text.npos && text::is_utf8(text); }

Result<> add_part(Form& form, std::string_view bytes) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == bytes.npos || end > longest_part_header || !is_text(bytes.substr(0, end)))
    return invalid("", not_readable);
  auto part = read_part_header(bytes.substr(0, end));
  if (!part) return invalid("", not_readable);
  const auto content = bytes.substr(end + 4);
  if (part->file_name) {
    const bool none_chosen = part->file_name->empty() && content.empty();
    if (!none_chosen)
      form.files.emplace_back(std::move(part->name), File{std::move(*part->file_name), std::string(content)});
  } else if (is_text(content)) {
    form.fields.emplace_back(std::move(part->name), content);
  } else {
    return invalid(part->name, "The text has characters that could not be read. Write it anew.");
  }
  return {};
}

}  // namespace

std::string Form::field(std::string_view name) const {
  for (const auto& [key, value] : fields)
    if (key == name) return value;
  return {};
}

std::vector<std::string> Form::all(std::string_view name) const {
  std::vector<std::string> found;
  for (const auto& [key, value] : fields)
    if (key == name) found.push_back(value);
  return found;
}

bool Form::has(std::string_view name) const {
  return std::ranges::any_of(fields, [&](const auto& field) { return field.first == name; });
}

const File* Form::file(std::string_view name) const {
  for (const auto& [key, file] : files)
    if (key == name) return &file;
  return nullptr;
}

Result<Form> read_urlencoded(std::string_view text) {
  Form form;
  while (!text.empty()) {
    auto pair = take(text, "&");
    if (pair.empty()) continue;
    auto name = form_word(take(pair, "="));
    auto value = form_word(pair);
    if (!name || !value || !is_name(*name)) return invalid("", not_readable);
    if (form.fields.size() == most_fields)
      return invalid("", Message{"The form has more than {1} fields. Send fewer at a time.",
                                 std::to_string(most_fields)});
    form.fields.emplace_back(std::move(*name), std::move(*value));
  }
  return form;
}

Result<Form> read_multipart(std::string_view content_type, std::string_view body) {
  const auto boundary = web::boundary(content_type);
  if (!boundary) return invalid("", not_readable);
  // The first boundary has no line before it; everything after is then "\r\n--boundary" and what follows it.
  const auto line = "--" + *boundary, between = "\r\n" + line;
  if (!body.starts_with(line)) return invalid("", not_readable);
  body.remove_prefix(line.size());
  Form form;
  for (std::size_t parts = 0; body.starts_with("\r\n"); ++parts) {
    const auto end = body.find(between, 2);
    if (end == body.npos) return invalid("", not_readable);
    if (parts == most_parts)
      return invalid("", Message{"The form has more than {1} fields. Send fewer at a time.",
                                 std::to_string(most_parts)});
    TRY(add_part(form, body.substr(2, end - 2)));
    body.remove_prefix(end + between.size());
  }
  if (body != "--" && body != "--\r\n") return invalid("", not_readable);
  return form;
}

Result<Form> read_form(std::string_view content_type, std::string_view body) {
  const auto type = without_space(content_type.substr(0, content_type.find(';')));
  if (same_word(type, "application/x-www-form-urlencoded")) return read_urlencoded(body);
  if (same_word(type, "multipart/form-data")) return read_multipart(content_type, body);
  if (type.empty() && body.empty()) return Form{};
  return invalid("", "Forms are sent as application/x-www-form-urlencoded or multipart/form-data.");
}

std::string urlencoded(std::string_view text) {
  std::string out;
  for (const unsigned char c : text) {
    if (std::isalnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += static_cast<char>(c);
    } else {
      out += '%';
      out += "0123456789ABCDEF"[c >> 4];
      out += "0123456789ABCDEF"[c & 15];
    }
  }
  return out;
}

std::optional<std::string> unescaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size() || hex(text[i + 1]) < 0 || hex(text[i + 2]) < 0) return std::nullopt;
      out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    }
  }
  if (!is_text(out)) return std::nullopt;
  return out;
}

std::string cookie(std::string_view header, std::string_view name) {
  std::optional<std::string> found;
  while (!header.empty()) {
    auto pair = take(header, ";");
    if (without_space(take(pair, "=")) != name) continue;
    if (found) return {};
    found = without_space(pair);
  }
  return found.value_or("");
}

}  // namespace stafett::web
