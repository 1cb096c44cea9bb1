#include "access/guessable.h"

#include <zxcvbn.h>

#include "text/fold.h"

namespace stafett::access {
namespace {

// What Swedish workplaces write first; the library's own lists are English.
constexpr const char* at_work[] = {"stafett",   "lösenord", "hemligt",   "sommar",  "vinter",    "hösten",
                                   "våren",     "måndag",   "fredag",    "januari", "juli",      "augusti",
                                   "september", "december", "välkommen", "sverige", "stockholm", "göteborg",
                                   "kommunen",  "kommun",   "regionen",  "region",  "jobbet",    "arbete",
                                   "hejsan",    "älskling", "samordning"};

constexpr std::size_t longest_looked_at = 100;  // the rest is only better
constexpr std::size_t shortest_name = 4;        // "bo" stands in many a word

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (const char c : text::folded(name)) {
    if (c == ' ' || c == '.' || c == '-' || c == '_' || c == '@')
      words.emplace_back();
    else
      words.back() += c;
  }
  std::erase(words, "");
  return words;
}

double bits(const std::string& password, const std::vector<std::string>& close) {
  std::vector<const char*> words(std::begin(at_work), std::end(at_work));
  for (const auto& word : close) words.push_back(word.c_str());
  words.push_back(nullptr);
  return ZxcvbnMatch(password.substr(0, longest_looked_at).c_str(), words.data(), nullptr);
}

}  // namespace

Result<> hard_to_guess(std::string_view password, const std::vector<std::string>& names) {
  const auto folded = text::folded(password);
  std::vector<std::string> close;
  for (const auto& name : names) {
    const auto whole = text::folded(name);
    if (whole.size() >= shortest_name && folded.find(whole) != folded.npos)
      return invalid(
          "password",
          "The password has your own name, your account or your organisation in it. Choose words that say "
          "nothing of you.");
    for (auto& word : words_of(name)) close.push_back(std::move(word));
  }
  if (bits(folded, close) < fewest_bits)
    return invalid(
        "password",
        "That password is one that others guess: it is common, or repeats itself. Choose several words that "
        "only you put together.");
  return {};
}

}  // namespace stafett::access
