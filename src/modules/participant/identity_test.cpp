#include "participant/identity.h"

#include <doctest/doctest.h>

#include "access/keys.h"
#include "tests/world.h"

using namespace stafett;
using participant::Identity;

namespace {

const Identity kim{"196408233234", "Kim Provare", "070-174 06 05", "Storgatan 1, Provköping",
                   "kim@example.se"};
const World::Fields kims_form{{"name", kim.name},
                              {"personal_number", "640823-3234"},
                              {"phone", kim.phone},
                              {"email", kim.email},
                              {"address", kim.address}};

// Two participants, A1 and A2; Bo works with both.
World district(const std::string& numbers = ";") {
  World world;
  world.add_intervention(prova);
  world.import_participations("insats;deltagare;start;personnummer\nprova;A1;2025-01-01" + numbers +
                              "\nprova;A2;2025-01-01;\n");
  world.assign(world.bo, "prova");
  return world;
}
std::string page_of(World& world, const std::string& code) {
  return "/participants/" + world.participant("prova", code).text;
}

// All that stands in the database, every column of every row of these tables.
std::string all_of(World& world,
                   const std::vector<std::pair<std::string, std::vector<std::string>>>& tables) {
  std::string all;
  world.database->read([&](db::Transaction& tx) {
    for (const auto& [table, columns] : tables)
      for (const auto& column : columns)
        tx.each("select " + column + " as x from " + table, {},
                [&](const db::Row& row) { all += row.has("x") ? row.text("x") + "\n" : ""; });
  });
  return all;
}

}  // namespace

TEST_SUITE("participant") {
  TEST_CASE("who a participant is, is kept sealed and shown to those who work with them") {
    auto world = district();
    REQUIRE(world.post(world.bo, page_of(world, "A1") + "/identity", kims_form).status == 303);
    const auto page = world.get(world.bo, page_of(world, "A1"));
    for (const auto* shown :
         {"196408233234", "Kim Provare", "070-174 06 05", "Storgatan 1, Provköping", "kim@example.se"})
      CHECK(has(page, shown));
    CHECK(has(world.get(world.bo, page_of(world, "A1") + "/identity"), "value=\"Kim Provare\""));
    const auto kept =
        all_of(world, {{"identity", {"number_mark", "personal_number", "name", "phone", "address", "email"}},
                       {"participant", {"code", "personal_number"}},
                       {"access_log", {"object"}}});
    for (const auto* secret : {"6408233234", "Kim", "070", "Storgatan", "example"})
      CHECK(kept.find(secret) == kept.npos);
  }

  TEST_CASE("what is wrong with a number or an address is said, and what was written stands") {
    auto world = district();
    const auto wrong = world.post(world.bo, page_of(world, "A1") + "/identity",
                                  {{"name", "Kim"}, {"personal_number", "640823-3235"}});
    CHECK(wrong.status == 422);
    CHECK(has(wrong, "Personnumret stämmer inte"));
    CHECK(has(wrong, "value=\"Kim\""));
    CHECK(has(world.post(world.bo, page_of(world, "A1") + "/identity", {{"email", "kim"}}),
              "Det ska finnas ett @ i den"));
    CHECK(world.count("identity") == 0);
  }

  TEST_CASE(
      "the outsider, the director and those without work there can neither read nor change who someone is") {
    auto world = district();
    REQUIRE(world.post(world.bo, page_of(world, "A1") + "/identity", kims_form).status == 303);
    for (const auto* other : {&world.anna, &world.cecilia, &world.disa, &world.eva, &world.frej}) {
      CAPTURE(other->user.name);
      CHECK(world.get(*other, page_of(world, "A1") + "/identity").status == 404);
      CHECK(world.post(*other, page_of(world, "A1") + "/identity", {{"name", "Annan"}}).status == 404);
    }
    const auto coach = world.sign_in("hanna", world.municipality, {"coach"});
    world.assign(coach, "prova", "A1", {access::Kind::planning, access::Kind::work});
    CHECK(world.get(coach, page_of(world, "A1")).status == 200);
    CHECK_FALSE(has(world.get(coach, page_of(world, "A1")), "Kim Provare"));
    CHECK(world.get(coach, page_of(world, "A1") + "/identity").status == 404);
    CHECK(has(world.get(world.bo, page_of(world, "A1")), "Kim Provare"));
  }

  TEST_CASE("a participant is found by personal number, written in any way, by those who work with them") {
    auto world = district();
    REQUIRE(world.post(world.bo, page_of(world, "A1") + "/identity", kims_form).status == 303);
    CHECK(world.get(world.bo, "/participants").status == 200);
    for (const auto* written : {"640823-3234", "196408233234", "640823 3234"}) {
      const auto found = world.post(world.bo, "/participants", {{"personnummer", written}});
      CHECK(location(found) == page_of(world, "A1"));
    }
    CHECK(has(world.post(world.bo, "/participants", {{"personnummer", "19121212-1212"}}), "inte med någon"));
    CHECK(has(world.post(world.bo, "/participants", {{"personnummer", "640823-3235"}}),
              "Personnumret stämmer inte"));
    CHECK(world.count("access_log where object = 'found by number' and allowed = 1") == 3);
  }

  TEST_CASE("to others, who has that number is as unknown as who has none") {
    auto world = district();
    REQUIRE(world.post(world.bo, page_of(world, "A1") + "/identity", kims_form).status == 303);
    auto coach = world.sign_in("hanna", world.municipality, {"coach"});
    for (const auto* other : {&coach, &world.cecilia}) {
      auto known = world.post(*other, "/participants", {{"personnummer", "640823-3234"}});
      auto unknown = world.post(*other, "/participants", {{"personnummer", "19121212-1212"}});
      CHECK(known.status == unknown.status);
      CHECK(has(known, "inte med någon"));
      known.body.replace(known.body.find("640823-3234"), 11, "");
      unknown.body.replace(unknown.body.find("19121212-1212"), 13, "");
      CHECK(known.body == unknown.body);
    }
    for (const auto* other : {&world.disa, &world.eva, &world.frej, &world.anna})
      CHECK(world.post(*other, "/participants", {{"personnummer", "640823-3234"}}).status == 403);
    const auto greta = world.sign_in("greta", world.association, {"unit head", "coach"});
    CHECK(world.post(greta, "/participants", {{"personnummer", "640823-3234"}}).status == 403);
  }

  TEST_CASE(
      "a register without numbers needs no key, and one with them makes one for each person who has one") {
    auto without = district();
    CHECK(without.count("data_key") == 0);
    auto with = district(";640823-3234");
    CHECK(with.count("data_key") == 2);
    CHECK(location(with.post(with.bo, "/participants", {{"personnummer", "640823-3234"}})) ==
          page_of(with, "A1"));
    CHECK(has(with.get(with.bo, page_of(with, "A1")), "196408233234"));
  }

  TEST_CASE("a register does not take away the name that was written on the page") {
    auto world = district();
    REQUIRE(world.post(world.bo, page_of(world, "A1") + "/identity", {{"name", "Kim Provare"}}).status ==
            303);
    world.import_participations("insats;deltagare;start;personnummer\nprova;A1;2025-01-01;640823-3234\n");
    const auto page = world.get(world.bo, page_of(world, "A1"));
    CHECK(has(page, "Kim Provare"));
    CHECK(has(page, "196408233234"));
  }

  TEST_CASE("numbers that stood in clear are sealed at the first start after the upgrade") {
    auto world = district();
    const auto a1 = world.participant("prova", "A1"), a2 = world.participant("prova", "A2");
    world.database->write([&](db::Transaction& tx) {
      tx.execute("update participant set personal_number = '196408233234' where id = :id", {{"id", a1}});
      tx.execute("update participant set personal_number = '191212121212' where id = :id", {{"id", a2}});
    });
    const auto sealed = [&] {
      return world.database->write(
          [&](db::Transaction& tx) { return access::seal_some(tx, participant::numbers_in_clear, 1, world.now); });
    };
    CHECK(sealed() == 1);  // broken off here, it goes on at the next start
    CHECK(sealed() == 1);
    CHECK(sealed() == 0);
    CHECK(world.count("participant where personal_number is not null") == 0);
    CHECK(location(world.post(world.bo, "/participants", {{"personnummer", "640823-3234"}})) ==
          page_of(world, "A1"));
    CHECK(location(world.post(world.bo, "/participants", {{"personnummer", "121212+1212"}})) ==
          page_of(world, "A2"));
  }

  TEST_CASE("that traces of numbers in clear are to be cleared is remembered until it has been done") {
    auto world = district();
    const auto is_remembered = [&] {
      return world.database->read([](db::Transaction& tx) { return !tx.mark_of({"numbers in clear"}).empty(); });
    };
    CHECK_FALSE(is_remembered());
    world.database->write([&](db::Transaction& tx) {
      tx.execute("update participant set personal_number = '196408233234' where code = 'A1'");
    });
    world.database->write([&](db::Transaction& tx) { access::seal_some(tx, participant::numbers_in_clear, 10, world.now); });
    CHECK(is_remembered());
    CHECK(access::purge_traces(*world.database, participant::numbers_in_clear));
    CHECK_FALSE(is_remembered());
    CHECK(access::purge_traces(*world.database, participant::numbers_in_clear));
  }

  TEST_CASE("who a protected participant is and where they live is shown to nobody") {
    auto world = district();
    REQUIRE(world.post(world.bo, page_of(world, "A1") + "/identity", kims_form).status == 303);
    world.assign(world.bo, "prova", "A1");
    world.database->write([](db::Transaction& tx) {
      tx.execute("update participant set protection = 'marked' where code = 'A1'");
    });
    CHECK_FALSE(has(world.get(world.bo, page_of(world, "A1")), "Storgatan"));
    CHECK_FALSE(has(world.post(world.bo, "/participants", {{"personnummer", "640823-3234"}}), "A1"));
  }
}
