// The only file that sees mustache.
#include "web/template.h"

#include <kainjow/mustache.hpp>

#include <map>
#include <memory>
#include <stdexcept>
#include <utility>

#include "base/assets.h"
#include "text/markup.h"
#include "text/number.h"

namespace stafett::web {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

using Pages = std::map<std::string, std::string, std::less<>>;

// "goal/list" of every src/**/goal.html: what stands below its <!-- page: list -->.
Pages read_pages() {
  Pages pages;
  constexpr std::string_view mark = "<!-- page: ";
  for (const auto& asset : assets()) {
    if (!asset.name.ends_with(".html")) continue;
    const auto slash = asset.name.rfind('/') + 1;
    const std::string module(asset.name.substr(slash, asset.name.size() - slash - 5));
    auto rest = asset.bytes;
    for (auto at = rest.find(mark); at != rest.npos; at = rest.find(mark)) {
      rest.remove_prefix(at + mark.size());
      const auto name = rest.substr(0, rest.find(" -->"));
      const auto start = rest.find('\n') + 1;
      pages[module + "/" + std::string(name)] = rest.substr(start, rest.find(mark) - start);
    }
  }
  return pages;
}

const std::string& text_of(std::string_view page) {
  static const Pages pages = read_pages();
  const auto found = pages.find(page);
  if (found == pages.end()) throw std::logic_error("no such page: " + std::string(page));
  return found->second;
}

// Everything between `open` and `close`, put through `change`; tags and all.
template <class Change>
std::string replaced(std::string_view text, std::string_view open, std::string_view close, Change change) {
  std::string out;
  for (auto at = text.find(open); at != text.npos; at = text.find(open)) {
    out += text.substr(0, at);
    text.remove_prefix(at + open.size());
    const auto end = text.find(close);
    if (end == text.npos) throw std::logic_error("a page lacks " + std::string(close));
    out += change(text.substr(0, end));
    text.remove_prefix(end + close.size());
  }
  return out += text;
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \n"), last = text.find_last_not_of(" \n");
  return first == text.npos ? "" : std::string(text.substr(first, last - first + 1));
}

// The page with its parts in place and its texts in the reader's language.
std::string written_out(text::Language language, std::string_view page, int depth = 0) {
  if (depth > 8) throw std::logic_error("pages go round in a circle at " + std::string(page));
  auto text = replaced(text_of(page), "{{!", "}}", [](auto) { return std::string(); });
  text = replaced(text, "{{>", "}}",
                  [&](auto part) { return written_out(language, trimmed(part), depth + 1); });
  return replaced(text, "{{#t}}", "{{/t}}",
                  [&](auto key) { return text::escaped(text::translated(language, Message(trimmed(key)))); });
}

// The library has no way to move a value into a list or under a name, and copying copies all that is below.
void add(data& list, data item) { const_cast<kainjow::mustache::list&>(list.list_value()).push_back(std::move(item)); }
void set(data& object, const std::string& name, data value) {
  object.set(name, false);
  const_cast<data&>(*object.get(name)) = std::move(value);
}

// Nothing, false and the empty text are alike: {{#name}} is left out, {{name}} is empty.
struct ToData {
  text::Language language;

  data operator()(std::monostate) const { return data(false); }
  data operator()(bool flag) const { return data(flag); }
  data operator()(std::int64_t number) const { return data(text::whole(number, language)); }
  data operator()(double number) const { return data(text::decimal(number, 1, language)); }
  data operator()(const std::string& text) const { return text.empty() ? data(false) : data(text); }
  data operator()(const Message& message) const { return (*this)(text::translated(language, message)); }
  data operator()(const View::Items& items) const {
    data list(data::type::list);
    const_cast<kainjow::mustache::list&>(list.list_value()).reserve(items.size());
    for (const auto& item : items) add(list, std::visit(*this, item.value()));
    return list;
  }
  data operator()(const View::Fields& fields) const {
    data object(data::type::object);
    for (const auto& [name, view] : fields) set(object, name, std::visit(*this, view.value()));
    return object;
  }
};

// One parsed copy for each thread, since rendering is not const.
mustache& parsed(text::Language language, std::string_view page) {
  thread_local std::map<std::pair<text::Language, std::string>, std::unique_ptr<mustache>> kept;
  auto& kept_page = kept[{language, std::string(page)}];
  if (!kept_page) {
    kept_page = std::make_unique<mustache>(written_out(language, page));
    if (!kept_page->is_valid()) throw std::logic_error(std::string(page) + ": " + kept_page->error_message());
  }
  return *kept_page;
}

}  // namespace

std::string render(text::Language language, std::string_view page, const View& view) {
  return parsed(language, page).render(std::visit(ToData{language}, view.value()));
}

}  // namespace stafett::web
