#include <doctest/doctest.h>

#include "contact/contact.h"
#include "statistics/statistics.h"
#include "tests/world.h"

using namespace stafett;
using statistics::Audience;

namespace {

// The municipality is a member of the one association; its contacts of 2025: seven consultations of the
// employment service, two SIP of a relative, and six about the intervention in December.
struct District : World {
  District() {
    add_intervention(prova);
    database->write([&](db::Transaction& tx) {
      REQUIRE(
          organisation::join(tx, {association.id, municipality.id, {}, {}, Date::of(2020, 1, 1), {}, 1, 1}));
    });
    add(7, "Arbetsförmedlingen", contact::Kind::consultation, "2025-03-01");
    add(2, "Anhörig", contact::Kind::sip, "2025-03-15");
    add(6, "Arbetsförmedlingen", contact::Kind::collaboration, "2025-12-01", "prova");
  }
  void add(int count, const std::string& asked_by, contact::Kind kind, const char* day,
           const std::string& intervention = {}) {
    for (int i = 0; i != count; ++i)
      database->write([&](db::Transaction& tx) {
        contact::add(tx, {.id = new_id<contact::Contact>(),
                          .organisation = municipality.id,
                          .day = *Date::read(day),
                          .asked_by = asked_by,
                          .kind = kind,
                          .theme = "skuldsanering",
                          .municipality = "0980",
                          .intervention = {intervention},
                          .written = now});
      });
  }
  Result<statistics::Table> try_table(const Person& person, std::vector<std::string> by, Audience audience,
                                      Period period = {}) {
    return database->read([&](db::Transaction& tx) {
      return statistics::ask(tx, &person.user, {"contacts", std::move(by), {}, period, audience});
    });
  }
  // "consultation 7, sip .., total 15"
  std::string told(const Person& person, const std::string& by, Audience audience, Period period = {}) {
    const auto table = try_table(person, {by}, audience, period).value();
    std::string words;
    for (std::size_t i = 0; i != table.axes[0].values.size(); ++i)
      if (table.cells[i].is_hidden || table.cells[i].count > 0)
        words += table.axes[0].values[i].word + " " +
                 (table.cells[i].is_hidden ? ".." : std::to_string(table.cells[i].count)) + ", ";
    return words + "total " + (table.total().is_hidden ? ".." : std::to_string(table.total().count));
  }
};

}  // namespace

TEST_SUITE("statistics contacts") {
  TEST_CASE("contacts are counted by kind, who asked, municipality, intervention, area, year and month") {
    District world;
    CHECK(world.told(world.bo, "contact_kind", Audience::unit) ==
          "sip 2, collaboration 6, consultation 7, total 15");
    CHECK(world.told(world.bo, "asked_by", Audience::unit) == "Anhörig 2, Arbetsförmedlingen 13, total 15");
    CHECK(world.told(world.bo, "municipality", Audience::unit) == "0980 15, total 15");
    CHECK(world.told(world.bo, "intervention", Audience::unit) == "prova 6,  9, total 15");
    CHECK(world.told(world.bo, "area", Audience::unit) == "Samordningsförbundet Provlandet 15, total 15");
    CHECK(world.told(world.bo, "year", Audience::unit) == "2025 15, total 15");
    CHECK(world.told(world.bo, "month", Audience::unit) == "2025-03 9, 2025-12 6, total 15");
    CHECK(world.told(world.bo, "contact_kind", Audience::unit,
                     {Date::of(2025, 12, 1), Date::of(2025, 12, 31)}) == "collaboration 6, total 6");
  }

  TEST_CASE("they are divided by nothing that only persons have, and never by theme or who wrote") {
    District world;
    for (const auto* by : {"sex", "age_band", "destination", "decision", "referrer", "theme", "minutes"})
      CHECK_FALSE(world.try_table(world.bo, {by}, Audience::unit));
    for (const auto& measure : statistics::measures())
      if (measure.id != "contacts")
        CHECK_FALSE(statistics::can_divide(measure, statistics::Dimension::contact_kind));
  }

  TEST_CASE("the director sees only public numbers, where fewer than five contacts are protected") {
    District world;
    CHECK_FALSE(world.try_table(world.eva, {"contact_kind"}, Audience::unit));
    const auto told = world.told(world.eva, "contact_kind", Audience::everyone);
    CHECK(told.find("sip ..") != told.npos);
    CHECK(told.find("total 15") != told.npos);
    CHECK_FALSE(has(world.get(world.eva, "/statistics?measure=contacts&by=asked_by"), "skuldsanering"));
    CHECK(world.get(world.eva, "/contacts").status == 403);
  }

  TEST_CASE("the outsider's true counts are its own: none") {
    District world;
    CHECK(world.told(world.cecilia, "contact_kind", Audience::unit) == "total 0");
  }

  TEST_CASE("a contact that is written or taken back, and a new membership, are counted at once") {
    District world;
    world.import_participations("insats;deltagare;kön;start\nprova;A1;kvinna;2025-05-07\n");
    CHECK(world.told(world.bo, "contact_kind", Audience::unit).ends_with("total 15"));
    world.post(world.bo, "/contacts",
               {{"day", "2026-03-02"}, {"asked_by", "FK"}, {"kind", "sip"}, {"minutes", ""}});
    CHECK(world.told(world.bo, "contact_kind", Audience::unit).ends_with("total 16"));
    const auto persons = world.database->read([](db::Transaction& tx) { return statistics::facts(tx); });
    CHECK(persons->of(statistics::Fact::participation).count == 1);
    const auto page = world.get(world.bo, "/contacts").body;
    const auto at = page.find("action=\"/contacts/") + 8;
    CHECK(world.post(world.bo, page.substr(at, page.find('"', at) - at)).status == 303);
    CHECK(world.told(world.bo, "contact_kind", Audience::unit).ends_with("total 15"));
    world.database->write([&](db::Transaction& tx) {
      const auto other =
          organisation::add(tx, "Samordningsförbundet Andra", organisation::Kind::association).value();
      REQUIRE(
          organisation::join(tx, {other.id, world.municipality.id, {}, {}, Date::of(2020, 1, 1), {}, 1, 1}));
    });
    CHECK(world.told(world.bo, "area", Audience::unit) == "Samordningsförbundet Provlandet 6,  9, total 15");
  }
}
