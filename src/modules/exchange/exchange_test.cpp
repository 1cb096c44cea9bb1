#include "exchange/exchange.h"

#include "tests/office.h"

using namespace stafett;

TEST_SUITE_BEGIN("exchange");

TEST_CASE("of a broken register the whole rows are taken, and each other one is refused with its faults") {
  Office office{{demo("gotland/insats.toml")}};
  const auto table = file::read_table(file_beside_tests("registers/broken/deltagare.csv")).value();
  const auto report = office.try_import(Kind::participations, table).value();
  CHECK(counts(report) == Counts{13, 2, 0, 0, 11});
  CHECK(report.notices.empty());

  std::vector<std::string> lines;
  for (const auto& refusal : report.refused)
    lines.push_back(exchange::line_about(table, refusal, text::Language::swedish));
  CHECK(
      lines ==
      std::vector<std::string>{
          "Rad 3: start: ”2024-13-01” är inte ett datum. Skriv det som 2024-03-01.",
          "Rad 4: avslut: Avslutet (2024-09-01) är före starten (2024-10-01).",
          "Rad 5: kön: ”kvina” är okänt. Menade du ”kvinna”?",
          "Rad 6: avslutad till: Insatsen har inget avslut ”Månen”. Rätta ordet, eller lägg först till "
          "avslutet i insatsen.",
          "Rad 7: start: Deltagaren är redan i insatsen, från 2024-02-01 till 2024-09-01. Två deltaganden "
          "får inte överlappa.",
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
  CHECK(office.count(
            "participation join participant on participant.id = participant_id where sex = 'woman'") == 35);
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
  office.rows(
      "vagen;Visby;A;kvinna;1980;0980;;;;2024-02-01;;;\nvagen;Visby;B;man;1990;0980;;;;2024-02-01;;;\n");
  const auto report = office.rows(
      "vagen;Visby;A;kvinna;1980;0980;;;;2024-02-01;2024-09-01;Arbete;lön\nvagen;Visby;B;man;1990;0980;;;;"
      "2024-02-01;;;\n");
  CHECK(counts(report) == Counts{2, 0, 1, 1, 0});
  CHECK(office.text("destination",
                    "participation join participant on participant.id = participant_id where code = 'A'") ==
        "Arbete");
  CHECK(office.text("ended_on",
                    "participation join participant on participant.id = participant_id where code = 'B'") ==
        "");
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
  CHECK(counts(office.participations("insats;deltagare;start\nvagen;A;2024-02-01\n")) ==
        Counts{1, 0, 0, 1, 0});
  CHECK(counts(office.participations("insats;deltagare;start;plattform\nvagen;A;2024-02-01;Hemse\n")) ==
        Counts{1, 0, 1, 0, 0});
  CHECK(office.count("participation where site = 'Hemse' and destination = 'Arbete' and referrer = "
                     "'Försäkringskassan'") == 1);
  CHECK(office.text("written", "participation") == R"({"remittent":"FK"})");
  CHECK(counts(office.rows("vagen;Hemse;A;kvinna;1980;0980;;;;2024-02-01;;;\n")) == Counts{1, 0, 1, 0, 0});
  CHECK(office.count("participation where ended_on is null and destination = '' and referrer = ''") == 1);
}

TEST_CASE("in one file a participant has one sex, one year of birth and one personal number") {
  Office office;
  auto report = office.rows(
      "vagen;;A;kvinna;1980;;;;;2022-02-01;2022-09-01;;\nvagen;;A;;;;;;;2023-02-01;2023-09-01;;\n"
      "vagen;;A;man;1981;;;;;2024-02-01;2024-09-01;;\n");
  CHECK(counts(report) == Counts{3, 2, 0, 0, 1});
  CHECK(fault_of(report) ==
        "kön: Samma deltagare har ett annat kön på rad 2. | födelseår: Samma deltagare har ett annat "
        "födelseår på rad 2.");
  CHECK(counts(office.rows("vagen;;A;man;1981;;;;;2022-02-01;2022-09-01;;\n")) == Counts{1, 0, 1, 0, 0});

  report = office.participations(
      "insats;deltagare;start;avslut;personnummer\nvagen;C;2022-01-01;2022-02-01;19640823-3234\nvagen;C;2023-"
      "01-01;;19800101-0019\n");
  CHECK(fault_of(report).find("personnummer: Samma deltagare har ett annat personnummer på rad 2.") !=
        std::string::npos);
}

TEST_CASE("two stays of a participant may not overlap, in a file or with what was known") {
  Office office;
  const auto in_file = office.rows(
      "vagen;;A;;;;;;;2024-02-01;2024-09-01;;\nvagen;;A;;;;;;;2024-08-01;;;\nvagen;;A;;;;;;;2024-02-01;2024-"
      "03-01;;\n");
  CHECK(counts(in_file) == Counts{3, 1, 0, 0, 2});
  CHECK(swedish(in_file.refused[0].faults) ==
        "start: Deltagaren är redan i insatsen, från 2024-02-01 till 2024-09-01. Två deltaganden får inte "
        "överlappa.");
  CHECK(swedish(in_file.refused[1].faults) == "start: Samma deltagare börjar samma dag på rad 2.");
  CHECK(counts(office.rows("vagen;;A;;;;;;;2024-10-01;;;\n")) == Counts{1, 1, 0, 0, 0});
  CHECK(fault_of(office.rows("vagen;;A;;;;;;;2024-11-01;;;\n")) ==
        "start: Deltagaren är redan i insatsen sedan 2024-10-01. Avsluta det deltagandet först.");
  CHECK(counts(office.rows("oppen-dorr;;A;;;;;;;2024-11-01;;;\n")) == Counts{1, 1, 0, 0, 0});
}

TEST_CASE("a stay that the file itself ends makes room for the next, whichever row comes first") {
  Office office;
  office.rows("vagen;;A;;;;;;;2024-02-01;;;\n");
  const auto report = office.rows(
      "vagen;;A;;;;;;;2025-02-01;;;\nvagen;;A;;;;;;;2024-10-01;2024-12-01;;\nvagen;;A;;;;;;;2024-02-01;2024-"
      "09-01;;\n");
  CHECK(counts(report) == Counts{3, 2, 1, 0, 0});
}

TEST_CASE(
    "a cell too many refuses the row, also when it comes back unmended; empty cells behind are nothing") {
  Office office;
  const auto table =
      file::read_table("insats;deltagare;start\nvagen;A;2024-02-01;;\nvagen;B;2024-02-01;hej\n").value();
  const auto report = office.try_import(Kind::participations, table).value();
  CHECK(fault_of(report) == "Raden har 4 celler, men det finns 3 rubriker. Är det en avskiljare för mycket?");
  CHECK(fault_of(office.participations(exchange::rejects_file(table, report, text::Language::swedish)))
            .starts_with("Raden har 6 celler"));
}

TEST_CASE("a heading that stands twice, and a needed column that is not there, refuse the file") {
  Office office;
  CHECK_FALSE(file::read_table("insats;deltagare;Start;start\nvagen;A;2024-02-01;2024-02-02\n"));
  const auto report = office.try_import(Kind::participations,
                                        file::read_table("Insats;deltagre;kön\nvagen;A;kvinna\n").value());
  REQUIRE_FALSE(report);
  CHECK(swedish(report.error().faults) ==
        "Kolumnen ”deltagare” finns inte i filen. Den behövs. Är det den som heter ”deltagre”? | Kolumnen "
        "”start” finns inte i filen. Den behövs.");
}

TEST_CASE(
    "headings are found in any order, case and spacing, and others are named with what was probably meant") {
  Office office;
  const auto report = office.participations(
      "START;Hem kommun;anteckning; Deltagare ;remitent;INSATS;\n2024-02-01;Gotland;hej;A;FK;vagen;\n");
  CHECK(counts(report) == Counts{1, 1, 0, 0, 0});
  CHECK(swedish(report.notices) ==
        std::vector<std::string>{"Kolumnen ”anteckning” är okänd och lämnas orörd.",
                                 "Kolumnen ”remitent” är okänd och lämnas orörd. Menade du ”remittent”?"});
  CHECK(office.text("municipality", "participation") == "0980");
}

TEST_CASE("only the owner of an intervention brings in its participants") {
  Office office;
  access::User user{.account = {"a"}, .permissions = {"participant.read", "assignment.head"}};
  user.organisation = office.database->read(
      [](db::Transaction& tx) { return organisation::named(tx, "Gotlands kommun").value().id; });
  const auto table =
      file::read_table("insats;deltagare;start\nvagen;A;2024-02-01\noppen-dorr;A;2024-02-01\n").value();
  const auto report = office.try_import(Kind::participations, table, &user).value();
  CHECK(counts(report) == Counts{2, 1, 0, 0, 1});
  CHECK(fault_of(report) ==
        "insats: Insatsen ”Vägen vidare” tillhör Region Gotland. Bara de läser in dess deltagare.");
}

TEST_CASE("a colleague who heads no unit brings in nobody") {
  Office office;
  access::User user{.account = {"a"}, .permissions = {"participant.read"}};
  user.organisation = office.database->read(
      [](db::Transaction& tx) { return organisation::named(tx, "Gotlands kommun").value().id; });
  const auto table = file::read_table("insats;deltagare;start\noppen-dorr;A;2024-02-01\n").value();
  const auto report = office.try_import(Kind::participations, table, &user).value();
  CHECK(counts(report) == Counts{1, 0, 0, 0, 1});
  CHECK(fault_of(report).find("Bara en enhetschef läser in deltagare i ") != std::string::npos);
}

TEST_CASE("a dry run tells the same as the import, and keeps nothing") {
  Office office{{demo("gotland/insats.toml")}};
  const auto table = file::read_table(file_beside_tests("registers/broken/deltagare.csv")).value();
  const auto dry = office.try_import(Kind::participations, table, nullptr, true).value();
  CHECK(office.count("participant") == 0);
  CHECK(office.count("participation") == 0);
  const auto real = office.try_import(Kind::participations, table).value();
  CHECK(counts(dry) == counts(real));
  for (std::size_t i = 0; i != dry.refused.size(); ++i)
    CHECK(swedish(dry.refused[i].faults) == swedish(real.refused[i].faults));
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
  CHECK(file::read_table(exchange::rejects_file(read, again, text::Language::swedish))
            .value()
            .headings.size() == 15);

  const auto at = rejects.find("kvina;");
  REQUIRE(at != std::string::npos);
  rejects.replace(at, 5, "kvinna");
  CHECK(counts(office.participations(rejects)) == Counts{11, 1, 0, 0, 10});
}

TEST_SUITE_END();
