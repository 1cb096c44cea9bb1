#include "exchange/exchange.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "base/assets.h"
#include "base/file.h"
#include "file/csv.h"
#include "file/xlsx.h"
#include "intervention/intervention.h"
#include "tests/databases.h"
#include "text/translation.h"

using namespace stafett;
using exchange::Kind;
using exchange::Report;

namespace {

const Date today = Date::of(2026, 2, 3);

// The tests may be run from any folder of the project.
std::string file_beside_tests(const std::string& name) {
  auto folder = std::filesystem::current_path();
  while (!std::filesystem::exists(folder / "tests" / name) && folder.has_relative_path()) folder = folder.parent_path();
  return read_file((folder / "tests" / name).string()).value();
}
std::string demo(const std::string& name) { return std::string(asset("assets/demo/" + name)); }

constexpr auto vagen = R"(
id = "vagen"
name = "Vägen vidare"
area = "FinsamGotland"
owner = "Region Gotland"
orientation = "individual"
from = 2020-01-01
sites = ["Visby", "Hemse"]
target_group = "Alla"
[[destination]]
name = "Arbete"
group = "work"
[[destination]]
name = "Avbrutit"
group = "interrupted"
[[decision]]
name = "lönebidrag"
group = "subsidised work")";

// Nothing is declared here, neither sites nor destinations.
constexpr auto open_door = R"(
id = "oppen-dorr"
name = "Öppen dörr"
area = "FinsamGotland"
owner = "Gotlands kommun"
orientation = "individual"
from = 2020-01-01
target_group = "Alla")";

struct Office {
  std::shared_ptr<db::Database> database = empty_database();

  Office(std::initializer_list<std::string> interventions = {vagen, open_door}) {
    database->write([&](db::Transaction& tx) {
      for (const auto& toml : interventions)
        REQUIRE(intervention::save(tx, intervention::read_definition(toml).value(), "test", *Moment::read("2026-02-03 08:00:00")));
    });
  }

  Result<Report> try_import(Kind kind, const file::Table& table, const access::User* user = nullptr, bool dry_run = false) {
    return exchange::import(*database, table, {.kind = kind, .user = user, .today = today, .dry_run = dry_run});
  }
  Report import(Kind kind, const std::string& bytes) { return try_import(kind, file::read_table(bytes).value()).value(); }
  Report participations(const std::string& bytes) { return import(Kind::participations, bytes); }

  // Rows under the usual headings.
  Report rows(const std::string& rows) {
    return participations("insats;plattform;deltagare;kön;födelseår;hemkommun;remittent;försörjning vid start;aktualiserad;start;avslut;"
                          "avslutad till;försörjning vid avslut\n" + rows);
  }

  std::int64_t count(const std::string& what) {
    return database->read([&](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.number("n"); }, "select count(*) as n from " + what).value();
    });
  }
  std::string text(const std::string& column, const std::string& from) {
    return database->read([&](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.has("x") ? row.text("x") : ""; }, "select " + column + " as x from " + from).value();
    });
  }
};

std::string swedish(const std::vector<Fault>& faults) {
  std::string words;
  for (const auto& fault : faults) words += (words.empty() ? "" : " | ") + text::told(text::Language::swedish, fault);
  return words;
}
std::vector<std::string> swedish(const std::vector<Message>& messages) {
  std::vector<std::string> words;
  for (const auto& message : messages) words.push_back(text::translated(text::Language::swedish, message));
  return words;
}

// The faults of the only row, refused.
std::string fault_of(const Report& report) {
  REQUIRE(report.refused.size() == 1);
  return swedish(report.refused[0].faults);
}

std::vector<std::size_t> counts(const Report& report) {
  return {report.rows, report.added, report.changed, report.unchanged, report.refused.size()};
}
using Counts = std::vector<std::size_t>;

}  // namespace

TEST_SUITE_BEGIN("exchange");

TEST_CASE("of a broken register the whole rows are taken, and each other one is refused with its faults") {
  Office office{{demo("gotland/insats.toml")}};
  const auto table = file::read_table(file_beside_tests("registers/broken/deltagare.csv")).value();
  const auto report = office.try_import(Kind::participations, table).value();
  CHECK(counts(report) == Counts{13, 2, 0, 0, 11});
  CHECK(report.notices.empty());

  std::vector<std::string> lines;
  for (const auto& refusal : report.refused) lines.push_back(exchange::line_about(table, refusal, text::Language::swedish));
  CHECK(lines == std::vector<std::string>{
                     "Rad 3: start: ”2024-13-01” är inte ett datum. Skriv det som 2024-03-01.",
                     "Rad 4: avslut: Avslutet (2024-09-01) är före starten (2024-10-01).",
                     "Rad 5: kön: ”kvina” är okänt. Menade du ”kvinna”?",
                     "Rad 6: avslutad till: Insatsen har inget avslut ”Månen”. Rätta ordet, eller lägg först till avslutet i insatsen.",
                     "Rad 7: start: Deltagaren är redan i insatsen, från 2024-02-01 till 2024-09-01. Två deltaganden får inte överlappa.",
                     "Rad 8: deltagare: Deltagaren saknas. Ge varje person en egen beteckning.",
                     "Rad 9: insats: Det finns ingen insats ”finns-inte”. Lägg till den först.",
                     "Rad 10: födelseår: Ingen här är född 2031. Kontrollera året.",
                     "Rad 12: avslutad till: Det står ”Avbrutit”, men datum för avslut saknas.",
                     "Rad 13: start: Starten saknas.",
                     "Rad 14: hemkommun: ”9999” är ingen kommun. Skriv kommunens kod med fyra siffror eller dess namn.",
                 });
  CHECK(office.count("participant") == 2);
  CHECK(office.count("participation") == 2);
  CHECK(office.text("code", "participant where code <> 'X-001'") == "=HYPERLINK(\"http://x\")");
}

TEST_CASE("the Gotland register is taken whole, and the same file again changes nothing") {
  Office office{{demo("gotland/insats.toml")}};
  CHECK(counts(office.participations(demo("gotland/deltagare.csv"))) == Counts{65, 65, 0, 0, 0});
  CHECK(counts(office.participations(demo("gotland/deltagare.csv"))) == Counts{65, 0, 0, 65, 0});
  CHECK(office.count("participation join participant on participant.id = participant_id where sex = 'woman'") == 35);
  CHECK(office.count("participation where destination = 'SOF (annan planering/LSS)'") == 20);
}

TEST_CASE("the Sundsvall registers, as an old spreadsheet saved them, are taken whole, and again unchanged") {
  Office office{{demo("sundsvall/insats.toml")}};
  for (const Counts& wanted : {Counts{261, 261, 0, 0, 0}, Counts{261, 0, 0, 261, 0}})
    CHECK(counts(office.participations(demo("sundsvall/deltagare.csv"))) == wanted);
  for (const Counts& wanted : {Counts{126, 126, 0, 0, 0}, Counts{126, 0, 0, 126, 0}})
    CHECK(counts(office.import(Kind::decisions, demo("sundsvall/beslut.csv"))) == wanted);
  CHECK(office.count("participant where sex = 'man'") == 151);
  CHECK(office.count("decision where kind = 'lönebidrag LFU/OSA' and form = 'extension'") == 35);
}

TEST_CASE("a changed row changes what was kept, and nothing else") {
  Office office;
  office.rows("vagen;Visby;A;kvinna;1980;0980;;;;2024-02-01;;;\nvagen;Visby;B;man;1990;0980;;;;2024-02-01;;;\n");
  const auto report = office.rows("vagen;Visby;A;kvinna;1980;0980;;;;2024-02-01;2024-09-01;Arbete;lön\nvagen;Visby;B;man;1990;0980;;;;2024-02-01;;;\n");
  CHECK(counts(report) == Counts{2, 0, 1, 1, 0});
  CHECK(office.text("destination", "participation join participant on participant.id = participant_id where code = 'A'") == "Arbete");
  CHECK(office.text("ended_on", "participation join participant on participant.id = participant_id where code = 'B'") == "");
}

TEST_CASE("a year of birth that comes later is learnt, and one left empty is not forgotten") {
  Office office;
  office.rows("vagen;Visby;A;kvinna;;0980;;;;2024-02-01;;;\n");
  CHECK(counts(office.rows("vagen;Visby;A;kvinna;1980;0980;;;;2024-02-01;;;\n")) == Counts{1, 0, 1, 0, 0});
  CHECK(counts(office.rows("vagen;Visby;A;;;0980;;;;2024-02-01;;;\n")) == Counts{1, 0, 0, 1, 0});
  CHECK(office.text("sex", "participant") == "woman");
  CHECK(office.count("participant where birth_year = 1980") == 1);
}

TEST_CASE("a register without a column leaves what stands there; an emptied cell empties it") {
  Office office;
  office.rows("vagen;Visby;A;kvinna;1980;0980;FK;;;2024-02-01;2024-09-01;Arbete;\n");
  CHECK(counts(office.participations("insats;deltagare;start\nvagen;A;2024-02-01\n")) == Counts{1, 0, 0, 1, 0});
  CHECK(counts(office.participations("insats;deltagare;start;plattform\nvagen;A;2024-02-01;Hemse\n")) == Counts{1, 0, 1, 0, 0});
  CHECK(office.count("participation where site = 'Hemse' and destination = 'Arbete' and referrer = 'Försäkringskassan'") == 1);
  CHECK(office.text("written", "participation") == R"({"remittent":"FK"})");
  CHECK(counts(office.rows("vagen;Hemse;A;kvinna;1980;0980;;;;2024-02-01;;;\n")) == Counts{1, 0, 1, 0, 0});
  CHECK(office.count("participation where ended_on is null and destination = '' and referrer = ''") == 1);
}

TEST_CASE("in one file a participant has one sex, one year of birth and one personal number") {
  Office office;
  auto report = office.rows("vagen;;A;kvinna;1980;;;;;2022-02-01;2022-09-01;;\nvagen;;A;;;;;;;2023-02-01;2023-09-01;;\n"
                            "vagen;;A;man;1981;;;;;2024-02-01;2024-09-01;;\n");
  CHECK(counts(report) == Counts{3, 2, 0, 0, 1});
  CHECK(fault_of(report) == "kön: Samma deltagare har ett annat kön på rad 2. | födelseår: Samma deltagare har ett annat födelseår på rad 2.");
  CHECK(counts(office.rows("vagen;;A;man;1981;;;;;2022-02-01;2022-09-01;;\n")) == Counts{1, 0, 1, 0, 0});

  report = office.participations("insats;deltagare;start;avslut;personnummer\nvagen;C;2022-01-01;2022-02-01;19640823-3234\nvagen;C;2023-01-01;;19800101-0019\n");
  CHECK(fault_of(report).find("personnummer: Samma deltagare har ett annat personnummer på rad 2.") != std::string::npos);
}

TEST_CASE("two stays of a participant may not overlap, in a file or with what was known") {
  Office office;
  const auto in_file = office.rows("vagen;;A;;;;;;;2024-02-01;2024-09-01;;\nvagen;;A;;;;;;;2024-08-01;;;\nvagen;;A;;;;;;;2024-02-01;2024-03-01;;\n");
  CHECK(counts(in_file) == Counts{3, 1, 0, 0, 2});
  CHECK(swedish(in_file.refused[0].faults) == "start: Deltagaren är redan i insatsen, från 2024-02-01 till 2024-09-01. Två deltaganden får inte överlappa.");
  CHECK(swedish(in_file.refused[1].faults) == "start: Samma deltagare börjar samma dag på rad 2.");
  CHECK(counts(office.rows("vagen;;A;;;;;;;2024-10-01;;;\n")) == Counts{1, 1, 0, 0, 0});
  CHECK(fault_of(office.rows("vagen;;A;;;;;;;2024-11-01;;;\n")) == "start: Deltagaren är redan i insatsen sedan 2024-10-01. Avsluta det deltagandet först.");
  CHECK(counts(office.rows("oppen-dorr;;A;;;;;;;2024-11-01;;;\n")) == Counts{1, 1, 0, 0, 0});
}

TEST_CASE("a stay that the file itself ends makes room for the next, whichever row comes first") {
  Office office;
  office.rows("vagen;;A;;;;;;;2024-02-01;;;\n");
  const auto report = office.rows("vagen;;A;;;;;;;2025-02-01;;;\nvagen;;A;;;;;;;2024-10-01;2024-12-01;;\nvagen;;A;;;;;;;2024-02-01;2024-09-01;;\n");
  CHECK(counts(report) == Counts{3, 2, 1, 0, 0});
}

TEST_CASE("a cell too many refuses the row, also when it comes back unmended; empty cells behind are nothing") {
  Office office;
  const auto table = file::read_table("insats;deltagare;start\nvagen;A;2024-02-01;;\nvagen;B;2024-02-01;hej\n").value();
  const auto report = office.try_import(Kind::participations, table).value();
  CHECK(fault_of(report) == "Raden har 4 celler, men det finns 3 rubriker. Är det en avskiljare för mycket?");
  CHECK(fault_of(office.participations(exchange::rejects_file(table, report, text::Language::swedish))).starts_with("Raden har 6 celler"));
}

TEST_CASE("a heading that stands twice, and a needed column that is not there, refuse the file") {
  Office office;
  CHECK_FALSE(file::read_table("insats;deltagare;Start;start\nvagen;A;2024-02-01;2024-02-02\n"));
  const auto report = office.try_import(Kind::participations, file::read_table("Insats;deltagre;kön\nvagen;A;kvinna\n").value());
  REQUIRE_FALSE(report);
  CHECK(swedish(report.error().faults) ==
        "Kolumnen ”deltagare” finns inte i filen. Den behövs. Är det den som heter ”deltagre”? | Kolumnen ”start” finns inte i filen. Den behövs.");
}

TEST_CASE("headings are found in any order, case and spacing, and others are named with what was probably meant") {
  Office office;
  const auto report = office.participations("START;Hem kommun;anteckning; Deltagare ;remitent;INSATS;\n2024-02-01;Gotland;hej;A;FK;vagen;\n");
  CHECK(counts(report) == Counts{1, 1, 0, 0, 0});
  CHECK(swedish(report.notices) == std::vector<std::string>{"Kolumnen ”anteckning” är okänd och lämnas orörd.",
                                                            "Kolumnen ”remitent” är okänd och lämnas orörd. Menade du ”remittent”?"});
  CHECK(office.text("municipality", "participation") == "0980");
}

TEST_CASE("only the owner of an intervention brings in its participants") {
  Office office;
  access::User user{.account = {"a"}};
  user.organisation = office.database->read([](db::Transaction& tx) { return organisation::named(tx, "Gotlands kommun").value().id; });
  const auto table = file::read_table("insats;deltagare;start\nvagen;A;2024-02-01\noppen-dorr;A;2024-02-01\n").value();
  const auto report = office.try_import(Kind::participations, table, &user).value();
  CHECK(counts(report) == Counts{2, 1, 0, 0, 1});
  CHECK(fault_of(report) == "insats: Insatsen ”Vägen vidare” tillhör Region Gotland. Bara de läser in dess deltagare.");
}

TEST_CASE("a dry run tells the same as the import, and keeps nothing") {
  Office office{{demo("gotland/insats.toml")}};
  const auto table = file::read_table(file_beside_tests("registers/broken/deltagare.csv")).value();
  const auto dry = office.try_import(Kind::participations, table, nullptr, true).value();
  CHECK(office.count("participant") == 0);
  CHECK(office.count("participation") == 0);
  const auto real = office.try_import(Kind::participations, table).value();
  CHECK(counts(dry) == counts(real));
  for (std::size_t i = 0; i != dry.refused.size(); ++i) CHECK(swedish(dry.refused[i].faults) == swedish(real.refused[i].faults));
}

TEST_CASE("the refused rows come back in the same shape with row and fault, and are taken once mended") {
  Office office{{demo("gotland/insats.toml")}};
  const auto table = file::read_table(file_beside_tests("registers/broken/deltagare.csv")).value();
  const auto report = office.try_import(Kind::participations, table).value();
  auto rejects = exchange::rejects_file(table, report, text::Language::swedish);

  const auto read = file::read_table(rejects).value();
  CHECK(read.headings.size() == 15);
  CHECK(read.headings[13] == "rad");
  CHECK(read.headings[14] == "fel");
  CHECK(read.size() == 11);
  CHECK(read[2][3] == "kvina");
  CHECK(read[2][13] == "5");
  CHECK(read[2][14] == "kön: ”kvina” är okänt. Menade du ”kvinna”?");

  const auto again = office.try_import(Kind::participations, read).value();
  CHECK(counts(again) == Counts{11, 0, 0, 0, 11});
  CHECK(file::read_table(exchange::rejects_file(read, again, text::Language::swedish)).value().headings.size() == 15);

  const auto at = rejects.find("kvina;");
  REQUIRE(at != std::string::npos);
  rejects.replace(at, 5, "kvinna");
  CHECK(counts(office.participations(rejects)) == Counts{11, 1, 0, 0, 10});
}

TEST_CASE("a cell that looks like a formula is guarded in the file of refused rows, and read back as it was") {
  Office office;
  const auto table = file::read_table("insats;deltagare;start\nvagen;=1+1;hej\n").value();
  const auto rejects = exchange::rejects_file(table, office.try_import(Kind::participations, table).value(), text::Language::swedish);
  CHECK(rejects.find("'=1+1") != std::string::npos);
  CHECK(file::read_table(rejects).value()[0][1] == "=1+1");
}

TEST_CASE("the register is the same as CSV in either encoding and as an Excel file") {
  const auto as_utf8 = demo("gotland/deltagare.csv");
  const auto table = file::read_table(as_utf8).value();
  file::Sheet sheet{.name = "Register", .title = "", .headings = table.headings};
  for (std::size_t i = 0; i != table.size(); ++i) {
    auto& row = sheet.rows.emplace_back();
    for (std::size_t column = 0; column != table.headings.size(); ++column) {
      const std::string cell(table[i][column]);
      const auto date = Date::read(cell);
      row.push_back(date ? file::Value(*date) : column == 4 ? file::Value(std::int64_t{std::stoi(cell)}) : file::Value(cell));
    }
  }
  const auto kept = [](Office& office) {
    return office.database->read([](db::Transaction& tx) {
      return tx.list(
          [](const db::Row& row) {
            return row.text("code") + "|" + row.text("sex") + "|" + std::to_string(row.number("birth_year")) + "|" + row.text("site") + "|" +
                   row.text("municipality") + "|" + row.date("referred_on").text() + "|" + row.date("started_on").text() + "|" +
                   row.date("ended_on").text() + "|" + row.text("destination");
          },
          "select code, sex, birth_year, site, municipality, referred_on, started_on, ended_on, destination from participation "
          "join participant on participant.id = participant_id order by code");
    });
  };
  std::vector<std::string> from_csv, from_excel, from_old;
  {
    Office office{{demo("gotland/insats.toml")}};
    CHECK(counts(office.participations(as_utf8)) == Counts{65, 65, 0, 0, 0});
    from_csv = kept(office);
  }
  {
    Office office{{demo("gotland/insats.toml")}};
    CHECK(counts(office.participations(file::write_xlsx(std::span(&sheet, 1)))) == Counts{65, 65, 0, 0, 0});
    from_excel = kept(office);
  }
  {
    Office office{{demo("gotland/insats.toml")}};
    std::string latin;  // å is c3 a5 in UTF-8, e5 in Windows-1252
    for (std::size_t i = 0; i != as_utf8.size(); ++i)
      latin += as_utf8[i] == '\xc3' ? static_cast<char>(as_utf8[++i] | 0x40) : as_utf8[i];
    CHECK(latin.size() < as_utf8.size());
    CHECK(counts(office.participations(latin)) == Counts{65, 65, 0, 0, 0});
    from_old = kept(office);
  }
  CHECK(from_csv == from_excel);
  CHECK(from_csv == from_old);
}

TEST_CASE("what was written is kept beside the code it was taken for, and only then") {
  Office office;
  office.rows("Vägen vidare;VISBY;A;K;1980;Gotlands kommun;FK;rehabpenning;;2024-02-01;2024-09-01;arbete;lön\nvagen;Visby;B;kvinna;1980;0980;;;;2024-02-01;;;\n");
  const auto of = [&](const std::string& code) { return "participation join participant on participant.id = participant_id where code = '" + code + "'"; };
  CHECK(office.text("written", of("A")) ==
        R"({"avslutad till":"arbete","försörjning vid start":"rehabpenning","hemkommun":"Gotlands kommun","kön":"K","plattform":"VISBY","remittent":"FK"})");
  CHECK(office.text("written", of("B")) == "");
  CHECK(office.text("income_start", of("A")) == "rehabiliteringspenning");
  CHECK(office.text("destination", of("A")) == "Arbete");
}

TEST_CASE("a near miss is refused with what was probably meant, in every column that has a list") {
  Office office;
  const auto fault = [&](const std::string& row) { return fault_of(office.rows(row + "\n")); };
  CHECK(fault("vagn;;A;;;;;;;2024-02-01;;;") == "insats: Det finns ingen insats ”vagn”. Menade du ”vagen”?");
  CHECK(fault("vagen;Visbyy;A;;;;;;;2024-02-01;;;") == "plattform: Insatsen har ingen plattform ”Visbyy”. Menade du ”Visby”?");
  CHECK(fault("vagen;;A;mann;;;;;;2024-02-01;;;") == "kön: ”mann” är okänt. Menade du ”man”?");
  CHECK(fault("vagen;;A;;;Gottland;;;;2024-02-01;;;") == "hemkommun: ”Gottland” är okänt. Menade du ”Gotland”?");
  CHECK(fault("vagen;;A;;;;Försäkringkassan;;;2024-02-01;;;") == "remittent: ”Försäkringkassan” är okänt. Menade du ”Försäkringskassan”?");
  CHECK(fault("vagen;;A;;;;;sjukpening;;2024-02-01;;;") == "försörjning vid start: ”sjukpening” är okänt. Menade du ”sjukpenning”?");
  CHECK(fault("vagen;;A;;;;;;;2024-02-01;2024-09-01;Arbeta;") == "avslutad till: Insatsen har inget avslut ”Arbeta”. Menade du ”Arbete”?");
  CHECK(fault("vagen;;A;;;;;;;2024-02-01;2024-09-01;;socialbidrg") == "försörjning vid avslut: ”socialbidrg” är okänt. Menade du ”socialbidrag”?");
}

TEST_CASE("a word of one's own for a referrer or an income is kept and told of, once") {
  Office office;
  const auto report = office.rows("vagen;;A;;;;Kyrkan;;;2024-02-01;;;\nvagen;;B;;;;Kyrkan;;;2024-02-01;;;\nvagen;;C;;;;;pension;;2024-02-01;;;\n"
                                  "vagen;;D;;;;Skolan;;;2024-02-31;;;\n");
  CHECK(counts(report) == Counts{4, 3, 0, 0, 1});
  CHECK(swedish(report.notices) == std::vector<std::string>{"remittent: ”Kyrkan” finns inte i vår lista och behålls som det står, på 2 rader.",
                                                            "försörjning vid start: ”pension” finns inte i vår lista och behålls som det står, på en rad."});
}

TEST_CASE("a destination cannot be taken where the intervention has none, but any site can") {
  Office office;
  CHECK(counts(office.rows("oppen-dorr;Tingstäde;A;;;;;;;2024-02-01;;;\n")) == Counts{1, 1, 0, 0, 0});
  CHECK(fault_of(office.rows("oppen-dorr;;B;;;;;;;2024-02-01;2024-09-01;Arbete;\n")) ==
        "avslutad till: Insatsen har inga avslut ännu, så ”Arbete” kan inte tas emot. Lägg först till dem i insatsen.");
}

TEST_CASE("every fault of a row is told at once") {
  Office office;
  CHECK(fault_of(office.rows("vagen;;;kvina;80;;;;x;2024-02-01;2024-13-01;;\n")) ==
        "deltagare: Deltagaren saknas. Ge varje person en egen beteckning. | kön: ”kvina” är okänt. Menade du ”kvinna”? | "
        "födelseår: ”80” är inget födelseår. Skriv fyra siffror, som 1980. | aktualiserad: ”x” är inte ett datum. Skriv det som 2024-03-01. | "
        "avslut: ”2024-13-01” är inte ett datum. Skriv det som 2024-03-01.");
}

TEST_CASE("a personal number is checked, gives the year of birth, and is never said again") {
  Office office;
  const std::string headings = "insats;deltagare;start;födelseår;personnummer\n";
  CHECK(counts(office.participations(headings + "vagen;A;2024-02-01;;640823-3234\n")) == Counts{1, 1, 0, 0, 0});
  CHECK(office.text("personal_number", "participant") == "196408233234");
  CHECK(office.count("participant where birth_year = 1964") == 1);
  CHECK(fault_of(office.participations(headings + "vagen;B;2024-02-01;;640823-3235\n")) == "personnummer: Personnumret stämmer inte. Kontrollera siffrorna.");
  CHECK(fault_of(office.participations(headings + "vagen;B;2024-02-01;1965;640823-3234\n")) == "födelseår: Födelseåret är ett annat än i personnumret.");
  CHECK(fault_of(office.participations(headings + "vagen;B;2024-02-01;640823-3234;\n")) ==
        "födelseår: Det står ett personnummer i kolumnen födelseår. Skriv bara året, eller kalla kolumnen personnummer.");
}

TEST_CASE("a decision is taken for a participant who is known, once") {
  Office office;
  const std::string headings = "insats;deltagare;datum;beslut;form\n";
  const auto import = [&](const std::string& rows) { return office.import(Kind::decisions, headings + rows); };
  CHECK(fault_of(import("vagen;A;2024-03-01;lönebidrag;ny\n")) == "deltagare: Deltagaren ”A” finns inte i insatsen. Läs in deltagarna först.");
  office.rows("vagen;;A;;;;;;;2024-02-01;;;\n");
  auto report = import("vagen;A;2024-03-01;Lönebidrag;ny\nvagen;A;2024-03-01;lönebidrag;ny\nvagen;A;2024-03-01;lönebidrag;förlängning\n");
  CHECK(counts(report) == Counts{3, 2, 0, 0, 1});
  CHECK(fault_of(report) == "beslut: Samma beslut samma dag står på rad 2.");
  CHECK(counts(import("vagen;A;1/3 2024;lönebidrag;ny\n")) == Counts{1, 0, 0, 1, 0});
  CHECK(office.text("written", "decision where form = 'new'") == R"({"beslut":"Lönebidrag"})");
  CHECK(fault_of(import("vagen;A;2027-03-01;lönebidra;nyt\n")) ==
        "beslut: Insatsen har inget slags beslut ”lönebidra”. Menade du ”lönebidrag”? | datum: Datumet (2027-03-01) har inte varit än. | "
        "form: ”nyt” är okänt. Skriv ny eller förlängning.");
  CHECK(fault_of(import("vagen;A;;;\n")) == "beslut: Beslutet saknas. | datum: Datumet saknas.");
}

TEST_SUITE_END();
