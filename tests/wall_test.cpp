// PostgreSQL's second wall (src/app/wall.sql): what stands if the program's own SQL is wrong. SQLite has none, and these
// tests then have nothing to ask.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <latch>
#include <thread>

#include "tests/databases.h"
#include "tests/world.h"

using namespace stafett;

namespace {

using Texts = std::vector<std::string>;
using Ask = std::function<void(db::Transaction&)>;

const Texts in_rooms{"identity", "note", "data_key", "import", "meeting", "meeting_party", "agreement"};

// Kim Berg, A1, of whom the municipality and the region each have written a note; and a register that Bo has sent.
struct District : World {
  db::Database served;  // as the server has it: a transaction begins where no room is open

  District() : served(database->address(), 1) {
    add_intervention(prova);
    import_participations("insats;deltagare;start\nprova;A1;2025-01-01\n");
    assign(bo, "prova");
    assign(cecilia, "prova");
    const auto kim = "/participants/" + participant("prova", "A1").text;
    REQUIRE(post(bo, kim + "/identity", {{"name", "Kim Berg"}, {"personal_number", "196408233234"}}).status == 303);
    for (const auto* writer : {&bo, &cecilia})
      REQUIRE(post(*writer, kim + "/notes", {{"kind", "work"}, {"text", "Provar ett kafé."}}).status == 303);
    REQUIRE(post(bo, kim + "/meetings", {{"kind", "network"}, {"form", "room"}, {"about", "work"}, {"date", "2026-03-02"}, {"time", "08:30"},
                                         {"present", "participant"}, {"what-1", "Ringa"}, {"who-1", "participant"}, {"due-1", "2026-03-09"}})
                .status == 303);
    REQUIRE(send(bo, "/imports", {{"kind", "participations"}}, "file", "mars.csv", "insats;deltagare;start\nprova;A2;2025-02-01\n").status == 303);
    served.migrate(now);
  }

  // How many rows of each table in rooms there are for whoever stands where `stand` leads.
  std::string seen(const Ask& stand) {
    return served.read([&](db::Transaction& tx) {
      stand(tx);
      std::string counts;
      for (const auto& table : in_rooms) {
        const auto rows = tx.list([](const db::Row& row) { return row.number("one"); }, "select 1 as one from " + table);
        counts += (counts.empty() ? "" : " ") + std::to_string(rows.size());
      }
      return counts;
    });
  }
  bool is_refused(const Ask& stand, const std::string& sql) {
    try {
      served.write([&](db::Transaction& tx) {
        stand(tx);
        tx.execute(sql);
      });
      return false;
    } catch (const std::logic_error&) {
      return true;
    }
  }
};

void in_every_room(db::Transaction& tx) { tx.stand_in_room("*"); }

Texts list(District& world, const std::string& sql) {
  return world.database->read([&](db::Transaction& tx) {
    return tx.list([](const db::Row& row) { return row.text("name"); }, sql);
  });
}

}  // namespace

TEST_SUITE("wall") {
  TEST_CASE("T64: what lies in rooms is there only where the room is open (PostgreSQL)") {
    if (!on_postgresql()) return;
    District world;
    const std::string everything = "1 2 3 1 1 1 1";
    CHECK(world.seen(in_every_room) == everything);
    CHECK(world.seen([](auto&) {}) == "0 0 0 0 0 0 0");
    CHECK(world.seen([](auto& tx) { tx.stand_in_room(""); }) == "0 0 0 0 0 0 0");
    CHECK(world.seen([](auto& tx) { tx.stand_in_room("nobody' or '1' = '1"); }) == "0 0 0 0 0 0 0");
    CHECK(world.seen([](auto& tx) { tx.execute("select set_config('stafett.rooms', null, true)"); }) == "0 0 0 0 0 0 0");
    CHECK(world.seen([&](auto& tx) { tx.stand_in_room(world.municipality.id.text); }) == "1 1 2 1 1 1 1");
    CHECK(world.seen([&](auto& tx) { tx.stand_in_room(world.region.id.text); }) == "0 1 1 0 0 0 0");
    CHECK(world.seen([&](auto& tx) { tx.stand_in_room(world.insurance_agency.id.text); }) == "0 0 0 0 0 0 0");
    CHECK(world.seen([&](auto& tx) {
      tx.stand_in_room(world.municipality.id.text);
      tx.open_room(world.region.id.text);
    }) == everything);
  }

  TEST_CASE("T64: nothing is put into, moved to or taken from a room that is not open (PostgreSQL)") {
    if (!on_postgresql()) return;
    District world;
    const Ask in_region = [&](auto& tx) { tx.stand_in_room(world.region.id.text); };
    const auto to_municipality = "organisation_id = '" + world.municipality.id.text + "'";
    CHECK(world.is_refused(in_region, "update note set " + to_municipality));
    CHECK(world.is_refused(in_region, "insert into data_key (id, organisation_id, participant_id, top_key, wrapped, made_at) values ('x', '" +
                                          world.municipality.id.text + "', 'x', 'x', 'x', '2026-03-02 09:00:00')"));
    world.served.write([&](db::Transaction& tx) {
      in_region(tx);
      CHECK(tx.execute("delete from note where " + to_municipality) == 0);
      CHECK(tx.execute("update note set text = 'x' where " + to_municipality) == 0);
      CHECK(tx.execute("delete from identity") == 0);
    });
    CHECK(world.seen(in_every_room) == "1 2 3 1 1 1 1");
  }

  TEST_CASE("T64: a room opened by one is shut for the next on the same connection, also when they share a commit (PostgreSQL)") {
    if (!on_postgresql()) return;
    District world;
    CHECK(world.seen(in_every_room) != "0 0 0 0 0 0 0");
    CHECK(world.seen([](auto&) {}) == "0 0 0 0 0 0 0");

    // One holds the writer until two more wait: they share the next commit.
    std::latch holds(1);
    std::vector<std::int64_t> notes;
    const auto look = [&](db::Transaction& tx) {
      notes.push_back(tx.find([](const db::Row& row) { return row.number("n"); }, "select count(*) as n from note").value());
    };
    std::jthread first([&] {
      world.served.write([&](db::Transaction&) {
        holds.count_down();
        while (world.served.waiting() < 3) std::this_thread::yield();
      });
    });
    holds.wait();
    const auto wait_until = [&](std::size_t waiting) {
      while (world.served.waiting() < waiting) std::this_thread::yield();
    };
    std::jthread second([&] { world.served.write([&](db::Transaction& tx) { in_every_room(tx), look(tx); }); });
    wait_until(1);
    std::jthread third([&] { world.served.write([&](db::Transaction& tx) { look(tx), tx.leave_persons_out(); }); });
    wait_until(2);
    std::jthread fourth([&] {
      world.served.write([&](db::Transaction& tx) {
        look(tx);
        tx.execute("update participant set birth_year = 1970");  // more than whoever came before was left able to do
      });
    });
    first.join(), second.join(), third.join(), fourth.join();
    CHECK(notes == std::vector<std::int64_t>{2, 0, 0});
  }

  TEST_CASE("T64: no request makes, changes, empties or copies out a table (PostgreSQL)") {
    if (!on_postgresql()) return;
    District world;
    const Ask anywhere = [](auto&) {};
    for (const auto* sql : {"create table mine (id text)", "alter table note disable row level security", "drop policy room on note",
                            "truncate table note cascade", "drop table note",
                            "create role somebody superuser", "copy note to '/tmp/note'"}) {
      CAPTURE(sql);
      CHECK(world.is_refused(anywhere, sql));
    }
  }

  TEST_CASE("T64: whoever works for the association reads of participants no more than counting takes (PostgreSQL)") {
    if (!on_postgresql()) return;
    District world;
    const Ask association = [](auto& tx) { tx.leave_persons_out(); };
    for (const auto* sql :
         {"select 1 as one from identity", "select 1 as one from note", "select 1 as one from meeting", "select 1 as one from agreement", "delete from data_key", "select 1 as one from import",
          "select code from participant", "select personal_number from participant", "select * from participant",
          "select written from participation", "update participant set sex = 'man'", "delete from participation",
          "insert into conflict (participant_id, account_id) select id, id from participant"}) {
      CAPTURE(sql);
      CHECK(world.is_refused(association, sql));
    }
    CHECK_FALSE(world.is_refused(association, "select id, sex, birth_year from participant"));
    // Its own data key seals its own accounts' secrets; of the others it sees none.
    world.served.read([&](db::Transaction& tx) {
      association(tx);
      CHECK(tx.list([](const db::Row& row) { return row.text("id"); }, "select id from data_key").empty());
    });

    // A table that is new is reached until somebody has thought: then it is named here or in wall.sql.
    CHECK(list(world, R"(
      select relname as name
      from pg_class
      where relnamespace = cast(current_schema() as regnamespace) and relkind = 'r'
        and not has_table_privilege('stafett_association', oid, 'select')
      order by relname)") ==
          Texts{"agreement", "contact", "decision", "former_mark", "handover", "holding", "identity", "import", "meeting", "meeting_party", "note",
                "participant", "participation", "protection_proposal",
                "retention_hold", "retention_proposal"});
  }

  TEST_CASE("T64: every table that lies in rooms is behind the wall, no view goes round it, and no key tells across it (PostgreSQL)") {
    if (!on_postgresql()) return;
    District world;
    auto walled = list(world, R"(
      select relname as name from pg_class
      where relnamespace = cast(current_schema() as regnamespace) and relrowsecurity and relforcerowsecurity)");
    std::ranges::sort(walled);
    auto expected = in_rooms;
    std::ranges::sort(expected);
    CHECK(walled == expected);
    CHECK(list(world, "select viewname as name from pg_views where schemaname = current_schema()").empty());
    CHECK(list(world, "select proname as name from pg_proc where pronamespace = cast(current_schema() as regnamespace)").empty());
    // Unique beside the key itself, which is a random text: only together with the room.
    CHECK(list(world, R"(
      select distinct cast(cast(indexrelid as regclass) as text) as name
      from pg_index
      join pg_class on pg_class.oid = indrelid
      where relrowsecurity and indisunique and not indisprimary
        and not exists (select 1 from pg_attribute
                        where attrelid = indrelid and attnum = any (indkey) and attname in ('owner_id', 'organisation_id')))").empty());
  }
}
