#include "base/message.h"

#include <doctest/doctest.h>

using stafett::filled;

TEST_SUITE("message") {
  TEST_CASE("each argument goes to its place, as often as it is asked for") {
    CHECK(filled("{2} of {1}, {2}", {"65", "28"}) == "28 of 65, 28");
    CHECK(filled("{1}", {"", "x"}) == "");
  }

  TEST_CASE("what a person wrote is never taken for a place") {
    CHECK(filled("{1} and {2}", {"{2}", "b"}) == "{2} and b");
  }

  TEST_CASE("a place without an argument stays to be seen") {
    CHECK(filled("{1} {2} {3", {"a"}) == "a {2} {3");
    CHECK(filled("{0} {a} {", {"a"}) == "{0} {a} {");
  }
}
