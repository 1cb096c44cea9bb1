#include "text/clock.h"

namespace stafett::text {
namespace {

bool is_digit(char one) { return one >= '0' && one <= '9'; }

// One or two digits, and nothing else.
std::optional<int> small_number(std::string_view text) {
  if (text.empty() || text.size() > 2) return std::nullopt;
  int number = 0;
  for (const char one : text) {
    if (!is_digit(one)) return std::nullopt;
    number = number * 10 + (one - '0');
  }
  return number;
}

}  // namespace

// Two hours from the last Sunday of March to that of October, at 01:00 UTC (directive 2000/84/EC), else one.
std::int64_t ahead_of_utc(Moment moment) {
  const auto change = [year = moment.date().year()](unsigned month) {
    const auto last = Date::of(year, month, 31);
    const int weekday = ((last.days + 4) % 7 + 7) % 7;  // Sunday is 0; 1970-01-01 was a Thursday
    return Moment{std::int64_t{(last - weekday).days} * 86400 + 3600};
  };
  return change(3) <= moment && moment < change(10) ? 7200 : 3600;
}

LocalTime local_time(Moment moment) {
  const auto local = moment + ahead_of_utc(moment);
  return {local.date(), local.text().substr(11, 5)};
}

std::optional<Moment> moment_at(Date day, std::string_view clock) {
  const auto mark = clock.find_first_of(":.");
  if (mark == clock.npos) return std::nullopt;
  const auto hour = small_number(clock.substr(0, mark)), minute = small_number(clock.substr(mark + 1));
  if (!hour || !minute || *hour > 23 || *minute > 59 || clock.size() - mark != 3) return std::nullopt;
  const Moment as_winter{std::int64_t{day.days} * 86400 + *hour * 3600 + *minute * 60 - 3600};
  const auto as_summer = as_winter + -3600;
  return ahead_of_utc(as_summer) == 7200 && ahead_of_utc(as_winter) == 7200 ? as_summer : as_winter;
}

}  // namespace stafett::text
