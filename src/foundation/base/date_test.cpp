#include "base/date.h"

#include <doctest/doctest.h>

using stafett::Date;
using stafett::Moment;

TEST_SUITE("date") {
  TEST_CASE("a day is written as it is read") {
    CHECK(Date::read("2024-02-29")->text() == "2024-02-29");
    CHECK(Date::of(2025, 5, 31).text() == "2025-05-31");
    CHECK(Date::of(1969, 12, 31).days == -1);
  }

  TEST_CASE("a day that does not exist is none") {
    CHECK_FALSE(Date::read("2025-02-29"));
    CHECK_FALSE(Date::read("2025-13-01"));
    CHECK_FALSE(Date::read("0999-01-01"));
    CHECK_FALSE(Date::read("2025-1-1"));
    CHECK_FALSE(Date::read("2025-01-01 "));
    CHECK_FALSE(Date::read(""));
  }

  TEST_CASE("days are counted over leap years") {
    CHECK(Date::of(2024, 3, 1) - Date::of(2024, 2, 28) == 2);
    CHECK((Date::of(2025, 12, 31) + 1).text() == "2026-01-01");
  }

  TEST_CASE("a moment is written as it is read, and belongs to its day") {
    const auto moment = Moment::read("2026-03-02T09:00:05");
    REQUIRE(moment);
    CHECK(moment->text() == "2026-03-02 09:00:05");
    CHECK((*moment + 54895).date().text() == "2026-03-03");
    CHECK(Moment{-1}.text() == "1969-12-31 23:59:59");
    CHECK_FALSE(Moment::read("2026-03-02 24:00:00"));
    CHECK_FALSE(Moment::read("2026-03-02"));
  }
}
