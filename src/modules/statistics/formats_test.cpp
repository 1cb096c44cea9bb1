#include "statistics/formats.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace stafett;
using namespace stafett::statistics;

namespace {

constexpr auto swedish = text::Language::swedish;
const auto noon = *Moment::read("2026-03-02 12:00:00");

const Measure& measure(std::string_view id) { return *std::ranges::find(measures(), id, &Measure::id); }

Value value(std::string name) { return {name, name, {"{1}", name}}; }

// Two sites by sex; one cell is hidden and another with it.
Table by_site_and_sex() {
  Table table{&measure("closed"),
              Audience::everyone,
              {Date::read("2024-01-01"), Date::read("2024-12-31")},
              {},
              {},
              {}};
  table.axes = {{Dimension::site, {value("Visby"), value("=Hemse")}},
                {Dimension::sex, {{"woman", "kvinna", "woman"}, {"man", "man", "man"}}}};
  table.cells = {{20},
                 {1017},
                 {1037},
                 {.is_hidden = true},
                 {.is_hidden = true},
                 {11},
                 {.is_hidden = true},
                 {.is_hidden = true},
                 {1048}};
  return table;
}

Table stay_by_sex() {
  Table table{&measure("stay"), Audience::unit, {}, {}, {}, {}};
  table.axes = {{Dimension::sex, {{"woman", "kvinna", "woman"}, {"man", "man", "man"}}}};
  table.cells = {{6, 8.25, 7.5}, {0}, {6, 8.25, 7.5}};
  return table;
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace

TEST_SUITE("statistics: formats") {
  TEST_CASE("a table to read has its totals, its definition and what the dots mean") {
    CHECK(as_text(by_site_and_sex(), swedish) ==
          "Avslutade deltaganden efter plattform och kön\n"
          "\n"
          "plattform  kvinna    man  Totalt\n"
          "Visby          20  1\u00a0017   1\u00a0037\n"
          "=Hemse         ..     ..      11\n"
          "Totalt         ..     ..   1\u00a0048\n"
          "\n"
          "Deltaganden som avslutades under perioden, oavsett resultat. Den som avslutas två gånger räknas "
          "två gånger.\n"
          "Period: 2024.\n"
          "”..” visas inte: färre än fem personer, eller en siffra som en sådan skulle kunna räknas ut "
          "ifrån.\n");
  }

  TEST_CASE("beside one dimension stand the shares, reckoned from the counts") {
    auto table = by_site_and_sex();
    table.axes.pop_back();
    table.cells = {{28}, {37}, {65}};
    const auto text = as_text(table, swedish);
    CHECK(has(text, "Visby         28   43,1\u00a0%\n"));
    CHECK(has(text, "Totalt        65  100,0\u00a0%\n"));
  }

  TEST_CASE("a withheld table says so and shows nothing") {
    auto table = by_site_and_sex();
    table.is_withheld = true;
    for (auto& cell : table.cells) cell = {.is_hidden = true};
    const auto text = as_text(table, swedish);
    CHECK(has(text, "Tabellen visas inte"));
    CHECK(text.substr(text.find("Visby"), text.find("Totalt  ") - text.find("Visby"))
              .find_first_of("123456789") == text.npos);
  }

  TEST_CASE("CSV as a Swedish spreadsheet wants it, and no cell is a formula") {
    const auto csv = as_csv(stay_by_sex(), swedish);
    CHECK(
        csv.starts_with("\xef\xbb\xbf"
                        "kön;Antal;\"Medelvärde, månader\";\"Median, "
                        "månader\"\r\nkvinna;6;8,3;7,5\r\nman;0;–;–\r\nTotalt;6;8,3;7,5\r\n"));
    const auto guarded = as_csv(by_site_and_sex(), swedish);
    CHECK(has(guarded, "\"'=Hemse\";..;..;11\r\n"));
    CHECK(has(guarded, "Visby;20;1017;1037\r\n"));
  }

  TEST_CASE("JSON-stat has null and two dots where a cell is hidden") {
    const auto json = as_json_stat(by_site_and_sex(), swedish);
    CHECK(has(json, R"("id":["site","sex"])"));
    CHECK(has(json, R"("size":[2,2])"));
    CHECK(has(json, R"("value":[20,1017,null,null])"));
    CHECK(has(json, R"("status":{"2":"..","3":".."})"));
    CHECK(has(
        json,
        R"("sex":{"category":{"index":["kvinna","man"],"label":{"kvinna":"kvinna","man":"man"}},"label":"kön"})"));
    CHECK(has(json, R"("note":["Deltaganden som avslutades)"));
    CHECK(has(json, R"({"of":{"site":"Visby"},"value":1037})"));
    CHECK(has(json, R"({"of":{"sex":"man"},"status":"..","value":null})"));
  }

  TEST_CASE("JSON-stat of a mean has number, mean and median") {
    const auto json = as_json_stat(stay_by_sex(), swedish);
    CHECK(has(json, R"("id":["sex","statistic"],"label")"));
    CHECK(has(json, R"("size":[2,3])"));
    CHECK(has(json, R"("value":[6,8.25,7.5,0,null,null])"));
    CHECK(has(json, R"("index":["n","mean","median"])"));
  }

  TEST_CASE("PC-Axis in the order its readers want, with the total as elimination value") {
    const auto px = as_px(by_site_and_sex(), swedish, noon);
    CHECK(
        px.starts_with("CHARSET=\"ANSI\";\nAXIS-VERSION=\"2013\";\nCODEPAGE=\"utf-8\";\nLANGUAGE=\"sv\";"
                       "\nCREATION-DATE=\"20260302 12:00\";\n"));
    CHECK(has(px, "STUB=\"plattform\",\"kön\";\nHEADING=\"tabellinnehåll\";\n"));
    CHECK(has(px, "VALUES(\"kön\")=\"kvinna\",\"man\",\"Totalt\";\n"));
    CHECK(has(px, "ELIMINATION(\"kön\")=\"Totalt\";\n"));
    CHECK(px.ends_with("DATA=\n20 \n1017 \n1037 \n\"..\" \n\"..\" \n11 \n\"..\" \n\"..\" \n1048 \n;\n"));
  }

  TEST_CASE("PC-Axis knows years as time, and no text breaks out of its quotation marks") {
    auto table = by_site_and_sex();
    table.axes = {{Dimension::year, {value("2024"), value("2025")}},
                  {Dimension::site, {value("Visby \"norr\"\nöst")}}};
    table.cells = {{5}, {5}, {6}, {6}, {11}, {11}};
    const auto px = as_px(table, swedish, noon);
    CHECK(has(px, "TIMEVAL(\"år\")=TLIST(A1),\"2024\",\"2025\";\n"));
    CHECK(has(px, "VALUES(\"plattform\")=\"Visby 'norr' öst\";\n"));
    CHECK(px.ends_with("DATA=\n5 \n6 \n;\n"));
  }

  TEST_CASE("a table of nobody is a table in every form") {
    auto table = by_site_and_sex();
    table.axes = {{Dimension::year, {}}, {Dimension::site, {}}};
    table.cells = {{0}};
    CHECK(has(as_text(table, swedish), "år      Totalt\nTotalt       0\n"));
    CHECK(has(as_csv(table, swedish), "år;Totalt\r\nTotalt;0\r\n"));
    CHECK(has(as_json_stat(table, swedish), R"("size":[0,0])"));
    CHECK(as_px(table, swedish, noon).ends_with("DATA=\n0 \n;\n"));
    table.axes.clear();
    CHECK(has(as_json_stat(table, swedish), R"("value":[0])"));
    CHECK(has(as_text(table, swedish), "Antal\n    0\n"));
  }

  TEST_CASE("no line of a PC-Axis file is too long for its readers") {
    const auto px = as_px(by_site_and_sex(), swedish, noon);
    std::size_t longest = 0;
    for (std::size_t at = 0; at < px.size();) {
      const auto end = px.find('\n', at);
      longest = std::max(longest, end - at);
      at = end + 1;
    }
    CHECK(longest <= 256);
  }
}
