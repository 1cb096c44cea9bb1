#include "baton/handover.h"

#include "tests/relay.h"

using namespace stafett;

TEST_SUITE("handover") {
  TEST_CASE("before it is offered, the giver sees what goes along by the consent and what stays") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    const auto page = road.get(road.hanna, road.page + "/handovers/new");
    CHECK(has(page, "<h3>" + road.region.name + "</h3>"));
    CHECK(has(page, "<dt>Följer med</dt><dd>planering, arbete och studier</dd>"));
    CHECK(has(page, "<dt>Stannar här</dt><dd>namn och kontakt, försörjning"));
    CHECK(has(page, "till 26 december 2026"));
    CHECK(has(page, "<h3>karin</h3>"));
    CHECK_FALSE(has(page, "<h3>hanna</h3>"));
    CHECK_FALSE(has(page, "Försäkringskassan"));
  }

  TEST_CASE("the giver holds the baton until the receiver has said yes, with a next step") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    REQUIRE(road.offers(road.hanna).status == 303);
    CHECK(road.holder() == "hanna");
    CHECK(has(road.get(road.hanna, road.page), "<small>Erbjuden i dag</small><strong>" + road.region.name));
    const auto question = road.get(road.gun, road.page + "/handovers/" + road.open());
    CHECK(has(question, "Klar för praktik."));
    CHECK(has(question, "planering, arbete och studier"));
    CHECK(road.post(road.gun, road.page + "/handovers/" + road.open() + "/acceptance", {{"step", ""}, {"step_on", "2026-03-25"}}).status == 422);
    CHECK(road.holder() == "hanna");
    CHECK(road.accepts(road.gun).status == 303);
    CHECK(road.holder() == "gun");
    CHECK(has(road.get(road.hanna, road.page), "<small>Håller pinnen</small><strong>gun"));
  }

  TEST_CASE("both have a hand on it until the day that was agreed, then the giver's support goes on") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    REQUIRE(road.offers(road.hanna, {{"to", road.region.id.text + " "}, {"meeting_on", "2026-03-12"}, {"support_until", "2026-06-01"}}).status == 303);
    CHECK(has(road.get(road.hanna, road.page), "överlämningsmöte 12 mars 2026"));
    REQUIRE(road.accepts(road.gun).status == 303);
    CHECK(has(road.get(road.gun, road.page), "Håller också i, till 12 mars 2026</small><strong>Provköpings kommun"));
    road.later(11);
    CHECK(has(road.get(road.gun, road.page), "Stöttar till 1 juni 2026"));
    road.later(100);
    CHECK_FALSE(has(road.get(road.gun, road.page), "Stöttar till"));
  }

  TEST_CASE("a no says why, in words where no other reason fits, and the giver still holds it") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    REQUIRE(road.offers(road.hanna).status == 303);
    CHECK(road.refuses(road.gun, "").status == 422);
    CHECK(road.refuses(road.gun, "other", " ").status == 422);
    CHECK(road.refuses(road.gun, "other", "väntar på läkarutlåtande").status == 303);
    CHECK(road.holder() == "hanna");
    CHECK(has(road.get(road.hanna, road.page), "tackade nej till överlämningen 2 mars 2026: väntar på läkarutlåtande."));
    REQUIRE(road.offers(road.hanna).status == 303);
    REQUIRE(road.refuses(road.gun, "unclear goal").status == 303);
    CHECK(has(road.get(road.hanna, road.page), "målet är otydligt"));
  }

  TEST_CASE("one handover is open at a time, and the giver may withdraw it") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    REQUIRE(road.offers(road.hanna).status == 303);
    CHECK(road.offers(road.hanna).status == 409);
    CHECK(road.count("handover") == 1);
    const auto address = road.page + "/handovers/" + road.open();
    CHECK(road.withdraws(road.gun).status == 409);
    CHECK(road.withdraws(road.hanna).status == 303);
    CHECK(road.post(road.gun, address + "/acceptance", {{"step", "x"}, {"step_on", "2026-03-25"}}).status == 409);
    CHECK(road.holder() == "hanna");
    CHECK(road.offers(road.hanna).status == 303);
  }

  TEST_CASE("it is offered only to whom a consent lets be told of the planning, or to a colleague in the case") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    const auto refused = road.offers(road.hanna, {{"to", road.insurance_agency.id.text + " "}, {"message", "Hej"}});
    CHECK(refused.status == 422);
    CHECK(has(refused, ">\nHej</textarea>"));
    CHECK(road.offers(road.hanna, {{"to", ""}}).status == 422);
    CHECK(road.offers(road.hanna, {{"to", road.municipality.id.text + " " + road.disa.user.account.text}}).status == 422);
    CHECK(road.offers(road.hanna, {{"to", road.association.id.text + " "}}).status == 422);
    shut_doors(road);
    CHECK(road.offers(road.hanna).status == 422);
    CHECK(road.count("handover") == 0);
    CHECK(road.offers(road.hanna, {{"to", road.municipality.id.text + " " + road.karin.user.account.text}}).status == 303);
    CHECK(road.accepts(road.karin).status == 303);
    CHECK(road.holder() == "karin");
  }

  TEST_CASE("a consent that is withdrawn meanwhile leaves the baton with the giver") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    REQUIRE(road.offers(road.hanna).status == 303);
    shut_doors(road);
    CHECK_FALSE(has(road.get(road.gun, road.page), "Klar för praktik"));
    CHECK(road.accepts(road.gun).status == 409);
    CHECK(road.holder() == "hanna");
    CHECK(road.withdraws(road.hanna).status == 303);
  }

  TEST_CASE("without free text in the consent the message is not read, and the words of the answer reach the giver") {
    Relay road;
    road.execute("update consent set free_text = '0'");
    REQUIRE(road.takes(road.hanna).status == 303);
    REQUIRE(road.offers(road.hanna).status == 303);
    const auto question = road.get(road.gun, road.page + "/handovers/" + road.open());
    CHECK_FALSE(has(question, "Klar för praktik"));
    CHECK(has(question, "inte det som är skrivet i fritext"));
    REQUIRE(road.refuses(road.gun, "other", "fullt till juni").status == 303);
    CHECK(has(road.get(road.hanna, road.page), "fullt till juni"));
    CHECK_FALSE(has(road.get(road.gun, road.page), "fullt till juni"));
  }

  TEST_CASE("silence is never a yes: after days it is shown to the whole unit, then to its head, and the giver sees that") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    REQUIRE(road.offers(road.hanna).status == 303);
    const auto silent = [&](const World::Person& person) {
      return road.database->read([&](db::Transaction& tx) { return baton::silences(tx, person.user, road.now, {}).size(); });
    };
    CHECK(silent(road.cecilia) == 0);
    road.later(baton::unit_sees_after_days);
    CHECK(silent(road.cecilia) == 1);
    CHECK(silent(road.anna) == 0);
    CHECK(silent(road.eva) == 0);
    CHECK(has(road.get(road.hanna, road.page), "Hela deras enhet ser"));
    road.later(300);
    CHECK(has(road.get(road.hanna, road.page), "Deras enhet och dess chef ser"));
    CHECK(road.holder() == "hanna");
    CHECK(road.count("handover where outcome = ''") == 1);
  }

  TEST_CASE("T13: those who are not in the case neither offer, answer nor withdraw") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    REQUIRE(road.offers(road.hanna).status == 303);
    for (const auto* person : {&road.anna, &road.cecilia, &road.disa, &road.eva, &road.frej}) {
      CAPTURE(person->user.name);
      CHECK(road.accepts(*person).status == 404);
      CHECK(road.refuses(*person, "not now").status == 404);
      CHECK(road.withdraws(*person).status == 404);
      CHECK(road.offers(*person).status == 404);
    }
    CHECK(road.accepts(road.karin).status == 409);  // it was not offered there
    CHECK(road.holder() == "hanna");
  }

  TEST_CASE("the receiving unit's head sees that it is offered and by whom, nothing else, and says who is to work with it") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    REQUIRE(road.offers(road.hanna).status == 303);
    const auto page = road.get(road.cecilia, road.page + "/handovers/" + road.open());
    CHECK(page.status == 200);
    CHECK(has(page, "Provköpings kommun"));
    CHECK(has(page, road.page + "/assignments"));
    CHECK_FALSE(has(page, "Klar för praktik"));
    CHECK_FALSE(has(page, "/acceptance"));
    for (const auto* person : {&road.anna, &road.disa, &road.eva, &road.frej})
      CHECK(road.get(*person, road.page + "/handovers/" + road.open()).status == 404);
  }

  TEST_CASE("the words of a handover stand sealed in the database") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    REQUIRE(road.offers(road.hanna).status == 303);
    REQUIRE(road.refuses(road.gun, "other", "fullt till juni").status == 303);
    const auto words = road.word("select message || answer as x from handover");
    CHECK(words.find("praktik") == words.npos);
    CHECK(words.find("juni") == words.npos);
    CHECK(words.size() > 300);
  }
}
