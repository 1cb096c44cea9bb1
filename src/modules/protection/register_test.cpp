#include "protection/protection.h"

#include "tests/protected_district.h"

using namespace stafett;
using District = ProtectedDistrict;

TEST_SUITE("protection") {
  TEST_CASE("T15: a register with the old code or the personal number changes nothing, and says nothing") {
    District world;
    const auto preview = [&](const std::string& csv) {
      const auto sent =
          world.send(world.bo, "/imports", {{"kind", "participations"}}, "file", "lista.csv", csv);
      REQUIRE(sent.status == 303);
      return without_token(world.get(world.bo, location(sent)).body,
                           location(sent).substr(std::string("/imports/").size()));
    };
    const auto before = preview(register_of_two);
    REQUIRE(world.protect(world.karin).status == 303);
    const auto after = preview(register_of_two);
    const bool is_same = after == before;
    CHECK(is_same);
    const auto confirmed = [&](const std::string& csv) {
      const auto sent =
          location(world.send(world.bo, "/imports", {{"kind", "participations"}}, "file", "lista.csv", csv));
      return world.post(world.bo, sent + "/confirmation").status;
    };
    confirmed(
        "insats;deltagare;start;hemkommun;personnummer\nprova;KOD-174-06;2026-01-07;0980;640823-3234\nprova;"
        "NY;2026-01-08;;\n");
    confirmed(
        "insats;deltagare;start;personnummer\nprova;ANNAN "
        "KOD;2026-02-07;640823-3234\nprova;NY2;2026-01-08;\n");
    CHECK(world.count("participant") == 4);  // the two, and NY and NY2
    CHECK(world.count("participant where code like '%KOD%'") == 0);
    CHECK(world.count("participation where participant_id = '" + world.id.text + "'") == 1);
    CHECK(world.count("identity") == 0);
    // Of decisions as of anyone who is not there.
    const auto of_code = [&](const std::string& code) {
      const auto sent =
          world.send(world.bo, "/imports", {{"kind", "decisions"}}, "file", "beslut.csv",
                     "insats;deltagare;datum;beslut;form\nprova;" + code + ";2025-07-01;lönebidrag;ny\n");
      return world.get(world.bo, location(sent));
    };
    CHECK(has(of_code("KOD-174-06"), "finns inte i insatsen"));
    CHECK(has(of_code(world.pseudonym()), "finns inte i insatsen"));
  }

  TEST_CASE(
      "a head who is named reads in a stay under the pseudonym, without what names them or tells where they "
      "are") {
    District world;
    world.assign(world.bo, "prova", "KOD-174-06");
    REQUIRE(world.protect(world.karin).status == 303);
    world.import_participations("insats;deltagare;start;plattform;hemkommun;remittent;personnummer\nprova;" +
                                world.pseudonym() + ";2025-01-07;Hamnen;0980;Vårdcentralen;640823-3234\n");
    const auto sent =
        location(world.send(world.bo, "/imports", {{"kind", "participations"}}, "file", "lista.csv",
                            "insats;deltagare;start;avslut;plattform;hemkommun;personnummer\nprova;" +
                                world.pseudonym() + ";2025-01-07;2025-12-01;Hamnen;0980;640823-3234\n"));
    CHECK(world.post(world.bo, sent + "/confirmation").status == 303);
    const auto where = "participation where participant_id = '" + world.id.text + "' and ";
    CHECK(world.count(where + "ended_on is not null") == 1);
    CHECK(world.count(where + "site || municipality || referrer || written <> ''") == 0);
    CHECK(world.count("identity") == 0);
  }

  TEST_CASE("the files of a register that were sent before, and their refused rows, are gone") {
    District world;
    const auto sent =
        location(world.send(world.bo, "/imports", {{"kind", "participations"}}, "file", "lista.csv",
                            "insats;deltagare;start\nprova;KOD-174-06;2025-02-31\nprova;B9;2025-03-01\n"));
    REQUIRE(world.post(world.bo, sent + "/confirmation").status == 303);
    const auto waiting =
        location(world.send(world.bo, "/imports", {{"kind", "participations"}}, "file", "igen.csv",
                            "insats;deltagare;start\nprova;KOD-174-06;2025-04-01\n"));
    CHECK(has(world.get(world.bo, sent + "/rejects"), "KOD-174-06"));
    REQUIRE(world.protect(world.karin).status == 303);
    CHECK_FALSE(has(world.get(world.bo, sent + "/rejects"), "KOD-174-06"));
    CHECK(world.get(world.bo, waiting).status == 404);
    CHECK(world.post(world.bo, waiting + "/confirmation").status == 404);
  }
}
