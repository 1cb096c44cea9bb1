#include "assignment/conflict.h"

#include <doctest/doctest.h>

#include "tests/assignment_district.h"

using namespace stafett;

TEST_SUITE("assignment") {
  TEST_CASE(
      "T15: whoever is put on the list of conflicts reaches nothing from then on, whatever they are "
      "assigned") {
    AssignmentDistrict district;
    district.give(district.bo, district.hanna);
    district.give(district.bo, district.hanna, {"planning"}, "/interventions/prova");
    CHECK(district.get(district.hanna, district.address).status == 200);
    CHECK(district.keep_away(district.bo, district.hanna) == 303);
    CHECK(district.get(district.hanna, district.address).status == 404);
    CHECK_FALSE(has(district.get(district.hanna, "/interventions/prova/participants"), "A1"));
    CHECK(has(district.get(district.hanna, "/interventions/prova/participants"), "B2"));
    CHECK(has(district.get(district.bo, district.address + "/assignments"), "stoppat: jäv"));
    CHECK(has(district.give(district.bo, district.hanna, {"health"}), "står på listan över jäv"));
    CHECK(district
              .post(district.hanna, "/broken-glass",
                    {{"intervention", "prova"}, {"participant", "A1"}, {"reason", "det är akut nu"}})
              .status == 404);
    const auto end = district.address + "/conflicts/" + district.hanna.user.account.text + "/end";
    CHECK(district.post(district.bo, end).status == 303);
    CHECK(district.get(district.hanna, district.address).status == 200);
    CHECK(district.count("access_log where object like 'end of conflict with %'") == 1);
  }

  TEST_CASE("only those who decide read why there is a conflict, and it stands sealed in the database") {
    AssignmentDistrict district;
    district.give(district.bo, district.ivar);
    CHECK(district.keep_away(district.bo, district.hanna, "  ") == 422);
    CHECK(district.keep_away(district.bo, district.hanna, std::string(501, 'x')) == 422);
    CHECK(district.keep_away(district.bo, district.rut) == 422);
    CHECK(district.keep_away(district.bo, district.hanna) == 303);
    CHECK(has(district.get(district.bo, district.address + "/assignments"), "Deltagarens bror"));
    CHECK_FALSE(has(district.get(district.ivar, district.address), "hanna"));
    CHECK_FALSE(has(district.get(district.ivar, district.address), "bror"));
    CHECK(district.one("select reason as x from conflict").find("bror") == std::string::npos);
    CHECK(district.one("select reason as x from conflict").size() > 100);
  }

  TEST_CASE("T40: the reason of one conflict put in another's place does not open") {
    AssignmentDistrict district;
    district.keep_away(district.bo, district.hanna, "Granne");
    district.keep_away(district.bo, district.ivar, "Svåger");
    district.execute("update conflict set reason = (select max(reason) from conflict)");
    const auto page = district.get(district.bo, district.address + "/assignments");
    CHECK(page.status == 503);
    CHECK_FALSE(has(page, "Svåger"));
  }

  TEST_CASE("a head who is in conflict says so, and from then on decides nothing about the participant") {
    AssignmentDistrict district;
    const auto said =
        district.post(district.bo, district.address + "/conflicts",
                      {{"person", district.bo.user.account.text}, {"reason", "Min systerdotter"}});
    CHECK(location(said) == "/assignments");
    CHECK(district.get(district.bo, district.address + "/assignments").status == 404);
    CHECK(district.give(district.bo, district.hanna).status == 404);
    CHECK(
        district.post(district.bo, district.address + "/conflicts/" + district.bo.user.account.text + "/end")
            .status == 404);
  }
}
