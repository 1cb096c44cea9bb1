#include "assignment/assignment.h"

#include <doctest/doctest.h>

#include "tests/assignment_district.h"

using namespace stafett;

TEST_SUITE("assignment") {
  TEST_CASE(
      "a head lets a colleague work with a participant, who sees the kinds chosen from the next request") {
    AssignmentDistrict district;
    CHECK(district.get(district.hanna, district.address).status == 404);
    CHECK(district.give(district.bo, district.hanna, {"planning"}).status == 303);
    const auto page = district.get(district.hanna, district.address);
    CHECK(page.status == 200);
    CHECK(has(page, "1 januari 2025"));
    CHECK_FALSE(has(page, "lönebidrag"));
    CHECK(has(district.get(district.bo, district.address + "/assignments"), "<b>hanna</b>, coach"));
    CHECK(district.count("access_log where action = 'assign' and allowed = 1 and object = 'assignment'") ==
          1);
  }

  TEST_CASE("what a head ends is ended at the next request, and stays known") {
    AssignmentDistrict district;
    district.give(district.bo, district.hanna);
    const auto end =
        district.address + "/assignments/" + district.one("select id as x from assignment") + "/end";
    CHECK(district.post(district.bo, end).status == 303);
    CHECK(district.get(district.hanna, district.address).status == 404);
    const auto page = district.get(district.bo, district.address + "/assignments");
    CHECK(has(page, "Avslutade tidigare"));
    CHECK(has(page, "hanna"));
    CHECK(district.post(district.bo, end).status == 303);
    CHECK(district.count("assignment where until_at is not null") == 1);
  }

  TEST_CASE("an assignment begins on its first day and ends after its last") {
    AssignmentDistrict district;
    const auto days = AssignmentDistrict::Fields{{"from", "2026-03-05"}, {"until", "2026-03-06"}};
    CHECK(district.give(district.bo, district.hanna, {"planning"}, district.address, days).status == 303);
    CHECK(has(district.get(district.bo, district.address + "/assignments"), "5 mars 2026–6 mars 2026"));
    const auto sees_at = [&](const char* when) {
      district.now = *Moment::read(when);
      district.hanna = district.sign_in("hanna " + std::string(when), district.municipality, {"coach"});
      district.database->write([&](db::Transaction& tx) {
        tx.execute("update assignment set account_id = :account", {{"account", district.hanna.user.account}});
      });
      return district.get(district.hanna, district.address).status == 200;
    };
    CHECK_FALSE(sees_at("2026-03-04 23:59:59"));
    CHECK(sees_at("2026-03-05 00:00:00"));
    CHECK(sees_at("2026-03-06 23:59:59"));
    CHECK_FALSE(sees_at("2026-03-07 00:00:00"));
  }

  TEST_CASE("to decide takes a fresh sign-in, and leads there and back") {
    AssignmentDistrict district;
    const auto head = district.sign_in("hedvig", district.municipality, {"unit head"});
    const auto page = district.address + "/assignments";
    CHECK(location(district.get(head, page)).starts_with("/sign-in/again?next="));
    CHECK(district.give(head, district.hanna).status == 403);
    CHECK(
        location(district.get(head, "/interventions/prova/assignments")).starts_with("/sign-in/again?next="));
    CHECK(district.give(head, district.hanna, {"work"}, "/interventions/prova").status == 403);
    CHECK(district.keep_away(head, district.hanna) == 403);
    CHECK(district.count("assignment") == 0);
    CHECK(district.count("conflict") == 0);
  }

  TEST_CASE("what does not hold is said at its field, and what was typed is kept") {
    AssignmentDistrict district;
    const auto refused = [&](const char* name, const std::string& value, const char* why) {
      const auto page =
          district.give(district.bo, district.hanna, {"planning"}, district.address, {{name, value}});
      return page.status == 422 && has(page, why) &&
             has(page, "id=\"kind-planning\" name=\"kinds\" value=\"planning\" checked");
    };
    CHECK(refused("colleague", "", "Välj en medarbetare som arbetar med ärenden."));
    CHECK(refused("colleague", district.disa.user.account.text,
                  "Välj en medarbetare som arbetar med ärenden."));
    CHECK(
        refused("colleague", district.rut.user.account.text, "Välj en medarbetare som arbetar med ärenden."));
    CHECK(refused("from", "2026-03-01", "Första dagen har passerat."));
    CHECK(refused("from", "i morgon", "Skriv första dagen"));
    CHECK(refused("until", "2026-03-01", "Sista dagen är före den första."));
    CHECK(refused("until", "sen", "Skriv sista dagen"));
    CHECK(refused("duty", std::string(101, 'x'), "Skriv högst 100 tecken."));
    CHECK(has(district.give(district.bo, district.hanna, {}), "Välj minst ett slags uppgifter"));
    CHECK(district.count("assignment") == 0);
  }

  TEST_CASE("nobody gives themselves work with a participant, nor by handing over") {
    AssignmentDistrict district;
    CHECK(has(district.give(district.bo, district.bo), "Du ger inte dig själv uppdrag."));
    CHECK(district.give(district.bo, district.bo, {"work"}, "/interventions/prova").status == 422);
    district.give(district.bo, district.hanna);
    const auto leaving = "/colleagues/" + district.hanna.user.account.text + "/leaving";
    CHECK(district.post(district.bo, leaving, {{"to", district.bo.user.account.text}}).status == 422);
    CHECK(district.count("assignment") == 1);
  }

  TEST_CASE("a second click gives nothing twice") {
    AssignmentDistrict district;
    CHECK(district.give(district.bo, district.hanna).status == 303);
    district.now = district.now + 2;
    CHECK(district.give(district.bo, district.hanna).status == 303);
    CHECK(district.count("assignment") == 1);
    CHECK(district.keep_away(district.bo, district.ivar) == 303);
    CHECK(district.keep_away(district.bo, district.ivar) == 303);
    CHECK(district.count("conflict") == 1);
    const auto end = district.address + "/conflicts/" + district.ivar.user.account.text + "/end";
    CHECK(district.post(district.bo, end).status == 303);
    CHECK(district.post(district.bo, end).status == 303);
    CHECK(district.count("conflict") == 0);
  }

  TEST_CASE(
      "who works with everyone is decided on the intervention's page, and never for what concerns violence") {
    AssignmentDistrict district;
    const auto page = district.get(district.bo, "/interventions/prova/assignments");
    CHECK(has(page, "value=\"health\""));
    CHECK_FALSE(has(page, "value=\"violence\""));
    CHECK(has(district.give(district.bo, district.hanna, {"work", "violence"}, "/interventions/prova"),
              "Uppgifter om våld ges aldrig för alla."));
    CHECK(district.give(district.bo, district.hanna, {"work"}, "/interventions/prova").status == 303);
    CHECK(has(district.get(district.hanna, "/interventions/prova/participants"), "B2"));
    const auto end = "/assignments/" + district.one("select id as x from assignment") + "/end";
    CHECK(district.post(district.bo, district.address + end).status == 404);  // given elsewhere, ended there
    CHECK(district.post(district.bo, "/interventions/prova" + end).status == 303);
    CHECK(district.get(district.hanna, "/interventions/prova/participants").status == 404);
  }

  TEST_CASE("a handler sees on the participant's page which colleagues work with them, and changes nothing") {
    AssignmentDistrict district;
    district.give(district.bo, district.hanna);
    district.give(district.bo, district.ivar, {"work"}, "/interventions/prova");
    const auto page = district.get(district.hanna, district.address);
    CHECK(has(page, "Vilka som arbetar med deltagaren"));
    CHECK(has(page, "<b>ivar</b>"));
    CHECK(has(page, "alla i insatsen"));
    CHECK_FALSE(has(page, district.address + "/assignments"));
    district.prove(district.hanna);
    CHECK(district.get(district.hanna, district.address + "/assignments").status == 404);
    CHECK(district.give(district.hanna, district.ivar).status == 404);
    CHECK(district.keep_away(district.hanna, district.ivar) == 404);
    CHECK(district.get(district.hanna, "/interventions/prova/assignments").status == 403);
    CHECK(has(district.get(district.bo, district.address), district.address + "/assignments"));
  }
}
