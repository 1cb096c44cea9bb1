#include "baton/baton.h"

#include "tests/relay.h"

using namespace stafett;

TEST_SUITE("baton") {
  TEST_CASE("a case that nobody has taken is the unit's, and who works with it takes the baton with a next step and a day") {
    Relay road;
    CHECK(has(road.get(road.hanna, road.page), "Ingen har tagit pinnen"));
    CHECK(road.takes(road.hanna).status == 303);
    const auto page = road.get(road.hanna, road.page);
    CHECK(has(page, "<small>Håller pinnen</small><strong>hanna"));
    CHECK(has(page, "Provköpings kommun</small><small>sedan 2 mars 2026"));
    CHECK(has(page, "ringer vårdcentralen"));
    CHECK(has(page, "20 mars 2026"));
  }

  TEST_CASE("nobody holds the baton without a next step and a day that has not passed") {
    Relay road;
    CHECK(road.takes(road.hanna, " ").status == 422);
    CHECK(road.takes(road.hanna, "ringer", "").status == 422);
    CHECK(road.takes(road.hanna, "ringer", "2026-03-01").status == 422);
    CHECK(road.takes(road.hanna, std::string(baton::longest_step + 1, 'x')).status == 422);
    const auto again = road.takes(road.hanna, "ringer Ali", "2026-03-01");
    CHECK(has(again, "Dagen har passerat"));
    CHECK(has(again, "value=\"ringer Ali\""));
    CHECK(road.count("holding") == 0);
    CHECK(road.takes(road.hanna, "ringer", "2026-03-02").status == 303);
  }

  TEST_CASE("a colleague takes over, unless somebody else did just then") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    CHECK(road.takes(road.karin, "tar vid", "2026-03-20", "").status == 409);
    CHECK(road.holder() == "hanna");
    CHECK(road.takes(road.karin).status == 303);
    CHECK(road.holder() == "karin");
    CHECK(road.count("holding where until_at is null") == 1);
    CHECK(road.count("holding") == 2);
  }

  TEST_CASE("a second click changes nothing, and the holder changes the next step") {
    Relay road;
    REQUIRE(road.takes(road.hanna, "ringer", "2026-03-20", "").status == 303);
    CHECK(road.takes(road.hanna, "ringer", "2026-03-20", "").status == 303);
    CHECK(road.takes(road.hanna, "skriver plan").status == 303);
    CHECK(road.count("holding") == 1);
    CHECK(has(road.get(road.karin, road.page), "skriver plan"));
  }

  TEST_CASE("a next step that is late is shown as that, to all in the room") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    road.later(30);
    CHECK(has(road.get(road.karin, road.page), "<span class=\"late\">20 mars 2026, har passerat"));
  }

  TEST_CASE("another party does not take the baton by itself, and sees the holder and the step only through the door") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    CHECK(road.takes(road.gun).status == 409);
    CHECK(has(road.get(road.gun, road.page), "<strong>hanna"));
    CHECK(has(road.get(road.gun, road.page), "ringer vårdcentralen"));
    shut_doors(road);
    const auto shut = road.get(road.gun, road.page);
    CHECK_FALSE(has(shut, "hanna"));
    CHECK_FALSE(has(shut, "ringer vårdcentralen"));
    CHECK(has(shut, "En annan part håller pinnen"));
  }

  TEST_CASE("the outsider, the head of another organisation and the association's director take nothing") {
    Relay road;
    for (const auto* person : {&road.anna, &road.cecilia, &road.disa, &road.eva, &road.frej}) {
      CHECK(road.takes(*person).status == 404);
      CHECK(road.get(*person, road.page + "/handovers/new").status == 404);
    }
    CHECK(road.takes(road.nobody).status == 403);
    CHECK(road.count("holding") == 0);
  }

  TEST_CASE("a closed case says who held it last, and one who comes back begins without a holder") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    road.later(10);
    road.import_participations("insats;deltagare;start;avslut;avslutad till\nprova;A1;2025-01-01;2026-03-10;Arbete\n");
    CHECK(has(road.get(road.karin, road.page), "<small>Höll pinnen sist</small><strong>hanna"));
    CHECK(road.takes(road.karin).status == 409);
    road.import_participations("insats;deltagare;start\nprova;A1;2026-03-11\n");
    CHECK(has(road.get(road.karin, road.page), "Ingen har tagit pinnen"));
    CHECK(road.takes(road.karin, "börjar om", "2026-03-20", "").status == 303);
    CHECK(road.holder() == "karin");
  }

  TEST_CASE("the next step stands sealed in the database") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    CHECK(road.word("select step as x from holding").find("vårdcentralen") == std::string::npos);
    CHECK(road.word("select step as x from holding").size() > 150);
  }

  TEST_CASE("a colleague who leaves hands over the batons too, with their next steps") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    road.proved_again = true;
    const auto leaving = "/colleagues/" + road.hanna.user.account.text + "/leaving";
    REQUIRE(road.post(road.bo, leaving, {{"to", road.karin.user.account.text}}).status == 303);
    CHECK(road.holder() == "karin");
    CHECK(has(road.get(road.karin, road.page), "ringer vårdcentralen"));
  }
}
