#include "text/number.h"

#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "text/clock.h"

namespace stafett::text {
namespace {

constexpr std::string_view no_break_space = "\u00a0", minus = "\u2212", unknown = "..";

bool is_swedish(Language language) { return language == Language::swedish; }

// "1234567" and "5" as 1 234 567,5.
std::string written(bool negative, std::string_view digits, std::string_view decimals, Language language) {
  std::string text(negative ? minus : "");
  for (std::size_t i = 0; i != digits.size(); ++i) {
    if (i != 0 && (digits.size() - i) % 3 == 0) text += is_swedish(language) ? no_break_space : ",";
    text += digits[i];
  }
  if (!decimals.empty()) {
    text += is_swedish(language) ? ',' : '.';
    text += decimals;
  }
  return text;
}

// A number that is `scaled` divided by ten to the power of `decimals`.
std::string written(bool negative, std::uint64_t scaled, int decimals, Language language) {
  auto digits = std::to_string(scaled);
  const auto fraction = static_cast<std::size_t>(decimals);
  if (digits.size() <= fraction) digits.insert(0, fraction + 1 - digits.size(), '0');
  const auto whole = digits.size() - fraction;
  return written(negative && scaled != 0, digits.substr(0, whole), digits.substr(whole), language);
}

std::uint64_t power_of_ten(int exponent) {
  if (exponent < 0 || exponent > 9) throw std::logic_error("decimals are 0 to 9");
  std::uint64_t power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

bool is_new_years_day(Date date) { return date.month() == 1 && date.day() == 1; }
bool is_new_years_eve(Date date) { return date.month() == 12 && date.day() == 31; }

}  // namespace

std::string whole(std::int64_t number, Language language) {
  const auto size = number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
  return written(number < 0, size, 0, language);
}

std::string decimal(double value, int decimals, Language language) {
  const auto scaled = std::round(std::abs(value) * static_cast<double>(power_of_ten(decimals)));
  if (!std::isfinite(value)) return std::string(unknown);
  if (scaled < 9e15) return written(value < 0, static_cast<std::uint64_t>(scaled), decimals, language);

  std::array<char, 400> text;  // too large for the sum above: nothing is left to round
  const auto end =
      std::to_chars(text.begin(), text.end(), std::abs(value), std::chars_format::fixed, decimals).ptr;
  const std::string_view number(text.begin(), end);
  const auto point = std::min(number.find('.'), number.size());
  return written(value < 0, number.substr(0, point), number.substr(std::min(point + 1, number.size())),
                 language);
}

std::string percent(std::int64_t count, std::int64_t of, Language language, int decimals) {
  if (of <= 0) return std::string(unknown);
  __extension__ using Wide = unsigned __int128;
  const auto size = count < 0 ? 0 - static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count);
  const auto whole = static_cast<Wide>(of);
  const auto scaled = (Wide{size} * 100 * power_of_ten(decimals) * 2 + whole) / (whole * 2);
  return written(count < 0, static_cast<std::uint64_t>(scaled), decimals, language) +
         (is_swedish(language) ? std::string(no_break_space) + "%" : "%");
}

std::string_view month_name(unsigned month, Language language) {
  static constexpr std::string_view swedish[] = {"januari",   "februari", "mars",     "april",
                                                 "maj",       "juni",     "juli",     "augusti",
                                                 "september", "oktober",  "november", "december"};
  static constexpr std::string_view english[] = {"January",   "February", "March",    "April",
                                                 "May",       "June",     "July",     "August",
                                                 "September", "October",  "November", "December"};
  if (month < 1 || month > 12) throw std::logic_error("months are 1 to 12");
  return is_swedish(language) ? swedish[month - 1] : english[month - 1];
}

std::string month_words(Date date, Language language) {
  return std::string(month_name(date.month(), language)) + ' ' + std::to_string(date.year());
}

std::string date_words(Date date, Language language) {
  return std::to_string(date.day()) + ' ' + month_words(date, language);
}

std::string moment_words(Moment moment, Language language) {
  const auto local = moment + ahead_of_utc(moment);
  const auto clock = local.text().substr(11, 5);
  if (!is_swedish(language)) return date_words(local.date(), language) + ", " + clock;
  return date_words(local.date(), language) + " kl. " + clock.substr(0, 2) + '.' + clock.substr(3);
}

std::string period_words(const Period& period, Language language) {
  if (!period.from && !period.to) return translated(language, "all time");
  if (!period.to) return translated(language, Message{"from {1}", date_words(*period.from, language)});
  if (!period.from)
    return translated(language, Message{"up to and including {1}", date_words(*period.to, language)});
  const bool whole_years = is_new_years_day(*period.from) && is_new_years_eve(*period.to);
  const auto first = whole_years ? std::to_string(period.from->year()) : date_words(*period.from, language);
  const auto last = whole_years ? std::to_string(period.to->year()) : date_words(*period.to, language);
  return first == last ? first : first + "–" + last;
}

}  // namespace stafett::text
