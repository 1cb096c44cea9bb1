#include "assignment/assignment.h"

#include <doctest/doctest.h>

#include "tests/world.h"

using namespace stafett;

namespace {

// A1 and B2 are the municipality's participants. Bo heads there, Hanna and Ivar are coaches; Cecilia heads at
// the region, where Rut is a coach.
struct District : World {
  std::string address;
  Person hanna, ivar, rut;

  District() {
    add_intervention(prova);
    import_participations(
        "insats;deltagare;kön;födelseår;start\nprova;A1;kvinna;1980;2025-01-01\nprova;B2;man;1970;2025-01-"
        "01\n");
    import_decisions("insats;deltagare;datum;beslut;form\nprova;A1;2025-06-01;lönebidrag;ny\n");
    address = "/participants/" + participant("prova", "A1").text;
    hanna = sign_in("hanna", municipality, {"coach"});
    ivar = sign_in("ivar", municipality, {"coach"});
    rut = sign_in("rut", region, {"coach"});
    prove(bo);
    prove(cecilia);
  }

  web::Outgoing give(const Person& head, const Person& to, std::vector<std::string> kinds,
                     const std::string& where, Fields changes = {}) {
    Fields fields{
        {"colleague", to.user.account.text}, {"duty", "coach"}, {"from", "2026-03-02"}, {"until", ""}};
    for (const auto& [name, value] : changes)
      for (auto& field : fields)
        if (field.first == name) field.second = value;
    for (auto& kind : kinds) fields.emplace_back("kinds", kind);
    return post(head, where + "/assignments", fields);
  }
  web::Outgoing give(const Person& head, const Person& to,
                     std::vector<std::string> kinds = {"planning", "work"}) {
    return give(head, to, std::move(kinds), address);
  }
  int keep_away(const Person& head, const Person& from, const std::string& reason = "Deltagarens bror") {
    return post(head, address + "/conflicts", {{"person", from.user.account.text}, {"reason", reason}})
        .status;
  }
  // The municipality may tell the region what is planned.
  void open_door() {
    assign(ivar, "prova", "A1");
    REQUIRE(post(ivar, address + "/consents",
                 {{"to", region.id.text},
                  {"purpose", "coordination"},
                  {"opens", "2026-03-01"},
                  {"closes", "2026-08-31"},
                  {"language", "svenska"},
                  {"form", "paper"},
                  {"evidence", "pärm 4"},
                  {"kinds", "planning"}})
                .status == 303);
  }
  std::string one(const std::string& sql) {
    return database->read([&](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.text("x"); }, sql).value_or("");
    });
  }
  void change(const std::string& sql) {
    database->write([&](db::Transaction& tx) { tx.execute(sql); });
  }
};

}  // namespace

TEST_SUITE("assignment") {
  TEST_CASE(
      "a head lets a colleague work with a participant, who sees the kinds chosen from the next request") {
    District district;
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
    District district;
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
    District district;
    const auto days = District::Fields{{"from", "2026-03-05"}, {"until", "2026-03-06"}};
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
    District district;
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
    District district;
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
    District district;
    CHECK(has(district.give(district.bo, district.bo), "Du ger inte dig själv uppdrag."));
    CHECK(district.give(district.bo, district.bo, {"work"}, "/interventions/prova").status == 422);
    district.give(district.bo, district.hanna);
    const auto leaving = "/colleagues/" + district.hanna.user.account.text + "/leaving";
    CHECK(district.post(district.bo, leaving, {{"to", district.bo.user.account.text}}).status == 422);
    CHECK(district.count("assignment") == 1);
  }

  TEST_CASE("a second click gives nothing twice") {
    District district;
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
    District district;
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
    District district;
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

  TEST_CASE(
      "T15: whoever is put on the list of conflicts reaches nothing from then on, whatever they are "
      "assigned") {
    District district;
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
    District district;
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
    District district;
    district.keep_away(district.bo, district.hanna, "Granne");
    district.keep_away(district.bo, district.ivar, "Svåger");
    district.change("update conflict set reason = (select max(reason) from conflict)");
    const auto page = district.get(district.bo, district.address + "/assignments");
    CHECK(page.status == 503);
    CHECK_FALSE(has(page, "Svåger"));
  }

  TEST_CASE("a head who is in conflict says so, and from then on decides nothing about the participant") {
    District district;
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

  TEST_CASE(
      "the head of a party with an open door learns the code, and who of its own is to work with the "
      "participant") {
    District district;
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
    District district;
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
    District district;
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
    District district;
    district.give(district.bo, district.hanna);
    district.give(district.bo, district.ivar, {"work"}, "/interventions/prova");
    district.open_door();
    district.change("update participant set protection = 'marked'");
    CHECK(district.get(district.bo, district.address + "/assignments").status == 404);
    CHECK_FALSE(has(district.get(district.cecilia, "/assignments"), "A1"));
    district.assign(district.bo, "prova", "A1");
    const auto page = district.get(district.bo, district.address + "/assignments");
    CHECK(has(page, "hanna"));
    CHECK_FALSE(has(page, "alla i insatsen, "));
    CHECK(district.give(district.bo, district.ivar, {"planning"}).status == 303);
  }

  TEST_CASE("T09: an assignment is ended from its own participant's page, and by its own organisation") {
    District district;
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
    District district;
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
    District district;
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
