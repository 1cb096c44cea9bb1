#include "protection/protection.h"

#include "access/keys.h"
#include "tests/protected_district.h"

using namespace stafett;
using District = ProtectedDistrict;

TEST_SUITE("protection") {
  TEST_CASE(
      "T15: who handles a case protects it, and from the next request only they reach it, under a "
      "pseudonym") {
    District world;
    CHECK(world.get(world.lena, world.kim).status == 200);
    CHECK(world.get(world.cecilia, world.kim).status == 200);
    const auto page = world.get(world.karin, world.address);
    CHECK(page.status == 200);
    for (const auto* text : {"Tas bort för gott", "Döljs genast", "Det går inte att ångra", "stängs: 1"})
      CHECK(has(page, text));
    CHECK(location(world.protect(world.karin)) == world.kim);
    CHECK(world.protection() == "marked");
    const auto kept = world.get(world.karin, world.kim);
    CHECK(kept.status == 200);
    CHECK(has(kept, world.pseudonym()));
    CHECK(has(kept, "Trivs på praktiken"));
    for (const auto& secret : secrets) CHECK_FALSE(has(kept, secret));
    for (const auto* other :
         {&world.lena, &world.bo, &world.sven, &world.anna, &world.disa, &world.eva, &world.frej}) {
      CAPTURE(other->user.name);
      const auto hidden = world.get(*other, world.kim),
                 nobody = world.get(*other, "/participants/finns-inte");
      CHECK(hidden.status == 404);
      const bool is_same =
          without_token(hidden.body, world.id.text) == without_token(nobody.body, "finns-inte");
      CHECK(is_same);
    }
    // Cecilia is named in the region's own room; the door to the municipality's is shut.
    CHECK_FALSE(has(world.get(world.cecilia, world.kim), "Trivs på praktiken"));
    CHECK(world.count("access_log where action = 'protect' and allowed = 1 and rule = 'own room'") > 0);
  }

  TEST_CASE(
      "T15: what names them and where they are is gone from rows, keys and files; other notes are still "
      "read") {
    District world;
    world.move_to(world.folder);
    const auto key =
        world.text("select wrapped as x from data_key where participant_id <> '' and organisation_id = '" +
                   world.municipality.id.text + "'");
    const auto sealed = world.text("select name as x from identity");
    REQUIRE(!key.empty());
    REQUIRE(!sealed.empty());
    REQUIRE(world.protect(world.karin).status == 303);
    CHECK(world.count("identity") == 0);
    CHECK(world.count("note") == 1);
    CHECK(world.count("participation where participant_id = '" + world.id.text +
                      "' and site || municipality || referrer || written <> ''") == 0);
    CHECK(world.count("change_mark where name = 'traces of protected persons'") == 0);
    CHECK(has(world.get(world.karin, world.kim), "Trivs på praktiken"));
    CHECK(has(world.get(world.karin, world.kim), "lönebidrag"));
    if (on_postgresql()) return;
    const auto bytes = world.folder.bytes();
    for (const auto& secret : secrets) {
      CAPTURE(secret);
      CHECK(bytes.find(secret) == bytes.npos);
    }
    CHECK(bytes.find(key.substr(0, 48)) == bytes.npos);
    CHECK(bytes.find(sealed.substr(0, 48)) == bytes.npos);
  }

  TEST_CASE("a head who does not handle the case names somebody, and no longer sees the participant") {
    District world;
    CHECK(world.protect(world.bo).status == 422);
    CHECK(world.protect(world.bo, "marked", world.bo.user.account.text).status == 422);
    CHECK(world.protect(world.bo, "marked", world.cecilia.user.account.text).status == 422);
    CHECK(world.protect(world.bo, "marked", world.disa.user.account.text).status == 422);
    CHECK(world.protect(world.bo, "", world.lena.user.account.text).status == 422);
    world.execute("insert into conflict (participant_id, account_id) values ('" + world.id.text + "', '" +
                  world.sven.user.account.text + "')");
    CHECK_FALSE(has(world.get(world.bo, world.address), ">sven<"));
    CHECK(world.protect(world.bo, "marked", world.sven.user.account.text).status == 422);
    CHECK(world.protection().empty());
    CHECK(has(world.get(world.bo, world.address), ">lena<"));
    CHECK(location(world.protect(world.bo, "registered", world.lena.user.account.text)) ==
          "/interventions/prova/participants");
    CHECK(world.protection() == "registered");
    CHECK(world.get(world.bo, world.kim).status == 404);
    CHECK(world.get(world.karin, world.kim).status == 404);
    CHECK(world.get(world.lena, world.kim).status == 200);
  }

  TEST_CASE(
      "who is named names one more, who then reaches the participant; the level changes without a new "
      "pseudonym") {
    District world;
    REQUIRE(world.protect(world.karin).status == 303);
    const auto pseudonym = world.pseudonym();
    CHECK(has(world.get(world.karin, world.address), "Bara en når deltagaren"));
    CHECK(world.post(world.karin, world.address + "/handlers", {{"handler", ""}}).status == 422);
    CHECK(world.post(world.karin, world.address + "/handlers", {{"handler", world.anna.user.account.text}})
              .status == 422);
    CHECK(world.post(world.lena, world.address + "/handlers", {{"handler", world.lena.user.account.text}})
              .status == 404);
    for (int clicks = 0; clicks != 2; ++clicks)
      CHECK(world.post(world.karin, world.address + "/handlers", {{"handler", world.lena.user.account.text}})
                .status == 303);
    CHECK(world.count("assignment where participant_id = '" + world.id.text + "' and account_id = '" +
                      world.lena.user.account.text + "'") == 1);
    CHECK(world.get(world.lena, world.kim).status == 200);
    CHECK(world.protect(world.lena, "new identity").status == 303);
    CHECK(world.protect(world.lena, "new identity").status == 303);
    CHECK(world.protection() == "new identity");
    CHECK(world.pseudonym() == pseudonym);
    CHECK(world.protect(world.lena, "none").status == 422);
    CHECK(world.get(world.lena, world.kim + "/identity").status == 404);
    CHECK(world.post(world.lena, world.kim + "/identity", {{"name", "Kim"}}).status == 404);
  }

  TEST_CASE(
      "the outsider, the director and another party protect nobody, and a password alone is not enough") {
    District world;
    for (const auto* other :
         {&world.anna, &world.sven, &world.disa, &world.eva, &world.frej, &world.cecilia}) {
      CAPTURE(other->user.name);
      CHECK(world.get(*other, world.address).status != 200);
      for (const auto* what : {"", "/handlers", "/end", "/end/withdrawal"})
        CHECK(world.post(*other, world.address + what, {{"level", "marked"}}).status >= 403);
    }
    world.proved_again = false;
    CHECK(world.protect(world.karin).status == 403);
    CHECK(world.protection().empty());
    CHECK(world.count("former_mark") == 0);
  }

  TEST_CASE(
      "who is named hands over: names a colleague, then works with the participant no longer; never the "
      "last") {
    District world;
    REQUIRE(world.protect(world.karin).status == 303);
    const auto end = [&](const World::Person& by, const World::Person& of) {
      return world.post(by, world.address + "/handlers/end", {{"handler", of.user.account.text}});
    };
    CHECK(end(world.karin, world.karin).status == 409);
    CHECK(end(world.lena, world.karin).status == 404);
    REQUIRE(world.post(world.karin, world.address + "/handlers", {{"handler", world.lena.user.account.text}})
                .status == 303);
    CHECK(end(world.karin, world.cecilia).status == 409);  // named in another organisation's room
    CHECK(location(end(world.karin, world.karin)) == "/interventions/prova/participants");
    CHECK(end(world.karin, world.lena).status == 404);
    CHECK(world.get(world.karin, world.kim).status == 404);
    CHECK(world.get(world.lena, world.kim).status == 200);
    CHECK(end(world.lena, world.lena).status == 409);
  }

  TEST_CASE("T15: why somebody may not see them, why the glass was broken and where a consent is kept is read with the new key and not with the old") {
    District world;
    const auto siv = world.of_unit("siv", world.near);
    world.open_door();
    REQUIRE(world.post(world.bo, world.kim + "/conflicts", {{"person", world.sven.user.account.text}, {"reason", "Svåger till Kim"}}).status == 303);
    REQUIRE(world.post(siv, "/broken-glass", {{"intervention", "prova"}, {"participant", "KOD-174-06"}, {"reason", "Akut ärende på sjukhuset"}}).status == 303);
    const auto opened = [&](const access::DataKey& key, const std::string& table, const std::string& place) {
      return access::unseal(key, {table, "reason", place}, world.text("select reason as x from " + table));
    };
    const auto key = [&] {
      return world.database->read([&](db::Transaction& tx) { return access::data_key(tx, world.municipality.id, world.id).value(); });
    };
    const auto glass = world.text("select id as x from broken_glass");
    const auto old = key();
    REQUIRE(opened(old, "broken_glass", glass) == "Akut ärende på sjukhuset");
    REQUIRE(location(world.protect(world.karin)) == world.kim);
    CHECK(opened(key(), "broken_glass", glass) == "Akut ärende på sjukhuset");
    CHECK(opened(key(), "conflict", world.sven.user.account.text) == "Svåger till Kim");
    CHECK_THROWS(opened(old, "broken_glass", glass));
    CHECK(has(world.get(world.karin, world.kim + "/consents"), "pärm 1"));
  }
}
