#include "code_list/code_list.h"

#include "base/assets.h"
#include "text/fold.h"
#include "text/nearest.h"

namespace stafett::code_list {
namespace {

std::vector<std::string> parts_of(std::string_view line) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= line.size();) {
    const auto end = std::min(line.find(';', at), line.size());
    parts.emplace_back(line.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

}  // namespace

List::List(std::string_view file, bool with_codes) {
  while (!file.empty()) {
    const auto line = file.substr(0, file.find('\n'));
    file.remove_prefix(std::min(file.size(), line.size() + 1));
    if (line.empty()) continue;
    const auto words = parts_of(line);
    entries_.push_back({words[0], with_codes ? words.at(1) : words[0]});
    for (const auto& word : words) by_word_.emplace(text::folded(word), entries_.size() - 1);
    names_.insert(names_.end(), words.begin() + (with_codes ? 1 : 0), words.end());
  }
}

const Entry* List::find(std::string_view word) const {
  const auto found = by_word_.find(text::folded(word));
  return found == by_word_.end() ? nullptr : &entries_[found->second];
}

std::optional<std::string_view> List::nearest(std::string_view word) const {
  const std::vector<std::string_view> names(names_.begin(), names_.end());
  return text::nearest(word, names);
}

std::string_view List::name_of(std::string_view code) const {
  for (const auto& entry : entries_)
    if (entry.code == code) return entry.name;
  return code;
}

const List& municipalities() {
  static const List list(asset("assets/lists/municipalities.csv"), true);
  return list;
}
const List& incomes() {
  static const List list(asset("assets/lists/incomes.csv"), false);
  return list;
}
const List& askers() {
  static const List list(asset("assets/lists/askers.csv"), false);
  return list;
}
const List& referrers() {
  static const List list(asset("assets/lists/referrers.csv"), false);
  return list;
}

}  // namespace stafett::code_list
