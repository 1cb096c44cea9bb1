// How the tables grow, and what stops the program rather than harm them.
#include <doctest/doctest.h>

#include "tests/databases.h"

using namespace stafett;
using db::Failure;
using db::Row;
using db::Transaction;

namespace {

constexpr Moment day{1767340800};
constexpr auto visits = R"(-- migration 2026-01-02 visits
-- Visit: someone came; it's short.
create table visit (id text primary key, note text not null default ';--');
insert into visit (id) values ('first');
)";
constexpr auto places = R"(
-- migration 2026-01-01 places
create table place (id text primary key);
)";
constexpr auto visits_at_places = R"(
-- migration 2026-01-03 visits at places
alter table visit add column place_id text references place (id);
)";

std::string all(std::initializer_list<const char*> blocks) {
  std::string text;
  for (const auto* block : blocks) text += block;
  return text;
}

std::optional<Failure::Kind> failure(db::Database& database, std::string_view blocks) {
  try {
    database.migrate(day, blocks);
    return std::nullopt;
  } catch (const Failure& failure) {
    return failure.kind;
  }
}

std::size_t rows(db::Database& database, const std::string& table) {
  return database.read([&](Transaction& tx) {
    return tx.list([](const Row&) { return 0; }, "select * from " + table).size();
  });
}

bool has_table(db::Database& database, const std::string& table) try {
  rows(database, table);
  return true;
} catch (const std::logic_error&) {
  return false;
}

}  // namespace

TEST_SUITE("db") {
  TEST_CASE("migrations are applied by their day, whatever order they stand in, and once") {
    const auto database = bare_database();
    CHECK(database->is_empty());
    database->migrate(day, all({visits, visits_at_places, places}));
    CHECK_FALSE(database->is_empty());
    database->migrate(day, all({visits, visits_at_places, places}));
    CHECK(rows(*database, "visit") == 1);
    CHECK(rows(*database, "migration") == 3);
  }

  TEST_CASE("a new migration is added to what is there") {
    const auto database = bare_database();
    database->migrate(day, all({visits, places}));
    database->migrate(*Moment::read("2026-02-03 10:15:00"), all({visits, places, visits_at_places}));
    CHECK(rows(*database, "visit") == 1);
    database->read([](Transaction& tx) {
      tx.each("select * from migration where name = :name", {{"name", "2026-01-03 visits at places"}},
              [](const Row& row) {
                CHECK(row.moment("applied_at").text() == "2026-02-03 10:15:00");
                CHECK(row.text("checksum").size() == 64);
              });
    });
  }

  TEST_CASE("space around a migration is not a change; another word is, and nothing is done") {
    const auto database = bare_database();
    database->migrate(day, visits);
    CHECK(failure(*database, all({visits, "\n\n", places})) == std::nullopt);
    auto changed = std::string(visits);
    changed.replace(changed.find("first"), 5, "other");
    CHECK(failure(*database, all({changed.c_str(), places, visits_at_places})) ==
          Failure::Kind::changed_migration);
    CHECK(rows(*database, "migration") == 2);
  }

  TEST_CASE("a database that a newer Stafett made is left alone") {
    const auto database = bare_database();
    database->migrate(day, all({visits, places}));
    CHECK(failure(*database, visits) == Failure::Kind::newer);
    CHECK(failure(*database, all({visits, visits_at_places})) == Failure::Kind::newer);
    CHECK(rows(*database, "migration") == 2);
  }

  TEST_CASE("a migration that fails half way leaves nothing behind, and those before it stay") {
    const auto database = bare_database();
    const auto wrong = R"(
-- migration 2026-01-05 wrong
create table half (id text primary key);
insert into no_such_table values (1);
)";
    CHECK_THROWS_AS(database->migrate(day, all({visits, wrong})), std::logic_error);
    CHECK(rows(*database, "visit") == 1);
    CHECK_FALSE(has_table(*database, "half"));
    database->migrate(day, visits);
  }

  TEST_CASE("a migration for one database is not for the other") {
    const auto database = bare_database();
    constexpr auto both = R"(
-- migration 2026-01-01 here
-- only sqlite
create table of_sqlite (id text primary key);
-- migration 2026-01-01 there
-- only postgresql
create table of_postgresql (id text primary key);
)";
    database->migrate(day, both);
    CHECK(has_table(*database, "of_sqlite") == !on_postgresql());
    CHECK(has_table(*database, "of_postgresql") == on_postgresql());
    CHECK(failure(*database, both) == std::nullopt);
  }

  TEST_CASE("a heading that is wrong stops the program before anything is done") {
    const auto database = bare_database();
    for (const auto* wrong :
         {"create table forgotten (id text);\n-- migration 2026-01-01 heading\n",
          "-- migration 2026-02-30 no such day\n", "-- migration without day\n", "-- migration 2026-01-01\n",
          "-- migration 2026-01-01 twin\n-- migration 2026-01-01 twin\n"}) {
      CAPTURE(wrong);
      CHECK_THROWS_AS(database->migrate(day, wrong), std::logic_error);
    }
    CHECK(database->is_empty());
  }

  TEST_CASE("every test begins with the tables of this Stafett and nothing of the test before") {
    for (int time = 0; time != 3; ++time) {
      const auto database = empty_database();
      CHECK(rows(*database, "migration") > 0);
      CHECK(rows(*database, "organisation") == 0);
      CHECK_FALSE(has_table(*database, "extra"));
      database->write([](Transaction& tx) {
        tx.execute("insert into organisation (id, name, kind) values ('1', 'Region Gotland', 'region')");
      });
      if (time != 1) continue;
      database->write([](Transaction& tx) {
        step_out_of_wall(tx);
        tx.execute("create table extra (id text)");
      });
    }
    const auto bare = bare_database();
    CHECK(bare->is_empty());
    CHECK_FALSE(has_table(*bare, "organisation"));
  }
}
