#include "participant/participant.h"

#include <doctest/doctest.h>

#include "participation/participation.h"
#include "tests/world.h"

using namespace stafett;
using participant::personal_number;

namespace {

const auto today = *Date::read("2026-03-02");

// An intervention of the municipality with `count` participants, A1 and on; A1 has two stays and a decision.
World district(int count = 1) {
  World world;
  world.add_intervention(prova);
  std::string csv = "insats;deltagare;kön;födelseår;hemkommun;start;avslut;avslutad till\n";
  csv += "prova;A1;Kvinna ;1980;Gotlands kommun;2024-02-01;2024-05-01;ARBETE\n";
  for (int number = 1; number <= count; ++number)
    csv += "prova;A" + std::to_string(number) + ";kvinna;1980;0980;2025-01-01;;\n";
  world.import_participations(csv);
  world.import_decisions("insats;deltagare;datum;beslut;form\nprova;A1;2024-06-01;lönebidrag;ny\n");
  return world;
}

Id<participant::Participant> first(World& world) { return world.participant("prova", "A1"); }

// The page without what differs between two askings of the same person: nothing.
std::string told(World& world, const World::Person& person, const std::string& address) {
  const auto page = world.get(person, address);
  CHECK(page.status == 404);
  std::string body = page.body;
  for (auto at = body.find("next="); at != body.npos; at = body.find("next=", at + 5))
    body.erase(at, body.find('"', at) - at);  // the address itself
  return body;
}

}  // namespace

TEST_SUITE("participant") {
  TEST_CASE("what looks like a personal number is seen anywhere in a text, and dates, years and paragraphs are let be") {
    using participant::holds_long_number;
    for (const auto* text : {"191212121212", "121212-1212", "om 121212 - 1213 igen", "12 12 12 12 12", "121212+1212!", "070-123 45 67"})
      CHECK(holds_long_number(text));
    for (const auto* text : {"", "2026-03-02", "regler 2025 och 2026", "121212 a 1212", "18–24 år", "AFS 2020:5, 6 kap. 1 §", "123456789"})
      CHECK_FALSE(holds_long_number(text));
  }

  TEST_CASE("personal and coordination numbers are read however they are written") {
    CHECK(personal_number("19121212-1212", today) == "191212121212");
    CHECK(personal_number("191212121212", today) == "191212121212");
    CHECK(personal_number("121212+1212", today) == "191212121212");
    CHECK(personal_number("640823-3234", today) == "196408233234");
    CHECK(personal_number(" 640823 3234 ", today) == "196408233234");
    CHECK(personal_number("701063-2391", today) == "197010632391");  // a coordination number: the day and 60
  }

  TEST_CASE("a number with a wrong check digit, day or letter is none") {
    for (const auto* wrong : {"640823-3235", "19121212-1213", "19640231-3234", "701093-2391", "64O823-3234",
                              "640823-323", "", "-", "0123456789012"}) {
      CAPTURE(wrong);
      CHECK_FALSE(personal_number(wrong, today));
    }
  }

  TEST_CASE("every slip of one digit is found") {
    const std::string right = "196408233234";
    for (std::size_t at = 2; at != right.size(); ++at)
      for (char digit = '0'; digit <= '9'; ++digit) {
        auto slipped = right;
        slipped[at] = digit;
        CHECK(personal_number(slipped, today).has_value() == (digit == right[at]));
      }
  }

  TEST_CASE("who works in the intervention sees its participants and one's stays, decisions and the register's own words") {
    auto world = district();
    world.assign(world.bo, "prova");
    const auto list = world.get(world.bo, "/interventions/prova/participants");
    CHECK(has(list, ">A1</a>"));
    CHECK(has(list, "pågår"));
    const auto page = world.get(world.bo, "/participants/" + first(world).text);
    CHECK(page.status == 200);
    CHECK(has(page, "1 februari 2024 – 1 maj 2024"));
    CHECK(has(page, "<dd>Arbete</dd>"));
    CHECK(has(page, "<dd>“ARBETE”</dd>"));
    CHECK(has(page, "<dd>Gotland</dd>"));
    CHECK(has(page, "lönebidrag"));
    CHECK(has(page, "nytt beslut"));
  }

  TEST_CASE("to everyone else a participant and a list of them are as if they were not there") {
    auto world = district();
    const auto address = "/participants/" + first(world).text;
    for (const auto* other : {&world.anna, &world.cecilia, &world.disa, &world.eva, &world.frej}) {
      CAPTURE(other->user.name);
      CHECK(told(world, *other, address) == told(world, *other, "/participants/0000000000000000000000000a"));
      CHECK(told(world, *other, "/interventions/prova/participants") ==
            told(world, *other, "/interventions/finns-inte/participants"));
    }
    CHECK(world.get(world.nobody, address).status == 303);
  }

  TEST_CASE("an association's own employee reaches no person, whatever the roles") {
    auto world = district();
    const auto person = world.sign_in("greta", world.association, {"unit head", "coach", "director"});
    CHECK(world.get(person, "/participants/" + first(world).text).status == 404);
    CHECK(world.get(person, "/interventions/prova/participants").status == 404);
    world.assign(person, "prova");
    CHECK(world.get(person, "/participants/" + first(world).text).status == 404);
    CHECK(world.get(person, "/interventions/prova/participants").status == 404);
  }

  TEST_CASE("not even where the association owns the intervention itself") {
    auto world = district();
    world.add_intervention(
        prova_but({{"\"prova\"", "\"egen\""}, {world.municipality.name, world.association.name}}));
    world.import_participations("insats;deltagare;start\negen;B1;2025-01-01\n");
    const auto person = world.sign_in("greta", world.association, {"unit head", "coach"});
    CHECK(world.get(person, "/interventions/egen").status == 200);
    CHECK(world.get(person, "/interventions/egen/participants").status == 404);
  }

  TEST_CASE("a long list comes fifty at a time, in the order that people count") {
    auto world = district(120);
    const auto page = [&](const char* asked) {
      return world.get(world.bo, std::string("/interventions/prova/participants") + asked);
    };
    CHECK(has(page(""), ">A2</a>"));
    CHECK(has(page(""), ">A50</a>"));
    CHECK_FALSE(has(page(""), ">A51</a>"));
    CHECK(has(page("?page=3"), ">A120</a>"));
    CHECK_FALSE(has(page("?page=3"), ">A100</a>"));
    for (const auto* odd : {"?page=0", "?page=-1", "?page=x", "?page=99999999999999999999"})
      CHECK(page(odd).status == 200);
    CHECK(has(page("?page=9"), ">A120</a>"));
  }

  TEST_CASE("the register's own words are read back as they were written, whatever is in them") {
    const View written = {{"kön", "kvi\"na\\"}, {"avslutad till", "ÅÄÖ"}};
    CHECK(participation::words_written(written.json()) ==
          std::vector<std::pair<std::string, std::string>>{{"avslutad till", "ÅÄÖ"}, {"kön", "kvi\"na\\"}});
    CHECK(participation::words_written("").empty());
  }
}
