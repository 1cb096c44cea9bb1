#include "web/framing.h"

#include <doctest/doctest.h>

#include "web/framing_shapes.h"

namespace stafett::web {
std::string with(const std::string& fields) {
  return "POST / HTTP/1.1\r\nHost: stafett.example\r\n" + fields + "\r\n";
}
std::string to(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: stafett.example\r\n\r\n";
}
std::string first_line(const std::string& line) { return line + "\r\nHost: stafett.example\r\n\r\n"; }

namespace {
std::string many_fields(int count) {
  std::string fields;
  for (int i = 1; i < count; ++i) fields += "X-" + std::to_string(i) + ": x\r\n";
  return with(fields);
}
}  // namespace

const std::vector<Shape>& refused_shapes() {
  using namespace std::string_literals;
  static const std::vector<Shape> all{
      {"two lengths", with("Content-Length: 5\r\nContent-Length: 6\r\n"), 400},
      {"the same length twice", with("Content-Length: 5\r\nContent-Length: 5\r\n"), 400},
      {"a list of lengths", with("Content-Length: 5, 5\r\n"), 400},
      {"a length with a sign", with("Content-Length: +5\r\n"), 400},
      {"a negative length", with("Content-Length: -1\r\n"), 400},
      {"a length in base 16", with("Content-Length: 0x5\r\n"), 400},
      {"a length with a space in it", with("Content-Length: 1 0\r\n"), 400},
      {"a length that is no number", with("Content-Length: five\r\n"), 400},
      {"an empty length", with("Content-Length:\r\n"), 400},
      {"a length beyond all numbers", with("Content-Length: 99999999999999999999\r\n"), 400},
      {"a length and chunks", with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400},
      {"chunks and a length", with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400},
      {"gzip and a length", with("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n"), 400},
      {"gzip", with("Transfer-Encoding: gzip\r\n"), 400},
      {"almost chunked", with("Transfer-Encoding: xchunked\r\n"), 400},
      {"Chunked in capitals", with("Transfer-Encoding: CHUNKED\r\n"), 400},
      {"gzip, then chunked", with("Transfer-Encoding: gzip, chunked\r\n"), 400},
      {"chunked, then identity", with("Transfer-Encoding: chunked, identity\r\n"), 400},
      {"chunked twice", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400},
      {"chunked with a vertical tab",
       with("Transfer-Encoding: \x0b"
            "chunked\r\n"),
       400},
      {"an empty encoding", with("Transfer-Encoding:\r\n"), 400},
      {"chunks in HTTP/1.0", "POST / HTTP/1.0\r\nHost: stafett.example\r\nTransfer-Encoding: chunked\r\n\r\n",
       400},
      {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two hosts", with("Host: stafett.example\r\n"), 400},
      {"someone else's host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 400},
      {"a host with something before it", "GET / HTTP/1.1\r\nHost: evil@stafett.example\r\n\r\n", 400},
      {"an empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
      {"a whole address", to("http://stafett.example/"), 400},
      {"a host and port", to("stafett.example:80"), 400},
      {"a star", to("*"), 400},
      {"a folded line", with("X-Long: a\r\n b\r\n"), 400},
      {"a folded length", with("Content-Length:\r\n 5\r\n"), 400},
      {"a first line that is folded", with(" Content-Length: 5\r\n"), 400},
      {"a space before the colon", with("Content-Length : 5\r\n"), 400},
      {"a tab before the colon", with("Transfer-Encoding\t: chunked\r\n"), 400},
      {"no colon", with("Content-Length 5\r\n"), 400},
      {"no name", with(": 5\r\n"), 400},
      {"a name with brackets", with("X(y): 5\r\n"), 400},
      {"lines that end in LF", "GET / HTTP/1.1\nHost: stafett.example\n\n", 400},
      {"one line that ends in LF", "GET / HTTP/1.1\r\nHost: stafett.example\nX: y\r\n\r\n", 400},
      {"a last line that ends in LF", "GET / HTTP/1.1\r\nHost: stafett.example\r\n\n", 400},
      {"an LF alone", with("X: a\nContent-Length: 5\r\n"), 400},
      {"a CR alone", with("X: a\rContent-Length: 5\r\n"), 400},
      {"a NUL in a header", with("X: a\0b\r\n"s), 400},
      {"an escape character in a header", with("X: \x1b[2J\r\n"), 400},
      {"a header that is not UTF-8", with("X: \xe5\r\n"), 400},
      {"an empty line first", "\r\n" + to("/"), 400},
      {"PUT", first_line("PUT / HTTP/1.1"), 405},
      {"TRACE", first_line("TRACE / HTTP/1.1"), 405},
      {"CONNECT", first_line("CONNECT stafett.example:443 HTTP/1.1"), 405},
      {"OPTIONS", first_line("OPTIONS * HTTP/1.1"), 405},
      {"get in small letters", first_line("get / HTTP/1.1"), 405},
      {"a method with a slash", first_line("GE/T / HTTP/1.1"), 400},
      {"no version", first_line("GET /"), 400},
      {"HTTP/0.9", first_line("GET / HTTP/0.9"), 505},
      {"HTTP/1.2", first_line("GET / HTTP/1.2"), 505},
      {"HTTP/2", first_line("PRI / HTTP/2.0"), 505},
      {"another protocol", first_line("GET / HTTX/1.1"), 400},
      {"two spaces", first_line("GET  / HTTP/1.1"), 400},
      {"a space in the address", first_line("GET /a b HTTP/1.1"), 400},
      {"a space after the version", first_line("GET / HTTP/1.1 "), 400},
      {"a tab instead of a space", first_line("GET\t/\tHTTP/1.1"), 400},
      {"two slashes", to("//"), 400},
      {"two slashes inside", to("/a//b"), 400},
      {"a dot", to("/./a"), 400},
      {"a last dot", to("/a/."), 400},
      {"two dots", to("/a/../b"), 400},
      {"two last dots", to("/a/.."), 400},
      {"an escaped dot", to("/%2e%2e/a"), 400},
      {"an escaped Dot", to("/a/%2E./b"), 400},
      {"an escaped dot in a name", to("/a%2eb"), 400},
      {"an escaped slash", to("/a%2Fb"), 400},
      {"a backslash", to("/a\\b"), 400},
      {"an escaped backslash", to("/a%5cb"), 400},
      {"an escaped letter", to("/%61"), 400},
      {"an escaped NUL", to("/a%00"), 400},
      {"an escaped line end", to("/a%0d%0a"), 400},
      {"half an escape", to("/a%4"), 400},
      {"an escape that is none", to("/a%zz"), 400},
      {"a path that is not UTF-8", to("/%e5"), 400},
      {"a path with raw bytes", to("/å"), 400},
      {"a path with a hash", to("/a#b"), 400},
      {"a NUL in the query", to("/a?b=%00"), 400},
      {"a query that is not UTF-8", to("/a?b=%ff"), 400},
      {"half an escape in the query", to("/a?b=%"), 400},
      {"an expectation that nobody knows", with("Expect: a-pony\r\n"), 417},
      {"a long address", to("/" + std::string(4096, 'a')), 414},
      {"an address without end", "GET /" + std::string(9000, 'a'), 414},
      {"101 headers", many_fields(101), 431},
      {"a large header", with("X: " + std::string(8192, 'a') + "\r\n"), 431},
      {"a header without end", with("X: " + std::string(9000, 'a')), 431},
  };
  return all;
}

const std::vector<Shape>& accepted_shapes() {
  static const std::vector<Shape> all{
      {"the least there is", to("/"), 200},
      {"HTTP/1.0", "GET / HTTP/1.0\r\nHost: stafett.example\r\n\r\n", 200},
      {"a path with a place name", to("/kommuner/%C3%85m%C3%A5l/"), 200},
      {"a dot in a name", to("/assets/app.1f2e.css"), 200},
      {"three dots", to("/a/.../b"), 200},
      {"what browsers leave as it is in a query", to("/?a[]={x|y}&b='c'&d=%0D%0A"), 200},
      {"a host in capitals", "GET / HTTP/1.1\r\nHOST: Stafett.Example\r\n\r\n", 200},
      {"no space after the colon", "GET / HTTP/1.1\r\nHost:stafett.example\r\n\r\n", 200},
      {"tabs around the value", with("X:\t a\tb \t\r\n"), 200},
      {"a value that is empty", with("X:\r\n"), 200},
      {"a length of nothing", with("Content-Length: 0\r\n"), 200},
      {"100 headers", many_fields(100), 200},
  };
  return all;
}

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
