#include "note/note.h"

#include <doctest/doctest.h>

#include "tests/doors.h"
#include "tests/world.h"

using namespace stafett;

namespace {

// A1, with whom Bo of the municipality and Cecilia of the region work. The outsider here is Anna.
World district() {
  World world;
  world.add_intervention(prova);
  world.import_participations("insats;deltagare;start\nprova;A1;2025-01-01\n");
  world.assign(world.bo, "prova");
  world.assign(world.cecilia, "prova");
  return world;
}
std::string page(World& world) { return "/participants/" + world.participant("prova", "A1").text; }

int written(World& world, const World::Person& by, const std::string& kind, const std::string& text) {
  return world.post(by, page(world) + "/notes", {{"kind", kind}, {"text", text}}).status;
}

}  // namespace

TEST_SUITE("note") {
  TEST_CASE("who works with a participant writes a note in the own room, and reads it by its kind") {
    auto world = district();
    CHECK(written(world, world.bo, "work", "Trivs på praktiken.\nVill ha fler timmar.") == 303);
    const auto shown = world.get(world.bo, page(world));
    CHECK(has(shown, "<h2>Provköpings kommun</h2>"));
    CHECK(has(shown, "<h3>arbete och studier</h3>"));
    CHECK(has(shown, "<p>Trivs på praktiken.</p>"));
    CHECK(has(shown, "<p>Vill ha fler timmar.</p>"));
    CHECK(has(shown, "2 mars 2026 · bo"));
  }

  TEST_CASE("a note stands sealed in the database") {
    auto world = district();
    REQUIRE(written(world, world.bo, "work", "Trivs på praktiken.") == 303);
    const auto text = world.database->read([](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.text("text"); }, "select text from note").value();
    });
    CHECK(text.find("praktiken") == text.npos);
    CHECK(text.size() > 150);
  }

  TEST_CASE("an empty note, one that is too long and one of a kind one does not work with are not taken") {
    auto world = district();
    const auto coach = world.sign_in("hanna", world.municipality, {"coach"});
    world.assign(coach, "prova", "A1", {access::Kind::work});
    CHECK(written(world, world.bo, "work", " \n") == 422);
    CHECK(written(world, world.bo, "work", std::string(note::longest + 1, 'x')) == 422);
    CHECK(written(world, world.bo, "weather", "Regn") == 422);
    CHECK(written(world, coach, "health", "Sover dåligt") == 422);
    CHECK(written(world, coach, "work", "Går bra") == 303);
    const auto refused =
        world.post(coach, page(world) + "/notes", {{"kind", "health"}, {"text", "Sover dåligt"}});
    CHECK(has(refused, "Sover dåligt</textarea>"));
    CHECK(has(refused, "Välj ett slags uppgifter"));
  }

  TEST_CASE("another party sees no note without the participant's consent to free text") {
    auto world = district();
    REQUIRE(written(world, world.bo, "work", "Trivs på praktiken.") == 303);
    REQUIRE(written(world, world.bo, "health", "Sover dåligt.") == 303);
    CHECK_FALSE(has(world.get(world.cecilia, page(world)), "praktiken"));

    open_door(world, world.participant("prova", "A1"), world.municipality, world.region, {access::Kind::work}, false);
    CHECK_FALSE(has(world.get(world.cecilia, page(world)), "praktiken"));

    open_door(world, world.participant("prova", "A1"), world.municipality, world.region, {access::Kind::work}, true);
    const auto shown = world.get(world.cecilia, page(world));
    CHECK(has(shown, "praktiken"));
    CHECK_FALSE(has(shown, "Sover"));
    CHECK_FALSE(has(world.get(world.bo, page(world)), "<h2>Region Provlandet</h2>\n<p class=\"quiet\">"));
  }

  TEST_CASE("where it is no secret one is told that there is something, and else nothing at all") {
    auto world = district();
    CHECK(has(world.get(world.cecilia, page(world)),
              "Provköpings kommun har uppgifter som inte delas med er."));
    world.assign(world.cecilia, "prova", "A1");
    world.database->write(
        [](db::Transaction& tx) { tx.execute("update participant set protection = 'marked'"); });
    CHECK_FALSE(has(world.get(world.cecilia, page(world)), "som inte delas med er"));
  }

  TEST_CASE("each room has its own key, and nobody writes in another's") {
    auto world = district();
    REQUIRE(written(world, world.bo, "work", "Kommunens.") == 303);
    REQUIRE(written(world, world.cecilia, "health", "Regionens.") == 303);
    const auto rooms = world.database->read([](db::Transaction& tx) {
      return tx.list([](const db::Row& row) { return row.text("organisation_id"); },
                     "select organisation_id from note order by written_at, id");
    });
    CHECK(rooms == std::vector{world.municipality.id.text, world.region.id.text});
    CHECK_FALSE(has(world.get(world.bo, page(world)), "Regionens."));
    CHECK_FALSE(has(world.get(world.cecilia, page(world)), "Kommunens."));
  }

  TEST_CASE(
      "the outsider, the director, the administrator and a head who reads no cases write and read nothing") {
    auto world = district();
    REQUIRE(written(world, world.bo, "work", "Trivs på praktiken.") == 303);
    auto head = world.sign_in("hedda", world.municipality, {"unit head"});
    for (const auto* other : {&world.anna, &world.disa, &world.eva, &world.frej, &head}) {
      CAPTURE(other->user.name);
      CHECK(written(world, *other, "work", "Obehörig.") == 404);
      CHECK_FALSE(has(world.get(*other, page(world)), "praktiken"));
    }
    CHECK(world.get(head, page(world)).status == 200);
  }

  TEST_CASE("T40: two notes that have changed places do not open") {
    auto world = district();
    REQUIRE(written(world, world.bo, "work", "Den ena.") == 303);
    REQUIRE(written(world, world.bo, "work", "Den andra.") == 303);
    world.database->write([](db::Transaction& tx) {
      const auto notes = tx.list(
          [](const db::Row& row) {
            return std::pair{row.text("id"), row.text("text")};
          },
          "select id, text from note order by id");
      tx.execute("update note set text = :text where id = :id",
                 {{"text", notes[1].second}, {"id", notes[0].first}});
      tx.execute("update note set text = :text where id = :id",
                 {{"text", notes[0].second}, {"id", notes[1].first}});
    });
    const auto shown = world.get(world.bo, page(world));
    CHECK(shown.status == 503);
    CHECK_FALSE(has(shown, "Den ena."));
  }
}
