#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

#include "file/table.h"
#include "organisation/organisation.h"
#include "statistics/formats.h"
#include "tests/world.h"

using namespace stafett;

namespace {

struct Gotland : World {
  Person gunnel, per;  // the region: unit head and coach

  Gotland() {
    add_register("gotland");
    const auto region =
        database->read([](db::Transaction& tx) { return organisation::named(tx, "Region Gotland").value(); });
    gunnel = sign_in("gunnel", region, {"unit head"});
    per = sign_in("per", region, {"coach"});
  }
};

const std::string by_destination =
    "measure=closed&by=destination&by=sex&intervention=jobbvagen-ar&from=2024-01-01&to=2025-05-31";

// What a reader sees of the table: a line per row, its cells with | between them.
std::vector<std::string> rows_shown(const web::Outgoing& page) {
  std::vector<std::string> rows;
  std::string_view body = page.body;
  body = body.substr(std::min(body.find("<table"), body.size()));
  body = body.substr(0, body.find("</table>"));
  bool in_tag = false;
  std::string row;
  for (std::size_t i = 0; i != body.size(); ++i) {
    if (body.substr(i).starts_with("<tr")) row.clear();
    if (body.substr(i).starts_with("</th>") || body.substr(i).starts_with("</td>")) row += '|';
    if (body.substr(i).starts_with("</tr>")) rows.push_back(std::exchange(row, {}));
    if (body[i] == '<') in_tag = true;
    if (!in_tag && body[i] != '\n') row += body[i];
    if (body[i] == '>') in_tag = false;
  }
  return rows;
}

bool shows(const std::vector<std::string>& rows, const std::string& row) {
  return std::ranges::find(rows, row) != rows.end();
}

}  // namespace

TEST_SUITE_BEGIN("statistics pages");

TEST_CASE("the unit sees where the women and men of its intervention went on to, in true counts") {
  Gotland gotland;
  const auto page = gotland.get(gotland.per, "/statistics?" + by_destination + "&audience=unit");
  CHECK(page.status == 200);
  const auto rows = rows_shown(page);
  CHECK(shows(rows, "avslutad till|kvinna|man|Totalt|"));
  CHECK(shows(rows, "AF (annan insats och arbetsmarknadsutbildning)|6|5|11|"));
  CHECK(shows(rows, "Arbetsmarknadsutbildning|0|1|1|"));
  CHECK(shows(rows, "SOF (annan planering/LSS)|7|13|20|"));
  CHECK(shows(rows, "Totalt|35|30|65|"));
  CHECK(has(page, "Exakta tal för min organisation"));
  CHECK(has(page, "<svg"));
}

TEST_CASE("everyone else sees the same table with small numbers protected, and why") {
  Gotland gotland;
  for (const auto* person : {&gotland.anna, &gotland.eva, &gotland.per}) {
    const auto page = gotland.get(*person, "/statistics?" + by_destination);
    const auto rows = rows_shown(page);
    CHECK(rows.size() > 5);
    CHECK_FALSE(shows(rows, "Arbetsmarknadsutbildning|0|1|1|"));
    CHECK(std::ranges::any_of(rows, [](const std::string& row) { return row.find("|..|") != row.npos; }));
    CHECK(has(page, "färre än fem personer"));
    CHECK(has(page, "Period: 1 januari 2024–31 maj 2025."));
  }
}

TEST_CASE("true counts are refused for those who may not see the persons, and said so") {
  Gotland gotland;
  for (const auto& path : {"/statistics?" + by_destination, "/statistics/table.csv?" + by_destination}) {
    const auto page = gotland.get(gotland.eva, path + "&audience=unit");
    CHECK(page.status == 403);
    CHECK(has(page, "Be om den offentliga tabellen i stället."));
    CHECK_FALSE(has(page, "|65|"));
  }
  CHECK_FALSE(has(gotland.get(gotland.eva, "/statistics"), "Exakta tal för min organisation"));
}

TEST_CASE("true counts are those of one's own organisation's participants") {
  Gotland gotland;
  const auto page = gotland.get(gotland.bo, "/statistics?measure=closed&by=sex&audience=unit");
  CHECK(page.status == 200);
  CHECK_FALSE(has(page, ">65<"));
  CHECK(has(gotland.get(gotland.gunnel, "/statistics?measure=closed&by=sex&audience=unit"), ">65<"));
}

TEST_CASE("every file says the same as the page, for whoever asks") {
  Gotland gotland;
  for (const auto& audience : {std::string(), std::string("&audience=unit")}) {
    const auto on_page = rows_shown(gotland.get(gotland.gunnel, "/statistics?" + by_destination + audience));
    REQUIRE(on_page.size() == 11);
    for (const auto* name : {"table.csv", "table.xlsx"}) {
      const auto out =
          gotland.get(gotland.gunnel, std::string("/statistics/") + name + "?" + by_destination + audience);
      CHECK(out.status == 200);
      const auto table = file::read_table(out.body);
      REQUIRE(table);
      std::vector<std::string> in_file;
      for (std::size_t i = 0; i != table->size(); ++i) {
        std::string row;
        for (std::size_t column = 0; column != (*table)[i].size(); ++column)
          row += std::string((*table)[i][column]) + "|";
        in_file.push_back(row);
      }
      for (std::size_t i = 1; i != on_page.size(); ++i) {
        CAPTURE(on_page[i]);
        CHECK(shows(in_file, on_page[i]));
      }
    }
  }
  const auto json = gotland.get(gotland.eva, "/statistics/table.json?" + by_destination);
  CHECK(json.content_type == "application/json; charset=utf-8");
  CHECK(has(json, "\"class\":\"dataset\""));
  CHECK(has(json, "null"));
  CHECK(has(gotland.get(gotland.eva, "/statistics/table.px?" + by_destination), "AXIS-VERSION"));
  CHECK(gotland.get(gotland.eva, "/statistics/table.doc?" + by_destination).status == 404);
}

TEST_CASE("the page leads to its own files: the question is in the address") {
  Gotland gotland;
  const auto page = gotland.get(
      gotland.gunnel, "/statistics?measure=closed&by=&by=sex&sex=kvinna&from=2024-01-01&to=&audience=unit");
  CHECK(has(page,
            "/statistics/"
            "table.csv?measure=closed&amp;by=sex&amp;sex=kvinna&amp;from=2024-01-01&amp;audience=unit"));
  CHECK(has(page, "value=\"kvinna\" checked"));
  CHECK(has(page, "<option value=\"sex\" selected>"));
}

TEST_CASE("three dimensions stand in groups, each with its total") {
  Gotland gotland;
  const auto page = gotland.get(
      gotland.gunnel, "/statistics?measure=closed&by=year&by=destination_group&by=sex&audience=unit");
  const auto rows = rows_shown(page);
  CHECK(shows(rows, "år|resultatgrupp|kvinna|man|Totalt|"));
  CHECK(shows(rows, "2024|arbete|0|2|2|"));
  CHECK(shows(rows, "2025|arbete|1|0|1|"));
  CHECK(shows(rows, "Totalt|Totalt|35|30|65|"));
}

TEST_CASE("what does not go with another measure is left out, and named") {
  Gotland gotland;
  const auto page =
      gotland.get(gotland.gunnel, "/statistics?measure=decisions&by=destination&by=sex&referrer=kommun");
  CHECK(page.status == 200);
  CHECK(has(page, "Utelämnat"));
  CHECK(has(page, "<li>avslutad till</li>"));
  CHECK(has(page, "<li>remittent</li>"));
  CHECK(has(page, "<option value=\"sex\" selected>"));
}

TEST_CASE("a question that cannot be answered comes back with what is wrong, and what was chosen") {
  Gotland gotland;
  const auto fault = [&](const std::string& query, const std::string& text) {
    const auto page = gotland.get(gotland.gunnel, "/statistics?" + query);
    CHECK(page.status == 422);
    CHECK(has(page, text));
    CHECK(has(page, "ds-error-summary"));
    return page;
  };
  fault("measure=closd", "Måttet ”closd” finns inte. Menade du ”closed”?");
  fault("measure=closed&by=sex&by=sex", "by1");
  fault("measure=closed&by=sex&sex=kvina", "Menade du ”kvinna”?");
  fault("measure=closed&by=sex&from=2024-13-01", "”2024-13-01” är inte ett datum.");
  const auto page =
      fault("measure=closed&by=year&from=2025-01-01&to=2024-01-01", "Perioden slutar innan den börjar.");
  CHECK(has(page, "<option value=\"year\" selected>"));
  CHECK(has(page, "value=\"2025-01-01\""));
}

TEST_CASE("a table that would tell of someone is withheld, kindly") {
  World world;
  world.add_intervention(R"(
id = "liten"
name = "Liten"
area = "Samordningsförbundet Provlandet"
owner = "Provköpings kommun"
orientation = "individual"
from = 2020-01-01
target_group = "Alla"
[[destination]]
name = "Arbete"
group = "work")");
  world.import_participations(
      "insats;deltagare;kön;start;avslut;avslutad "
      "till\nliten;A;kvinna;2025-01-01;2025-06-01;Arbete\nliten;B;man;2025-01-01;2025-06-01;Arbete\n");
  const auto page = world.get(world.eva, "/statistics?measure=closed&by=destination&by=sex");
  CHECK(page.status == 200);
  CHECK(has(page, "För få för att visa en tabell"));
  CHECK_FALSE(has(page, "table.csv"));
  CHECK_FALSE(has(page, ">1<"));
}

TEST_CASE("an empty database has an explorer too") {
  World world;
  const auto page = world.get(world.eva, "/statistics");
  CHECK(page.status == 200);
  CHECK(has(page, "Avslutade deltaganden"));
}

TEST_CASE("anyone may read how we count, and only those with a part in the follow-up may ask") {
  Gotland gotland;
  const auto page = gotland.get(gotland.nobody, "/definitions");
  CHECK(page.status == 200);
  for (const auto& measure : statistics::measures())
    CHECK(has(page, "id=\"" + std::string(measure.id) + "\""));
  for (const auto& division : statistics::dimensions())
    CHECK(has(page, "id=\"" + std::string(division.id) + "\""));
  CHECK(has(page, "uppgift saknas"));
  CHECK(gotland.get(gotland.disa, "/statistics").status == 403);
  CHECK(gotland.get(gotland.frej, "/statistics/table.csv?measure=closed").status == 403);
  CHECK(gotland.get(gotland.nobody, "/statistics").status == 303);
}

TEST_SUITE_END();
