// How values are bound, kept and read back, the same in both databases.
#include <doctest/doctest.h>

#include "tests/visits.h"

using namespace stafett;
using db::Row;
using db::Transaction;

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
}
