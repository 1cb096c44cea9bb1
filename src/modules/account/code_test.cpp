#include "account/code.h"

#include <doctest/doctest.h>

#include "access/code.h"
#include "account/sign_in.h"
#include "app/modules.h"
#include "tests/world.h"

using namespace stafett;

namespace {

const std::string password = "ett långt lösenord";

// The telephone: shows the code of a moment.
struct App {
  std::string secret = access::new_code_secret();
  std::string shows(Moment now) const { return access::code_of(secret, access::code_step(now)); }
};

App app_of(World& world, const World::Person& person) {
  App app;
  world.database->write([&](db::Transaction& tx) {
    REQUIRE(account::begin_codes(tx, person.user.account, app.secret, app.shows(world.now), world.now));
  });
  world.now = world.now + 30;
  return app;
}

std::optional<account::Proof> take(World& world, const World::Person& person, const std::string& code) {
  return world.database->write(
      [&](db::Transaction& tx) { return account::take_code(tx, person.user.account, code, world.now); });
}

std::string kept_secret(World& world, const World::Person& person) {
  return world.database->read([&](db::Transaction& tx) {
    return tx
        .find([](const db::Row& row) { return row.text("secret"); },
              "select secret from account_code where account_id = :account",
              {{"account", person.user.account}})
        .value();
  });
}

std::string hidden(const web::Outgoing& page, const std::string& name) {
  const auto mark = "name=\"" + name + "\" value=\"";
  const auto at = page.body.find(mark);
  REQUIRE(at != page.body.npos);
  const auto start = at + mark.size();
  return page.body.substr(start, page.body.find('"', start) - start);
}

access::User holder(World& world, const std::string& session) {
  return world.database->read(
      [&](db::Transaction& tx) { return account::who(tx, session, world.now, app::permissions_of); });
}

std::string cookie(const web::Outgoing& out, const std::string& name) {
  for (const auto& [header, value] : out.headers)
    if (header == "Set-Cookie" && value.starts_with(name + "="))
      return value.substr(name.size() + 1, value.find(';') - name.size() - 1);
  return {};
}

}  // namespace

TEST_SUITE("account") {
  TEST_CASE("T27: codes are those of RFC 6238") {
    const std::string secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";  // "12345678901234567890"
    CHECK(access::code_of(secret, access::code_step({59})) == "287082");
    CHECK(access::code_of(secret, access::code_step({1111111109})) == "081804");
    CHECK(access::code_of(secret, access::code_step({20000000000})) == "353130");
  }

  TEST_CASE("T27: a code is taken once, and no older one after it") {
    World world;
    const auto app = app_of(world, world.bo);
    const auto code = app.shows(world.now), before = app.shows(world.now + -30);
    CHECK(take(world, world.bo, code)->means == account::Means::code);
    CHECK_FALSE(take(world, world.bo, code));
    CHECK_FALSE(take(world, world.bo, before));
    world.now = world.now + 29;
    CHECK_FALSE(take(world, world.bo, code));
    world.now = world.now + 1;
    CHECK(take(world, world.bo, app.shows(world.now)));
  }

  TEST_CASE("what an app is told stands sealed in the database") {
    World world;
    const auto app = app_of(world, world.bo);
    const auto kept = kept_secret(world, world.bo);
    CHECK(kept.find(app.secret) == kept.npos);
    CHECK(kept.size() > 100);
    CHECK(take(world, world.bo, app.shows(world.now)));
  }

  TEST_CASE(
      "a secret that stood in clear is sealed at the first start after the upgrade, and its app still "
      "works") {
    World world;
    const auto bos = app_of(world, world.bo), fredriks = app_of(world, world.frej);
    world.database->write([&](db::Transaction& tx) {
      for (const auto& [person, app] : {std::pair{&world.bo, &bos}, {&world.frej, &fredriks}})
        tx.execute("update account_code set secret = :secret, is_sealed = :no where account_id = :account",
                   {{"secret", app->secret}, {"no", false}, {"account", person->user.account}});
    });
    const auto sealed = [&] {
      return world.database->write([&](db::Transaction& tx) {
        return access::seal_some(tx, account::secrets_in_clear, 1, world.now);
      });
    };
    CHECK(sealed() == 1);  // broken off here, it goes on at the next start
    CHECK(sealed() == 1);
    CHECK(sealed() == 0);
    for (const auto& [person, app] : {std::pair{&world.bo, &bos}, {&world.frej, &fredriks}}) {
      CHECK(kept_secret(world, *person).find(app->secret) == std::string::npos);
      CHECK(take(world, *person, app->shows(world.now)));
    }
    CHECK(access::purge_traces(*world.database, account::secrets_in_clear));
  }

  TEST_CASE("T40: a sealed secret that is put in another account opens nothing") {
    World world;
    const auto bos = app_of(world, world.bo), fredriks = app_of(world, world.frej);
    const auto moved = kept_secret(world, world.frej);
    world.database->write([&](db::Transaction& tx) {
      tx.execute("update account_code set secret = :secret where account_id = :account",
                 {{"secret", moved}, {"account", world.bo.user.account}});
    });
    CHECK_THROWS_AS(take(world, world.bo, fredriks.shows(world.now)), db::Failure);
    CHECK_THROWS_AS(take(world, world.bo, bos.shows(world.now)), db::Failure);
  }

  TEST_CASE("T27: the code that began the codes does not also sign in") {
    World world;
    const App app;
    const auto code = app.shows(world.now);
    world.database->write([&](db::Transaction& tx) {
      REQUIRE(account::begin_codes(tx, world.bo.user.account, app.secret, code, world.now));
    });
    CHECK_FALSE(take(world, world.bo, code));
  }

  TEST_CASE("T27: a clock may be half a minute wrong, and not a whole one") {
    World world;
    const auto app = app_of(world, world.bo);
    world.now = {world.now.seconds / 30 * 30};
    const auto now = world.now;
    CHECK_FALSE(take(world, world.bo, app.shows(now + 60)));
    CHECK_FALSE(take(world, world.bo, app.shows(now + -60)));
    CHECK(take(world, world.bo, app.shows(now + 30)));
  }

  TEST_CASE("T27: nobody else's code is taken, nor anything that is no code") {
    World world;
    const auto bos = app_of(world, world.bo), annas = app_of(world, world.anna);
    CHECK_FALSE(take(world, world.bo, annas.shows(world.now)));
    for (const auto* written : {"", "12345", "1234567", "abcdef", "------", "000000000000000000"})
      CHECK_FALSE(take(world, world.bo, written));
    CHECK_FALSE(take(world, world.cecilia, bos.shows(world.now)));
  }

  TEST_CASE("T27: a recovery code opens once, however it is written, and is kept only as a digest") {
    World world;
    app_of(world, world.bo);
    const auto codes = world.database->write(
        [&](db::Transaction& tx) { return account::new_recovery_codes(tx, world.bo.user.account); });
    CHECK(codes.size() == 10);
    world.database->read([&](db::Transaction& tx) {
      tx.each("select fingerprint from recovery_code", {},
              [&](const db::Row& row) { CHECK(row.text("fingerprint") != access::plain_code(codes[0])); });
    });
    CHECK_FALSE(take(world, world.anna, codes[0]));
    std::string shouted = " ";
    for (const char c : codes[0]) shouted += c == '-' ? ' ' : static_cast<char>(std::toupper(c));
    CHECK(take(world, world.bo, shouted)->means == account::Means::recovery_code);
    CHECK_FALSE(take(world, world.bo, codes[0]));
    CHECK(take(world, world.bo, codes[1]));
  }

  TEST_CASE(
      "T27: guessing the code is held back after five, also by someone who has the password, but not for its "
      "owner") {
    World world;
    const auto app = app_of(world, world.bo);
    const auto known = [&] {
      auto half = account::sign_in(*world.database, {"bo", password, {"10.0.0.1", ""}}, world.now);
      return account::enter_code(*world.database, half->half, app.shows(world.now), {"10.0.0.1", ""},
                                 world.now)
          ->device;
    }();
    world.now = world.now + 60;
    int tried = 0;
    for (int i = 0; i != 40; ++i) {
      const auto half = account::sign_in(*world.database, {"bo", password, {"10.9.9.9", ""}}, world.now);
      if (!half) continue;
      CHECK(half->session.empty());
      if (const auto in =
              account::enter_code(*world.database, half->half, "000000", {"10.9.9.9", ""}, world.now);
          !in && in.error().kind != Problem::Kind::busy)
        ++tried;
    }
    CHECK(tried == 5);
    const auto half = account::sign_in(*world.database, {"bo", password, {"10.9.9.9", known}}, world.now);
    REQUIRE(half);
    CHECK(account::enter_code(*world.database, half->half, app.shows(world.now), {"10.9.9.9", known},
                              world.now));
  }

  TEST_CASE("after the password the code is asked for, and only then is one signed in") {
    World world;
    const auto app = app_of(world, world.bo);
    const auto in = world.post(world.nobody, "/sign-in",
                               {{"account", "bo"}, {"password", password}, {"next", "/interventions"}});
    CHECK(location(in) == "/sign-in/code?next=%2Finterventions");
    CHECK(cookie(in, "sid").empty());
    const auto half = cookie(in, "half");
    CHECK_FALSE(holder(world, half).is_signed_in());

    const auto wrong = account::enter_code(*world.database, half, "000000", {"127.0.0.1", ""}, world.now);
    CHECK(wrong.error().kind == Problem::Kind::invalid);
    const auto right =
        account::enter_code(*world.database, half, app.shows(world.now), {"127.0.0.1", ""}, world.now);
    REQUIRE(right);
    CHECK(holder(world, right->session).strength == access::Strength::two_factors);
    world.now = world.now + 30;
    CHECK_FALSE(account::enter_code(*world.database, half, app.shows(world.now), {"127.0.0.1", ""},
                                    world.now));  // once
  }

  TEST_CASE("five minutes after the password it is too late for the code") {
    World world;
    const auto app = app_of(world, world.bo);
    const auto half =
        account::sign_in(*world.database, {"bo", password, {"10.0.0.1", ""}}, world.now).value().half;
    world.now = world.now + account::half_seconds;
    CHECK_FALSE(
        account::enter_code(*world.database, half, app.shows(world.now), {"10.0.0.1", ""}, world.now));
  }

  TEST_CASE("codes are begun on my page: the app's digits, then the recovery codes, and other sessions end") {
    World world;
    const auto other = world.database->write(
        [&](db::Transaction& tx) { return account::begin_session(tx, world.bo.user.account, world.now); });
    const auto page = world.get(world.bo, "/account/codes");
    REQUIRE(page.status == 200);
    CHECK(has(page, "<svg"));
    App app{hidden(page, "secret")};
    const auto wrong = world.post(world.bo, "/account/codes", {{"secret", app.secret}, {"code", "000000"}});
    CHECK(wrong.status == 422);
    CHECK(hidden(wrong, "secret") == app.secret);
    const auto done =
        world.post(world.bo, "/account/codes", {{"secret", app.secret}, {"code", app.shows(world.now)}});
    CHECK(done.status == 200);
    CHECK(has(done, "reservkoder"));
    CHECK_FALSE(holder(world, other).is_signed_in());
    CHECK(holder(world, cookie(done, "sid")).strength == access::Strength::two_factors);
    CHECK_FALSE(holder(world, world.bo.session).is_signed_in());  // under its old token
  }

  TEST_CASE("who has codes changes them only with a code, and an old sign-in is led to a new one") {
    World world;
    CHECK(world.get(world.bo, "/account/codes").status == 200);
    world.now = world.now + 5 * 60;
    CHECK(location(world.get(world.bo, "/account/codes")) == "/sign-in/again?next=%2Faccount%2Fcodes");
    const auto app = app_of(world, world.bo);
    world.prove(world.bo, account::by_password);
    CHECK(location(world.get(world.bo, "/account/codes")) == "/sign-in/again?next=%2Faccount%2Fcodes");
    const auto refused = world.post(world.bo, "/account/codes/end");
    CHECK(refused.status == 403);
    CHECK(has(refused, "/sign-in/again?next=%2Faccount%2Fcodes"));
    world.prove(world.bo);
    CHECK(world.get(world.bo, "/account/codes").status == 200);
    CHECK(world.post(world.bo, "/account/codes/end").status == 303);
    CHECK_FALSE(take(world, world.bo, app.shows(world.now)));
  }

  TEST_CASE("the director too begins with codes, on a page where no room of persons is open") {
    World world;
    App app;
    app.secret = hidden(world.get(world.eva, "/account/codes"), "secret");
    REQUIRE(world.post(world.eva, "/account/codes", {{"secret", app.secret}, {"code", app.shows(world.now)}}).status < 400);
    world.now = world.now + 30;
    CHECK(take(world, world.eva, app.shows(world.now)).has_value());
  }
}
