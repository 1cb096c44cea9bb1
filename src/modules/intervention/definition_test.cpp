// The file that says what an intervention is: what holds in it, and what is told of what does not.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/assets.h"
#include "intervention/intervention.h"
#include "statistics/measure.h"
#include "tests/world.h"
#include "text/translation.h"

using namespace stafett;
using intervention::read_definition;

namespace {

constexpr std::string_view whole = R"(id = "prova"
name = "Prova på"
area = "Samordningsförbundet Provlandet"
owner = "Provköpings kommun"
from = 2024-01-01

[[destination]]
name = "Arbete"
group = "work"

[[goal]]
id = "arbete"
text = "Minst hälften till arbete"
kind = "share"
of = "closed"
counts = { destination = ["Arbete"] }
at_least = 0.5
)";

std::string with(std::string_view old, std::string_view now) {
  std::string file(whole);
  const auto at = file.find(old);
  REQUIRE(at != file.npos);
  return file.replace(at, old.size(), now);
}

// What is wrong with a file, as a person reads it: "Rad 4: …", one line for each.
std::string faults(std::string_view file) {
  const auto read = read_definition(file);
  if (read) return "";
  std::string all;
  for (const auto& fault : read.error().faults) all += text::told(text::Language::swedish, fault) + "\n";
  return all;
}

bool says(const std::string& all, std::string_view part) { return all.find(part) != all.npos; }

}  // namespace

TEST_SUITE("intervention") {
  TEST_CASE("the files of the two final reports hold, and written out they read back the same") {
    for (const auto* folder : {"gotland", "sundsvall", "forsteg", "narmare"}) {
      CAPTURE(folder);
      const auto read = read_definition(asset("assets/demo/" + std::string(folder) + "/insats.toml"));
      REQUIRE(read);
      const auto again = read_definition(intervention::written(*read));
      REQUIRE(again);
      CHECK(*again == *read);
    }
  }

  TEST_CASE("names with quotation marks, line breaks and backslashes come back from the file as they were") {
    auto definition = read_definition(whole).value();
    definition.name = "Prova \"på\"\\\n\tnu";
    definition.target_group = "åäö ' # = [";
    definition.goals[0].at_least = 0.431;
    const auto again = read_definition(intervention::written(definition));
    REQUIRE(again);
    CHECK(again->name == definition.name);
    CHECK(again->target_group == definition.target_group);
    CHECK(again->goals == definition.goals);
  }

  TEST_CASE("a misspelt key is told with its line and the nearest one that is known") {
    CHECK(faults(whole) == "");
    CHECK(says(faults(with("owner", "ownr")), "Rad 4: ”ownr” är okänt. Menade du ”owner”?"));
    CHECK(says(faults(with("[[destination]]", "[[destinaton]]")),
               "Rad 7: ”destinaton” är okänt. Menade du ”destination”?"));
    CHECK(says(faults(with("at_least", "atleast")), "Rad 17: ”atleast” är okänt. Menade du ”at_least”?"));
    CHECK(says(faults(with("group", "grupp")), "Rad 9: ”grupp” är okänt. Menade du ”group”?"));
  }

  TEST_CASE("a misspelt word is told with its line and the nearest one that is known") {
    CHECK(says(faults(with("\"work\"", "\"wrok\"")), "Rad 9: ”wrok” är okänt. Menade du ”work”?"));
    CHECK(says(faults(with("\"share\"", "\"procent\"")),
               "Rad 14: ”procent” är inte känt. Det kan vara share, count, mean."));
    CHECK(says(faults(with("\"closed\"", "\"closd\"")), "Rad 15: ”closd” är okänt. Menade du ”closed”?"));
    CHECK(says(faults(with("{ destination =", "{ destinatio =")),
               "Rad 16: ”destinatio” är okänt. Menade du ”destination”?"));
    CHECK(says(faults(with("[\"Arbete\"]", "[\"Arbeta\"]")),
               "Rad 16: Målet ”arbete” räknar ”Arbeta”, som insatsen inte har."));
  }

  TEST_CASE("what is missing, empty, of the wrong kind or out of bounds is told with its line") {
    CHECK(says(faults(with("name = \"Prova på\"\n", "")), "”name” saknas. Det behövs."));
    CHECK(says(faults(with("\"Prova på\"", "\"  \"")), "Rad 2: ”name” är tomt."));
    CHECK(says(faults(with("\"Prova på\"", "12")), "Rad 2: ”name” ska vara en text inom citattecken."));
    CHECK(says(faults(with("2024-01-01", "\"januari\"")), "Rad 5: ”from” ska vara ett datum"));
    CHECK(says(faults(with("2024-01-01", "2024-01-01\nto = 2023-01-01")),
               "Rad 6: Insatsen slutar innan den börjar."));
    CHECK(says(faults(with("2024-01-01", "2024-01-01\nlongest_stay_months = 1000")),
               "Rad 6: ”longest_stay_months” är 1000. Det ska vara mellan 1 och 240."));
    CHECK(says(faults(with("2024-01-01", "2024-01-01\nlongest_stay_months = \"tolv\"")),
               "Rad 6: ”longest_stay_months” ska vara ett heltal."));
    CHECK(says(faults(with("2024-01-01", "2024-01-01\nsites = \"Visby\"")),
               "Rad 6: ”sites” ska vara en lista inom hakparenteser."));
    CHECK(says(faults(with("2024-01-01", "2024-01-01\nsites = [1]")),
               "Rad 6: ”sites” ska vara en lista av texter"));
    CHECK(says(faults(with("2024-01-01", "2024-01-01\ndecision = \"lönebidrag\"")),
               "Rad 6: ”decision” ska skrivas som [[…]]."));
    CHECK(says(faults(with("\"prova\"", "\"Prova på\"")), "Rad 1: ”Prova på” duger inte som kortnamn."));
    CHECK(says(faults(with("\"prova\"", "\"new\"")), "Rad 1: ”new” kan inte vara en insats kortnamn."));
  }

  TEST_CASE("a goal says what it counts and one target that can be reached") {
    CHECK(says(faults(with("at_least = 0.5", "at_least = 55")), "är en andel och ska vara mellan 0 och 1"));
    CHECK(says(faults(with("at_least = 0.5", "")), "Rad 11: Målet ”arbete” behöver ett målvärde"));
    CHECK(says(faults(with("at_least = 0.5", "at_least = 0.5\nat_most = 0.6")), "behöver ett målvärde"));
    CHECK(says(faults(with("counts = { destination = [\"Arbete\"] }\n", "")),
               "är en andel: ange vilka som räknas"));
    CHECK(says(faults(with("at_least = 0.5", "at_least = 0.5\nper_months = 12")), "är inte ett antal"));
    CHECK(says(faults(with("at_least = 0.5", "at_least = \"hälften\"")),
               "Rad 17: ”at_least” ska vara ett tal."));
    CHECK(says(faults(std::string(whole) + std::string(whole.substr(whole.find("[[goal]]")))),
               "”arbete” står två gånger."));
    CHECK(says(faults(with("[[goal]]", "[[destination]]\nname = \"arbete \"\ngroup = \"work\"\n[[goal]]")),
               "Rad 11: ”arbete” står två gånger."));
  }

  TEST_CASE("all faults of a file are told at once, and a file that is no TOML says where it stops") {
    auto file = with("owner", "ownr");
    file.replace(file.find("\"work\""), 6, "\"wrok\"");
    CHECK(says(faults(file), "Rad 4"));
    CHECK(says(faults(file), "Rad 9"));
    CHECK(says(faults("id = \"prova\"\nname = \n"), "Rad 2"));
    CHECK_FALSE(faults("").empty());
    CHECK_FALSE(faults(std::string("\0\1\2\xff", 4)).empty());
  }

  TEST_CASE("a short name is made of plain letters") {
    CHECK(intervention::short_name("Jobbvägen AR") == "jobbvagen-ar");
    CHECK(intervention::short_name(" Östra Ån – steg 2! ") == "ostra-an-steg-2");
    CHECK(intervention::short_name("Émile & co") == "emile-co");
    CHECK(intervention::short_name("–") == "");
    CHECK(intervention::short_name(std::string(39, 'a') + " b").size() <= 40);
  }

  TEST_CASE(
      "a goal may be of every measure and count by every dimension that the statistics have, and no others") {
    const auto same = [](const auto& mine, const auto& theirs) {
      return std::equal(mine.begin(), mine.end(), theirs.begin(), theirs.end(),
                        [](auto& a, auto& b) { return a == b.id; });
    };
    auto measures = std::vector(statistics::measures().begin(), statistics::measures().end());
    auto mine = intervention::measures;
    std::sort(mine.begin(), mine.end());
    std::sort(measures.begin(), measures.end(), [](auto& a, auto& b) { return a.id < b.id; });
    CHECK(same(mine, measures));
    auto dimensions = std::vector(statistics::dimensions().begin(), statistics::dimensions().end());
    auto my_dimensions = intervention::dimensions;
    std::sort(my_dimensions.begin(), my_dimensions.end());
    std::sort(dimensions.begin(), dimensions.end(), [](auto& a, auto& b) { return a.id < b.id; });
    CHECK(same(my_dimensions, dimensions));
  }

  TEST_CASE(
      "an intervention comes in as a file and goes out as the same file, and each fault in one has its "
      "line") {
    World world;
    CHECK(location(world.send(world.bo, "/interventions/file", {}, "file", "insats.toml", whole)) ==
          "/interventions/prova");
    const auto file = world.get(world.anna, "/interventions/prova/file");
    CHECK(read_definition(file.body).value() == read_definition(whole).value());
    CHECK(world.get(world.anna, "/interventions/prova/file?version=2").status == 404);
    const auto refused =
        world.send(world.bo, "/interventions/file", {}, "file", "insats.toml", with("owner", "ownr"));
    CHECK(refused.status == 422);
    CHECK(has(refused, "Rad 4: ”ownr” är okänt."));
    CHECK(world.post(world.bo, "/interventions/file").status == 422);
  }
}
