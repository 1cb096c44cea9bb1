#include "web/reading.h"

#include <doctest/doctest.h>

#include "web/framing_shapes.h"

namespace stafett::web {
namespace {

const std::vector<std::string> here{"stafett.example"};

TEST_SUITE("reading") {
  TEST_CASE("one request is taken and the next is left") {
    const auto first = with("Content-Length: 3\r\nCookie: a\r\nCOOKIE: b\r\n") + "abc",
               both = first + to("/next");
    std::string_view rest = both;
    Reading reading;
    REQUIRE_FALSE(reading.take_header(rest, here));
    CHECK(reading.has_header());
    CHECK_FALSE(reading.is_done());
    CHECK(reading.declared_length() == 3);
    REQUIRE_FALSE(reading.take_body(rest, 3));
    CHECK(reading.is_done());
    CHECK(rest == to("/next"));
    CHECK(reading.request.body == "abc");
    CHECK(reading.request.header("cookie") == "a, b");
    CHECK(reading.keep_alive);
  }

  TEST_CASE("nothing is taken before the header is whole") {
    const auto header = to("/a?b=1");
    for (std::size_t size = 0; size < header.size(); ++size) {
      Reading reading;
      std::string_view rest = std::string_view(header).substr(0, size);
      CHECK_FALSE(reading.take_header(rest, here));
      CHECK_FALSE(reading.has_header());
      CHECK(rest.size() == size);
    }
  }

  TEST_CASE("a declared body that is too large is refused before it comes") {
    const auto header = with("Content-Length: 4\r\n");
    std::string_view rest = header;
    Reading reading;
    REQUIRE_FALSE(reading.take_header(rest, here));
    CHECK(reading.take_body(rest, 3)->status == 413);
  }

  TEST_CASE("HEAD is read as GET") {
    const auto header = first_line("HEAD /a HTTP/1.0");
    std::string_view rest = header;
    Reading reading;
    REQUIRE_FALSE(reading.take_header(rest, here));
    CHECK(reading.head_only);
    CHECK_FALSE(reading.keep_alive);
    CHECK(reading.request.method == "GET");
  }
}

}  // namespace
}  // namespace stafett::web
