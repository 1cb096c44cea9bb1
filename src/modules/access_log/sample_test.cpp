// The head's monthly sample of the access log, and the search in it.
#include <doctest/doctest.h>

#include <set>

#include "access_log/access_log.h"
#include "tests/logged_register.h"

using namespace stafett;
using namespace stafett::access_log;

namespace {

access::Entry entry_by(const organisation::Organisation& organisation, const std::string& unit, Moment at) {
  return {.chain = organisation.id,
          .at = at,
          .organisation = organisation.id,
          .unit = unit,
          .object = "participant",
          .allowed = true,
          .rule = access::Rule::own_room};
}

}  // namespace

TEST_SUITE("access_log") {
  TEST_CASE("the same seed draws the same entries, another seed others, and only the unit's own") {
    World world;
    const auto at = world.now;
    world.database->write([&](db::Transaction& tx) {
      for (int i = 0; i != 600; ++i)
        access::write(tx, entry_by(world.municipality, i % 3 == 0 ? "norr" : "syd", at + i));
      access::write(tx, entry_by(world.municipality, "ensam", at + 600));
    });
    const Staff north{world.municipality.id, "norr"};
    world.database->read([&](db::Transaction& tx) {
      const auto drawn = draw(tx, north, 1, 601, "ett frö");
      CHECK(drawn.size() == sample_size);
      CHECK(drawn == draw(tx, north, 1, 601, "ett frö"));
      CHECK(drawn != draw(tx, north, 1, 601, "ett annat"));
      for (const auto number : drawn) CHECK(number % 3 == 1);
      CHECK(draw(tx, {world.municipality.id, "ensam"}, 1, 601, "ett frö") == std::vector<std::int64_t>{601});
      CHECK(draw(tx, {world.municipality.id, "ingen"}, 1, 601, "ett frö").empty());
      CHECK(draw(tx, {world.region.id, "norr"}, 1, 601, "ett frö").empty());
      CHECK(draw(tx, {world.municipality.id, ""}, 1, 601, "ett frö").size() == sample_size);
      std::set<std::int64_t> seen;  // all have their chance
      for (int seed = 0; seed != 200; ++seed)
        for (const auto number : draw(tx, north, 1, 601, std::to_string(seed))) seen.insert(number);
      CHECK(seen.size() == 200);
    });
  }

  TEST_CASE(
      "the head draws last month's sample, marks each entry with a word, and sees the result as counts") {
    LoggedRegister register_;
    auto& world = register_.world;
    for (int time = 0; time != 3; ++time) world.get(register_.karin, register_.page_of(register_.first));
    world.now = *Moment::read("2026-04-01 09:00:00");
    for (const auto* person : {&world.bo, &register_.karin})
      world.database->write([&](db::Transaction& tx) {
        tx.execute("update session set begun_at = :now, seen_at = :now", {{"now", world.now}});
        (void)person;
      });
    CHECK(world.post(world.bo, "/access-log/samples", {{"month", "2026-03"}}).status ==
          403);  // not proved just now
    world.proved_again = true;
    CHECK(world.post(world.bo, "/access-log/samples", {{"month", "2026-04"}}).status == 409);
    const auto place = location(world.post(world.bo, "/access-log/samples", {{"month", "2026-03"}}));
    REQUIRE(place.starts_with("/access-log/samples/"));
    CHECK(world.post(world.bo, "/access-log/samples", {{"month", "2026-03"}}).status == 409);
    CHECK(count_of(world.get(world.bo, place).body, "<select") == 3);
    CHECK(has(world.get(world.bo, place), "karin"));
    const auto numbers = world.database->read([](db::Transaction& tx) {
      return tx.list([](const db::Row& row) { return std::to_string(row.number("number")); },
                     "select number from log_sample_entry order by number");
    });
    REQUIRE(numbers.size() == 3);
    World::Fields marks{{"finding-" + numbers[0], "right"},
                        {"finding-" + numbers[1], "wrong"},
                        {"finding-" + numbers[2], ""}};
    CHECK(has(world.post(world.bo, place, marks), "Skriv några ord"));
    marks.emplace_back("remark-" + numbers[1], "öppnade fel person");
    CHECK(world.post(world.bo, place, marks).status == 303);
    CHECK(has(world.get(world.bo, place), "öppnade fel person"));
    const auto overview = world.get(world.bo, "/access-log");
    CHECK(count_of(overview.body, "<td class=\"number\">1</td>") == 3);  // right, wrong, not looked at
    CHECK(register_.entries("action = 'review' and object like 'marks in a sample%'") == 2);
    for (const auto* other : {&register_.karin, &world.disa, &world.eva, &world.frej})
      CHECK(world.get(*other, place).status == 403);
    CHECK(world.get(world.cecilia, place).status == 404);
    const auto kept = [&] {
      return world.database->read([](db::Transaction& tx) {
        return tx.find([](const db::Row& row) { return row.text("remark"); },
                       "select remark from log_sample_entry where remark <> ''")
            .value();
      });
    };
    CHECK(kept().find("person") == std::string::npos);  // sealed
    register_.execute(
        "update log_sample_entry set remark = 'öppnade fel person', is_sealed = (1 = 0) where remark <> ''");
    const auto sealed = [&] {
      return world.database->write(
          [&](db::Transaction& tx) { return access::seal_some(tx, access_log::remarks_in_clear, 10, world.now); });
    };
    CHECK(sealed() == 1);
    CHECK(sealed() == 0);
    CHECK(kept().find("person") == std::string::npos);
    CHECK(has(world.get(world.bo, place), "öppnade fel person"));
    // T15: who is protected later is neither shown nor counted in it.
    register_.execute("update participant set protection = 'marked' where code = 'A-1'");
    CHECK(count_of(world.get(world.bo, place).body, "<select") == 0);
    CHECK(count_of(world.get(world.bo, "/access-log").body, "<td class=\"number\">0</td>") == 4);
  }

  TEST_CASE("a search finds by colleague, participant and day, for who has just proved who they are") {
    LoggedRegister register_;
    auto& world = register_.world;
    world.get(register_.karin, register_.page_of(register_.first));
    world.get(register_.lena, register_.page_of(register_.second));
    const auto found = [&](World::Fields fields) {
      return world.post(world.bo, "/access-log/search", std::move(fields));
    };
    CHECK(found({{"colleague", "karin"}}).status == 403);
    world.proved_again = true;
    CHECK(has(found({{"colleague", "karin"}}), ">A-1</td>"));
    CHECK_FALSE(has(found({{"colleague", "karin"}}), ">A-2</td>"));
    CHECK(has(found({{"participant", "A-2"}}), ">lena</td>"));
    CHECK(has(found({{"participant", "A-2"}, {"day", "2026-03-02"}}), ">lena</td>"));
    CHECK(has(found({{"participant", "A-2"}, {"day", "2026-03-01"}}), "Inga träffar"));
    CHECK(has(found({}), "Fyll i en medarbetare"));
    CHECK(world.post(world.cecilia, "/access-log/search", {{"colleague", "karin"}}).status == 200);
    CHECK(has(world.post(world.cecilia, "/access-log/search", {{"colleague", "karin"}}), "Inga träffar"));
    CHECK(world.post(world.eva, "/access-log/search", {{"colleague", "karin"}}).status == 403);
  }

  TEST_CASE("T15: who is protected is in no sample and no search") {
    LoggedRegister register_;
    auto& world = register_.world;
    world.get(register_.karin, register_.page_of(register_.first));
    world.proved_again = true;
    CHECK(has(world.post(world.bo, "/access-log/search", {{"colleague", "karin"}}), "A-1"));
    const Staff staff{world.municipality.id, ""};
    const auto number_drawn = [&] {
      return world.database->read([&](db::Transaction& tx) { return draw(tx, staff, 1, 100, "frö").size(); });
    };
    const auto before = number_drawn();
    register_.execute("update participant set protection = 'marked' where code = 'A-1'");
    CHECK_FALSE(has(world.post(world.bo, "/access-log/search", {{"colleague", "karin"}}), "A-1"));
    CHECK(number_drawn() == before);  // one more search was noted, and the look at A-1 is gone
  }
}
