// What we rely on in SQL, asked of both databases. docs/sql.md says the same in words.
#include <doctest/doctest.h>

#include "tests/databases.h"

using namespace stafett;
using db::Row;
using db::Transaction;

namespace {

struct Visit {};

// A database with one table, as the migrations write them.
struct Visits {
  std::shared_ptr<db::Database> database = bare_database();

  Visits() {
    database->write([](Transaction& tx) {
      tx.execute(R"(
        create table visit (
          id        text primary key,
          place     text,
          minutes   bigint,
          paid      boolean,
          day       date,
          began_at  timestamp,
          share     double precision
        ))");
    });
  }

  void add(std::string_view id, std::string_view place, std::optional<int> minutes = std::nullopt) {
    database->write([&](Transaction& tx) {
      tx.execute("insert into visit (id, place, minutes) values (:id, :place, :minutes)",
                 {{"id", id}, {"place", place}, {"minutes", minutes}});
    });
  }

  std::int64_t number(std::string_view select, db::Bindings bindings = {}) {
    return *database->read([&](Transaction& tx) {
      return tx.find([](const Row& row) { return row.number("n"); }, select, bindings);
    });
  }
  std::string text(std::string_view select, db::Bindings bindings = {}) {
    return *database->read([&](Transaction& tx) {
      return tx.find([](const Row& row) { return row.text("t"); }, select, bindings);
    });
  }
  std::vector<std::string> ids(std::string_view select, db::Bindings bindings = {}) {
    return database->read([&](Transaction& tx) {
      return tx.list([](const Row& row) { return row.text("id"); }, select, bindings);
    });
  }
  std::int64_t execute(std::string_view sql, db::Bindings bindings = {}) {
    return database->write([&](Transaction& tx) { return tx.execute(sql, bindings); });
  }
};

}  // namespace

TEST_SUITE("db") {
  TEST_CASE("what is written is read back as it was") {
    Visits visits;
    const auto id = new_id<Visit>();
    visits.execute("insert into visit values (:id, :place, :minutes, :paid, :day, :began_at, :share)",
                   {{"id", id},
                    {"place", "Åre; it's \"far\" – 100 %"},
                    {"minutes", std::int64_t{9007199254740993}},
                    {"paid", true},
                    {"day", Date::of(2026, 2, 3)},
                    {"began_at", *Moment::read("2026-02-03 10:15:00")},
                    {"share", 0.1}});
    visits.database->read([&](Transaction& tx) {
      tx.each("select * from visit", {}, [&](const Row& row) {
        CHECK(row.id<Visit>("id") == id);
        CHECK(row.text("place") == "Åre; it's \"far\" – 100 %");
        CHECK(row.number("minutes") == 9007199254740993);
        CHECK(row.flag("paid"));
        CHECK(row.date("day") == Date::of(2026, 2, 3));
        CHECK(row.moment("began_at").text() == "2026-02-03 10:15:00");
        CHECK(row.real("share") == 0.1);
        CHECK(row.text("day") == "2026-02-03");
        CHECK(row.text("began_at") == "2026-02-03 10:15:00");
      });
    });
  }

  TEST_CASE("nothing is read back as nothing, and asking it for a value is a bug") {
    Visits visits;
    visits.execute("insert into visit values (:id, :place, :minutes, :paid, :day, :began_at, :share)",
                   {{"id", "1"},
                    {"place", nullptr},
                    {"minutes", std::optional<int>()},
                    {"paid", std::optional<bool>()},
                    {"day", std::optional<Date>()},
                    {"began_at", std::optional<Moment>()},
                    {"share", std::optional<double>()}});
    visits.database->read([](Transaction& tx) {
      tx.each("select * from visit", {}, [](const Row& row) {
        for (const auto* column : {"place", "minutes", "paid", "day", "began_at", "share"})
          CHECK_FALSE(row.has(column));
        CHECK(row.maybe_date("day") == std::nullopt);
        CHECK(row.maybe_moment("began_at") == std::nullopt);
        CHECK(row.maybe_number("minutes") == std::nullopt);
        CHECK_THROWS_AS(row.text("place"), std::logic_error);
        CHECK_THROWS_AS(row.number("minutes"), std::logic_error);
        CHECK_THROWS_AS(row.flag("paid"), std::logic_error);
        CHECK_THROWS_AS(row.text("no_such_column"), std::logic_error);
      });
    });
    CHECK(visits.number("select count(*) as n from visit where day is null") == 1);
  }

  TEST_CASE("truth is true in both") {
    Visits visits;
    visits.execute("insert into visit (id, paid) values ('yes', :yes), ('no', :no)",
                   {{"yes", true}, {"no", false}});
    CHECK(visits.ids("select id from visit where paid") == std::vector<std::string>{"yes"});
    CHECK(visits.ids("select id from visit where not paid") == std::vector<std::string>{"no"});
    CHECK(visits.ids("select id from visit where paid = :paid", {{"paid", true}}) ==
          std::vector<std::string>{"yes"});
    CHECK(visits.execute("update visit set paid = :paid where id = 'yes'", {{"paid", false}}) == 1);
    CHECK(visits.ids("select id from visit where paid") == std::vector<std::string>{});
    visits.database->read([](Transaction& tx) {
      tx.each(
          "select exists (select 1 from visit) as some, paid, id = 'no' as negative from visit where id = "
          "'no'",
          {}, [](const Row& row) {
            CHECK(row.flag("some"));
            CHECK_FALSE(row.flag("paid"));
            CHECK(row.flag("negative"));
          });
    });
  }

  TEST_CASE("days and moments compare with what is bound and with each other") {
    Visits visits;
    visits.execute("insert into visit (id, day, began_at) values ('1', :day, :at)",
                   {{"day", Date::of(2026, 3, 2)}, {"at", *Moment::read("2026-03-02 09:00:00")}});
    CHECK(visits.number("select count(*) as n from visit where day = :day",
                        {{"day", Date::of(2026, 3, 2)}}) == 1);
    CHECK(visits.number("select count(*) as n from visit where day < :day",
                        {{"day", Date::of(2026, 3, 2)}}) == 0);
    CHECK(visits.number("select count(*) as n from visit where day >= '2026-03-01'") == 1);
    CHECK(visits.number("select count(*) as n from visit where began_at < :at",
                        {{"at", Moment{1772442001}}}) == 1);
    CHECK(visits.number("select count(*) as n from visit where began_at = '2026-03-02 09:00:00'") == 1);
    CHECK(visits.text("select max(day) as t from visit") == "2026-03-02");
    CHECK(visits.text("select max(began_at) as t from visit") == "2026-03-02 09:00:00");
  }

  TEST_CASE("a row that is there already is left alone or changed, and the count tells") {
    Visits visits;
    constexpr auto add = "insert into visit (id, minutes) values ('1', :minutes) on conflict (id) do nothing";
    CHECK(visits.execute(add, {{"minutes", 5}}) == 1);
    CHECK(visits.execute(add, {{"minutes", 6}}) == 0);
    CHECK(visits.number("select minutes as n from visit") == 5);
    visits.execute(R"(
      insert into visit (id, minutes) values ('1', :minutes)
      on conflict (id) do update set minutes = excluded.minutes + visit.minutes)",
                   {{"minutes", 7}});
    CHECK(visits.number("select minutes as n from visit") == 12);
    CHECK(visits.execute("update visit set minutes = 1 where id = 'none'") == 0);
    CHECK(visits.execute("delete from visit") == 1);
  }

  TEST_CASE("what was written comes back with returning") {
    Visits visits;
    const auto minutes = visits.database->write([](Transaction& tx) {
      return tx.list([](const Row& row) { return row.number("minutes"); },
                     "insert into visit (id, minutes) values ('1', 5), ('2', 6) returning id, minutes");
    });
    CHECK(minutes == std::vector<std::int64_t>{5, 6});
    CHECK(visits.execute("delete from visit where minutes > :most returning id", {{"most", 5}}) == 1);
    CHECK(visits.number("select count(*) as n from visit") == 1);
  }

  TEST_CASE("counting, filtering, windows, common tables and order mean the same") {
    Visits visits;
    visits.add("1", "Visby", 10);
    visits.add("2", "Visby", 20);
    visits.add("3", "Hemse");
    CHECK(visits.number("select count(*) filter (where place = 'Visby') as n from visit") == 2);
    CHECK(visits.number("select cast(sum(minutes) as bigint) as n from visit") == 30);
    CHECK(visits.number("select sum(minutes) as n from visit") == 30);
    CHECK(visits.number("select max(minutes) as n from visit") == 20);
    CHECK(visits.number("select coalesce(minutes, 0) as n from visit where id = '3'") == 0);
    CHECK(visits.database->read([](Transaction& tx) {
      return tx.find([](const Row& row) { return row.real("mean"); },
                     "select avg(minutes) as mean from visit");
    }) == 15.0);
    CHECK(visits.ids("select id from visit order by minutes desc nulls last") ==
          std::vector<std::string>{"2", "1", "3"});
    CHECK(visits.ids("select id from visit order by minutes nulls first limit :n", {{"n", 2}}) ==
          std::vector<std::string>{"3", "1"});
    CHECK(visits.ids(R"(
      with place_row as (
        select id, row_number() over (partition by place order by minutes desc) as place_number from visit)
      select id from place_row where place_number = 1 order by id)") == std::vector<std::string>{"2", "3"});
  }

  TEST_CASE("nothing is the same as nothing when asked so, and not otherwise") {
    Visits visits;
    visits.add("1", "Visby", 10);
    visits.add("2", "Visby");
    CHECK(visits.ids("select id from visit where minutes is distinct from 10") ==
          std::vector<std::string>{"2"});
    CHECK(visits.ids("select id from visit where minutes is not distinct from cast(:minutes as bigint)",
                     {{"minutes", nullptr}}) == std::vector<std::string>{"2"});
    CHECK(visits.ids("select id from visit where minutes <> 10").empty());
  }

  TEST_CASE("a value is named once and used twice") {
    Visits visits;
    visits.add("1", "Visby", 10);
    CHECK(visits.number("select count(*) as n from visit where place = :it or id = :it", {{"it", "Visby"}}) ==
          1);
  }

  TEST_CASE("a value that is forgotten, or has no place, is a bug") {
    Visits visits;
    visits.add("1", "Visby");
    CHECK_THROWS_AS(visits.ids("select id from visit where place = :place"), std::logic_error);
    CHECK_THROWS_AS(visits.ids("select id from visit", {{"place", "Visby"}}), std::logic_error);
    CHECK_THROWS_AS(visits.ids("select id from visit; delete from visit"), std::logic_error);
    CHECK_THROWS_AS(visits.ids("select id, place as id from visit"), std::logic_error);
    CHECK_THROWS_AS(visits.ids("select id from visit where place = :p", {{"p", std::string("a\0b", 3)}}),
                    std::logic_error);
    CHECK(visits.number("select count(*) as n from visit") == 1);
  }

  TEST_CASE("comments and texts in SQL may hold anything") {
    Visits visits;
    visits.add("1", "it's; :here -- not a comment");
    CHECK(visits.ids(R"(
      select id  -- it's the key; :not a name
      from visit /* nor :this; */
      where place = 'it''s; :here -- not a comment')") == std::vector<std::string>{"1"});
  }

  TEST_CASE("the same question takes a number one time and nothing the next") {
    Visits visits;
    for (const auto minutes :
         {std::optional<int>(), std::optional<int>(5), std::optional<int>(), std::optional<int>(7)})
      visits.add(new_key(), "Visby", minutes);
    CHECK(visits.number("select cast(sum(minutes) as bigint) as n from visit") == 12);
    CHECK(visits.number("select count(*) as n from visit where minutes is null") == 2);
  }

  TEST_CASE("more is asked, even the same, while rows are being seen") {
    Visits visits;
    visits.add("1", "Visby");
    visits.add("2", "Hemse");
    std::string seen;
    visits.database->read([&](Transaction& tx) {
      constexpr auto all = "select id from visit order by id";
      tx.each(all, {}, [&](const Row& outer) {
        tx.each(all, {}, [&](const Row& inner) { seen += outer.text("id") + inner.text("id") + " "; });
      });
    });
    CHECK(seen == "11 12 21 22 ");
  }

  TEST_CASE("rules of a table hold") {
    Visits visits;
    visits.execute(
        "create table child (id text primary key, visit_id text not null references visit (id), "
        "kind text not null check (kind in ('a', 'b')))");
    CHECK_THROWS_AS(visits.execute("insert into child values ('1', 'none', 'a')"), std::logic_error);
    visits.add("1", "Visby");
    CHECK_THROWS_AS(visits.execute("insert into child values ('1', '1', 'c')"), std::logic_error);
    CHECK_THROWS_AS(visits.add("1", "Hemse"), std::logic_error);
    CHECK(visits.execute("insert into child values ('1', '1', 'a')") == 1);
    CHECK_THROWS_AS(visits.execute("delete from visit"), std::logic_error);
  }

  TEST_CASE("what the database refuses is told without the values, which may be persons") {
    Visits visits;
    visits.add("19121212-1212", "Visby");
    try {
      visits.add("19121212-1212", "Visby");
      FAIL("was taken twice");
    } catch (const std::logic_error& error) {
      CHECK(std::string(error.what()).find("19121212-1212") == std::string::npos);
    }
  }

  TEST_CASE("a table is changed, and indexed in part and by expression") {
    Visits visits;
    visits.execute("alter table visit add column note text not null default ''");
    visits.execute("alter table visit rename column note to remark");
    visits.execute("create unique index paid_visit on visit (place) where paid");
    visits.execute("create index visit_by_hour on visit ((minutes / 60))");
    visits.add("1", "Visby", 125);
    CHECK(visits.number("select minutes / 60 as n from visit where remark = ''") == 2);
    visits.execute("alter table visit drop column remark");
    CHECK_THROWS_AS(visits.ids("select remark as id from visit"), std::logic_error);
  }

  TEST_CASE("letter case counts in texts") {
    Visits visits;
    visits.add("1", "Visby");
    CHECK(visits.ids("select id from visit where place = 'visby'").empty());
    CHECK(visits.ids("select id from visit where place like 'Vis%'").size() == 1);
  }
}
