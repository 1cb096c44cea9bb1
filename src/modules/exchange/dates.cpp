// Dates in all the ways that Swedish registers write them.
#include <array>
#include <charconv>
#include <vector>

#include "exchange/words.h"
#include "text/fold.h"

namespace stafett::exchange {
namespace {

// One piece of a date, and what stands between it and the one before: "1 mars 2024" is 1, " mars", " 2024".
struct Piece {
  std::string_view text;
  char before = '\0';

  bool is_number() const { return text[0] >= '0' && text[0] <= '9'; }
  int number() const {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
  }
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

// Nothing if there are more than three, or something else stands between them.
std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  char before = '\0';
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    auto end = at + 1;
    if (is_digit(c) || is_letter(c)) {
      while (end < text.size() && (is_digit(c) ? is_digit(text[end]) : is_letter(text[end]))) ++end;
      if (pieces.size() == 3 || end - at > 9) return {};
      pieces.push_back({text.substr(at, end - at), before});
      before = '\0';
    } else if (c == ' ') {
      if (before == '\0') before = ' ';
    } else if ((c == '-' || c == '/' || c == '.') && (before == '\0' || before == ' ')) {
      before = c;
    } else {
      return {};
    }
    at = end;
  }
  return before == '\0' ? pieces : std::vector<Piece>{};
}

int month_named(std::string_view word) {
  constexpr std::array<std::string_view, 12> names{"januari",   "februari", "mars",     "april",
                                                   "maj",       "juni",     "juli",     "augusti",
                                                   "september", "oktober",  "november", "december"};
  for (int i = 0; i != 12; ++i)
    if (word == names[static_cast<std::size_t>(i)] ||
        (word.size() == 3 && names[static_cast<std::size_t>(i)].starts_with(word)))
      return i + 1;
  return 0;
}

std::optional<Date> day(int year, int month, int day) {
  if (year < 100) year += year < 70 ? 2000 : 1900;
  if (year > 9999 || month > 12 || day > 31) return std::nullopt;
  std::string text = "0000-00-00";
  const auto put = [&](std::size_t at, std::size_t width, int number) {
    for (; width-- > 0; number /= 10) text[at + width] = static_cast<char>('0' + number % 10);
  };
  put(0, 4, year);
  put(5, 2, month);
  put(8, 2, day);
  return Date::read(text);
}

std::optional<Date> of_one_number(const Piece& piece) {
  if (!piece.is_number() || (piece.text.size() != 8 && piece.text.size() != 6)) return std::nullopt;
  return day(piece.number() / 10000, piece.number() / 100 % 100, piece.number() % 100);
}

std::optional<Date> of_three(const Piece& first, const Piece& second, const Piece& third) {
  if (!first.is_number() || !third.is_number()) return std::nullopt;
  const auto month = second.is_number() ? second.number() : month_named(second.text);
  const auto year_first = [&] { return day(first.number(), month, third.number()); };
  const auto year_last = [&] { return day(third.number(), month, first.number()); };
  const auto size = first.text.size(), last = third.text.size();
  const char a = second.before, b = third.before;
  if (size == 4) return last <= 2 && a == b && a != ' ' ? year_first() : std::nullopt;
  if (size > 2 || (last != 2 && last != 4)) return std::nullopt;
  if (!second.is_number()) return month > 0 ? year_last() : std::nullopt;
  if (a == '/' && (b == ' ' || b == '-')) return year_last();  // 1/3 2024, 1/3-24
  if (last == 2) return size == 2 && a == '-' && b == '-' ? year_first() : std::nullopt;
  // 3/4/2024 is the third of April here, the fourth of March in the United States.
  const bool one_way = a != '/' || first.number() > 12 || first.number() == month;
  return a == b && a != ' ' && one_way ? year_last() : std::nullopt;
}

// "2024-03-01 09:30", "2024-03-01T00:00:00": the date alone. With a time zone it may be another day here.
std::string_view without_time(std::string_view text) {
  if (text.size() < 16 || (text[10] != ' ' && text[10] != 't')) return text;
  auto time = text.substr(11);
  if (time.ends_with('z') && time.starts_with("00:00")) time.remove_suffix(1);
  constexpr std::string_view form = "00:00:00.000000000";
  for (std::size_t i = 0; i != time.size(); ++i)
    if (i >= form.size() || (form[i] == '0' ? !is_digit(time[i]) : time[i] != form[i])) return text;
  return text.substr(0, 10);
}

}  // namespace

std::optional<Date> read_date(std::string_view word) {
  if (const auto usual = Date::read(word)) return usual;  // nearly always, and without any work
  const auto folded = text::folded(word);
  const auto pieces = pieces_of(without_time(folded));
  if (pieces.size() == 1) return of_one_number(pieces[0]);
  return pieces.size() == 3 ? of_three(pieces[0], pieces[1], pieces[2]) : std::nullopt;
}

Message no_date(std::string_view word) {
  // Excel counts days from 1899-12-30; 20,000 to 60,000 is 1954 to 2064.
  if (int number = 0;
      word.size() == 5 && std::from_chars(word.data(), word.data() + 5, number).ptr == word.data() + 5)
    if (number >= 20000 && number <= 60000)
      return {"“{1}” is how Excel keeps {2}. Show the column as dates in Excel, and save again.",
              std::string(word), (Date::of(1899, 12, 30) + number).text()};
  const auto folded = text::folded(word);
  const auto pieces = pieces_of(folded);
  if (pieces.size() == 3 && pieces[1].before == '/' && pieces[2].before == '/' &&
      pieces[0].text.size() <= 2) {
    const auto swedish = day(pieces[2].number(), pieces[1].number(), pieces[0].number());
    const auto american = day(pieces[2].number(), pieces[0].number(), pieces[1].number());
    if (swedish && american)
      return {"“{1}” can be {2} or {3}. Write the one you mean.", std::string(word), swedish->text(),
              american->text()};
    if (american) return {"“{1}” is not a date. Did you mean “{2}”?", std::string(word), american->text()};
  }
  return {"“{1}” is not a date. Write it as 2024-03-01.", std::string(word)};
}

}  // namespace stafett::exchange
