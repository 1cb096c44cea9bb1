#include "retention/retention.h"

#include <doctest/doctest.h>

#include "tests/disposal_district.h"

using namespace stafett;

TEST_SUITE("retention") {
  TEST_CASE("what is due is listed for the head, with what the rule says") {
    DisposalDistrict world;
    world.rule();
    CHECK(has(world.get(world.bo, "/disposals"), "Inget ska gallras nu."));
    CHECK(has(world.get(world.bo, "/disposals"), "allt: 12 månader efter den senaste uppgiften"));
    world.later(364);
    CHECK_FALSE(has(world.get(world.bo, "/disposals"), "KOD-174-06"));
    world.later(1);
    const auto list = world.get(world.bo, "/disposals");
    CHECK(has(list, "KOD-174-06"));
    CHECK(has(list, "allt, sedan 2 mars 2027"));
    CHECK_FALSE(has(list, ">A2<"));
    CHECK(has(world.get(world.bo, world.kim + "/disposal"), "Nämndens beslut 2026-01-15 § 12"));
  }

  TEST_CASE(
      "T65: one proposes, another confirms, and not before thirty days have passed is anything erased") {
    DisposalDistrict world;
    world.rule();
    world.later(365);
    CHECK(world.step(world.bo, "/erasure") == 409);
    CHECK(world.step(world.bo, "/confirmation") == 409);
    CHECK(world.step(world.bo, "") == 303);
    CHECK(world.step(world.bo, "") == 409);
    CHECK(world.step(world.bo, "/confirmation") == 409);
    CHECK(world.step(world.bo, "/erasure") == 409);
    CHECK(world.step(world.inga, "/confirmation") == 303);
    CHECK(world.step(world.bo, "/erasure") == 409);
    world.later(29);
    CHECK(world.step(world.inga, "/erasure") == 409);
    CHECK(world.count("note") == 2);
    world.later(1);
    CHECK(world.step(world.inga, "/erasure") == 303);
    CHECK(world.count("note") == 0);
    CHECK(world.count("participant where erased_at is not null") == 1);
    CHECK(world.get(world.bo, world.kim).status == 404);
    CHECK(has(world.get(world.bo, "/disposals"), "gallrad"));
  }

  TEST_CASE("a hold stops it, also when it has been confirmed, and its reason is sealed") {
    DisposalDistrict world;
    world.rule();
    world.later(365);
    REQUIRE(world.step(world.bo, "") == 303);
    REQUIRE(world.step(world.inga, "/confirmation") == 303);
    CHECK(world.post(world.bo, world.kim + "/disposal/hold", {{"reason", " "}}).status == 422);
    CHECK(world.post(world.bo, world.kim + "/disposal/hold", {{"reason", "Tvist i tingsrätten"}}).status ==
          303);
    world.later(30);
    CHECK(world.step(world.bo, "/erasure") == 409);
    CHECK(has(world.get(world.bo, world.kim + "/disposal"), "Tvist i tingsrätten"));
    CHECK(has(world.get(world.bo, "/disposals"), "Gallringen är stoppad."));
    CHECK(world.count("retention_hold where reason = 'Tvist i tingsrätten'") == 0);
    CHECK(world.step(world.bo, "/hold/end") == 303);
    CHECK(world.step(world.bo, "/erasure") == 303);
    CHECK(world.count("retention_hold") == 0);
  }

  TEST_CASE(
      "where the rule says so nothing is erased before it has been fetched for the archive, by who works "
      "with all of it") {
    DisposalDistrict world;
    world.rule("255", "12", "yes");
    world.later(365);
    REQUIRE(world.step(world.bo, "") == 303);
    REQUIRE(world.step(world.inga, "/confirmation") == 303);
    world.later(30);
    CHECK(world.step(world.inga, "/erasure") == 409);
    CHECK(world.get(world.inga, world.kim + "/disposal/file").status ==
          404);  // a head reads no notes for that
    const auto file = world.get(world.bo, world.kim + "/disposal/file");
    CHECK(file.status == 200);
    for (std::size_t secret = 0; secret != world.secrets.size(); ++secret) {
      CAPTURE(world.secrets[secret]);
      CHECK(has(file, world.secrets[secret]));
    }
    CHECK(world.step(world.inga, "/erasure") == 303);
  }

  TEST_CASE("of some kinds only those notes go, and the rest and the participant stay") {
    DisposalDistrict world;
    world.rule("16", "12");  // health
    world.later(365);
    CHECK(has(world.get(world.bo, world.kim + "/disposal"), "hälsa, sedan"));
    REQUIRE(world.step(world.bo, "") == 303);
    REQUIRE(world.step(world.inga, "/confirmation") == 303);
    world.later(30);
    REQUIRE(world.step(world.bo, "/erasure") == 303);
    const auto page = world.get(world.bo, world.kim);
    CHECK(has(page, world.secrets[5]));
    CHECK_FALSE(has(page, world.secrets[6]));
    CHECK(has(page, world.secrets[1]));
  }

  TEST_CASE("another party that still has notes keeps the participant from going") {
    DisposalDistrict world;
    world.rule();
    world.assign(world.cecilia, "prova");
    REQUIRE(
        world.post(world.cecilia, world.kim + "/notes", {{"kind", "health"}, {"text", "Journal."}}).status ==
        303);
    world.later(365);
    CHECK(has(world.get(world.bo, "/disposals"), "En annan part har fortfarande uppgifter"));
    CHECK(world.step(world.bo, "") == 409);
  }

  TEST_CASE(
      "the outsider, the director and the administrator dispose of nothing, and a password alone is not "
      "enough") {
    DisposalDistrict world;
    world.rule();
    world.later(365);
    const auto hanna = world.sign_in("hanna", world.municipality, {"coach"});
    for (const auto& other : {world.anna, world.disa, world.eva, world.frej, hanna}) {
      CAPTURE(other.user.name);
      CHECK(world.get(other, "/disposals").status != 200);
      for (const auto* what : {"", "/confirmation", "/withdrawal", "/hold", "/hold/end", "/erasure"})
        CHECK(world.step(other, what) != 303);
      CHECK(world.get(other, world.kim + "/disposal/file").status != 200);
    }
    CHECK(world.step(world.cecilia, "") == 404);
    CHECK_FALSE(has(world.get(world.cecilia, "/disposals"), "KOD-174-06"));
    const auto greta = world.sign_in("greta", world.association, {"unit head"});
    CHECK(world.get(greta, "/disposals").status == 403);
    world.proved_again = false;
    CHECK(world.step(world.bo, "") == 403);
    CHECK(world.count("retention_proposal") == 0);
  }

  TEST_CASE("a rule needs its ground and a number of months, and one thing has one rule") {
    DisposalDistrict world;
    const auto refused = [&](World::Fields fields) {
      return world.post(world.bo, "/disposals/rules", std::move(fields));
    };
    CHECK(has(refused({{"kinds", "255"}, {"months", "12"}}), "Skriv lagen eller beslutet."));
    CHECK(has(refused({{"kinds", "255"}, {"months", "0"}, {"ground", "x"}}), "från 1 till 1200"));
    CHECK(has(refused({{"kinds", ""}, {"months", "1"}, {"ground", "x"}}), "Välj vad regeln gäller."));
    world.rule();
    CHECK(has(refused({{"kinds", "255"}, {"months", "24"}, {"ground", "x"}}), "Det finns redan en regel"));
    CHECK(world
              .post(world.bo, "/disposals/exemptions",
                    {{"criterion", "born on day"}, {"among", "5, 32"}, {"exemption_ground", "x"}})
              .status == 422);
    CHECK(world
              .post(world.bo, "/disposals/exemptions",
                    {{"criterion", "born on day"}, {"among", "3, 23"}, {"exemption_ground", "SoL"}})
              .status == 303);
    world.later(365);
    CHECK(has(world.get(world.bo, "/disposals"), "Född en dag som bevaras för forskning: SoL"));
    CHECK(world.step(world.bo, "") == 409);
  }
}
