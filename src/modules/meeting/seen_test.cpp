// Who sees what of a meeting, what is sealed, and what becomes of it.
#include "meeting/agreement.h"
#include "tests/disposal_district.h"
#include "tests/meetings.h"
#include "tests/protected_district.h"

using namespace stafett;
using access::Kind;

TEST_SUITE("meeting") {
  TEST_CASE("what was said and agreed stands sealed in the database") {
    Meetings world;
    REQUIRE(world.write(world.bo,
                        {{"agenda", "Vad bussen kostar"}, {"kind", "sip"}, {"problem", "Sömnen"}}) == 303);
    const auto kept = world.text("select place || agenda || notes || problem as x from meeting") +
                      world.text("select what as x from agreement");
    for (const auto* word : {"Ekrummet", "bussen", "kaféet", "Sömnen", "Ringa"})
      CHECK(kept.find(word) == kept.npos);
    CHECK(kept.size() > 600);
  }

  TEST_CASE("T40: words that have changed places do not open") {
    Meetings world;
    REQUIRE(world.write(world.bo, {{"agenda", "Vad bussen kostar"}}) == 303);
    world.execute("update meeting set notes = agenda");
    CHECK(world.get(world.bo, world.kim).status == 503);
  }

  TEST_CASE("another party sees nothing of a meeting without a door, and says nothing of it") {
    Meetings world;
    REQUIRE(world.write(world.bo) == 303);
    const auto shown = world.get(world.cecilia, world.kim);
    CHECK(has(shown, "Provköpings kommun har uppgifter som inte delas med er."));
    for (const auto* word : {"nätverksmöte", "kaféet", "senast"}) CHECK_FALSE(has(shown, word));
    CHECK(world.get(world.cecilia, world.meeting_address()).status == 404);
  }

  TEST_CASE("a door for the kind without free text shows that they met, when and with whom, and no words") {
    Meetings world;
    world.open_door({Kind::planning}, false);
    REQUIRE(world.write(world.bo, {{"kind", "follow-up"}, {"outcome", "plan changed"}}) == 303);
    for (const auto& page : {world.kim, world.meeting_address()}) {
      const auto shown = world.get(world.cecilia, page);
      CHECK(has(shown, "uppföljningsmöte"));
      CHECK(has(shown, "2 mars 2026 kl. 08.30"));
      CHECK(has(shown, "deltagaren"));
      CHECK(has(shown, "Provköpings kommun, senast 9 mars 2026"));
      for (const auto* word :
           {"kaféet", "bussen", "Ekrummet", "planen ändrad", "/outcome", "/edit", "/paper"}) {
        CAPTURE(word);
        CHECK_FALSE(has(shown, word));
      }
      CHECK_FALSE(has(world.get(world.cecilia, page, "application/json"), "bussen"));
    }
  }

  TEST_CASE(
      "a door for another kind shows nothing of it, and one with free text all, but nobody writes through "
      "it") {
    Meetings world;
    REQUIRE(world.write(world.bo, {{"about", "work"}}) == 303);
    world.open_door({Kind::planning}, true);
    CHECK_FALSE(has(world.get(world.cecilia, world.kim), "nätverksmöte"));
    world.open_door({Kind::work}, true);
    CHECK(has(world.get(world.cecilia, world.kim), "Vill prova kaféet."));
    CHECK(has(world.get(world.cecilia, world.meeting_address()), "Ekrummet"));
    CHECK(world.get(world.cecilia, world.meeting_address() + "/edit").status == 404);
    CHECK(world.get(world.cecilia, world.meeting_address() + "/paper").status != 200);
    CHECK(world.post(world.cecilia, world.meeting_address(), world.a_meeting({{"version", "1"}})).status ==
          404);
    CHECK(world.post(world.cecilia, world.outcome_address("2026-03-04"), {{"state", "done"}, {"was", "open"}})
              .status == 404);
    CHECK(world.count("agreement where state <> 'open'") == 0);
  }

  TEST_CASE("a meeting of a kind one does not work with is neither written nor read at home") {
    Meetings world;
    const auto coach = world.sign_in("hanna", world.municipality, {"coach"});
    world.assign(coach, "prova", "A1", {Kind::work});
    CHECK(world.write(coach, {{"about", "health"}}) == 422);
    REQUIRE(world.write(world.bo, {{"about", "health"}}) == 303);
    CHECK_FALSE(has(world.get(coach, world.kim), "kaféet"));
    CHECK(world.get(coach, world.meeting_address()).status == 404);
    CHECK(world.get(coach, world.meeting_address() + "/edit").status == 404);
    CHECK(
        world.post(coach, world.outcome_address("2026-03-04"), {{"state", "done"}, {"was", "open"}}).status ==
        404);
  }

  TEST_CASE(
      "the outsider, the director, the administrator and a head who reads no cases write and read nothing") {
    Meetings world;
    REQUIRE(world.write(world.bo) == 303);
    auto head = world.sign_in("hedda", world.municipality, {"unit head"});
    const auto address = world.meeting_address(), outcome = world.outcome_address("2026-03-04");
    for (const auto* other : {&world.anna, &world.disa, &world.eva, &world.frej, &head}) {
      CAPTURE(other->user.name);
      CHECK(world.write(*other) == 404);
      CHECK(world.get(*other, world.kim + "/meetings/new").status == 404);
      CHECK(world.get(*other, address + "/edit").status == 404);
      CHECK(world.get(*other, address + "/paper").status != 200);
      CHECK(world.post(*other, address, world.a_meeting({{"version", "1"}})).status == 404);
      CHECK(world.post(*other, outcome, {{"state", "done"}, {"was", "open"}}).status == 404);
      CHECK_FALSE(has(world.get(*other, world.kim), "kaféet"));
      CHECK_FALSE(has(world.get(*other, address), "kaféet"));
      CHECK(has(world.get(*other, world.kim), "nätverksmöte") ==
            (other == &head));  // who is met when, and no words
    }
    CHECK(world.count("meeting") == 1);
  }

  TEST_CASE("with leave to see alone nothing is written, changed or said to be done") {
    Meetings world;
    REQUIRE(world.write(world.bo) == 303);
    const auto id = world.participant("prova", "A1");
    world.database->write([&](db::Transaction& tx) {
      const auto permit = access::admit(tx, world.bo.user, {.participant = id}, world.now).value();
      auto one = meeting::of(tx, permit).front();
      const auto agreement = one.agreements.front().id;
      CHECK_FALSE(meeting::add(tx, permit, world.bo.user, one));
      CHECK_FALSE(meeting::change(tx, permit, world.bo.user, one));
      CHECK_FALSE(meeting::settle(tx, permit, world.bo.user, agreement, {}));
      CHECK_THROWS_AS(meeting::erase(tx, permit, access::Kinds::all()), std::logic_error);
      CHECK_THROWS_AS(meeting::forget_places(tx, permit), std::logic_error);
    });
    CHECK(world.count("meeting where version = 1") == 1);
    CHECK(world.count("agreement where state = 'open'") == 2);
  }

  TEST_CASE("one participant's meeting is not found at another's address") {
    Meetings world;
    REQUIRE(world.write(world.bo) == 303);
    const auto other = "/participants/" + world.participant("prova", "A2").text;
    const auto id = world.meeting_address().substr(world.kim.size());
    CHECK(world.get(world.bo, other + id).status == 404);
    CHECK(world.post(world.bo, other + id, world.a_meeting({{"version", "1"}})).status == 404);
    const auto outcome = world.outcome_address("2026-03-04").substr(world.kim.size());
    CHECK(world.post(world.bo, other + outcome, {{"state", "done"}, {"was", "open"}}).status == 404);
  }

  TEST_CASE("to print takes a fresh sign-in, and stands in the log as that") {
    Meetings world;
    REQUIRE(world.write(world.bo) == 303);
    CHECK(location(world.get(world.bo, world.meeting_address() + "/paper")).starts_with("/sign-in/again"));
    world.proved_again = true;
    const auto paper = world.get(world.bo, world.meeting_address() + "/paper");
    CHECK(has(paper, "data-print"));
    CHECK(has(paper, "Vill prova kaféet."));
    CHECK(world.count("access_log where action = 'print' and allowed = 1") == 1);
  }

  TEST_CASE("what is open and what is planned is told of many at once, of each only what its permit opens") {
    Meetings world;
    REQUIRE(world.write(world.bo) == 303);
    REQUIRE(world.write(world.bo, {{"date", "2026-03-05"}, {"about", "health"}, {"due-2", "2026-03-12"}}) ==
            303);
    const Id<participant::Participant> a1 = world.participant("prova", "A1"),
                                       a2 = world.participant("prova", "A2");
    world.kim = "/participants/" + a2.text;
    REQUIRE(world.write(world.bo, {{"about", "health"}, {"what-1", "Boka läkare"}}) == 303);
    world.execute("update agreement set state = 'done' where participant_id = '" + a2.text +
                  "' and who = 'participant'");
    const auto coach = world.sign_in("hanna", world.municipality, {"coach"});
    world.assign(coach, "prova", "A1", {Kind::planning});
    world.assign(coach, "prova", "A2", {Kind::health});
    const auto told = [&](const World::Person& person) {
      return world.database->write([&](db::Transaction& tx) {
        std::vector<access::Permit> both;
        for (const auto& id : {a1, a2})
          both.push_back(access::admit(tx, person.user, {.participant = id}, world.now).value());
        std::string all;
        for (const auto& agreement : meeting::agreements_open(tx, both)) all += agreement.what + ", ";
        return all + std::to_string(meeting::planned(tx, both).size()) + " " +
               std::to_string(meeting::agreements_open(tx, both[0]).size()) + " " +
               std::to_string(meeting::planned(tx, both[1]).size());
      });
    };
    CHECK(told(coach) == "Pröva bussen, Ringa kaféet, Boka läkare, 0 2 0");
    CHECK(told(world.bo) == "Pröva bussen, Ringa kaféet, Ringa kaféet, Boka läkare, Pröva bussen, 1 4 0");
  }

  TEST_CASE("whoever is protected has no place kept, old or new, and what stays opens with the new key") {
    ProtectedDistrict world;
    const World::Fields fields{{"kind", "network"},      {"form", "room"},       {"about", "planning"},
                               {"date", "2026-03-02"},   {"time", "08:30"},      {"place", "Ekrummet 17"},
                               {"notes", "Vill prova."}, {"rows", "3"},          {"what-1", "Ringa"},
                               {"who-1", "participant"}, {"due-1", "2026-03-09"}};
    REQUIRE(world.post(world.karin, world.kim + "/meetings", fields).status == 303);
    auto contact = fields;
    contact[2].second = "contact";
    REQUIRE(world.post(world.karin, world.kim + "/meetings", contact).status == 303);
    REQUIRE(has(world.get(world.karin, world.kim), "Vill prova."));
    REQUIRE(world.protect(world.karin).status == 303);
    CHECK(world.count("meeting") == 1);
    CHECK(world.count("agreement") == 1);
    CHECK(world.count("meeting where place <> ''") == 0);
    const auto shown = world.get(world.karin, world.kim);
    CHECK(has(shown, "Vill prova."));
    CHECK(has(shown, "Ringa"));
    CHECK(world.get(world.lena, world.kim + "/meetings/new").status == 404);
    CHECK_FALSE(has(world.get(world.karin, world.kim + "/meetings/new"), "name=\"place\""));
    REQUIRE(world.post(world.karin, world.kim + "/meetings", fields).status == 303);
    CHECK(world.count("meeting where place <> ''") == 0);
  }

  TEST_CASE("T43: meetings and agreements are disposed of with the case, after the archive has had them") {
    DisposalDistrict world;
    world.move_to(world.folder);
    REQUIRE(world
                .post(world.bo, world.kim + "/meetings",
                      {{"kind", "network"},
                       {"form", "room"},
                       {"about", "health"},
                       {"date", "2026-03-02"},
                       {"time", "08:30"},
                       {"invited", world.region.id.text},
                       {"notes", "Orkar mer än i höstas"},
                       {"what-1", "Boka läkare"},
                       {"who-1", "participant"},
                       {"due-1", "2026-03-09"}})
                .status == 303);
    const auto sealed = world.database->read([](db::Transaction& tx) {
      return tx.list([](const db::Row& row) { return row.text("x"); },
                     "select notes as x from meeting union all select what as x from agreement");
    });
    REQUIRE(sealed.size() == 2);
    world.rule("255", "12", "yes");
    world.later(365);
    REQUIRE(world.step(world.bo, "") == 303);
    REQUIRE(world.step(world.inga, "/confirmation") == 303);
    world.later(30);
    const auto file = world.get(world.bo, world.kim + "/disposal/file");
    for (const auto* word : {"Orkar mer än i höstas", "Boka läkare", "Region Provlandet", "\"health\""})
      CHECK(has(file, word));
    REQUIRE(world.step(world.bo, "/erasure") == 303);
    for (const auto* table : {"meeting", "meeting_party", "agreement"}) CHECK(world.count(table) == 0);
    for (const auto& text : sealed) CHECK(world.folder.bytes().find(text) == std::string::npos);
  }

  TEST_CASE("a meeting puts off the day when a case is to be disposed of, as a note does") {
    DisposalDistrict world;
    world.rule();
    world.later(364);
    REQUIRE(world
                .post(world.bo, world.kim + "/meetings",
                      {{"kind", "network"},
                       {"form", "phone"},
                       {"about", "work"},
                       {"date", "2027-03-01"},
                       {"time", "08:30"}})
                .status == 303);
    world.later(1);
    CHECK(world.step(world.bo, "") != 303);
  }
}
