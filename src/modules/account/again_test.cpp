#include <doctest/doctest.h>

#include "access/code.h"
#include "access/fresh.h"
#include "access/gate.h"
#include "account/code.h"
#include "account/sign_in.h"
#include "app/modules.h"
#include "tests/world.h"

using namespace stafett;

namespace {

const std::string password = "ett långt lösenord";

std::string cookie(const web::Outgoing& out, const std::string& name) {
  for (const auto& [header, value] : out.headers)
    if (header == "Set-Cookie" && value.starts_with(name + "="))
      return value.substr(name.size() + 1, value.find(';') - name.size() - 1);
  return {};
}

access::User holder(World& world, const std::string& session) {
  return world.database->read(
      [&](db::Transaction& tx) { return account::who(tx, session, world.now, app::permissions_of); });
}

Result<web::Reply> delicate(web::Request& request) {
  TRY(access::need_fresh_sign_in(request.user, request.now));
  return web::go_to("/done");
}

}  // namespace

TEST_SUITE("account") {
  TEST_CASE("a fresh sign-in holds for five minutes, and a password alone is not enough for one") {
    access::User user;
    const Moment now{1'000'000};
    user.strength = access::Strength::two_factors;
    CHECK_FALSE(access::need_fresh_sign_in(user, now));
    user.proved = now + -(access::fresh_seconds - 1);
    CHECK(access::need_fresh_sign_in(user, now));
    user.proved = now + -access::fresh_seconds;
    CHECK_FALSE(access::need_fresh_sign_in(user, now));
    user.proved = now + 1;  // a clock that was set back
    CHECK_FALSE(access::need_fresh_sign_in(user, now));
    user.proved = now;
    user.strength = access::Strength::password;
    CHECK_FALSE(access::need_fresh_sign_in(user, now));
    CHECK(access::need_recent_proof(user, now));
  }

  TEST_CASE("a page that needs a fresh sign-in leads to one and back, a form says what to do") {
    World world;
    world.router.get("/delicate/:id", access::signed_in, delicate);
    world.router.post("/delicate/:id/things", access::signed_in, delicate);
    CHECK(location(world.get(world.bo, "/delicate/7?a=b")) == "/sign-in/again?next=%2Fdelicate%2F7%3Fa%3Db");
    const auto form = world.post(world.bo, "/delicate/7/things");
    CHECK(form.status == 403);
    CHECK(has(form, "href=\"/sign-in/again?next=%2Fdelicate%2F7\""));
    CHECK(world.get(world.bo, "/delicate/7", "application/json").status == 403);
    world.prove(world.bo);
    CHECK(location(world.get(world.bo, "/delicate/7")) == "/done");
    CHECK(location(world.post(world.bo, "/delicate/7/things")) == "/done");
  }

  TEST_CASE("T21: signing in once more takes the right password and gives the session a new token") {
    World world;
    CHECK(has(world.get(world.bo, "/sign-in/again?next=/interventions"), "value=\"/interventions\""));
    world.now = world.now + 600;
    const auto wrong = world.post(world.bo, "/sign-in/again", {{"password", "fel lösenord är det"}});
    CHECK(wrong.status == 422);
    CHECK(holder(world, world.bo.session).proved == world.now + -600);
    const auto right =
        world.post(world.bo, "/sign-in/again", {{"password", password}, {"next", "/interventions"}});
    CHECK(location(right) == "/interventions");
    CHECK_FALSE(holder(world, world.bo.session).is_signed_in());
    const auto user = holder(world, cookie(right, "sid"));
    CHECK(user.proved == world.now);
    CHECK(user.strength == access::Strength::password);
    CHECK(location(world.get(world.nobody, "/sign-in/again")).starts_with("/sign-in?"));
  }

  TEST_CASE("who has codes needs one when signing in once more, and is then fresh") {
    World world;
    const auto secret = access::new_code_secret();
    const auto shows = [&] { return access::code_of(secret, access::code_step(world.now)); };
    world.database->write([&](db::Transaction& tx) {
      REQUIRE(account::begin_codes(tx, world.bo.user.account, secret, shows(), world.now));
    });
    world.now = world.now + 60;
    CHECK(world.post(world.bo, "/sign-in/again", {{"password", password}}).status == 422);
    const auto right = world.post(world.bo, "/sign-in/again", {{"password", password}, {"code", shows()}});
    CHECK(right.status == 303);
    CHECK(access::need_fresh_sign_in(holder(world, cookie(right, "sid")), world.now));
  }

  TEST_CASE("the password cannot be guessed faster at the second door than at the first") {
    World world;
    for (int i = 0; i != 5; ++i)
      CHECK(world.post(world.bo, "/sign-in/again", {{"password", "fel lösenord är det"}}).status == 422);
    CHECK(world.post(world.bo, "/sign-in/again", {{"password", password}}).status == 429);
    CHECK_FALSE(account::sign_in(*world.database, {"bo", password, {"127.0.0.1", ""}}, world.now));
  }
}
