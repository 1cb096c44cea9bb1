#include "file/docx_scopes.h"

#include <algorithm>
#include <charconv>

#include "file/xml.h"
#include "text/fold.h"

namespace stafett::file {
namespace {

// "insats.namn" is the field of that name, or the field "namn" of the field "insats".
const View* at_path(const View& view, std::string_view path) {
  if (const auto* const found = view.find(path)) return found;
  for (auto dot = path.find('.'); dot != path.npos; dot = path.find('.', dot + 1))
    if (const auto* const inner = view.find(path.substr(0, dot)))
      if (const auto* const found = at_path(*inner, path.substr(dot + 1))) return found;
  return nullptr;
}

void note(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

template <class Map>
auto find_in(const Map& map, const std::string& name) {
  const auto exact = map.find(name);
  return exact == map.end() ? map.find(text::folded(name)) : exact;
}

struct Text {
  text::Language language;

  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(bool flag) const { return text::translated(language, flag ? _("yes") : _("no")); }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double number) const {
    char digits[64];
    std::string text(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
    if (language == text::Language::swedish) std::replace(text.begin(), text.end(), '.', ',');
    return text;
  }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const Message& message) const { return text::translated(language, message); }
  std::string operator()(const View::Items& items) const {
    std::string list;
    for (const auto& item : items) list += (list.empty() ? "" : ", ") + std::visit(*this, item.value());
    return list;
  }
  std::string operator()(const View::Fields&) const { return {}; }
};

// Line ends as "\n", and only what XML allows.
std::string clean(std::string_view text) {
  auto out = xml_text(text);
  for (auto at = out.find('\r'); at != std::string::npos; at = out.find('\r', at))
    out.replace(at, out.compare(at, 2, "\r\n") == 0 ? 2 : 1, "\n");
  return out;
}

const View no_fields;

}  // namespace

const View* Scopes::find(std::string_view name) const {
  for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
    if (name == ".") return scope->view;
    if (const auto* const found = at_path(*scope->view, name)) return found;
    if (name.size() > scope->name.size() && name.starts_with(scope->name) && name[scope->name.size()] == '.')
      if (const auto* const found = at_path(*scope->view, name.substr(scope->name.size() + 1))) return found;
  }
  if (const auto* const found = at_path(values_.fields, name)) return found;
  const auto folded = text::folded(name);  // Word likes to begin with a capital
  return folded == name ? nullptr : find(folded);
}

std::vector<const View*> Scopes::items(const std::string& name) {
  const auto* const view = find(name);
  if (!view || std::holds_alternative<std::monostate>(view->value())) {
    note(view ? missing : unknown, name);
    return {&no_fields};
  }
  if (const auto* const flag = std::get_if<bool>(&view->value()))
    return *flag ? std::vector{&no_fields} : std::vector<const View*>{};
  const auto* const items = std::get_if<View::Items>(&view->value());
  if (!items) return {view};
  std::vector<const View*> all;
  for (const auto& item : *items) all.push_back(&item);
  return all;
}

bool Scopes::knows(const std::string& name) {
  const bool known = find(name) != nullptr;
  if (!known) note(unknown, name);
  return known;
}

std::string Scopes::text(const std::string& name) {
  const auto* view = find(name);
  if (view && std::holds_alternative<View::Fields>(view->value())) view = nullptr;  // names, not a text
  if (!view || std::holds_alternative<std::monostate>(view->value())) {
    note(view ? missing : unknown, name);
    return said_missing(name);
  }
  return clean(std::visit(Text{values_.language}, view->value()));
}

const FormPicture* Scopes::picture(const std::string& name) {
  const auto found = find_in(values_.pictures, name);
  if (found == values_.pictures.end()) note(unknown, "bild:" + name);
  return found == values_.pictures.end() ? nullptr : &found->second;
}

const FormTable* Scopes::table(const std::string& name) {
  const auto found = find_in(values_.tables, name);
  if (found == values_.tables.end()) note(unknown, "tabell:" + name);
  return found == values_.tables.end() ? nullptr : &found->second;
}

std::string Scopes::said_missing(const std::string& name) const {
  return xml_text(text::translated(values_.language, Message{"[missing: {1}]", name}));
}

}  // namespace stafett::file
