#include "base/date.h"

#include <chrono>
#include <cstdio>

namespace stafett {
namespace {

using std::chrono::year_month_day;

year_month_day calendar(Date date) {
  return std::chrono::sys_days{std::chrono::days{date.days}};
}

// The number written in these digits, or -1.
int digits(std::string_view text) {
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

void put(char* at, int width, unsigned number) {
  while (width-- > 0) {
    at[width] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
}

}  // namespace

int Date::year() const { return int{calendar(*this).year()}; }
unsigned Date::month() const { return unsigned{calendar(*this).month()}; }
unsigned Date::day() const { return unsigned{calendar(*this).day()}; }

std::string Date::text() const {
  const auto day = calendar(*this);
  std::string text = "0000-00-00";
  put(text.data(), 4, static_cast<unsigned>(int{day.year()}));
  put(text.data() + 5, 2, unsigned{day.month()});
  put(text.data() + 8, 2, unsigned{day.day()});
  return text;
}

Date Date::of(int year, unsigned month, unsigned day) {
  const year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
  return {static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count())};
}

std::optional<Date> Date::read(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)), day = digits(text.substr(8, 2));
  if (year < 1000 || month < 0 || day < 0) return std::nullopt;
  const year_month_day date{std::chrono::year{year}, std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return of(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

Date Moment::date() const {
  const auto day = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400;
  return {static_cast<std::int32_t>(day)};
}

std::string Moment::text() const {
  const auto day = date();
  const auto second = static_cast<unsigned>(seconds - std::int64_t{day.days} * 86400);
  std::string text = day.text() + " 00:00:00";
  put(text.data() + 11, 2, second / 3600);
  put(text.data() + 14, 2, second / 60 % 60);
  put(text.data() + 17, 2, second % 60);
  return text;
}

std::optional<Moment> Moment::read(std::string_view text) {
  if (text.size() != 19 || (text[10] != ' ' && text[10] != 'T') || text[13] != ':' || text[16] != ':') return std::nullopt;
  const auto day = Date::read(text.substr(0, 10));
  const int hour = digits(text.substr(11, 2)), minute = digits(text.substr(14, 2)), second = digits(text.substr(17, 2));
  if (!day || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return std::nullopt;
  return Moment{std::int64_t{day->days} * 86400 + hour * 3600 + minute * 60 + second};
}

Moment now() {
  return {std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

}  // namespace stafett
