#include "text/number.h"

#include <doctest/doctest.h>

#include <limits>

using namespace stafett;
using namespace stafett::text;

namespace {
constexpr auto sv = Language::swedish, en = Language::english;
}

TEST_SUITE("number") {
  TEST_CASE("a large number is written in groups of three") {
    CHECK(whole(261, sv) == "261");
    CHECK(whole(1234567, sv) == "1\u00a0234\u00a0567");
    CHECK(whole(1234567, en) == "1,234,567");
    CHECK(whole(-1000, sv) == "\u22121\u00a0000");
    CHECK(whole(std::numeric_limits<std::int64_t>::min(), en) == "\u22129,223,372,036,854,775,808");
  }

  TEST_CASE("decimals stand after a comma in Swedish") {
    CHECK(decimal(43.0769, 1, sv) == "43,1");
    CHECK(decimal(43.0769, 1, en) == "43.1");
    CHECK(decimal(1234.5, 1, sv) == "1\u00a0234,5");
    CHECK(decimal(0.05, 1, sv) == "0,1");
    CHECK(decimal(0.004, 2, sv) == "0,00");
    CHECK(decimal(12.25, 1, sv) == "12,3");
    CHECK(decimal(-12.25, 1, sv) == "\u221212,3");
    CHECK(decimal(-0.01, 1, sv) == "0,0");
    CHECK(decimal(7, 0, sv) == "7");
    CHECK(decimal(1e18, 1, en) == "1,000,000,000,000,000,000.0");
  }

  TEST_CASE("a number that is not there is shown as missing") {
    CHECK(decimal(std::numeric_limits<double>::quiet_NaN(), 1, sv) == "..");
    CHECK(decimal(std::numeric_limits<double>::infinity(), 1, sv) == "..");
    CHECK(percent(0, 0, sv) == "..");
  }

  TEST_CASE("28 of 65 is 43,1 %, not the 44 that rounded parts add up to") {
    CHECK(percent(28, 65, sv) == "43,1\u00a0%");
    CHECK(percent(28, 65, en) == "43.1%");
    CHECK(percent(17, 35, sv) == "48,6\u00a0%");
    CHECK(percent(11, 30, sv) == "36,7\u00a0%");
    CHECK(percent(28, 65, sv, 0) == "43\u00a0%");
  }

  TEST_CASE("a share just between two is rounded upwards") {
    CHECK(percent(1, 8, sv, 0) == "13\u00a0%");        // 12,5
    CHECK(percent(1, 2000, sv) == "0,1\u00a0%");       // 0,05
    CHECK(percent(2001, 2000, sv) == "100,1\u00a0%");  // 100,05, which no double can hold
    CHECK(percent(-1, 2000, sv) == "\u22120,1\u00a0%");
    CHECK(percent(0, 65, sv) == "0,0\u00a0%");
  }

  TEST_CASE("a day is written with its month in words") {
    CHECK(date_words(Date::of(2025, 5, 31), sv) == "31 maj 2025");
    CHECK(date_words(Date::of(2025, 5, 1), en) == "1 May 2025");
    CHECK(month_words(Date::of(2024, 12, 24), sv) == "december 2024");
    CHECK(month_name(8, sv) == "augusti");
  }

  TEST_CASE("a moment is written in Swedish time, summer and winter") {
    CHECK(moment_words(*Moment::read("2026-03-02 08:05:59"), sv) == "2 mars 2026 kl. 09.05");
    CHECK(moment_words(*Moment::read("2026-07-01 22:30:00"), sv) == "2 juli 2026 kl. 00.30");
    CHECK(moment_words(*Moment::read("2026-03-29 00:59:59"), en) == "29 March 2026, 01:59");
    CHECK(moment_words(*Moment::read("2026-03-29 01:00:00"), en) == "29 March 2026, 03:00");
    CHECK(moment_words(*Moment::read("2026-10-25 00:59:59"), en) == "25 October 2026, 02:59");
    CHECK(moment_words(*Moment::read("2026-10-25 01:00:00"), en) == "25 October 2026, 02:00");
  }

  TEST_CASE("a period is named as briefly as it can be") {
    const auto first = Date::of(2024, 1, 1), last = Date::of(2025, 5, 31);
    CHECK(period_words({first, last}, sv) == "1 januari 2024–31 maj 2025");
    CHECK(period_words({first, Date::of(2024, 12, 31)}, sv) == "2024");
    CHECK(period_words({first, Date::of(2025, 12, 31)}, sv) == "2024–2025");
    CHECK(period_words({last, last}, sv) == "31 maj 2025");
    CHECK(period_words({first, std::nullopt}, sv) == "från och med 1 januari 2024");
    CHECK(period_words({std::nullopt, last}, sv) == "till och med 31 maj 2025");
    CHECK(period_words({}, sv) == "hela tiden");
  }
}
