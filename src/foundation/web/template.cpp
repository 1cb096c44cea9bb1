// The only file that sees mustache.
#include "web/template.h"

#include <kainjow/mustache.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

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

// Parsed pages, lent to one reply at a time, since rendering is not const. As many copies are kept as there are
// processors (at most four): more are not rendered at once for long.
class Parsed {
 public:
  using Page = std::unique_ptr<mustache>;

  std::string render(text::Language language, std::string_view name, const data& values) {
    auto page = lend(language, name);
    auto text = page->render(values);
    give_back(language, name, std::move(page));
    return text;
  }

 private:
  static std::size_t most_kept() { return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 4); }

  Page lend(text::Language language, std::string_view name) {
    {
      const std::lock_guard lock(mutex_);
      auto& kept = kept_[{language, std::string(name)}];
      if (!kept.empty()) {
        auto page = std::move(kept.back());
        kept.pop_back();
        return page;
      }
    }
    auto page = std::make_unique<mustache>(written_out(language, name));
    if (!page->is_valid()) throw std::logic_error(std::string(name) + ": " + page->error_message());
    return page;
  }
  void give_back(text::Language language, std::string_view name, Page page) {
    const std::lock_guard lock(mutex_);
    auto& kept = kept_[{language, std::string(name)}];
    if (kept.size() < most_kept()) kept.push_back(std::move(page));
  }

  std::mutex mutex_;
  std::map<std::pair<text::Language, std::string>, std::vector<Page>> kept_;
};

}  // namespace

std::string render(text::Language language, std::string_view page, const View& view) {
  static Parsed pages;
  return pages.render(language, page, std::visit(ToData{language}, view.value()));
}

}  // namespace stafett::web
