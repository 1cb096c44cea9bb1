#include "protection/protection.h"

#include "tests/protected_district.h"

using namespace stafett;
using District = ProtectedDistrict;

TEST_SUITE("protection") {
  TEST_CASE(
      "protection ends by two persons: a handler proposes, somebody of another unit confirms and sees a "
      "pseudonym") {
    District world;
    REQUIRE(world.protect(world.karin).status == 303);
    REQUIRE(world.post(world.karin, world.address + "/handlers", {{"handler", world.lena.user.account.text}})
                .status == 303);
    CHECK(world.post(world.karin, world.address + "/end", {{"reason", ""}}).status == 422);
    CHECK(world.propose(world.sven) == 404);
    CHECK(world.propose(world.karin) == 303);
    CHECK(world.propose(world.karin) == 409);  // a second click
    const auto page = world.get(world.sven, "/protections");
    CHECK(has(page, world.pseudonym()));
    CHECK(has(page, ">karin"));
    for (const auto* text : {"Prova på", "1964", "Enheten här"}) CHECK_FALSE(has(page, text));
    CHECK_FALSE(has(page, world.id.text));
    CHECK(world.get(world.sven, world.kim).status == 404);
    for (const auto* other : {&world.karin, &world.lena, &world.bo, &world.cecilia, &world.anna, &world.eva,
                              &world.frej, &world.disa}) {
      CAPTURE(other->user.name);
      CHECK_FALSE(has(world.get(*other, "/protections"), world.pseudonym()));
      CHECK(world.confirm(*other) >= 403);
    }
    CHECK(world.protection() == "marked");
    world.proved_again = false;
    CHECK(world.confirm(world.sven) == 403);
    world.proved_again = true;
    CHECK(world.confirm(world.sven) == 303);
    CHECK(world.confirm(world.sven) == 404);
    CHECK(world.protection().empty());
    CHECK(world.get(world.sven, world.kim).status == 404);  // who confirmed does not work with them for that
    CHECK(world.get(world.bo, world.kim).status == 200);
    CHECK(world.count("access_log where action = 'confirm' and allowed = 1 and rule = 'second person'") == 1);
    CHECK(world.count("access_log where object = 'proposal to end protection' and allowed = 1") > 0);
    // What was removed does not come back.
    CHECK(world.count("identity") == 0);
    CHECK_FALSE(has(world.get(world.bo, world.kim), "KOD-174-06"));
  }

  TEST_CASE("nobody confirms what they proposed themselves, also when they have come to another unit") {
    District world;
    REQUIRE(world.protect(world.karin).status == 303);
    REQUIRE(world.propose(world.karin) == 303);
    CHECK(world.confirm(world.karin) == 404);
    world.end_work(world.karin);
    world.execute("update account_role set unit_id = '" + world.far.id.text + "' where account_id = '" +
                  world.karin.user.account.text + "'");
    CHECK(world.confirm(world.karin) == 409);
    CHECK(world.protection() == "marked");
  }

  TEST_CASE("a proposal is withdrawn by a handler, and runs out after a week") {
    District world;
    REQUIRE(world.protect(world.karin).status == 303);
    REQUIRE(world.propose(world.karin) == 303);
    CHECK(world.post(world.sven, world.address + "/end/withdrawal").status == 404);
    CHECK(world.post(world.karin, world.address + "/end/withdrawal").status == 303);
    CHECK(world.post(world.karin, world.address + "/end/withdrawal").status == 409);
    CHECK(world.confirm(world.sven) == 404);
    REQUIRE(world.propose(world.karin) == 303);
    world.execute("update protection_proposal set until_at = '" + world.now.text() +
                  "' where withdrawn_by is null");
    CHECK_FALSE(has(world.get(world.sven, "/protections"), world.pseudonym()));
    CHECK(world.confirm(world.sven) == 404);
    CHECK(world.protection() == "marked");
  }
}
