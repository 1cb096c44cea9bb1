#include "consent/consent.h"

#include <doctest/doctest.h>

#include "tests/world.h"

using namespace stafett;

namespace {

// A1 is the municipality's participant: Bo works with A1 there, and Anna at Försäkringskassan. Cecilia is another
// party's, and works with nobody.
struct District : World {
  std::string address;

  District() {
    add_intervention(prova);
    import_participations(
        "insats;deltagare;kön;födelseår;hemkommun;start;försörjning vid start\n"
        "prova;A1;kvinna;1980;0980;2025-01-01;sjukpenning\n");
    import_decisions("insats;deltagare;datum;beslut;form\nprova;A1;2025-06-01;lönebidrag;ny\n");
    address = "/participants/" + participant("prova", "A1").text;
    anna = sign_in("anna-2", insurance_agency, {"coach"});
    assign(bo, "prova", "A1");
    assign(anna, "prova", "A1");
  }

  // Bo notes that the municipality may tell another party of these kinds.
  web::Outgoing consent(std::vector<std::string> kinds, Fields changes = {}) {
    Fields fields{{"to", insurance_agency.id.text}, {"purpose", "coordination"}, {"opens", "2026-03-01"},
                  {"closes", "2026-08-31"},         {"language", "svenska"},     {"form", "paper"},
                  {"evidence", "pärm 4"}};
    for (const auto& [name, value] : changes)
      for (auto& field : fields)
        if (field.first == name) field.second = value;
    for (auto& kind : kinds) fields.emplace_back("kinds", kind);
    return post(bo, address + "/consents", fields);
  }
  std::string only_consent() {
    return database->read([](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.text("id"); }, "select id from consent").value();
    });
  }
  // What stands in the database.
  std::string kept(const std::string& column) {
    return database->read([&](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.text("kept"); }, "select " + column + " as kept from consent").value();
    });
  }
  // Nothing of the owner's room is on Anna's page.
  bool is_shut() {
    const auto page = get(anna, address);
    for (const auto* told : {"A1", "kvinna", "1980", "1 januari 2025", "sjukpenning", "lönebidrag"})
      if (has(page, told)) return false;
    return page.status == 200;
  }
  web::Outgoing withdraw(const Person& by, std::vector<std::string> kinds) {
    Fields fields{{"form", "spoken"}};
    for (auto& kind : kinds) fields.emplace_back("kinds", kind);
    return post(by, address + "/consents/" + only_consent() + "/withdrawal", fields);
  }
};

}  // namespace

TEST_SUITE("consent") {
  TEST_CASE("without a consent another party's handler sees nothing of the owner's, and its colleagues find nobody") {
    District district;
    CHECK(has(district.get(district.bo, district.address), "A1"));
    CHECK(district.is_shut());
    const auto colleague = district.sign_in("arne", district.insurance_agency, {"coach"});
    CHECK(district.get(colleague, district.address).status == 404);
  }

  TEST_CASE("the head of a party that may be told says who of its own is to work with the participant") {
    District district;
    const auto head = district.sign_in("aina", district.region, {"unit head"});
    CHECK(district.get(head, district.address).status == 404);
    district.consent({"planning"}, {{"to", district.region.id.text}});
    const auto page = district.get(head, district.address);
    CHECK(page.status == 200);
    CHECK_FALSE(has(page, "A1"));
  }

  TEST_CASE("T05: one consented kind shows no other") {
    District district;
    CHECK(district.consent({"planning"}).status == 303);
    const auto page = district.get(district.anna, district.address);
    CHECK(page.status == 200);
    CHECK(has(page, "1 januari 2025"));
    CHECK_FALSE(has(page, "sjukpenning"));
    CHECK_FALSE(has(page, "lönebidrag"));
    CHECK(district.get(district.cecilia, district.address).status == 404);
  }

  TEST_CASE("a withdrawn consent shuts the door at the next request, and in part shuts a part") {
    District district;
    district.consent({"planning", "work", "income"});
    CHECK(has(district.get(district.anna, district.address), "sjukpenning"));
    CHECK(district.withdraw(district.bo, {"income"}).status == 303);
    const auto page = district.get(district.anna, district.address);
    CHECK(has(page, "lönebidrag"));
    CHECK_FALSE(has(page, "sjukpenning"));
    CHECK(district.withdraw(district.bo, {"planning", "work"}).status == 303);
    CHECK(district.is_shut());
    CHECK(has(district.get(district.bo, district.address + "/consents"), "återkallat"));
    CHECK(district.withdraw(district.bo, {"work"}).status == 409);
  }

  TEST_CASE("whoever the participant turns to notes the withdrawal") {
    District district;
    district.consent({"planning"});
    CHECK(district.withdraw(district.anna, {"planning"}).status == 303);
    CHECK(district.is_shut());
  }

  TEST_CASE("T03: a consent holds from its first day and through its last") {
    District district;
    district.consent({"planning"}, {{"opens", "2026-03-03"}, {"closes", "2026-03-03"}});
    const auto is_shut_at = [&](const char* moment) {
      district.now = *Moment::read(moment);
      district.anna = district.sign_in(std::string("anna ") + moment, district.insurance_agency, {"coach"});
      district.assign(district.anna, "prova", "A1");
      return district.is_shut();
    };
    CHECK(is_shut_at("2026-03-02 23:59:59"));
    CHECK_FALSE(is_shut_at("2026-03-03 00:00:00"));
    CHECK_FALSE(is_shut_at("2026-03-03 23:59:59"));
    CHECK(is_shut_at("2026-03-04 00:00:00"));
  }

  TEST_CASE("what is missing in a consent is said beside it, and nothing is noted") {
    District district;
    const auto page = district.post(district.bo, district.address + "/consents", {{"opens", "i morgon"}});
    CHECK(page.status == 422);
    for (const auto* said : {"Välj vem som får veta.", "Skriv första dagen som 2026-03-01.", "Välj ändamål."}) {
      CAPTURE(said);
      CHECK(has(page, said));
    }
    CHECK(district.consent({}).status == 422);
    CHECK(district.consent({"planning"}, {{"closes", "2027-09-30"}}).status == 422);
    CHECK(district.consent({"planning"}, {{"to", district.association.id.text}}).status == 422);
    CHECK(district.consent({"planning"}, {{"to", district.municipality.id.text}}).status == 422);
    CHECK(has(district.get(district.bo, district.address + "/consents"), "Det finns inget samtycke."));
  }

  TEST_CASE("a head sees the consents and is offered nothing that would be refused") {
    District district;
    district.consent({"planning"});
    const auto head = district.sign_in("hilda", district.municipality, {"unit head"});
    const auto page = district.get(head, district.address + "/consents");
    CHECK(has(page, "Försäkringskassan"));
    CHECK_FALSE(has(page, "/consents/new"));
    CHECK_FALSE(has(page, "/withdrawal"));
    CHECK(has(district.get(district.bo, district.address + "/consents"), "/consents/new"));
  }

  TEST_CASE("the outsider, the director and the administrator come to no consent and note none") {
    District district;
    district.consent({"planning"});
    for (const auto* other : {&district.cecilia, &district.disa, &district.eva, &district.frej}) {
      CAPTURE(other->user.name);
      CHECK(district.get(*other, district.address + "/consents").status == 404);
      CHECK(district.get(*other, district.address + "/consents/new").status == 404);
      CHECK(district.post(*other, district.address + "/consents", {{"to", district.region.id.text}}).status == 404);
      CHECK(district.withdraw(*other, {"planning"}).status == 404);
    }
    CHECK_FALSE(district.is_shut());
  }

  TEST_CASE("what two other parties share is not for a third to know") {
    District district;
    district.consent({"planning"});
    const auto dag = district.sign_in("dag", district.region, {"coach"});
    district.assign(dag, "prova", "A1");
    district.consent({"work"}, {{"to", district.region.id.text}});
    const auto page = district.get(dag, district.address + "/consents");
    CHECK(has(page, "Provköpings kommun → Region Provlandet"));
    CHECK_FALSE(has(page, "Försäkringskassan"));
  }

  TEST_CASE("a consent that runs out within a month is shown in time to those who work with the participant") {
    District district;
    district.consent({"planning"}, {{"closes", "2026-03-20"}});
    CHECK(has(district.get(district.bo, "/consents"), "20 mars 2026"));
    CHECK(has(district.get(district.anna, "/consents"), "20 mars 2026"));
    CHECK_FALSE(has(district.get(district.cecilia, "/consents"), "20 mars 2026"));
    CHECK(district.get(district.eva, "/consents").status == 403);
    district.withdraw(district.bo, {"planning"});
    CHECK_FALSE(has(district.get(district.bo, "/consents"), "20 mars 2026"));
  }

  TEST_CASE("T44: what is written about a consent is sealed, and only the party that noted it reads it") {
    District district;
    district.consent({"planning"}, {{"language", "somaliska"}, {"evidence", "Kims syster hörde det"}});
    for (const auto* column : {"language", "evidence"}) {
      const auto kept = district.kept(column);
      CHECK(kept.find("somaliska") == std::string::npos);
      CHECK(kept.find("Kims syster") == std::string::npos);
    }
    const auto own = district.get(district.bo, district.address + "/consents");
    CHECK(has(own, "somaliska"));
    CHECK(has(own, "Kims syster hörde det"));
    const auto others = district.get(district.anna, district.address + "/consents");
    CHECK(has(others, "Provköpings kommun → Försäkringskassan"));
    CHECK_FALSE(has(others, "somaliska"));
    CHECK_FALSE(has(others, "Kims syster"));
  }

  TEST_CASE("T40: what is written about one consent does not open in another's place") {
    District district;
    district.consent({"planning"}, {{"evidence", "Kims syster hörde det"}});
    district.consent({"work"}, {{"evidence", "pärm 9"}});
    district.execute("update consent set evidence = (select max(evidence) from consent)");
    CHECK(district.get(district.bo, district.address + "/consents").status == 503);
  }

  TEST_CASE("what stood in clear about a consent is sealed at the next start") {
    District district;
    district.consent({"planning"});
    district.execute("update consent set language = 'somaliska', evidence = 'Kims syster hörde det', is_sealed = (1 = 0)");
    const auto sealed = [&] {
      return district.database->write(
          [&](db::Transaction& tx) { return access::seal_some(tx, consent::notes_in_clear, 10, district.now); });
    };
    CHECK(sealed() == 1);
    CHECK(sealed() == 0);
    CHECK(district.kept("evidence").find("Kims syster") == std::string::npos);
    CHECK(has(district.get(district.bo, district.address + "/consents"), "Kims syster hörde det"));
  }
}
