// A day in the calendar, and a moment in UTC to the second. Kept in the database as "2026-02-03" and
// "2026-02-03 10:15:00", which sort as they stand.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stafett {

struct Date {
  std::int32_t days = 0;  // since 1970-01-01

  int year() const;
  unsigned month() const;  // 1 to 12
  unsigned day() const;
  std::string text() const;  // 2026-02-03

  static Date of(int year, unsigned month, unsigned day);  // the day must exist
  // "2026-02-03" and nothing else; none if there is no such day or the year is not 1000 to 9999.
  static std::optional<Date> read(std::string_view);

  auto operator<=>(const Date&) const = default;
};
inline Date operator+(Date date, int days) { return {date.days + days}; }
inline Date operator-(Date date, int days) { return {date.days - days}; }
inline int operator-(Date later, Date earlier) { return later.days - earlier.days; }

// From the first day to the last, both counted. Without an end it goes on.
struct Period {
  std::optional<Date> from, to;
  bool operator==(const Period&) const = default;
};

struct Moment {
  std::int64_t seconds = 0;  // since 1970-01-01 00:00:00 UTC

  Date date() const;         // in UTC
  std::string text() const;  // 2026-02-03 10:15:00
  static std::optional<Moment> read(std::string_view);

  auto operator<=>(const Moment&) const = default;
};
inline Moment operator+(Moment moment, std::int64_t seconds) { return {moment.seconds + seconds}; }

Moment now();  // only main.cpp and the server may ask; everyone else is told

}  // namespace stafett
