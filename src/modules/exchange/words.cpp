#include "exchange/words.h"

#include <algorithm>
#include <array>
#include <vector>

#include "text/fold.h"

namespace stafett::exchange {
namespace {

struct Piece {
  bool is_number;
  int number;  // as written: 2024, 3, 1
  std::size_t digits;
  std::string_view word;
};

// "1 mars 2024" is 1, mars, 2024. Nothing if it has more than three pieces or a character of another kind.
std::optional<std::vector<Piece>> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; };
  for (std::size_t at = 0; at < text.size();) {
    auto end = at;
    if (is_digit(text[at])) {
      while (end < text.size() && is_digit(text[end])) ++end;
      if (end - at > 8) return std::nullopt;
      pieces.push_back({true, std::stoi(std::string(text.substr(at, end - at))), end - at, {}});
    } else if (is_letter(text[at])) {
      while (end < text.size() && is_letter(text[end])) ++end;
      pieces.push_back({false, 0, 0, text.substr(at, end - at)});
    } else if (std::string_view(" -/.").find(text[at]) != std::string_view::npos) {
      ++end;
    } else {
      return std::nullopt;
    }
    at = end;
    if (pieces.size() > 3) return std::nullopt;
  }
  return pieces;
}

std::optional<unsigned> month_named(std::string_view word) {
  constexpr std::array<std::string_view, 12> names{"januari", "februari", "mars",      "april",   "maj",      "juni",
                                                   "juli",    "augusti",  "september", "oktober", "november", "december"};
  for (unsigned i = 0; i != names.size(); ++i)
    if (word == names[i] || (word.size() == 3 && names[i].starts_with(word))) return i + 1;
  return std::nullopt;
}

std::optional<Date> day(int year, unsigned month, int day) {
  if (year < 100) year += year < 70 ? 2000 : 1900;
  if (year < 1000 || year > 9999 || month > 12 || day > 31) return std::nullopt;
  std::string text = "0000-00-00";
  const auto put = [&](std::size_t at, int width, int number) {
    for (; width-- > 0; number /= 10) text[at + static_cast<std::size_t>(width)] = static_cast<char>('0' + number % 10);
  };
  put(0, 4, year);
  put(5, 2, static_cast<int>(month));
  put(8, 2, day);
  return Date::read(text);
}

// The date of Excel and of databases has a time behind it; midnight is no more than the date.
std::string_view without_midnight(std::string_view text) {
  for (const std::string_view time : {" 00:00:00", "t00:00:00", " 00:00", "t00:00:00z"})
    if (text.ends_with(time)) return text.substr(0, text.size() - time.size());
  return text;
}

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool says_nothing(std::string_view word) {
  word = text::trimmed(word);
  if (word.empty()) return true;
  if (word.size() > 24) return false;
  constexpr std::array<std::string_view, 12> nothing{"-",          "–",          "..",      "?",         "okänt",    "okänd",
                                                     "ej känt",    "ej angivet", "vet ej",  "saknas",    "uppgift saknas", "null"};
  return is_one_of(text::folded(word), nothing);
}

std::optional<Date> read_date(std::string_view word) {
  if (const auto usual = Date::read(word)) return usual;  // nearly always, and without any work
  const auto folded = text::folded(word);
  const auto pieces = pieces_of(without_midnight(folded));
  if (!pieces || pieces->empty()) return std::nullopt;
  const auto& first = pieces->front();
  if (pieces->size() == 1 && first.digits == 8)
    return day(first.number / 10000, static_cast<unsigned>(first.number / 100 % 100), first.number % 100);
  if (pieces->size() == 1 && first.digits == 6)
    return day(first.number / 10000, static_cast<unsigned>(first.number / 100 % 100), first.number % 100);
  if (pieces->size() != 3 || !first.is_number || !(*pieces)[2].is_number) return std::nullopt;

  const auto& last = (*pieces)[2];
  const auto middle = (*pieces)[1].is_number ? std::optional(static_cast<unsigned>((*pieces)[1].number)) : month_named((*pieces)[1].word);
  if (!middle) return std::nullopt;
  const bool starts_with_year = first.digits == 4 || (first.digits == 2 && last.digits == 2);
  return starts_with_year ? day(first.number, *middle, last.number) : day(last.number, *middle, first.number);
}

std::optional<participant::Sex> read_sex(std::string_view word) {
  using participant::Sex;
  if (says_nothing(word)) return Sex::missing;
  const auto folded = text::folded(word);
  if (is_one_of<6>(folded, {"kvinna", "k", "kv", "kvinnor", "kvinnlig", "2"})) return Sex::woman;
  if (is_one_of<5>(folded, {"man", "m", "män", "manlig", "1"})) return Sex::man;
  if (is_one_of<4>(folded, {"annat", "annan", "icke-binär", "vill inte svara"})) return Sex::other;
  return std::nullopt;
}

std::optional<decision::Form> read_form(std::string_view word) {
  using decision::Form;
  if (says_nothing(word)) return Form::missing;
  const auto folded = text::folded(word);
  if (is_one_of<5>(folded, {"ny", "nytt", "nytt beslut", "nya", "n"})) return Form::initial;
  if (is_one_of<5>(folded, {"förlängning", "förlängt", "förlängd", "förl", "förl."})) return Form::extension;
  return std::nullopt;
}

}  // namespace stafett::exchange
