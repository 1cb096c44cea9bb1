#include "goal/goal.h"

#include <doctest/doctest.h>

#include "tests/world.h"

using namespace stafett;
using goal::State;
using intervention::Goal;
using statistics::Audience;

namespace {

std::vector<goal::Judgement> judged(World& world, const std::string& id, const char* from, const char* to,
                                    Audience audience, const access::User* asker = nullptr) {
  return world.database->read([&](db::Transaction& tx) {
    const auto intervention = intervention::find(tx, {id}).value();
    return goal::judge_all(tx, asker, intervention, {Date::read(from), Date::read(to)}, audience).value();
  });
}

const auto swedish = text::Language::swedish;

}  // namespace

TEST_SUITE("goal") {
  TEST_CASE("28 of 65 is 43.1 per cent and does not reach 55, for women and men as well") {
    World world;
    world.add_register("gotland");
    const auto goals = judged(world, "jobbvagen-ar", "2024-01-01", "2025-05-31", Audience::everyone);
    REQUIRE(goals.size() == 2);
    CHECK(goals[0].state == State::not_reached);
    CHECK(goals[0].all.count == 28);
    CHECK(goals[0].all.of == 65);
    CHECK(goal::value_text(goals[0], swedish) == "43,1\u00a0%");
    CHECK(goals[0].women.count == 17);
    CHECK(goals[0].women.of == 35);
    CHECK(goals[0].men.count == 11);
    CHECK(goals[0].men.of == 30);
    CHECK(goal::rests_on(goals[0], swedish) ==
          "28 av 65. Kvinnor 48,6\u00a0% (17 av 35), män 36,7\u00a0% (11 av 30).");
    CHECK(goal::target_text(goals[0].goal, swedish) == "minst 55\u00a0%");
  }

  TEST_CASE("65 in 17 months are 45.9 per twelve months, and that reaches 45") {
    World world;
    world.add_register("gotland");
    const auto goals = judged(world, "jobbvagen-ar", "2024-01-01", "2025-05-31", Audience::everyone);
    CHECK(goals[1].state == State::reached);
    CHECK(goals[1].all.count == 65);
    CHECK(goals[1].all.of == 17);
    CHECK(goal::value_text(goals[1], swedish) == "45,9");
  }

  TEST_CASE("extensions count in one goal and not in the other, and decisions are events, not persons") {
    World world;
    world.add_register("sundsvall");
    const auto goals = judged(world, "af-amt", "2022-01-01", "2022-12-31", Audience::unit);
    REQUIRE(goals.size() == 2);
    CHECK(goals[0].all.count == 96);
    CHECK(goals[0].state == State::reached);
    CHECK(goals[1].all.count == 61);
    CHECK(goals[1].state == State::reached);
  }

  TEST_CASE("too few to know is not measurable, never not reached") {
    Goal share{.id = "a", .kind = Goal::Kind::share, .of = "closed", .at_least = 0.5, .smallest_n = 10};
    CHECK(goal::judge(share, {.count = 4, .of = 9, .value = 4.0 / 9}) == State::not_measurable);
    CHECK(goal::judge(share, {.count = 4, .of = 10, .value = 0.4}) == State::not_reached);
    CHECK(goal::judge(share, {.count = 5, .of = 10, .value = 0.5}) == State::reached);
    CHECK(goal::judge(share, {.count = 0, .of = 0}) == State::not_measurable);
    Goal count{.id = "b", .kind = Goal::Kind::count, .of = "closed", .at_least = 60, .smallest_n = 5};
    CHECK(goal::judge(count, {.count = 4, .value = 4}) == State::not_measurable);
    CHECK(goal::judge(count, {.count = 59, .value = 59}) == State::not_reached);
    Goal mean{.id = "c", .kind = Goal::Kind::mean, .of = "stay", .at_most = 10};
    CHECK(goal::judge(mean, {.of = 20, .value = 10.0}) == State::reached);
    CHECK(goal::judge(mean, {.of = 20, .value = 10.1}) == State::not_reached);
  }

  TEST_CASE("months are counted as they are spoken of") {
    const auto months = [](const char* from, const char* to) {
      return goal::months_in(*Date::read(from), *Date::read(to));
    };
    CHECK(months("2024-01-01", "2025-05-31") == 17);
    CHECK(months("2024-01-01", "2024-12-31") == 12);
    CHECK(months("2024-02-15", "2024-03-14") == 1);
    CHECK(months("2024-01-01", "2024-01-16") == doctest::Approx(16 / (365.25 / 12)));
  }

  TEST_CASE("what three persons did is shown to nobody but the unit") {
    World world;
    world.add_intervention(R"(
id = "liten"
name = "Liten"
area = "Samordningsförbundet Provlandet"
owner = "Provköpings kommun"
from = 2025-01-01
[[destination]]
name = "Studier"
group = "studies"
[[goal]]
id = "studier"
text = "Hälften till studier"
kind = "share"
of = "closed"
counts = { destination_group = ["studies"] }
at_least = 0.5
)");
    world.import_participations(
        "insats;deltagare;kön;start;avslut;avslutad till\n"
        "liten;a;kvinna;2025-01-10;2025-06-01;Studier\nliten;b;kvinna;2025-01-10;2025-06-01;Studier\nliten;c;"
        "kvinna;2025-01-10;2025-06-01;\n");
    const auto shown =
        judged(world, "liten", "2025-01-01", "2025-12-31", Audience::everyone, &world.eva.user);
    CHECK(shown[0].is_hidden);
    CHECK(shown[0].state == State::not_measurable);
    CHECK_FALSE(shown[0].all.count.has_value());
    CHECK(goal::view(shown[0]).json().find("\"count\":null") != std::string::npos);
    const auto unit = judged(world, "liten", "2025-01-01", "2025-12-31", Audience::unit, &world.bo.user);
    CHECK(unit[0].all.count == 2);
    CHECK(unit[0].state == State::reached);
  }

  TEST_CASE("true counts are for those who may see the persons, not for the director of the association") {
    World world;
    world.add_register("gotland");
    world.database->read([&](db::Transaction& tx) {
      const auto intervention = intervention::find(tx, {"jobbvagen-ar"}).value();
      CHECK_FALSE(goal::judge_all(tx, &world.eva.user, intervention, {}, Audience::unit));
      CHECK(goal::judge_all(tx, &world.cecilia.user, intervention, {}, Audience::unit)->front().all.of == 0);
    });
  }
}
