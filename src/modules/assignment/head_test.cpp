// Which head decides who works with a participant: their own, of another party, of another unit, and who does
// not.
#include "assignment/assignment.h"

#include <doctest/doctest.h>

#include "tests/assignment_district.h"

using namespace stafett;

TEST_SUITE("assignment") {
  TEST_CASE(
      "the head of a party with an open door learns the code, and who of its own is to work with the "
      "participant") {
    AssignmentDistrict district;
    CHECK_FALSE(has(district.get(district.cecilia, "/assignments"), "A1"));
    CHECK(district.get(district.cecilia, district.address + "/assignments").status == 404);
    CHECK(district.give(district.cecilia, district.rut).status == 404);

    district.open_door();
    const auto list = district.get(district.cecilia, "/assignments");
    CHECK(has(list, "A1</a> <span class=\"ds-tag\" data-color=\"warning\">ingen än"));
    CHECK_FALSE(has(list, "B2"));
    const auto page = district.get(district.cecilia, district.address + "/assignments");
    CHECK(page.status == 200);
    for (const auto* told : {"kvinna", "1980", "1 januari 2025", "lönebidrag", "ivar", "hanna"}) {
      CAPTURE(told);
      CHECK_FALSE(has(page, told));
      CHECK_FALSE(has(list, told));
    }
    CHECK(district.give(district.cecilia, district.hanna).status == 422);  // another's colleague
    CHECK(district.give(district.cecilia, district.rut).status == 303);
    CHECK(has(district.get(district.rut, district.address), "1 januari 2025"));
    CHECK_FALSE(has(district.get(district.rut, district.address), "ivar"));
    CHECK_FALSE(has(district.get(district.bo, district.address + "/assignments"), "rut"));
    CHECK_FALSE(has(district.get(district.cecilia, "/assignments"), "ingen än"));
  }

  TEST_CASE(
      "when the door is withdrawn the participant is gone from the other party's list, and its code too") {
    AssignmentDistrict district;
    district.open_door();
    district.give(district.cecilia, district.rut);
    const auto consent = district.one("select id as x from consent");
    CHECK(district
              .post(district.ivar, district.address + "/consents/" + consent + "/withdrawal",
                    {{"form", "spoken"}, {"kinds", "planning"}})
              .status == 303);
    CHECK_FALSE(has(district.get(district.cecilia, "/assignments"), "A1"));
    const auto page =
        district.get(district.cecilia, district.address + "/assignments");  // its own room stays
    CHECK(page.status == 200);
    CHECK_FALSE(has(page, "A1"));
  }

  TEST_CASE("only the owner of an intervention decides who works with everyone in it") {
    AssignmentDistrict district;
    CHECK(district.get(district.cecilia, "/interventions/prova/assignments").status == 404);
    CHECK(district.give(district.cecilia, district.rut, {"work"}, "/interventions/prova").status == 404);
    CHECK_FALSE(
        has(district.get(district.cecilia, "/interventions/prova"), "/interventions/prova/assignments"));
    CHECK(has(district.get(district.bo, "/interventions/prova"), "/interventions/prova/assignments"));
    CHECK(district.count("assignment") == 0);
  }

  TEST_CASE(
      "T15: of someone protected only a head who works with them by name decides, and those by name are "
      "seen") {
    AssignmentDistrict district;
    district.give(district.bo, district.hanna);
    district.give(district.bo, district.ivar, {"work"}, "/interventions/prova");
    district.open_door();
    district.execute("update participant set protection = 'marked'");
    CHECK(district.get(district.bo, district.address + "/assignments").status == 404);
    CHECK_FALSE(has(district.get(district.cecilia, "/assignments"), "A1"));
    district.assign(district.bo, "prova", "A1");
    const auto page = district.get(district.bo, district.address + "/assignments");
    CHECK(has(page, "hanna"));
    CHECK_FALSE(has(page, "alla i insatsen, "));
    CHECK(district.give(district.bo, district.ivar, {"planning"}).status == 303);
  }

  TEST_CASE("T09: an assignment is ended from its own participant's page, and by its own organisation") {
    AssignmentDistrict district;
    district.assign(district.ivar, "prova", "B2");
    const auto of_b2 = "/assignments/" + district.one("select id as x from assignment") + "/end";
    CHECK(district.post(district.bo, district.address + of_b2).status == 404);
    district.open_door();
    CHECK(district.post(district.cecilia, district.address + of_b2).status == 404);
    const auto of_a1 = "/assignments/" + district.one("select max(id) as x from assignment") + "/end";
    CHECK(district.post(district.cecilia, district.address + of_a1).status == 404);
    CHECK(district.post(district.cecilia, "/interventions/prova" + of_a1).status == 404);
    CHECK(district.keep_away(district.bo, district.hanna) == 303);
    const auto hannas = "/conflicts/" + district.hanna.user.account.text + "/end";
    CHECK(district.post(district.cecilia, district.address + hannas).status ==
          303);  // of its own list there is none
    CHECK(district.count("assignment where until_at is not null") == 0);
    CHECK(district.count("conflict") == 1);
  }

  TEST_CASE("a head of one unit does not end what another unit has given, and gives to its own") {
    AssignmentDistrict district;
    const auto unit = [&](const char* name) {
      return district.database
          ->write(
              [&](db::Transaction& tx) { return organisation::add_unit(tx, district.municipality.id, name); })
          .value()
          .id;
    };
    const auto north = unit("Norr"), south = unit("Söder");
    const auto place = [&](const World::Person& person, const Id<organisation::Unit>& where) {
      district.database->write([&](db::Transaction& tx) {
        tx.execute("update account_role set unit_id = :unit where account_id = :account",
                   {{"unit", where}, {"account", person.user.account}});
      });
    };
    auto head = district.sign_in("hedvig", district.municipality, {"unit head"});
    place(head, south);
    place(district.hanna, north);
    place(district.ivar, south);
    district.prove(head);
    CHECK(district.give(district.bo, district.hanna, {"work"}, "/interventions/prova").status == 303);
    const auto end =
        "/interventions/prova/assignments/" + district.one("select id as x from assignment") + "/end";
    CHECK(district.post(head, end).status == 403);
    CHECK(district.give(head, district.hanna, {"work"}, "/interventions/prova").status == 422);
    CHECK(district.give(head, district.ivar, {"work"}, "/interventions/prova").status == 303);
    CHECK(district.post(district.bo, end).status == 303);
  }

  TEST_CASE(
      "the outsider, the director, the administrator and a head at the association decide and see nothing") {
    AssignmentDistrict district;
    district.open_door();
    auto eve = district.sign_in("ester", district.association, {"unit head"});
    district.proved_again = true;
    for (const auto* other : {&district.anna, &district.disa, &district.eva, &district.frej, &eve}) {
      CAPTURE(other->user.name);
      CHECK(district.get(*other, district.address + "/assignments").status == 404);
      CHECK(district.give(*other, district.hanna).status == 404);
      CHECK(district.keep_away(*other, district.hanna) == 404);
      CHECK(district.get(*other, "/interventions/prova/assignments").status >= 403);
      CHECK(district.give(*other, district.hanna, {"work"}, "/interventions/prova").status >= 403);
      CHECK_FALSE(has(district.get(*other, "/assignments"), "A1"));
      CHECK(district.get(*other, "/assignments").status >= 403);
    }
    CHECK(location(district.get(district.nobody, district.address + "/assignments")).starts_with("/sign-in"));
    CHECK(district.count("assignment") == 1);
  }
}
