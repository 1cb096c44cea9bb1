// Code lists (kodlistor): the words that registers use for municipalities, incomes, referrers and who asked. Files of
// ours in assets/lists; municipalities are Skatteverket's and SCB's four-digit codes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stafett::code_list {

struct Entry {
  std::string code;  // what is kept: "0980", "sjukpenning"
  std::string name;  // what is shown: "Gotland", "sjukpenning"
};

class List {
 public:
  // Lines of "code;name" or, without codes, "name;other word;other word".
  List(std::string_view file, bool with_codes);

  // By code, name or another word for it; case and spaces forgiven.
  const Entry* find(std::string_view word) const;
  // The name, or another word for it, that was probably meant; none if several are as near.
  std::optional<std::string_view> nearest(std::string_view word) const;
  // The name to show for a code; the code itself if the list does not have it.
  std::string_view name_of(std::string_view code) const;
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  std::vector<Entry> entries_;
  std::vector<std::string> names_;                        // and the other words
  std::unordered_map<std::string, std::size_t> by_word_;  // folded
};

const List& municipalities();
const List& incomes();
const List& referrers();
const List& askers();  // who turns to a unit without saying of whom

}  // namespace stafett::code_list
