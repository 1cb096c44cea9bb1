// What we rely on in SQL, asked of both databases. docs/sql.md says the same in words.
#include <doctest/doctest.h>

#include "tests/visits.h"

using namespace stafett;
using db::Row;
using db::Transaction;

TEST_SUITE("db") {
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
