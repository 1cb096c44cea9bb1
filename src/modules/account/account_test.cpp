#include "account/account.h"

#include <doctest/doctest.h>

#include "account/sign_in.h"
#include "app/modules.h"
#include "tests/world.h"

using namespace stafett;

namespace {

const std::string password = "ett långt lösenord";

Result<account::Entry> try_to_sign_in(World& world, const std::string& name, const std::string& written,
                                      const std::string& network = "10.0.0.1") {
  return account::sign_in(*world.database, {name, written, {network, ""}}, world.now);
}

access::User holder(World& world, const std::string& session) {
  return world.database->read(
      [&](db::Transaction& tx) { return account::who(tx, session, world.now, app::permissions_of); });
}

std::string cookie(const web::Outgoing& out, std::string_view name) {
  for (const auto& [header, value] : out.headers)
    if (header == "Set-Cookie" && value.starts_with(std::string(name) + "=")) return value;
  return {};
}

}  // namespace

TEST_SUITE("account") {
  TEST_CASE(
      "the right password opens a session, a wrong one and an unknown name do not, and are told alike") {
    World world;
    const auto session = try_to_sign_in(world, "bo", password);
    REQUIRE(session);
    CHECK(holder(world, session->session).name == "bo");
    const auto wrong = try_to_sign_in(world, "bo", "något annat lösenord"),
               unknown = try_to_sign_in(world, "ingen", password);
    REQUIRE_FALSE(wrong);
    REQUIRE_FALSE(unknown);
    CHECK(wrong.error().message() == unknown.error().message());
  }

  TEST_CASE("after five wrong passwords the network must wait, while others and other networks need not") {
    World world;
    for (int i = 0; i != 5; ++i) CHECK_FALSE(try_to_sign_in(world, "bo", "fel lösenord är det"));
    const auto held_back = try_to_sign_in(world, "bo", password);
    REQUIRE_FALSE(held_back);
    CHECK(held_back.error().kind == Problem::Kind::busy);
    CHECK(try_to_sign_in(world, "bo", password, "10.0.0.2"));
    CHECK(try_to_sign_in(world, "anna", password));
    world.now = world.now + 15 * 60 + 1;
    CHECK(try_to_sign_in(world, "bo", password));
  }

  TEST_CASE("a session ends after fifteen minutes without use") {
    World world;
    world.now = world.now + (account::idle_seconds - 1);
    CHECK(holder(world, world.bo.session).is_signed_in());
    world.now = world.now + 1;
    CHECK_FALSE(holder(world, world.bo.session).is_signed_in());
  }

  TEST_CASE("looking at a page keeps the session, but not beyond ten hours") {
    World world;
    const auto morning = world.now;
    while (world.now + 600 < morning + account::longest_seconds) {
      world.now = world.now + 600;
      REQUIRE(world.get(world.bo, "/interventions").status == 200);
    }
    world.now = morning + account::longest_seconds;
    CHECK_FALSE(holder(world, world.bo.session).is_signed_in());
  }

  TEST_CASE("closing an account ends its sessions at once") {
    World world;
    world.database->write([&](db::Transaction& tx) { account::close(tx, world.bo.user.account, world.now); });
    CHECK_FALSE(holder(world, world.bo.session).is_signed_in());
    CHECK_FALSE(try_to_sign_in(world, "bo", password));
  }

  TEST_CASE("signing in on the page leads where one was going, and only to a place of ours") {
    World world;
    const auto in = world.post(world.nobody, "/sign-in",
                               {{"account", "bo"}, {"password", password}, {"next", "/interventions"}});
    CHECK(in.status == 303);
    CHECK(location(in) == "/interventions");
    CHECK(cookie(in, "sid").find("HttpOnly; SameSite=Strict") != std::string::npos);
    for (const auto* elsewhere :
         {"//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", ""}) {
      const auto out = world.post(world.nobody, "/sign-in",
                                  {{"account", "bo"}, {"password", password}, {"next", elsewhere}});
      CHECK(location(out) == "/");
    }
  }

  TEST_CASE("a wrong password shows the form again with the name kept and the password not") {
    World world;
    const auto out =
        world.post(world.nobody, "/sign-in", {{"account", "bo"}, {"password", "fel lösenord är det"}});
    CHECK(out.status == 422);
    CHECK(has(out, "value=\"bo\""));
    CHECK_FALSE(has(out, "fel lösenord"));
    CHECK(has(out, "Kontot eller lösenordet är fel"));
  }

  TEST_CASE("a new session takes the place of the old, and signing out ends it") {
    World world;
    const auto in = world.post(world.bo, "/sign-in", {{"account", "bo"}, {"password", password}});
    CHECK(in.status == 303);
    CHECK_FALSE(holder(world, world.bo.session).is_signed_in());
    CHECK(world.post(world.anna, "/sign-out").status == 303);
    CHECK_FALSE(holder(world, world.anna.session).is_signed_in());
  }

  TEST_CASE("a form without its token, or from another site, changes nothing") {
    World world;
    web::Incoming in;
    in.method = "POST";
    in.path = "/sign-out";
    in.headers = {{"host", "127.0.0.1:8080"},
                  {"cookie", "sid=" + world.bo.session},
                  {"content-type", "application/x-www-form-urlencoded"}};
    CHECK(world.answer(in).status == 403);
    in.body = "token=0123456789abcdef0123456789abcdef";
    CHECK(world.answer(in).status == 403);

    const auto page = world.get(world.bo, "/about");
    const auto at = page.body.find("name=\"token\" value=\"") + 20;
    in.body = "token=" + page.body.substr(at, 32);
    for (const auto& [header, value] :
         std::vector<std::pair<std::string, std::string>>{{"origin", "https://elsewhere.example"},
                                                          {"sec-fetch-site", "cross-site"},
                                                          {"sec-fetch-site", "same-site"}}) {
      auto forged = in;
      forged.headers[header] = value;
      CHECK(world.answer(forged).status == 403);
    }
    CHECK(holder(world, world.bo.session).is_signed_in());
    in.headers["origin"] = "http://127.0.0.1:8080";
    CHECK(world.answer(in).status == 303);
  }

  TEST_CASE("what needs an account asks for one, and what an account may not it is told") {
    World world;
    CHECK(location(world.get(world.nobody, "/interventions")) == "/sign-in?next=%2Finterventions");
    CHECK(world.get(world.disa, "/statistics").status == 403);
    CHECK(world.get(world.disa, "/there-is-no-such-page").status == 404);
  }

  TEST_CASE("pages are in the language that was chosen") {
    World world;
    CHECK(has(world.get(world.nobody, "/sign-in"), "<html lang=\"sv\""));
    CHECK(has(world.get(world.nobody, "/sign-in"), "Logga in"));
    const auto chosen = world.get(world.nobody, "/language/en?next=%2Fsign-in");
    CHECK(location(chosen) == "/sign-in");
    CHECK(cookie(chosen, "language").starts_with("language=en;"));
  }
}
