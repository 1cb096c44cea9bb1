#include "web/server.h"

#include <doctest/doctest.h>

#include <atomic>

#include "tests/echo.h"
#include "web/framing_shapes.h"

namespace stafett::web {
namespace {

TEST_SUITE("server") {
  TEST_CASE("a request that can be read in two ways is answered once, and the line is closed") {
    std::atomic<int> answered = 0;
    auto counting = echo();
    counting.answer = [&](const Incoming&) { return ++answered, text("smuggled"); };
    const Running server(counting);
    for (const auto& shape : refused_shapes()) {
      CAPTURE(shape.what);
      Browser browser(server);
      const auto heard = browser.say(shape.header + to("/smuggled")).hear_out();
      CHECK(status(heard) == shape.status);
      CHECK(browser.closed());
      CHECK(has(heard, "Connection: close"));
      CHECK(heard.find("HTTP/1.1 ", 1) == heard.npos);
      check_headers(heard);
    }
    CHECK(answered == 0);
  }

  TEST_CASE("a request that can be read in one way is answered") {
    const Running server(echo());
    for (const auto& shape : accepted_shapes()) {
      CAPTURE(shape.what);
      CHECK(status(Browser(server).say(shape.header).hear()) == 200);
    }
    CHECK(body(Browser(server).say(to("/a%20b?c=%20d")).hear()) == "GET /a b c=%20d ");
    const auto by_address = "GET / HTTP/1.1\r\nHost: localhost:" + std::to_string(server.port) + "\r\n\r\n";
    CHECK(status(Browser(server).say(by_address).hear()) == 200);
  }

  TEST_CASE("a method that is not allowed says which are") {
    const Running server(echo());
    CHECK(has(Browser(server).say(first_line("DELETE / HTTP/1.1")).hear(), "Allow: GET, HEAD, POST"));
  }

  TEST_CASE(
      "T24: every reply says what browsers may not do: show it in a frame, keep it, or tell another site of "
      "it") {
    auto answerer = echo();
    answerer.answer = [](const Incoming& in) {
      Outgoing out = text("");
      out.status = in.path == "/none" ? 404 : 200;
      return out;
    };
    const Running server(answerer);
    for (const auto* path : {"/", "/none"}) check_headers(Browser(server).say(to(path)).hear());
    const auto too_large = Browser(server).say(with("Content-Length: 1001\r\n")).hear();
    CHECK(status(too_large) == 413);
    check_headers(too_large);
  }

  TEST_CASE("a reply that may be kept says so instead, and a proxy with TLS makes browsers keep to it") {
    auto answerer = echo();
    answerer.answer = [](const Incoming&) {
      Outgoing out{.content_type = "text/css", .file = "p{}"};
      out.headers = {{"Cache-Control", "public, max-age=31536000, immutable"}, {"Vary", "Cookie"}};
      return out;
    };
    const Running server(answerer, {.https = true});
    const auto reply = Browser(server).say(to("/app.css")).hear();
    CHECK(has(reply, "Strict-Transport-Security: max-age=63072000; includeSubDomains"));
    CHECK(has(reply, "Cache-Control: public, max-age=31536000, immutable"));
    CHECK(has(reply, "Vary: Cookie"));
    CHECK(reply.find("no-store") == reply.npos);
    CHECK(body(reply) == "p{}");
  }

  TEST_CASE("an answer that would forge a header, or none at all, is our fault and says no more") {
    auto answerer = echo();
    answerer.answer = [](const Incoming& in) {
      if (in.path == "/thrown") throw std::runtime_error("secret");
      Outgoing out = text("");
      out.headers = {{"Location", "/a\r\nSet-Cookie: b"}};
      return out;
    };
    const Running server(answerer);
    for (const auto* path : {"/forged", "/thrown"}) {
      const auto reply = Browser(server).say(to(path)).hear();
      CHECK(status(reply) == 500);
      CHECK(reply.find("Set-Cookie") == reply.npos);
      CHECK(reply.find("secret") == reply.npos);
      check_headers(reply);
    }
  }

  TEST_CASE("requests sent without waiting are answered in turn on the same line") {
    const Running server(echo());
    Browser browser(server);
    browser.say(to("/1") + with("Content-Length: 3\r\n") + "abc" + to("/3"));
    CHECK(body(browser.hear()) == "GET /1  ");
    CHECK(body(browser.hear()) == "POST /  abc");
    CHECK(body(browser.hear()) == "GET /3  ");
    CHECK(body(browser.say(to("/4")).hear()) == "GET /4  ");
  }

  TEST_CASE("a request may come a byte at a time") {
    const Running server(echo());
    Browser browser(server);
    for (const auto& bytes : {with("Content-Length: 3\r\n") + "abc",
                              with("Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n0\r\n\r\n"}) {
      for (const char byte : bytes) browser.say({&byte, 1});
      CHECK(body(browser.hear()) == "POST /  abc");
    }
  }

  TEST_CASE("the line is closed when the browser wants it") {
    const Running server(echo());
    Browser one(server), other(server);
    CHECK(has(one.say("GET / HTTP/1.1\r\nHost: stafett.example\r\nConnection: close\r\n\r\n").hear_out(),
              "Connection: close"));
    CHECK(one.closed());
    other.say("GET / HTTP/1.0\r\nHost: stafett.example\r\n\r\n").hear_out();
    CHECK(other.closed());
  }

  TEST_CASE("HEAD is GET without what it gets") {
    const Running server(echo());
    Browser browser(server);
    browser.say("HEAD /a HTTP/1.1\r\nHost: stafett.example\r\n\r\n" + first_line("BAD"));
    const auto heard = browser.hear_out();
    CHECK(has(heard, "Content-Length: 8"));
    CHECK(body(heard).starts_with("HTTP/1.1 400"));
    CHECK(heard.ends_with("läsa.\n"));
  }

  TEST_CASE("a body comes whole, or as chunks, and is not larger than the page allows") {
    const Running server(echo());
    const std::string full(1000, 'x');
    const auto chunk = [](const std::string& bytes) {
      char size[16];
      std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
      return size + bytes + "\r\n";
    };
    const auto chunked = with("Transfer-Encoding: chunked\r\n");
    CHECK(body(Browser(server).say(with("Content-Length: 1000\r\n") + full).hear()) == "POST /  " + full);
    CHECK(body(Browser(server).say(chunked + chunk("abc") + chunk("de") + "0\r\n\r\n").hear()) ==
          "POST /  abcde");
    CHECK(body(Browser(server).say(chunked + chunk(full) + "0\r\n\r\n").hear()) == "POST /  " + full);
    CHECK(status(Browser(server).say(with("Content-Length: 1001\r\n")).hear_out()) == 413);
    CHECK(body(Browser(server).say(chunked + "0000000A\r\n0123456789\r\n0\r\n\r\n").hear()) ==
          "POST /  0123456789");
    CHECK(status(Browser(server).say(chunked + chunk(full) + chunk("x")).hear_out()) == 413);
    CHECK(status(Browser(server).say(chunked + "ffffffff\r\n").hear_out()) == 413);
    for (const auto* wrong :
         {"100000000\r\n", "3\nabc\r\n0\r\n\r\n", "3 \r\nabc\r\n0\r\n\r\n", "0x3\r\nabc\r\n0\r\n\r\n",
          "\r\n\r\n", "+3\r\nabc\r\n0\r\n\r\n", "\r\n", "3;a=b\r\nabc\r\n0\r\n\r\n", "3\r\nabcd\r\n0\r\n\r\n",
          "3\r\nabc\n0\r\n\r\n", "0\r\nCookie: b=2\r\n\r\n", "0\r\n\n"}) {
      CAPTURE(wrong);
      const auto heard = Browser(server).say(chunked + wrong + to("/smuggled")).hear_out();
      CHECK(status(heard) == 400);
      CHECK(heard.find("smuggled") == heard.npos);
    }
  }

  TEST_CASE("a large upload that is refused still hears why") {
    const Running server(echo());
    const std::string large(8 << 20, 'x');
    CHECK(status(Browser(server).say(with("Content-Length: 8388608\r\n") + large).hear_out()) == 413);
  }

  TEST_CASE("who asks first whether a body is welcome is told") {
    const Running server(echo());
    Browser browser(server);
    CHECK(status(browser.say(with("Content-Length: 3\r\nExpect: 100-continue\r\n")).hear()) == 100);
    CHECK(body(browser.say("abc").hear()) == "POST /  abc");
    CHECK(status(Browser(server).say(with("Content-Length: 1001\r\nExpect: 100-continue\r\n")).hear()) ==
          413);
  }
}

}  // namespace
}  // namespace stafett::web
