#include "anonymous_participant/anonymous_participant.h"

#include <doctest/doctest.h>

#include "statistics/statistics.h"
#include "tests/world.h"

using namespace stafett;

namespace {

const std::string address = "/interventions/prova/anonymous-participants";

// Karin works with everyone in the intervention, of whom there is one in its register: a woman, since May
// 2025.
struct District : World {
  Person karin;

  District() {
    add_intervention(prova);
    import_participations("insats;deltagare;kön;start\nprova;A1;kvinna;2025-05-07\n");
    karin = sign_in("karin", municipality, {"coach"});
    assign(karin, "prova");
  }
  std::int64_t counted() {
    return database->read([](db::Transaction& tx) {
      return tx
          .find([](const db::Row& row) { return row.number("n"); },
                "select coalesce(sum(number), 0) as n from anonymous_participant")
          .value_or(0);
    });
  }
  int add(const Person& by, const std::string& sex, const std::string& year) {
    return post(by, address, {{"sex", sex}, {"year", year}, {"seen", std::to_string(counted())}}).status;
  }
  statistics::Table table(const std::string& measure, const std::string& by, Period period = {}) {
    return database->read([&](db::Transaction& tx) {
      return statistics::ask(tx, &karin.user, {measure, {by}, {}, period, statistics::Audience::unit})
          .value();
    });
  }
  std::int64_t started(const std::string& by, const std::string& value, Period period = {}) {
    const auto answer = table("started", by, period);
    for (std::size_t i = 0; i != answer.axes[0].values.size(); ++i)
      if (answer.axes[0].values[i].word == value) return answer.cells[i].count;
    return 0;
  }
  std::int64_t total(const std::string& measure, Period period = {}) {
    return table(measure, "sex", period).total().count;
  }
};

Period from_to(const char* from, const char* to) { return {Date::read(from), Date::read(to)}; }

}  // namespace

TEST_SUITE("anonymous_participant") {
  TEST_CASE(
      "a handler counts an anonymous participant by sex and year, and there is nothing else to be found of "
      "them") {
    District world;
    CHECK(world.add(world.karin, "woman", "2025") == 303);
    CHECK(world.add(world.karin, "woman", "2025") == 303);
    CHECK(world.add(world.karin, "man", "2026") == 303);
    const auto page = world.get(world.karin, address);
    CHECK(has(page, "2025 · kvinna · 2"));
    CHECK(has(page, "2026 · man · 1"));
    CHECK(has(world.get(world.karin, "/interventions/prova/participants"), "Anonyma deltagare: 3"));
    CHECK(world.count("participant") == 1);  // of the register; nobody to note anything of
  }

  TEST_CASE("the same click twice counts once, and what was counted by mistake is taken back") {
    District world;
    const World::Fields form{{"sex", "woman"}, {"year", "2025"}, {"seen", "0"}};
    CHECK(world.post(world.karin, address, form).status == 303);
    CHECK(world.post(world.karin, address, form).status == 409);
    CHECK(world.counted() == 1);
    CHECK(world.post(world.karin, address + "/removal", {{"sex", "man"}, {"year", "2025"}, {"seen", "1"}})
              .status == 409);
    CHECK(world.post(world.karin, address + "/removal", {{"sex", "woman"}, {"year", "2025"}, {"seen", "1"}})
              .status == 303);
    CHECK(world.post(world.karin, address + "/removal", {{"sex", "woman"}, {"year", "2025"}, {"seen", "0"}})
              .status == 409);
    CHECK(world.counted() == 0);
  }

  TEST_CASE(
      "without a sex, or in a year that has not come, nobody is counted; a code or a name is not asked for") {
    District world;
    CHECK(world.add(world.karin, "", "2025") == 422);
    CHECK(world.add(world.karin, "okänt", "2025") == 422);
    for (const auto* year : {"", "2027", "1999", "2025-05-07", "-1"})
      CHECK(world.add(world.karin, "woman", year) == 422);
    CHECK(world.counted() == 0);
    const auto page = world.get(world.karin, address);
    for (const auto* field : {"name=\"code\"", "name=\"name\"", "name=\"day\""})
      CHECK_FALSE(has(page, field));
  }

  TEST_CASE(
      "only who works with everyone in the intervention counts; the outsider and the director see no "
      "number") {
    District world;
    REQUIRE(world.add(world.karin, "woman", "2025") == 303);
    CHECK(has(world.get(world.bo, address), "2025 · kvinna · 1"));
    CHECK_FALSE(has(world.get(world.bo, address), "Räkna en till"));
    CHECK(world.add(world.bo, "woman", "2025") == 404);
    for (const auto* other : {&world.anna, &world.cecilia, &world.disa, &world.eva, &world.frej}) {
      CAPTURE(other->user.name);
      CHECK(world.get(*other, address).status == 404);
      CHECK(world.add(*other, "woman", "2025") == 404);
      CHECK(world.post(*other, address + "/removal", {{"sex", "woman"}, {"year", "2025"}, {"seen", "1"}})
                .status == 404);
    }
    CHECK(world.counted() == 1);
  }

  TEST_CASE("where a sex and a year are enough they are counted among those who started, and nowhere else") {
    District world;
    REQUIRE(world.add(world.karin, "woman", "2025") == 303);
    REQUIRE(world.add(world.karin, "man", "2026") == 303);
    CHECK(world.total("started") == 3);
    CHECK(world.started("year", "2025") == 2);
    CHECK(world.started("sex", "man") == 1);
    CHECK(world.started("intervention", "prova") == 3);
    CHECK(world.started("month", "2025-05") == 1);
    CHECK(world.started("month", "2025-01") == 0);
    CHECK(world.started("month", "") == 2);
    CHECK(world.started("age_band", "") == 3);
    CHECK(world.total("started", from_to("2025-01-01", "2025-12-31")) == 2);
    CHECK(world.total("started", from_to("2025-01-01", "2025-06-30")) == 1);
    CHECK(world.total("started", from_to("2025-05-01", "2025-05-31")) == 1);
    for (const auto* measure : {"active", "persons"}) CHECK(world.total(measure) == 1);
    for (const auto* measure : {"referred", "closed"}) CHECK(world.total(measure) == 0);
  }

  TEST_CASE("in public tables they are as small as anybody: fewer than five are not shown") {
    District world;
    REQUIRE(world.add(world.karin, "woman", "2025") == 303);
    const auto answer = world.database->read([&](db::Transaction& tx) {
      return statistics::ask(tx, &world.eva.user,
                             {"started", {"sex"}, {}, {}, statistics::Audience::everyone})
          .value();
    });
    CHECK((answer.is_withheld || answer.total().is_hidden));
  }
}
