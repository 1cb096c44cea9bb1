// What is left of somebody when they have been erased, and what of everybody in a copy of the database.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "access/code.h"
#include "access/keys.h"
#include "account/code.h"
#include "retention/retention.h"
#include "statistics/statistics.h"
#include "tests/disposal_district.h"
#include "tests/keys.h"

using namespace stafett;

namespace {

// Every count that the statistics give of the time until today.
std::vector<double> figures(World& world) {
  std::vector<double> all;
  world.database->read([&](db::Transaction& tx) {
    for (const auto* measure : {"referred", "started", "active", "persons", "closed", "stay", "decisions"})
      for (const auto* by : {"sex", "age_band", "destination", "year"}) {
        const auto table = statistics::ask(tx, nullptr,
                                           {measure,
                                            {by},
                                            {},
                                            {Date::read("2018-01-01"), Date::read("2026-01-01")},
                                            statistics::Audience::unit});
        if (!table) continue;
        for (const auto& cell : table->cells)
          all.insert(all.end(), {double(cell.count), cell.mean, cell.median});
      }
  });
  return all;
}

}  // namespace

TEST_SUITE("retention") {
  TEST_CASE(
      "T43: nothing readable of an erased person is left in the database's file, its log or its indexes") {
    DisposalDistrict world;
    world.move_to(world.folder);
    world.rule();
    const auto sealed = world.database->read([](db::Transaction& tx) {
      auto texts = tx.list([](const db::Row& row) { return row.text("text"); }, "select text from note");
      const auto more = [&](const char* sql) {
        for (auto& text : tx.list([](const db::Row& row) { return row.text("x"); }, sql))
          texts.push_back(std::move(text));
      };
      more("select wrapped as x from data_key where participant_id <> ''");
      for (const auto* column : {"number_mark", "personal_number", "name", "phone", "address", "email"})
        more(("select " + std::string(column) + " as x from identity").c_str());
      return texts;
    });
    REQUIRE(sealed.size() == 9);
    for (int secret = 0; secret != 7; ++secret)
      CHECK(world.folder.bytes().find(world.secrets[static_cast<std::size_t>(secret)]) == std::string::npos);
    world.later(365);
    REQUIRE(world.step(world.bo, "") == 303);
    REQUIRE(world.step(world.inga, "/confirmation") == 303);
    world.later(30);
    if (!on_postgresql())
      for (const auto& text : sealed) CHECK(world.folder.bytes().find(text) != std::string::npos);
    REQUIRE(world.step(world.bo, "/erasure") == 303);
    for (const auto& text : sealed) CHECK(world.folder.bytes().find(text) == std::string::npos);
    CHECK(world.folder.bytes().find("KOD-174-06") == std::string::npos);
    CHECK(world.count("data_key where participant_id <> ''") == 0);
    if (!on_postgresql()) CHECK(std::filesystem::file_size(world.folder.file("stafett.db-wal")) < 100'000);
  }

  TEST_CASE("T43: a trace that is still in the file is found and told") {
    DisposalDistrict world;
    world.move_to(world.folder);
    const auto wrapped = world.database->read([](db::Transaction& tx) {
      return tx
          .find([](const db::Row& row) { return row.text("wrapped"); },
                "select wrapped from data_key where participant_id <> ''")
          .value();
    });
    if (!on_postgresql()) CHECK_FALSE(retention::leave_nothing(*world.database, {wrapped.substr(0, 48)}));
    CHECK(retention::leave_nothing(*world.database, {"a text that was never there"}));
  }

  TEST_CASE(
      "T65: the statistics of the time that was are the same before and after, and the log is still there") {
    DisposalDistrict world;
    world.rule();
    world.later(365);
    const auto before = figures(world);
    REQUIRE(std::ranges::count_if(before, [](double n) { return n != 0; }) > 20);
    REQUIRE(world.step(world.bo, "") == 303);
    REQUIRE(world.step(world.inga, "/confirmation") == 303);
    world.later(30);
    const auto log = world.count("access_log");
    REQUIRE(world.step(world.bo, "/erasure") == 303);
    CHECK(figures(world) == before);
    CHECK(world.count("access_log") == log + 1);
    CHECK(world.count("access_log where action = 'erase' and object = 'disposal' and allowed = 1") == 1);
    CHECK(world.count("participation where written <> '' and participant_id in (select id from participant "
                      "where erased_at is not null)") == 0);
    CHECK(world.count("participant where code = 'KOD-174-06'") == 0);
  }

  TEST_CASE(
      "T43: after the top key is changed and the old one forgotten, an erased person is in no old backup "
      "either") {
    access::take_keys(test_keys());
    DisposalDistrict world;
    world.move_to(world.folder);
    if (on_postgresql()) return;
    const auto copy = world.folder.file("old.copy");
    const auto id = world.participant("prova", "KOD-174-06");
    REQUIRE(world.database->back_up(copy));
    db::Database old("sqlite:" + copy);
    const auto opens = [&] {
      return old.read(
          [&](db::Transaction& tx) { return access::data_key(tx, world.municipality.id, id).has_value(); });
    };
    CHECK(opens());
    access::rotate_top_key(*world.database, world.now).value();
    CHECK(opens());
    access::forget_old_top_keys(*world.database).value();
    CHECK_THROWS_AS(opens(), db::Failure);
    access::take_keys(test_keys());
  }

  TEST_CASE("T44: a copy of the database has no readable name, number, note, reason or secret") {
    DisposalDistrict world;
    world.move_to(world.folder);
    const auto lena = world.sign_in("lena", world.municipality, {"coach"});
    const auto app = access::new_code_secret();
    world.database->write([&](db::Transaction& tx) {
      const auto code = access::code_of(app, access::code_step(world.now));
      REQUIRE(account::begin_codes(tx, world.bo.user.account, app, code, world.now));
    });
    REQUIRE(
        world
            .post(
                lena, "/broken-glass",
                {{"intervention", "prova"}, {"participant", "KOD-174-06"}, {"reason", "Kims mor är orolig"}})
            .status == 303);
    const auto glass = world.database->read([](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.text("id"); }, "select id from broken_glass")
          .value();
    });
    REQUIRE(
        world
            .post(world.bo, "/broken-glass/" + glass + "/review", {{"finding-" + glass, "Modern hade ringt"}})
            .status == 303);
    REQUIRE(world
                .post(world.bo, world.kim + "/conflicts",
                      {{"person", lena.user.account.text}, {"reason", "Kims tidigare sambo"}})
                .status == 303);
    if (on_postgresql()) return;
    const auto copy = world.folder.file("kept.copy");
    REQUIRE(world.database->back_up(copy));
    const auto bytes = read_file(copy).value();
    CHECK(bytes.find("KOD-174-06") != std::string::npos);  // the register's own mark is no secret
    for (std::size_t secret = 0; secret != 7; ++secret)
      CHECK(bytes.find(world.secrets[secret]) == std::string::npos);
    for (const auto& secret :
         {app, std::string("mor är orolig"), std::string("hade ringt"), std::string("tidigare sambo")}) {
      CAPTURE(secret);
      CHECK(bytes.find(secret) == std::string::npos);
    }
    CHECK(bytes.find("6408233234") == std::string::npos);
  }

  TEST_CASE(
      "T43: reasons for a conflict and an emergency go with the participant, in every room, and never "
      "before") {
    DisposalDistrict world;
    world.rule();
    const auto lena = world.sign_in("lena", world.municipality, {"coach"});
    const auto page = world.kim + "/assignments";
    REQUIRE(world
                .post(world.bo, world.kim + "/conflicts",
                      {{"person", lena.user.account.text}, {"reason", "Kims tidigare sambo"}})
                .status == 303);
    world.assign(world.cecilia, "prova");
    REQUIRE(world
                .post(world.cecilia, world.kim + "/conflicts",
                      {{"person", world.cecilia.user.account.text}, {"reason", "Granne till Kim"}})
                .status == 303);
    world.later(365);
    REQUIRE(world.step(world.bo, "") == 303);
    REQUIRE(world.step(world.inga, "/confirmation") == 303);
    CHECK(has(world.get(world.bo, page), "Kims tidigare sambo"));
    world.later(30);
    REQUIRE(world.count("data_key where participant_id <> ''") == 2);
    REQUIRE(world.step(world.inga, "/erasure") == 303);
    CHECK(world.count("conflict") == 0);
    CHECK(world.count("data_key where participant_id <> ''") == 0);
  }

  TEST_CASE("a reason for a conflict is still read when only the notes have been disposed of") {
    DisposalDistrict world;
    world.rule("29", "12");  // contact, work, income, health, of which the notes and the identity are there
    world.assign(world.bo, "prova");
    const auto lena = world.sign_in("lena", world.municipality, {"coach"});
    REQUIRE(world
                .post(world.bo, world.kim + "/conflicts",
                      {{"person", lena.user.account.text}, {"reason", "Kims tidigare sambo"}})
                .status == 303);
    world.later(365);
    REQUIRE(world.step(world.bo, "") == 303);
    REQUIRE(world.step(world.inga, "/confirmation") == 303);
    world.later(30);
    REQUIRE(world.step(world.inga, "/erasure") == 303);
    CHECK(world.count("note") == 0);
    CHECK(world.count("identity") == 0);
    CHECK(has(world.get(world.bo, world.kim + "/assignments"), "Kims tidigare sambo"));
  }
}
