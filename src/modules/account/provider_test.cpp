#include "account/provider.h"

#include <doctest/doctest.h>

#include "access/fresh.h"
#include "base/json.h"
#include "tests/employer.h"
#include "tests/world.h"
#include "web/form.h"

using namespace stafett;

namespace {

struct Visit {
  std::string cookie, state, nonce;
};

std::string in_address(const std::string& address, const std::string& name) {
  const auto at = address.find("&" + name + "=") + name.size() + 2;
  return address.substr(at, address.find('&', at) - at);
}

Visit leave(World& world, account::KnownProvider& known, account::Departure departure = {}) {
  departure.our_address = "https://stafett.example.se/callback";
  departure.next = "/interventions";
  const auto away = account::go_to_provider(*world.database, known, departure, world.now);
  REQUIRE(away);
  return {away->cookie, in_address(away->address, "state"), in_address(away->address, "nonce")};
}

Result<account::Home> come(World& world, account::KnownProvider& known, const Visit& visit,
                           const std::string& issuer) {
  return account::come_back(*world.database, known,
                            {visit.cookie,
                             visit.state,
                             issuer,
                             "code",
                             "",
                             "https://stafett.example.se/callback",
                             {"10.0.0.1", ""}},
                            world.now);
}

access::User holder(World& world, const std::string& session) {
  return world.database->read([&](db::Transaction& tx) {
    return account::who(tx, session, world.now,
                        [](std::string_view) { return std::vector<std::string_view>{}; });
  });
}

std::string invitation_for(World& world, const World::Person& person) {
  return world.database->write([&](db::Transaction& tx) {
    return account::invite(tx, person.user.account, world.bo.user.account, world.now).id.text;
  });
}

}  // namespace

TEST_SUITE("account") {
  TEST_CASE("T29: an invitation binds an account to the employer's sign-in, which then opens it") {
    World world;
    Employer employer;
    account::KnownProvider known(employer.provider, true);
    auto visit = leave(world, known);
    employer.sign_in(employer.provider, visit.nonce, world.now);
    CHECK(come(world, known, visit, employer.place).error().kind ==
          Problem::Kind::conflict);  // nobody is known by that yet

    visit = leave(world, known, {.invitation = invitation_for(world, world.disa)});
    employer.sign_in(employer.provider, visit.nonce, world.now);
    REQUIRE(come(world, known, visit, employer.place));

    visit = leave(world, known);
    employer.sign_in(employer.provider, visit.nonce, world.now);
    const auto home = come(world, known, visit, employer.place);
    REQUIRE(home);
    CHECK(home->next == "/interventions");
    const auto user = holder(world, home->entry.session);
    CHECK(user.account == world.disa.user.account);
    CHECK(user.strength == access::Strength::strong);
  }

  TEST_CASE("T29: wrong iss, aud, nonce, exp, level or key, and a wrong state, open nothing") {
    World world;
    Employer employer;
    account::KnownProvider known(employer.provider, true);
    auto visit = leave(world, known, {.invitation = invitation_for(world, world.disa)});
    employer.sign_in(employer.provider, visit.nonce, world.now);
    REQUIRE(come(world, known, visit, employer.place));

    const auto refused = [&](const std::string& name, View value) {
      const auto one = leave(world, known);
      employer.sign_in(employer.provider, one.nonce, world.now, name, std::move(value));
      const auto home = come(world, known, one, employer.place);
      return !home && home.error().kind == Problem::Kind::conflict;
    };
    CHECK(refused("iss", "https://elsewhere.example"));
    CHECK(refused("aud", "another"));
    CHECK(refused("nonce", "another"));
    CHECK(refused("exp", world.now.seconds - 3600));
    CHECK(refused("acr", "http://id.elegnamnden.se/loa/1.0/loa2"));

    auto one = leave(world, known);
    employer.sign_in(employer.provider, one.nonce, world.now);
    one.state = "another";
    CHECK_FALSE(come(world, known, one, employer.place));
    one = leave(world, known);
    employer.sign_in(employer.provider, one.nonce, world.now);
    CHECK_FALSE(come(world, known, one, "https://another-provider.example"));  // mix-up

    employer.signing = access::new_private_key();
    CHECK(refused("", {}));
  }

  TEST_CASE("what was too weak at the employer's, or broken off there, is told of in words that help") {
    World world;
    Employer employer;
    account::KnownProvider known(employer.provider, true);
    const auto told = [](const Result<account::Home>& home) { return home.error().message().key; };
    auto visit = leave(world, known);
    employer.sign_in(employer.provider, visit.nonce, world.now, "acr",
                     "http://id.elegnamnden.se/loa/1.0/loa2");
    CHECK(told(come(world, known, visit, employer.place)).find("is not safe enough for Stafett") !=
          std::string::npos);
    const auto comes_with = [&](const std::string& error) {
      visit = leave(world, known);
      return told(account::come_back(
          *world.database, known,
          {visit.cookie, visit.state, employer.place, "", error, "https://stafett.example.se/callback", {}},
          world.now));
    };
    CHECK(comes_with("access_denied").starts_with("You were not signed in at your employer's."));
    CHECK(comes_with("unmet_authentication_requirements").find("not safe enough") != std::string::npos);
  }

  TEST_CASE(
      "T29: who was signed in at the employer's already is not fresh by that, and is asked anew there") {
    World world;
    Employer employer;
    account::KnownProvider known(employer.provider, true);
    auto visit = leave(world, known, {.invitation = invitation_for(world, world.disa)});
    employer.sign_in(employer.provider, visit.nonce, world.now, "auth_time", world.now.seconds - 3600);
    const auto home = come(world, known, visit, employer.place);
    REQUIRE(home);
    CHECK(holder(world, home->entry.session).proved == world.now + -3600);
    CHECK_FALSE(access::need_fresh_sign_in(holder(world, home->entry.session), world.now));

    const account::Departure once_more{.session = access::fingerprint(home->entry.session)};
    visit = leave(world, known, once_more);
    employer.sign_in(employer.provider, visit.nonce, world.now, "auth_time", world.now.seconds - 3600);
    CHECK_FALSE(come(world, known, visit, employer.place));
    visit = leave(world, known, once_more);
    employer.sign_in(employer.provider, visit.nonce, world.now);
    const auto again = come(world, known, visit, employer.place);
    REQUIRE(again);
    CHECK(access::need_fresh_sign_in(holder(world, again->entry.session), world.now));
    CHECK_FALSE(holder(world, home->entry.session).is_signed_in());
  }

  TEST_CASE("T29: a browser comes back once, in time, and with its own cookie") {
    World world;
    Employer employer;
    account::KnownProvider known(employer.provider, true);
    auto visit = leave(world, known, {.invitation = invitation_for(world, world.disa)});
    employer.sign_in(employer.provider, visit.nonce, world.now);
    REQUIRE(come(world, known, visit, employer.place));
    CHECK_FALSE(come(world, known, visit, employer.place));
    visit = leave(world, known);
    employer.sign_in(employer.provider, visit.nonce, world.now);
    auto other = visit;
    other.cookie = access::new_token();
    CHECK_FALSE(come(world, known, other, employer.place));
    world.now = world.now + account::at_provider_seconds;
    employer.sign_in(employer.provider, visit.nonce, world.now);
    CHECK_FALSE(come(world, known, visit, employer.place));
  }

  TEST_CASE("T29: a flood of unknown keys asks the provider for its keys at most once a minute") {
    World world;
    Employer employer;
    account::KnownProvider known(employer.provider, true);
    const auto stranger = access::sign_token({{"iss", employer.place}}, access::new_private_key());
    for (int i = 0; i != 100; ++i) CHECK_FALSE(known.open(stranger, world.now));
    CHECK(employer.asked("/jwks") == 1);
    CHECK_FALSE(known.open(stranger, world.now + 60));
    CHECK(employer.asked("/jwks") == 2);
  }

  TEST_CASE("T29: a redirect, a body without end, and an address inside the network are not followed") {
    Employer employer;
    employer.say("/ok", "yes");
    employer.say("/large", std::string(300 << 10, 'x'));
    employer.say("/wrong", "no", "500 Internal Server Error");
    employer.say("/elsewhere", "", "302 Found\r\nLocation: " + employer.place + "/ok");
    CHECK(access::fetched({.address = employer.place + "/ok", .inside = true}) == "yes");
    for (const auto* path : {"/large", "/wrong", "/elsewhere"})
      CHECK_FALSE(access::fetched({.address = employer.place + path, .inside = true}));
    CHECK(employer.asked("/ok") == 1);
    const auto port = employer.place.substr(employer.place.rfind(':'));
    for (const auto& address :
         {employer.place + "/ok", "https://127.0.0.1" + port + "/ok", "https://localhost" + port + "/ok",
          "https://2130706433" + port + "/ok", "https://[::1]" + port + "/ok",
          std::string("https://169.254.169.254/"), std::string("file:///etc/hostname")})
      CHECK_FALSE(access::fetched({.address = address}));
    CHECK(employer.asked("/ok") == 1);
  }

  TEST_CASE("T29: a provider that does not answer is left alone for half a minute") {
    World world;
    Employer employer;
    employer.say("/.well-known/openid-configuration", View{{"issuer", "https://elsewhere.example"}}.json());
    account::KnownProvider known(employer.provider, true);
    for (int i = 0; i != 5; ++i)
      CHECK(account::go_to_provider(*world.database, known, {}, world.now).error().kind ==
            Problem::Kind::busy);
    CHECK(employer.asked("/.well-known/openid-configuration") == 1);
  }

  TEST_CASE(
      "the pages lead away to the employer's sign-in and back, with a cookie for that alone, and then on") {
    World world;
    Employer employer;
    std::vector<std::unique_ptr<account::KnownProvider>> all;
    all.push_back(std::make_unique<account::KnownProvider>(employer.provider, true));
    account::know_providers(std::move(all));
    struct Forget {
      ~Forget() { account::know_providers({}); }
    } forget;
    CHECK(has(world.get(world.nobody, "/sign-in"), "/sign-in/with/kommunen?next=%2F"));
    CHECK(world.get(world.nobody, "/sign-in/with/nobody").status == 404);

    const auto invited = world.database->write([&](db::Transaction& tx) {
      return account::invite(tx, world.disa.user.account, world.bo.user.account, world.now);
    });
    const auto invitation = "/invitations/" + invited.id.text;
    CHECK(has(world.get(world.nobody, invitation), invitation + "/with/kommunen"));
    CHECK(world.post(world.nobody, invitation + "/with/kommunen", {{"code", "wrong"}}).status == 422);
    const auto right = world.post(world.nobody, invitation + "/with/kommunen", {{"code", invited.code}});
    CHECK(right.status == 200);

    const auto cookie = [](const web::Outgoing& out, const std::string& name) -> std::string {
      for (const auto& [header, value] : out.headers)
        if (header == "Set-Cookie" && value.starts_with(name + "=")) return value;
      return "";
    };
    const auto value = [](const std::string& line) { return line.substr(0, line.find(';')); };
    web::Incoming in;
    in.method = "GET";
    in.path = "/sign-in/with/kommunen";
    in.query = "invited=1&next=/account";
    in.headers = {{"host", "127.0.0.1:8080"},
                  {"cookie", "visitor=someone; " + value(cookie(right, "invited"))}};
    const auto away = world.answer(in);
    CHECK(away.status == 303);
    CHECK(location(away).starts_with(employer.place + "/auth?response_type=code"));
    CHECK(cookie(away, "oidc").find("SameSite=Lax") != std::string::npos);

    employer.sign_in(employer.provider, in_address(location(away), "nonce"), world.now);
    in.path += "/callback";
    in.query =
        "code=c&state=" + in_address(location(away), "state") + "&iss=" + web::urlencoded(employer.place);
    in.headers["cookie"] = value(cookie(away, "oidc"));  // strict cookies do not come along from elsewhere
    const auto back = world.answer(in);
    CHECK(back.status == 200);
    CHECK(has(back, "href=\"/account\""));
    CHECK(cookie(back, "sid").find("SameSite=Strict") != std::string::npos);
    CHECK(cookie(back, "oidc").find("Max-Age=0") != std::string::npos);
    const World::Person disa{{}, value(cookie(back, "sid")).substr(4)};
    CHECK(has(world.get(disa, "/account"), "disa"));
    CHECK(has(world.get(disa, "/account", "application/json"), "\"provider\":true"));
    CHECK(has(world.get(disa, "/sign-in/again", "application/json"), "\"only_password\":false"));
    CHECK(has(world.get(disa, "/sign-in/again"), "/sign-in/with/kommunen?again=1"));
    CHECK_FALSE(
        has(world.get(world.bo, "/sign-in/again"), "/sign-in/with/kommunen"));  // known there by nobody
    CHECK(has(world.get(world.bo, "/account", "application/json"), "\"provider\":false"));
    CHECK(has(world.get(world.bo, "/sign-in/again", "application/json"), "\"only_password\":true"));
    CHECK(world.answer(in).status == 409);  // once
  }
}
