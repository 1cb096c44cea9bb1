// What the server does when many come at once or slowly, and when it is to stop.
#include <doctest/doctest.h>

#include <latch>
#include <system_error>

#include "tests/echo.h"
#include "web/framing_shapes.h"

namespace stafett::web {
namespace {

using namespace std::chrono_literals;

TEST_SUITE("server") {
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
