#include "base/log.h"

#include <doctest/doctest.h>

using stafett::log::one_line;

TEST_SUITE("log") {
  TEST_CASE("a message cannot forge a line of its own") {
    CHECK(one_line("GET /\r\n2026-01-01 info all is well") == "GET /\\x0d\\x0a2026-01-01 info all is well");
    CHECK(one_line("\x1b[2J\x7f") == "\\x1b[2J\\x7f");
    CHECK(one_line("a\u0085b\u2028c\u202ed") == "a\\xc2\\x85b\\xe2\\x80\\xa8c\\xe2\\x80\\xaed");
  }

  TEST_CASE("Swedish is left as it is") {
    CHECK(one_line("Åtgärd: 5 € – klart “ja”") == "Åtgärd: 5 € – klart “ja”");
  }
}
