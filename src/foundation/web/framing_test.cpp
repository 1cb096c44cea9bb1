#include "web/framing.h"

#include <doctest/doctest.h>

#include "web/framing_shapes.h"

namespace stafett::web {
namespace {

const std::vector<std::string> here{"stafett.example"};

TEST_SUITE("framing") {
  TEST_CASE("a header that can be read in two ways is refused") {
    for (const auto& shape : refused_shapes()) {
      CAPTURE(shape.what);
      const auto refusal = refused(shape.header, here);
      REQUIRE(refusal);
      CHECK(refusal->status == shape.status);
      CHECK_FALSE(refusal->why.empty());
    }
  }

  TEST_CASE("what browsers send is let through") {
    for (const auto& shape : accepted_shapes()) {
      CAPTURE(shape.what);
      CHECK_FALSE(refused(shape.header, here));
      CHECK(header_length(shape.header) == shape.header.size());
    }
  }

  TEST_CASE("a header ends at its empty line, whatever ends its lines") {
    CHECK(header_length("") == 0);
    CHECK(header_length("GET / HTTP/1.1\r\nHost: a\r\n\r") == 0);
    CHECK(header_length("A\r\n\r\nB\r\n\r\n") == 5);
    CHECK(header_length("A\n\nB") == 3);
    CHECK(header_length("A\r\n\nB") == 4);
    CHECK(header_length("A\n\r\nB") == 4);
  }

  TEST_CASE("a path is decoded once") {
    CHECK(normal_path("/") == "/");
    CHECK(normal_path("/deltagare/%C3%A5%20b/") == "/deltagare/å b/");
    CHECK(normal_path("/%252e%252e/") == "/%2e%2e/");
    CHECK_FALSE(normal_path(""));
    CHECK_FALSE(normal_path("a"));
  }

  TEST_CASE("the server answers by its address and by the names it was given") {
    CHECK(hosts("127.0.0.1", 8080, {}) == std::vector<std::string>{"127.0.0.1:8080", "localhost:8080"});
    CHECK(hosts("10.0.0.1", 80, {"Stafett.Example"}) ==
          std::vector<std::string>{"stafett.example", "10.0.0.1:80", "10.0.0.1"});
    CHECK(hosts("::1", 8080, {}) == std::vector<std::string>{"[::1]:8080", "localhost:8080"});
  }

  TEST_CASE("only our own proxy may say for whom it speaks") {
    const std::vector<std::string> proxies{"10.0.0.1", "10.0.0.2"};
    CHECK(caller("192.0.2.7", "198.51.100.1", proxies) == "192.0.2.7");
    CHECK(caller("10.0.0.1", "", proxies) == "10.0.0.1");
    CHECK(caller("10.0.0.1", "198.51.100.1", proxies) == "198.51.100.1");
    CHECK(caller("10.0.0.1", "1.2.3.4, 198.51.100.1 , 10.0.0.2", proxies) == "198.51.100.1");
  }
}

}  // namespace
}  // namespace stafett::web
