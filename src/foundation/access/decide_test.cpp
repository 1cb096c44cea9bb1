#include "access/decide.h"

#include <doctest/doctest.h>

using namespace stafett;
using namespace stafett::access;

namespace {

// A world in which somebody of FK sees, through one open door, what the municipality wrote.
Facts open_door() {
  Facts f;
  f.now = {1'800'000'000};
  f.asker = {.signed_in = true, .works_with_persons = true, .organisation = {"FK"}};
  f.person = {.exists = true, .owner = {"kommun"}, .intervention = {"insats"}};
  f.room = {"kommun"};
  f.assignments = {{.kinds = Kinds::all(), .by_name = true, .from = f.now + -1, .until = f.now + 1}};
  f.doors = {{.consent = "c",
              .from = {"kommun"},
              .to = {"FK"},
              .intervention = {"insats"},
              .kinds = {Kind::planning, Kind::health},
              .opens = f.now + -1,
              .closes = f.now + 1}};
  return f;
}

Facts own_room() {
  auto f = open_door();
  f.asker.organisation = f.room;
  f.doors.clear();
  return f;
}

bool lets_in(const Facts& facts) { return decide(facts).allowed; }

struct Change {
  const char* what;
  void (*make)(Facts&);
};

}  // namespace

TEST_SUITE("decide") {
  TEST_CASE("T02: each clause of a door alone missing means no") {
    REQUIRE(lets_in(open_door()));
    CHECK(decide(open_door()).rule == Rule::door);
    const Change clauses[] = {
        {"signed in", [](Facts& f) { f.asker.signed_in = false; }},
        {"not of an association", [](Facts& f) { f.asker.of_association = true; }},
        {"works with persons", [](Facts& f) { f.asker.works_with_persons = false; }},
        {"is there", [](Facts& f) { f.person.exists = false; }},
        {"not erased", [](Facts& f) { f.person.erased = true; }},
        {"not in conflict", [](Facts& f) { f.in_conflict = true; }},
        {"assigned", [](Facts& f) { f.assignments.clear(); }},
        {"assigned already", [](Facts& f) { f.assignments[0].from = f.now + 1; }},
        {"assigned still", [](Facts& f) { f.assignments[0].until = f.now; }},
        {"assigned for one of these kinds", [](Facts& f) { f.assignments[0].kinds = {Kind::work}; }},
        {"there is a door", [](Facts& f) { f.doors.clear(); }},
        {"from this room", [](Facts& f) { f.doors[0].from = {"region"}; }},
        {"not the other way round", [](Facts& f) { std::swap(f.doors[0].from, f.doors[0].to); }},
        {"to the asker's", [](Facts& f) { f.doors[0].to = {"region"}; }},
        {"of this intervention", [](Facts& f) { f.doors[0].intervention = {"annan"}; }},
        {"for this purpose", [](Facts& f) { f.doors[0].purpose = Purpose::plan; }},
        {"asked for this purpose", [](Facts& f) { f.purpose = Purpose::follow_up; }},
        {"showing something", [](Facts& f) { f.doors[0].kinds = {}; }},
        {"not withdrawn", [](Facts& f) { f.doors[0].withdrawn = f.now; }},
        {"open already", [](Facts& f) { f.doors[0].opens = f.now + 1; }},
        {"open still", [](Facts& f) { f.doors[0].closes = f.now; }},
        {"to see", [](Facts& f) { f.action = Action::write; }},
        {"not protected without a name",
         [](Facts& f) {
           f.assignments[0].by_name = false;
           f.person.protection = Protection::marked;
         }},
        {"not protected without a proof", [](Facts& f) { f.person.protection = Protection::new_identity; }},
    };
    for (const auto& clause : clauses) {
      CAPTURE(clause.what);
      auto facts = open_door();
      clause.make(facts);
      CHECK_FALSE(lets_in(facts));
      CHECK(decide(facts).kinds.empty());
      CHECK(decide(facts).free_text.empty());
      CHECK(decide(facts).consent.empty());
    }
  }

  TEST_CASE("T02: through a door only to see") {
    for (const auto& word : actions.all) {
      CAPTURE(word.text);
      auto facts = open_door();
      facts.asker.strength = Strength::strong;
      facts.asker.proved = facts.now;
      facts.asker.heads_unit = true;
      facts.action = word.value;
      CHECK(lets_in(facts) == (word.value == Action::see));
    }
  }

  TEST_CASE(
      "T05: a door shows the kinds consented to that one works with at home, and no free text by itself") {
    for (const auto consented : every_kind)
      for (const auto assigned : every_kind) {
        auto facts = open_door();
        facts.doors[0].kinds = {consented};
        facts.assignments[0].kinds = {assigned};
        const auto decision = decide(facts);
        CHECK(decision.kinds == (consented == assigned ? Kinds{consented} : Kinds{}));
        CHECK(decision.free_text == Kinds{});
        facts.doors[0].free_text = true;
        CHECK(decide(facts).free_text == decision.kinds);
      }
  }

  TEST_CASE("T03: a door opens and closes at the exact second") {
    auto facts = open_door();
    auto& door = facts.doors[0];
    door.opens = facts.now;
    CHECK(lets_in(facts));
    door.opens = facts.now + 1;
    CHECK_FALSE(lets_in(facts));
    door.opens = facts.now + -1;
    door.closes = facts.now + 1;
    CHECK(lets_in(facts));
    door.closes = facts.now;
    CHECK_FALSE(lets_in(facts));
  }

  TEST_CASE("T03: an assignment begins and ends at the exact second, and without an end goes on") {
    auto facts = own_room();
    auto& work = facts.assignments[0];
    work.from = facts.now;
    CHECK(lets_in(facts));
    work.from = facts.now + 1;
    CHECK_FALSE(lets_in(facts));
    work.from = facts.now + -1;
    work.until = facts.now + 1;
    CHECK(lets_in(facts));
    work.until = facts.now;
    CHECK_FALSE(lets_in(facts));
    work.until.reset();
    CHECK(lets_in(facts));
  }

  TEST_CASE("T03: broken glass is whole again at the exact second") {
    auto facts = own_room();
    facts.assignments.clear();
    CHECK_FALSE(lets_in(facts));
    facts.glass_until = facts.now + 1;
    CHECK(decide(facts).rule == Rule::broken_glass);
    CHECK_FALSE(decide(facts).kinds.has(Kind::violence));
    facts.glass_until = facts.now;
    CHECK_FALSE(lets_in(facts));
  }

  TEST_CASE(
      "T03: a sign-in is fresh for five minutes to the second, by more than a password, and never ahead of "
      "time") {
    for (const auto action : {Action::print, Action::protect}) {
      auto facts = own_room();
      facts.action = action;
      CHECK(decide(facts).rule == Rule::sign_in_again);
      facts.asker.strength = Strength::two_factors;
      CHECK(decide(facts).rule == Rule::sign_in_again);
      const auto proved_ago = [&](std::int64_t seconds) {
        facts.asker.proved = facts.now + -seconds;
        return lets_in(facts);
      };
      CHECK(proved_ago(0));
      CHECK(proved_ago(fresh_seconds - 1));
      CHECK_FALSE(proved_ago(fresh_seconds));
      CHECK_FALSE(proved_ago(-1));
      facts.asker.strength = Strength::password;
      CHECK_FALSE(proved_ago(0));
    }
  }

  TEST_CASE("whoever has no business with the participant is not asked to sign in again") {
    auto facts = open_door();
    facts.action = Action::print;
    facts.assignments.clear();
    CHECK(decide(facts).rule == Rule::not_assigned);
  }

  TEST_CASE("a protected participant's contact is shown to nobody, and violence to those by name") {
    auto facts = own_room();
    CHECK(decide(facts).kinds == Kinds::all());
    facts.assignments[0].by_name = false;
    CHECK(decide(facts).kinds == Kinds::all().without({Kind::violence}));
    facts.assignments[0].by_name = true;
    facts.asker.strength = Strength::strong;
    facts.asker.proved = facts.now;
    for (const auto level : {Protection::marked, Protection::registered, Protection::new_identity}) {
      facts.person.protection = level;
      CHECK(decide(facts).kinds == Kinds::all().without({Kind::contact}));
    }
  }

  TEST_CASE("what is unknown is a no: facts left out, and values no list has") {
    CHECK_FALSE(lets_in(Facts{}));
    auto facts = open_door();
    facts.action = static_cast<Action>(99);
    CHECK_FALSE(lets_in(facts));
    facts.asker.heads_unit = true;
    facts.asker.organisation = facts.room;
    CHECK_FALSE(lets_in(facts));
    facts = open_door();
    facts.assignments[0].by_name = false;
    facts.person.protection = static_cast<Protection>(99);
    CHECK_FALSE(lets_in(facts));
    facts = own_room();  // nobody's room, and nobody's organisation, are not the same
    facts.room = facts.asker.organisation = {};
    CHECK_FALSE(lets_in(facts));
    facts = open_door();
    facts.doors[0].to = facts.asker.organisation = {};
    CHECK_FALSE(lets_in(facts));
  }
}
