#include "overview/overview.h"

#include <doctest/doctest.h>

#include "tests/world.h"

using namespace stafett;
using statistics::Audience;

namespace {

const auto swedish = text::Language::swedish;
const auto whole_report = Period{Date::read("2024-01-01"), Date::read("2025-05-31")};

overview::Overview gotland(World& world, Audience audience) {
  return world.database->read([&](db::Transaction& tx) {
    const auto intervention = intervention::find(tx, {"jobbvagen-ar"}).value();
    return overview::look(tx, nullptr, intervention, whole_report, audience).value();
  });
}

}  // namespace

TEST_SUITE("overview") {
  TEST_CASE("the result table of Jobbvägen AR is the published one: nine destinations, 35 women, 30 men") {
    World world;
    world.add_register("gotland");
    const auto lines = overview::outcome_lines(gotland(world, Audience::unit), swedish);
    const std::vector<std::array<std::string, 3>> published{
        {"6", "5", "11"}, {"3", "0", "3"}, {"1", "2", "3"},   {"0", "1", "1"}, {"3", "4", "7"},
        {"8", "2", "10"}, {"3", "1", "4"}, {"7", "13", "20"}, {"4", "2", "6"}};
    REQUIRE(lines.lines.size() == published.size());
    for (std::size_t row = 0; row != published.size(); ++row)
      for (std::size_t column = 0; column != 3; ++column)
        CHECK(lines.lines[row].cells[column + 1] == published[row][column]);
    CHECK(lines.total.cells == std::vector<std::string>{"Alla", "35", "30", "65", "100,0\u00a0%"});
    CHECK(lines.lines[0].cells[4] == "16,9\u00a0%");
    CHECK(lines.lines[1].counts_towards_goal);
    CHECK_FALSE(lines.lines[4].counts_towards_goal);
  }

  TEST_CASE("others see no number that one to four persons stand behind") {
    World world;
    world.add_register("gotland");
    const auto lines = overview::outcome_lines(gotland(world, Audience::everyone), swedish);
    for (const auto& line : lines.lines)
      for (std::size_t column = 1; column != 4; ++column)
        for (const auto* few : {"1", "2", "3", "4"}) CHECK(line.cells[column] != few);
    CHECK(lines.total.cells[3] == "65");
  }

  TEST_CASE(
      "the owner's unit sees true counts on the page, the director of the association and an outsider do "
      "not") {
    World world;
    world.add_register("gotland");
    const auto owner = world.sign_in("elsa", world.database->read([](db::Transaction& tx) {
      return *organisation::named(tx, "Region Gotland");
    }),
                                     {"unit head"});
    const std::string address = "/interventions/jobbvagen-ar?from=2024-01-01&to=2025-05-31";
    CHECK(has(world.get(owner, address), "<td class=\"number\">13</td>"));
    for (const auto* other : {&world.eva, &world.cecilia, &world.anna}) {
      const auto page = world.get(*other, address);
      CHECK(page.status == 200);
      CHECK(has(page, "43,1"));
      CHECK(has(page, "28 av 65"));
      CHECK_FALSE(has(page, "<td class=\"number\">3</td>"));
    }
  }

  TEST_CASE("a page of an intervention that is not there, and one for somebody who has not signed in") {
    World world;
    CHECK(world.get(world.bo, "/interventions/finns-inte").status == 404);
    CHECK(world.get(world.nobody, "/interventions/finns-inte").status == 303);
  }

  TEST_CASE("months without anything are nought, and the flow adds up") {
    World world;
    world.add_register("gotland");
    const auto lines = overview::flow_lines(gotland(world, Audience::unit), swedish);
    REQUIRE(lines.lines.size() == 17);
    int closed = 0;
    for (const auto& line : lines.lines) closed += std::stoi(line.cells[2]);
    CHECK(closed == 65);
    CHECK(lines.total.cells[2] == "65");
  }

  TEST_CASE(
      "the first page welcomes those who have not signed in, and shows the others their interventions") {
    World world;
    world.add_register("gotland");
    CHECK(has(world.get(world.nobody, "/"), "/sign-in"));
    CHECK_FALSE(has(world.get(world.nobody, "/"), "Jobbvägen AR"));
    CHECK(has(world.get(world.bo, "/"), "Jobbvägen AR"));
  }
}
