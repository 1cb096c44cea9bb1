// The only file that sees mustache.
#include "web/template.h"

#include <kainjow/mustache.hpp>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <variant>
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
  text =
      replaced(text, "{{>", "}}", [&](auto part) { return written_out(language, trimmed(part), depth + 1); });
  return replaced(text, "{{#t}}", "{{/t}}",
                  [&](auto key) { return text::escaped(text::translated(language, Message(trimmed(key)))); });
}

// Looks names up in the view where it stands; the library's own tree would be a copy of all that is shown.
class Shown : public kainjow::mustache::basic_context<std::string> {
 public:
  Shown(text::Language language, const View& view) : language_(language) {
    levels_.emplace_back().view = &view;
  }

  const data* get(const std::string& name) const override {
    met_ = find(name);
    return met_ ? std::visit([this](const auto& value) { return shown(value); }, met_->value()) : nullptr;
  }
  const data* get_partial(const std::string&) const override {
    return nullptr;
  }  // parts are in place already

  // Into what was met last, or into an item of the list met last on this level.
  void push(const data* entered) override {
    const auto* item = item_of(levels_.back(), entered);
    levels_.emplace_back().view = item ? item : met_;
  }
  void pop() override { levels_.pop_back(); }

 private:
  struct Level {
    const View* view = nullptr;
    const View::Items* items = nullptr;  // the list met last,
    data stand_ins{data::type::list};    // and as many of these
  };

  const View* find(const std::string& name) const {
    if (name == ".") return levels_.back().view;
    for (auto level = levels_.rbegin(); level != levels_.rend(); ++level)
      if (const auto* found = level->view->find(name)) return found;
    return nullptr;
  }
  static const View* item_of(const Level& level, const data* entered) {
    const auto& stand_ins = level.stand_ins.list_value();
    const std::less<> before;
    if (stand_ins.empty() || before(entered, &stand_ins.front()) || before(&stand_ins.back(), entered))
      return nullptr;
    return &(*level.items)[static_cast<std::size_t>(entered - stand_ins.data())];
  }

  // Nothing, false and the empty text are alike: {{#name}} is left out, {{name}} is empty.
  const data* shown(std::monostate) const { return shown(false); }
  const data* shown(bool flag) const {
    static const data yes(true), no(false);
    return flag ? &yes : &no;
  }
  const data* shown(std::int64_t number) const { return shown(text::whole(number, language_)); }
  const data* shown(double number) const { return shown(text::decimal(number, 1, language_)); }
  const data* shown(const std::string& text) const {
    if (text.empty()) return shown(false);
    text_ = data(text);
    return &text_;
  }
  const data* shown(const Message& message) const { return shown(text::translated(language_, message)); }
  const data* shown(const View::Items& items) const {
    auto& level = levels_.back();
    level.items = &items;
    level.stand_ins = data(data::type::list);
    for (std::size_t i = 0; i < items.size(); ++i) level.stand_ins.push_back(data(true));
    return &level.stand_ins;
  }
  const data* shown(const View::Fields&) const { return shown(true); }

  text::Language language_;
  mutable std::deque<Level> levels_;  // the library keeps addresses within
  mutable const View* met_ = nullptr;
  mutable data text_;
};

// What the library writes to.
struct Written {
  std::string text;
  Written& operator<<(const std::string& more) {
    text += more;
    return *this;
  }
};

// Parsed pages, lent to one reply at a time, since rendering is not const. As many copies are kept as there
// are processors (at most four): more are not rendered at once for long.
class Parsed {
 public:
  using Page = std::unique_ptr<mustache>;

  std::string render(text::Language language, std::string_view name, const View& view) {
    auto page = lend(language, name);
    Shown shown(language, view);
    Written written;
    page->render(shown, written);
    give_back(language, name, std::move(page));
    return std::move(written.text);
  }

 private:
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
    page->set_custom_escape([](const std::string& text) { return text::escaped(text); });
    return page;
  }
  void give_back(text::Language language, std::string_view name, Page page) {
    const std::lock_guard lock(mutex_);
    auto& kept = kept_[{language, std::string(name)}];
    if (kept.size() < most_kept_) kept.push_back(std::move(page));
  }

  const std::size_t most_kept_ = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 4);
  std::mutex mutex_;
  std::map<std::pair<text::Language, std::string>, std::vector<Page>> kept_;
};

}  // namespace

std::string render(text::Language language, std::string_view page, const View& view) {
  static Parsed pages;
  return pages.render(language, page, view);
}

}  // namespace stafett::web
