#include "account/passkey.h"

#include <doctest/doctest.h>

#include "access/passkey_samples.h"
#include "account/factor.h"
#include "account/sign_in.h"
#include "app/modules.h"
#include "base/base64.h"
#include "tests/world.h"

using namespace stafett;

namespace {

const access::Site here{"http://localhost:9090", "localhost"};
constexpr auto key = recorded::es256;

std::string bytes(const char* text) { return from_base64url(text).value(); }

// The browser was asked to sign just what the recorded authenticator signed.
void ask(World& world, const char* challenge, const std::string& browser = "browser") {
  world.database->write([&](db::Transaction& tx) {
    tx.execute("insert into passkey_challenge (fingerprint, bound_to, made_at) values (:mark, :bound, :now)",
               {{"mark", access::fingerprint(challenge)},
                {"bound", access::fingerprint(browser)},
                {"now", world.now}});
  });
}

void add_to(World& world, const World::Person& person) {
  const auto passkey =
      access::passkey_made(here, key.challenge, {bytes(key.client_data), bytes(key.attestation)});
  REQUIRE(passkey);
  REQUIRE(world.database->write([&](db::Transaction& tx) {
    return account::add_passkey(tx, person.user.account, *passkey, "telefonen", world.now);
  }));
}

Result<Id<access::Account>> use(World& world, const recorded::Use& use,
                                const std::string& browser = "browser", const std::string& user = "") {
  return account::use_passkey(
      *world.database,
      {here, browser, key.credential, user, {bytes(use.client_data), bytes(use.data), bytes(use.signature)}},
      world.now);
}

}  // namespace

TEST_SUITE("account") {
  TEST_CASE("T28: a passkey opens the account it was made for") {
    World world;
    add_to(world, world.bo);
    ask(world, key.first.challenge);
    CHECK(use(world, key.first, "browser", world.bo.user.account.text).value() == world.bo.user.account);
    ask(world, key.second.challenge);
    CHECK_FALSE(use(world, key.second, "browser", world.anna.user.account.text));  // made for somebody else
  }

  TEST_CASE("T28: what an authenticator said once opens nothing a second time") {
    World world;
    add_to(world, world.bo);
    ask(world, key.first.challenge);
    REQUIRE(use(world, key.first));
    CHECK_FALSE(use(world, key.first));  // the challenge is used up
    ask(world, key.first.challenge);
    CHECK_FALSE(use(world, key.first));  // and the counter stands still
  }

  TEST_CASE("T28: a challenge holds for one browser, and for five minutes") {
    World world;
    add_to(world, world.bo);
    ask(world, key.first.challenge);
    CHECK_FALSE(use(world, key.first, "another browser"));
    world.now = world.now + account::challenge_seconds;
    CHECK_FALSE(use(world, key.first));
    CHECK_FALSE(use(world, key.second));  // never asked for
  }

  TEST_CASE("T28: a wrong signature uses the challenge up") {
    World world;
    add_to(world, world.bo);
    ask(world, key.first.challenge);
    auto forged = key.first;
    forged.signature = key.second.signature;
    CHECK_FALSE(use(world, forged));
    CHECK_FALSE(use(world, key.first));
  }

  TEST_CASE("a passkey that was taken away, and one of a closed account, open nothing") {
    World world;
    add_to(world, world.bo);
    ask(world, key.first.challenge);
    world.database->write([&](db::Transaction& tx) { account::close(tx, world.bo.user.account, world.now); });
    CHECK_FALSE(use(world, key.first));
    World another;
    add_to(another, another.bo);
    ask(another, key.first.challenge);
    another.database->write([&](db::Transaction& tx) {
      const auto id = account::passkeys_of(tx, another.bo.user.account)[0].id;
      account::end_passkey(tx, another.anna.user.account, id);  // not hers
      CHECK(account::factors_of(tx, another.bo.user.account).passkeys);
      account::end_passkey(tx, another.bo.user.account, id);
    });
    CHECK_FALSE(use(another, key.first));
  }

  TEST_CASE("one passkey is one account's") {
    World world;
    add_to(world, world.bo);
    const auto passkey =
        access::passkey_made(here, key.challenge, {bytes(key.client_data), bytes(key.attestation)}).value();
    CHECK_FALSE(world.database->write([&](db::Transaction& tx) {
      return account::add_passkey(tx, world.anna.user.account, passkey, "telefonen", world.now);
    }));
  }

  TEST_CASE("the page's script is given a new challenge each time, and nobody's passkeys but one's own") {
    World world;
    add_to(world, world.bo);
    const auto mine = world.post(world.bo, "/passkeys/challenge"),
               annas = world.post(world.anna, "/passkeys/challenge");
    CHECK(mine.status == 200);
    const auto asked = [&](const World::Person& person) {
      return world.database->write(
          [&](db::Transaction& tx) { return account::begin_challenge(tx, person.session, world.now); });
    };
    CHECK(asked(world.bo) != asked(world.bo));
    CHECK_FALSE(has(annas, key.credential));
  }

  TEST_CASE("passkeys are added and taken away only by someone who has just signed in") {
    World world;
    CHECK(world.get(world.bo, "/account/passkeys").status == 200);
    world.now = world.now + 5 * 60;
    CHECK(location(world.get(world.bo, "/account/passkeys")) == "/sign-in/again?next=%2Faccount%2Fpasskeys");
    CHECK(world.post(world.bo, "/account/passkeys", {{"name", "telefonen"}}).status == 403);
    add_to(world, world.bo);
    world.prove(world.bo, account::by_password);  // which is no longer enough
    CHECK(world.post(world.bo, "/account/passkeys/any/end").status == 403);
    world.prove(world.bo, account::by_passkey);
    CHECK(has(world.get(world.bo, "/account/passkeys"), "telefonen"));
    const auto mine = world.get(world.bo, "/account", "application/json");
    CHECK(has(mine, "\"passkeys\":true"));
    CHECK(has(mine, "\"codes\":false"));
    CHECK(world.post(world.bo, "/account/passkeys", {{"name", "en till"}}).status ==
          409);  // nothing was signed
  }
}
