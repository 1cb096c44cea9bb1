#include "exchange/words.h"

#include <algorithm>
#include <array>
#include <string>

#include "code_list/code_list.h"
#include "text/fold.h"
#include "text/nearest.h"

namespace stafett::exchange {
namespace {

using code_list::municipalities;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

// The nearest word, or what to write.
Message not_known(std::string_view word, std::initializer_list<std::string_view> known,
                  const char* what_to_write) {
  if (const auto near = text::nearest(word, known))
    return {"“{1}” is not known. Did you mean “{2}”?", std::string(word), std::string(*near)};
  return {what_to_write, std::string(word)};
}

// "0980 Gotland", "Gotland (0980)": the digits, and the words without them.
struct CodeAndName {
  std::string code, name;
};
CodeAndName code_and_name(std::string_view word) {
  CodeAndName found;
  for (const char c : word) {
    if (is_digit(c))
      found.code += c;
    else
      found.name += is_one_of({&c, 1}, {"(", ")", ",", ":"}) ? ' ' : c;
  }
  auto name = text::trimmed(found.name);
  while (name.starts_with('-')) name = text::trimmed(name.substr(1));
  while (name.ends_with('-')) name = text::trimmed(name.substr(0, name.size() - 1));
  return {found.code.size() == 3 ? "0" + found.code : found.code, std::string(name)};
}

// "Gotlands kommun" is Gotland, "Borås stad" is Borås.
const code_list::Entry* municipality_named(std::string_view name) {
  if (const auto* entry = municipalities().find(name)) return entry;
  const auto folded = text::folded(name);
  for (const std::string_view ending : {" kommun", " stad"}) {
    if (!folded.ends_with(ending)) continue;
    const auto stem = std::string_view(folded).substr(0, folded.size() - ending.size());
    if (const auto* entry = municipalities().find(stem)) return entry;
    if (stem.ends_with('s')) return municipalities().find(stem.substr(0, stem.size() - 1));
  }
  return nullptr;
}

}  // namespace

bool says_nothing(std::string_view word) {
  word = text::trimmed(word);
  if (word.empty()) return true;
  if (word.size() > 24) return false;
  return is_one_of(text::folded(word),
                   {"-", "–", "..", "?", "okänt", "okänd", "ej känt", "ej känd", "ej angivet", "vet ej",
                    "saknas", "uppgift saknas", "null", "n/a", "#n/a", "#saknas!"});
}

std::optional<participant::Sex> read_sex(std::string_view word) {
  using participant::Sex;
  if (says_nothing(word)) return Sex::missing;
  const auto folded = text::folded(word);
  if (is_one_of(folded, {"kvinna", "k", "kv", "kvinnor", "kvinnlig", "kvinnligt", "2"})) return Sex::woman;
  if (is_one_of(folded, {"man", "m", "män", "manlig", "manligt", "1"})) return Sex::man;
  if (is_one_of(folded, {"annat", "annan", "icke-binär", "vill inte svara"})) return Sex::other;
  return std::nullopt;
}

std::string_view word_for(participant::Sex sex) {
  using participant::Sex;
  return sex == Sex::woman ? "kvinna" : sex == Sex::man ? "man" : sex == Sex::other ? "annat" : "";
}

Message no_sex(std::string_view word) {
  return not_known(word, {"kvinna", "man", "annat"},
                   "“{1}” is not known. Write kvinna, man, annat or nothing.");
}

std::optional<decision::Form> read_form(std::string_view word) {
  using decision::Form;
  if (says_nothing(word)) return Form::missing;
  const auto folded = text::folded(word);
  if (is_one_of(folded, {"ny", "nytt", "nytt beslut", "nya", "n"})) return Form::initial;
  if (is_one_of(folded, {"förlängning", "förlängt", "förlängd", "förl", "förl."})) return Form::extension;
  return std::nullopt;
}

std::string_view word_for(decision::Form form) {
  using decision::Form;
  return form == Form::initial ? "ny" : form == Form::extension ? "förlängning" : "";
}

std::optional<int> read_birth_year(std::string_view word, Date today) {
  word = text::trimmed(word);
  std::optional<int> year;
  if (word.size() == 4 && all_digits(word))
    year = std::stoi(std::string(word));
  else if (word.size() == 10 ||
           (word.size() == 8 && all_digits(word)))  // with its century: 1980-05-01, 19800501
    if (const auto born = read_date(word)) year = born->year();
  return year && *year >= 1900 && *year <= today.year() ? year : std::nullopt;
}

Message no_birth_year(std::string_view word, Date today) {
  // Never shown again: it says who someone is.
  if (participant::personal_number(word, today))
    return "There is a personal number in the column födelseår. Write the year only, or call the column "
           "personnummer.";
  if (word.size() == 4 && all_digits(word))
    return {"Nobody here is born in {1}. Check the year.", std::string(word)};
  return {"“{1}” is not a year of birth. Write four digits, as 1980.", std::string(word)};
}

std::string_view read_municipality(std::string_view word) {
  if (const auto* entry = municipalities().find(word)) return entry->code;
  const auto [code, name] = code_and_name(word);
  const auto* by_code = code.empty() ? nullptr : municipalities().find(code);
  const auto* by_name = name.empty() ? nullptr : municipality_named(name);
  const bool both = !code.empty() && !name.empty();
  if (both && by_code != by_name) return {};
  const auto* found = code.empty() ? by_name : by_code;
  return found ? std::string_view(found->code) : std::string_view{};
}

Message no_municipality(std::string_view word) {
  const auto [code, name] = code_and_name(word);
  if (!code.empty() && !name.empty())
    if (const auto* by_code = municipalities().find(code))
      return {"“{1}” says two things: {2} is {3}. Write one of them.", std::string(word), by_code->code,
              by_code->name};
  if (const auto near = municipalities().nearest(word))
    return {"“{1}” is not known. Did you mean “{2}”?", std::string(word), std::string(*near)};
  return {"“{1}” is not a municipality. Write its code of four digits or its name.", std::string(word)};
}

}  // namespace stafett::exchange
