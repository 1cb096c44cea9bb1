#include "retention/retention.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "access/code.h"
#include "access/keys.h"
#include "account/account.h"
#include "account/code.h"
#include "base/file.h"
#include "note/note.h"
#include "statistics/statistics.h"
#include "tests/databases.h"
#include "tests/keys.h"
#include "tests/world.h"

using namespace stafett;

namespace {

// What nobody must be able to read afterwards: the number, name, phone, address, e-mail, notes, words and
// code.
const std::vector<std::string> secrets{"196408233234",
                                       "Kim Provare",
                                       "070-174 06 05",
                                       "Storgatan 17",
                                       "kim@provare.example",
                                       "Trivs på praktiken hos Almgrens",
                                       "Sover dåligt om nätterna",
                                       "ARBETE i registrets ord",
                                       "KOD-174-06"};

// One who left in 2020 and one who is still there. Bo works with both; Inga is a head too. All have just
// signed in.
struct District : World {
  Person inga;
  Folder folder;
  std::string kim;  // the address of the one who left

  District() {
    add_intervention(prova);
    import_participations(
        "insats;deltagare;kön;födelseår;start;avslut;avslutad till;personnummer\n"
        "prova;KOD-174-06;KVINNA ;1964;2019-01-01;2020-01-31;ARBETE;640823-3234\n"
        "prova;A2;man;1980;2025-01-01;;;\n");
    database->write([](db::Transaction& tx) {
      tx.execute("update participation set written = '{\"avslutad till\":\"ARBETE i registrets ord\"}'");
    });
    import_decisions("insats;deltagare;datum;beslut;form\nprova;KOD-174-06;2019-06-01;lönebidrag;ny\n");
    assign(bo, "prova");
    inga = sign_in("inga", municipality, {"unit head"});
    proved_again = true;
    kim = "/participants/" + participant("prova", "KOD-174-06").text;
    const Fields form{{"name", secrets[1]},
                      {"personal_number", "640823-3234"},
                      {"phone", secrets[2]},
                      {"address", secrets[3]},
                      {"email", secrets[4]}};
    REQUIRE(post(bo, kim + "/identity", form).status == 303);
    REQUIRE(post(bo, kim + "/notes", {{"kind", "work"}, {"text", secrets[5]}}).status == 303);
    REQUIRE(post(bo, kim + "/notes", {{"kind", "health"}, {"text", secrets[6]}}).status == 303);
  }
  ~District() { database = empty_database(); }  // the file is closed before its folder goes

  void later(int days) {
    now = now + days * 86400LL;
    for (auto* person : {&anna, &bo, &cecilia, &disa, &eva, &frej, &inga})
      person->session = database->write(
          [&](db::Transaction& tx) { return account::begin_session(tx, person->user.account, now); });
  }
  void rule(const std::string& kinds = "255", const std::string& months = "12",
            const std::string& export_first = "no") {
    REQUIRE(post(bo, "/disposals/rules",
                 {{"kinds", kinds},
                  {"months", months},
                  {"from", "last entry"},
                  {"export_first", export_first},
                  {"ground", "Nämndens beslut 2026-01-15 § 12"}})
                .status == 303);
  }
  int step(const Person& by, const std::string& what) { return post(by, kim + "/disposal" + what).status; }
  // Every count that the statistics give of the time until today.
  std::vector<double> figures() {
    std::vector<double> all;
    database->read([&](db::Transaction& tx) {
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
};

}  // namespace

TEST_SUITE("retention") {
  TEST_CASE("what is due is listed for the head, with what the rule says") {
    District world;
    world.rule();
    CHECK(has(world.get(world.bo, "/disposals"), "Inget ska gallras nu."));
    CHECK(has(world.get(world.bo, "/disposals"), "allt: 12 månader efter den senaste uppgiften"));
    world.later(364);
    CHECK_FALSE(has(world.get(world.bo, "/disposals"), "KOD-174-06"));
    world.later(1);
    const auto list = world.get(world.bo, "/disposals");
    CHECK(has(list, "KOD-174-06"));
    CHECK(has(list, "allt, sedan 2 mars 2027"));
    CHECK_FALSE(has(list, ">A2<"));
    CHECK(has(world.get(world.bo, world.kim + "/disposal"), "Nämndens beslut 2026-01-15 § 12"));
  }

  TEST_CASE(
      "T65: one proposes, another confirms, and not before thirty days have passed is anything erased") {
    District world;
    world.rule();
    world.later(365);
    CHECK(world.step(world.bo, "/erasure") == 409);
    CHECK(world.step(world.bo, "/confirmation") == 409);
    CHECK(world.step(world.bo, "") == 303);
    CHECK(world.step(world.bo, "") == 409);
    CHECK(world.step(world.bo, "/confirmation") == 409);
    CHECK(world.step(world.bo, "/erasure") == 409);
    CHECK(world.step(world.inga, "/confirmation") == 303);
    CHECK(world.step(world.bo, "/erasure") == 409);
    world.later(29);
    CHECK(world.step(world.inga, "/erasure") == 409);
    CHECK(world.count("note") == 2);
    world.later(1);
    CHECK(world.step(world.inga, "/erasure") == 303);
    CHECK(world.count("note") == 0);
    CHECK(world.count("participant where erased_at is not null") == 1);
    CHECK(world.get(world.bo, world.kim).status == 404);
    CHECK(has(world.get(world.bo, "/disposals"), "gallrad"));
  }

  TEST_CASE(
      "T43: nothing readable of an erased person is left in the database's file, its log or its indexes") {
    District world;
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
      CHECK(world.folder.bytes().find(secrets[static_cast<std::size_t>(secret)]) == std::string::npos);
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
    District world;
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
    District world;
    world.rule();
    world.later(365);
    const auto before = world.figures();
    REQUIRE(std::ranges::count_if(before, [](double n) { return n != 0; }) > 20);
    REQUIRE(world.step(world.bo, "") == 303);
    REQUIRE(world.step(world.inga, "/confirmation") == 303);
    world.later(30);
    const auto log = world.count("access_log");
    REQUIRE(world.step(world.bo, "/erasure") == 303);
    CHECK(world.figures() == before);
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
    District world;
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
    District world;
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
      CHECK(bytes.find(secrets[secret]) == std::string::npos);
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
    District world;
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
    District world;
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

  TEST_CASE("a hold stops it, also when it has been confirmed, and its reason is sealed") {
    District world;
    world.rule();
    world.later(365);
    REQUIRE(world.step(world.bo, "") == 303);
    REQUIRE(world.step(world.inga, "/confirmation") == 303);
    CHECK(world.post(world.bo, world.kim + "/disposal/hold", {{"reason", " "}}).status == 422);
    CHECK(world.post(world.bo, world.kim + "/disposal/hold", {{"reason", "Tvist i tingsrätten"}}).status ==
          303);
    world.later(30);
    CHECK(world.step(world.bo, "/erasure") == 409);
    CHECK(has(world.get(world.bo, world.kim + "/disposal"), "Tvist i tingsrätten"));
    CHECK(has(world.get(world.bo, "/disposals"), "Gallringen är stoppad."));
    CHECK(world.count("retention_hold where reason = 'Tvist i tingsrätten'") == 0);
    CHECK(world.step(world.bo, "/hold/end") == 303);
    CHECK(world.step(world.bo, "/erasure") == 303);
    CHECK(world.count("retention_hold") == 0);
  }

  TEST_CASE(
      "where the rule says so nothing is erased before it has been fetched for the archive, by who works "
      "with all of it") {
    District world;
    world.rule("255", "12", "yes");
    world.later(365);
    REQUIRE(world.step(world.bo, "") == 303);
    REQUIRE(world.step(world.inga, "/confirmation") == 303);
    world.later(30);
    CHECK(world.step(world.inga, "/erasure") == 409);
    CHECK(world.get(world.inga, world.kim + "/disposal/file").status ==
          404);  // a head reads no notes for that
    const auto file = world.get(world.bo, world.kim + "/disposal/file");
    CHECK(file.status == 200);
    for (std::size_t secret = 0; secret != secrets.size(); ++secret) {
      CAPTURE(secrets[secret]);
      CHECK(has(file, secrets[secret]));
    }
    CHECK(world.step(world.inga, "/erasure") == 303);
  }

  TEST_CASE("of some kinds only those notes go, and the rest and the participant stay") {
    District world;
    world.rule("16", "12");  // health
    world.later(365);
    CHECK(has(world.get(world.bo, world.kim + "/disposal"), "hälsa, sedan"));
    REQUIRE(world.step(world.bo, "") == 303);
    REQUIRE(world.step(world.inga, "/confirmation") == 303);
    world.later(30);
    REQUIRE(world.step(world.bo, "/erasure") == 303);
    const auto page = world.get(world.bo, world.kim);
    CHECK(has(page, secrets[5]));
    CHECK_FALSE(has(page, secrets[6]));
    CHECK(has(page, secrets[1]));
  }

  TEST_CASE("another party that still has notes keeps the participant from going") {
    District world;
    world.rule();
    world.assign(world.cecilia, "prova");
    REQUIRE(
        world.post(world.cecilia, world.kim + "/notes", {{"kind", "health"}, {"text", "Journal."}}).status ==
        303);
    world.later(365);
    CHECK(has(world.get(world.bo, "/disposals"), "En annan part har fortfarande uppgifter"));
    CHECK(world.step(world.bo, "") == 409);
  }

  TEST_CASE(
      "the outsider, the director and the administrator dispose of nothing, and a password alone is not "
      "enough") {
    District world;
    world.rule();
    world.later(365);
    const auto hanna = world.sign_in("hanna", world.municipality, {"coach"});
    for (const auto& other : {world.anna, world.disa, world.eva, world.frej, hanna}) {
      CAPTURE(other.user.name);
      CHECK(world.get(other, "/disposals").status != 200);
      for (const auto* what : {"", "/confirmation", "/withdrawal", "/hold", "/hold/end", "/erasure"})
        CHECK(world.step(other, what) != 303);
      CHECK(world.get(other, world.kim + "/disposal/file").status != 200);
    }
    CHECK(world.step(world.cecilia, "") == 404);
    CHECK_FALSE(has(world.get(world.cecilia, "/disposals"), "KOD-174-06"));
    const auto greta = world.sign_in("greta", world.association, {"unit head"});
    CHECK(world.get(greta, "/disposals").status == 403);
    world.proved_again = false;
    CHECK(world.step(world.bo, "") == 403);
    CHECK(world.count("retention_proposal") == 0);
  }

  TEST_CASE("a rule needs its ground and a number of months, and one thing has one rule") {
    District world;
    const auto refused = [&](World::Fields fields) {
      return world.post(world.bo, "/disposals/rules", std::move(fields));
    };
    CHECK(has(refused({{"kinds", "255"}, {"months", "12"}}), "Skriv lagen eller beslutet."));
    CHECK(has(refused({{"kinds", "255"}, {"months", "0"}, {"ground", "x"}}), "från 1 till 1200"));
    CHECK(has(refused({{"kinds", ""}, {"months", "1"}, {"ground", "x"}}), "Välj vad regeln gäller."));
    world.rule();
    CHECK(has(refused({{"kinds", "255"}, {"months", "24"}, {"ground", "x"}}), "Det finns redan en regel"));
    CHECK(world
              .post(world.bo, "/disposals/exemptions",
                    {{"criterion", "born on day"}, {"among", "5, 32"}, {"exemption_ground", "x"}})
              .status == 422);
    CHECK(world
              .post(world.bo, "/disposals/exemptions",
                    {{"criterion", "born on day"}, {"among", "3, 23"}, {"exemption_ground", "SoL"}})
              .status == 303);
    world.later(365);
    CHECK(has(world.get(world.bo, "/disposals"), "Född en dag som bevaras för forskning: SoL"));
    CHECK(world.step(world.bo, "") == 409);
  }
}
