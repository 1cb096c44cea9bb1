// The figures that a report is filled in with.
#include <doctest/doctest.h>

#include "tests/gotland.h"

using namespace stafett;
using statistics::Audience;

namespace {

const Period whole_period{Date::read("2024-01-01"), Date::read("2025-05-31")};

overview::Overview look(World& world, Audience audience) {
  return world.database->read([&](db::Transaction& tx) {
    const auto intervention = intervention::find(tx, {"jobbvagen-ar"}).value();
    return overview::look(tx, nullptr, intervention, whole_period, audience).value();
  });
}

std::string text_of(const View& view, std::string_view name) {
  return std::get<std::string>(view.find(name)->value());
}

const std::string few = R"(id = "fatal"
name = "Fåtal"
area = "Samordningsförbundet Provlandet"
owner = "Provköpings kommun"
orientation = "individual"
from = 2024-01-01
target_group = "Alla"
[[destination]]
name = "Arbete"
group = "work"
[[destination]]
name = "Annat"
group = "other"
[[goal]]
id = "arbete"
text = "Hälften till arbete"
kind = "share"
of = "closed"
counts = { destination = ["Arbete"] }
at_least = 0.5
smallest_n = 10
)";

}  // namespace

TEST_SUITE("report") {
  TEST_CASE(
      "figures are written as in Swedish reports: 28 of 65 is 43,1 %, whatever rounded rows add up to") {
    Gotland world;
    const auto values =
        report::values(look(world, Audience::unit), {"Slutrapport", "Gun", {}, *Date::read("2026-03-02")});
    const auto& goals = std::get<View::Items>(values.fields.find("mal")->value());
    REQUIRE(goals.size() == 2);
    CHECK(text_of(goals[0], "utfall") == "43,1\u00a0% (28 av 65)");
    CHECK(text_of(goals[0], "uppnatt") == "nej");
    CHECK(text_of(goals[0], "kvinnor") == "48,6\u00a0% (17 av 35)");
    CHECK(text_of(goals[0], "man") == "36,7\u00a0% (11 av 30)");
    CHECK(text_of(goals[1], "utfall") == "45,9 (65 på 17 månader)");
    CHECK(text_of(goals[1], "uppnatt") == "ja");
    CHECK(text_of(*values.fields.find("antal"), "kvinnor") == "35");
    CHECK(text_of(*values.fields.find("period"), "till") == "31 maj 2025");
    CHECK(values.tables.at("resultat").rows.back() ==
          std::vector<std::string>{"Alla", "35", "30", "65", "100,0\u00a0%"});
  }

  TEST_CASE("every name that forms are offered has something to fill in") {
    Gotland world;
    const auto values = report::values(look(world, Audience::everyone),
                                       {"Slutrapport", "Gun", {}, *Date::read("2026-03-02")});
    std::vector<std::string> paragraphs{"{{#mal}}"};
    for (const auto& name : report::names())
      if (name.name.starts_with("mal.")) paragraphs.push_back("{{" + std::string(name.name) + "}}");
    paragraphs.push_back("{{/mal}}");
    for (const auto& name : report::names())
      if (!name.name.starts_with("mal.") && !name.name.starts_with("#"))
        paragraphs.push_back("{{" + std::string(name.name) + "}}");
    const auto form = file::read_form(form_with(paragraphs)).value();
    const auto filled = file::fill(form, values).value();
    CHECK(filled.unknown.empty());
    CHECK(filled.missing.empty());
    const auto check = report::check(form);
    CHECK(check.unknown.empty());
    CHECK(check.places.size() == report::names().size());
    CHECK(report::missing(check, values.fields).empty());
  }

  TEST_CASE("too few to know is not measurable, with its counts") {
    World world;
    world.add_intervention(few);
    std::string register_of_nine = "insats;deltagare;kön;start;avslut;avslutad till\n";
    for (int i = 0; i != 9; ++i)
      register_of_nine += "fatal;D-" + std::to_string(i) + ";" + (i % 2 ? "man" : "kvinna") +
                          ";2024-02-01;2024-09-01;" + (i < 4 ? "Arbete" : "Annat") + "\n";
    world.import_participations(register_of_nine);
    const auto goal_in = [&](Audience audience) {
      const auto overview = world.database->read([&](db::Transaction& tx) {
        return overview::look(tx, nullptr, intervention::find(tx, {"fatal"}).value(),
                              {Date::read("2024-01-01"), Date::read("2024-12-31")}, audience)
            .value();
      });
      return std::get<View::Items>(report::fields(overview, {}).find("mal")->value())[0];
    };
    CHECK(text_of(goal_in(Audience::unit), "uppnatt") == "ej mätbart");
    CHECK(text_of(goal_in(Audience::unit), "utfall") == "4 av 9");
    CHECK(text_of(goal_in(Audience::everyone), "uppnatt") == "ej mätbart");
    CHECK(text_of(goal_in(Audience::everyone), "utfall") == "..");
  }

  TEST_CASE("what everyone may read hides small numbers and says why; true counts are marked") {
    Gotland world;
    const auto open = report::values(look(world, Audience::everyone), {"Slutrapport", "", {}, {}});
    for (const auto& row : open.tables.at("resultat").rows)
      for (std::size_t column = 1; column != 4; ++column)
        for (const auto* small : {"1", "2", "3", "4"}) CHECK(row[column] != small);
    CHECK(holds(open.tables.at("resultat").note, ".. betyder"));
    CHECK(open.title == "Slutrapport");
    const auto closed = report::values(look(world, Audience::unit), {"Slutrapport", "", {}, {}});
    CHECK(closed.tables.at("resultat").note == "Innehåller exakta tal – endast för enheten.");
    CHECK(closed.title == "Slutrapport – Innehåller exakta tal – endast för enheten");
    CHECK(world.begin("unit") != "");
    CHECK(report::file_name(world.found(world.begin("unit")), ".docx") ==
          "rapport-jobbvagen-ar-2024-01-01-2025-05-31-sanna-tal-endast-for-enheten.docx");
  }

  TEST_CASE("what is kept with a frozen report is read back the same") {
    Gotland world;
    const auto values = report::values(
        look(world, Audience::unit),
        {"Slut\"rapport", "", {{"text.mal", "Å\n\nÄ\\"}, {"text.tom", ""}}, *Date::read("2026-03-02")});
    const auto kept = report::kept(values);
    CHECK(report::kept(report::read_kept(kept)) == kept);
  }
}
