#include "text/clock.h"

#include <doctest/doctest.h>

using namespace stafett;

TEST_SUITE("text") {
  TEST_CASE("a time is written and read as the clock on the wall says, summer and winter") {
    const auto at = [](int year, unsigned month, unsigned day, const char* clock) {
      const auto moment = text::moment_at(Date::of(year, month, day), clock);
      return moment ? moment->text() : "none";
    };
    CHECK(at(2026, 3, 2, "10:05") == "2026-03-02 09:05:00");
    CHECK(at(2026, 7, 1, "10.05") == "2026-07-01 08:05:00");
    CHECK(at(2026, 7, 1, "0:30") == "2026-06-30 22:30:00");
    CHECK(at(2026, 3, 29, "01:59") == "2026-03-29 00:59:00");
    CHECK(at(2026, 3, 29, "02:30") == "2026-03-29 01:30:00");  // there is no such time that night
    CHECK(at(2026, 3, 29, "03:30") == "2026-03-29 01:30:00");
    CHECK(at(2026, 10, 25, "02:30") == "2026-10-25 01:30:00");  // the second of the two
    CHECK(at(2026, 10, 25, "01:30") == "2026-10-24 23:30:00");
    for (const auto* wrong :
         {"", "10", "24:00", "10:60", "1:2", "10:5", "x:10", "10:05:00", "-1:10", "100:10"}) {
      CAPTURE(wrong);
      CHECK(at(2026, 3, 2, wrong) == "none");
    }
    const auto shown = text::local_time(Moment::read("2026-06-30 22:30:00").value());
    CHECK(shown.day == Date::of(2026, 7, 1));
    CHECK(shown.clock == "00:30");
  }
}
