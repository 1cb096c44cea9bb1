#include "web/server.h"

#include <doctest/doctest.h>

#include <atomic>
#include <latch>
#include <system_error>

#include "web/framing_shapes.h"
#include "web/raw_browser.h"

namespace stafett::web {
namespace {

using namespace std::chrono_literals;

Outgoing text(std::string words) {
  return {.content_type = "text/plain; charset=utf-8", .body = std::move(words)};
}

Answerer echo() {
  return {[](const Incoming& in) { return text(in.method + " " + in.path + " " + in.query + " " + in.body); },
          [](std::string_view, std::string_view) { return std::size_t{1000}; }};
}

void check_headers(const std::string& reply) {
  CHECK(
      has(reply,
          "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' "
          "data:; "
          "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
          "require-trusted-types-for 'script'"));
  CHECK(has(reply, "X-Content-Type-Options: nosniff"));
  CHECK(has(reply, "Referrer-Policy: no-referrer"));
  CHECK(has(reply, "Cross-Origin-Opener-Policy: same-origin"));
  CHECK(has(reply, "Cross-Origin-Resource-Policy: same-origin"));
  CHECK(has(reply, "Permissions-Policy: geolocation=(), camera=(), microphone=()"));
  CHECK(has(reply, "X-Robots-Tag: noindex"));
  CHECK(has(reply, "Cache-Control: no-store"));
  CHECK(reply.find("Server:") == reply.npos);
  CHECK(reply.find("Strict-Transport-Security") == reply.npos);
}

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

  TEST_CASE("T24: every reply says what browsers may not do: show it in a frame, keep it, or tell another site of it") {
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

  TEST_CASE(
      "a browser that drips, stays silent or does not listen is cut off, and the others are served "
      "meanwhile") {
    auto answerer = echo();
    answerer.answer = [](const Incoming& in) {
      return text(std::string(in.path == "/large" ? 64 << 20 : 1, 'x'));
    };
    Running server(answerer,
                   {.limits{.header = 50ms, .idle = 50ms, .grace = 50ms, .pace = 1 << 30, .finish = 1h}});
    Browser silent(server), in_header(server), in_body(server), deaf(server);
    in_header.say("GET / HTTP/1.1\r\nHost: sta");
    in_body.say(with("Content-Length: 1000\r\n") + "x");
    deaf.say(to("/large"));
    CHECK(status(Browser(server).say(to("/")).hear()) == 200);
    for (auto* browser : {&silent, &in_header, &in_body}) {
      CHECK(browser->hear_out() == "");
      CHECK(browser->closed());
    }
    server.stop();  // which waits for the deaf one to be cut off
    CHECK(deaf.hear_out().size() < std::size_t{64 << 20});
  }

  TEST_CASE("beyond what there is room for, people are asked to come again") {
    auto answerer = echo();
    std::latch begun(2), go_on(1);
    answerer.answer = [&](const Incoming& in) {
      if (in.path == "/slow") {
        begun.count_down();
        go_on.wait();
      }
      return text("done");
    };
    Running server(answerer, {.limits{.connections = 4, .waiting = 0}});
    Browser one(server), two(server), three(server), four(server);
    one.say(to("/slow"));
    two.say(to("/slow"));
    begun.wait();
    const auto refused_work = three.say(to("/")).hear();
    CHECK(status(refused_work) == 503);
    CHECK(has(refused_work, "Retry-After: 5"));
    const auto refused_line = Browser(server).hear_out();
    CHECK(status(refused_line) == 503);
    check_headers(refused_line);
    go_on.count_down();
    CHECK(body(one.hear()) == "done");
    CHECK(body(two.hear()) == "done");
    CHECK(body(four.say(to("/")).hear()) == "done");
  }

  TEST_CASE("large bodies are taken in while there is memory for them") {
    auto answerer = echo();
    answerer.answer = [](const Incoming& in) { return text(std::to_string(in.body.size())); };
    answerer.largest_body = [](std::string_view, std::string_view) { return std::size_t{1 << 20}; };
    const Running server(answerer, {.limits{.large_bodies = 150'000}});
    const auto half = with("Content-Length: 100000\r\nExpect: 100-continue\r\n");
    Browser first(server);
    CHECK(status(first.say(half).hear()) == 100);
    CHECK(status(Browser(server).say(half).hear()) == 503);
    CHECK(body(Browser(server).say(with("Content-Length: 3\r\n") + "abc").hear()) == "3");
    CHECK(body(first.say(std::string(100'000, 'x')).hear()) == "100000");
    CHECK(status(first.say(half).hear()) == 100);
  }

  TEST_CASE("two workers work at the same time") {
    auto answerer = echo();
    std::latch both(2);
    answerer.answer = [&](const Incoming&) { return both.arrive_and_wait(), text("met"); };
    const Running server(answerer);
    Browser one(server), two(server);
    one.say(to("/"));
    two.say(to("/"));
    CHECK(body(one.hear()) == "met");
    CHECK(body(two.hear()) == "met");
  }

  TEST_CASE("what is under way is finished before the server stops") {
    auto answerer = echo();
    std::latch begun(1), go_on(1);
    answerer.answer = [&](const Incoming&) {
      begun.count_down();
      go_on.wait();
      return text("finished");
    };
    Running server(answerer);
    Browser busy(server), idle(server);
    busy.say(to("/"));
    begun.wait();
    server.end.request_stop();
    CHECK(idle.hear_out() == "");
    CHECK(idle.closed());
    CHECK_FALSE(Browser(server).is_open);
    go_on.count_down();
    CHECK(body(busy.hear_out()) == "finished");
    CHECK(busy.closed());
    server.stop();
  }

  TEST_CASE("a browser that keeps the server from stopping is left") {
    Running server(echo(), {.limits{.finish = 50ms}});
    Browser slow(server);
    slow.say(with("Content-Length: 3\r\nExpect: 100-continue\r\n")).hear();
    server.stop();
    CHECK(slow.hear_out() == "");
  }

  TEST_CASE("an address that is taken, or none, is said in words") {
    const Running server(echo());
    for (const auto& [address, words] :
         {std::pair{"127.0.0.1", "cannot listen on 127.0.0.1:"}, std::pair{"utanför", "utanför:"}}) {
      ServerSettings settings{.address = address, .port = server.port};
      try {
        serve(settings, echo(), [](unsigned short) { FAIL("it listens"); });
        FAIL("it served");
      } catch (const std::system_error& fault) {
        CHECK(std::string(fault.what()).starts_with(words));
      }
    }
  }
}

}  // namespace
}  // namespace stafett::web
