// What the words of a register are taken for.
#include "tests/office.h"

using namespace stafett;

TEST_SUITE_BEGIN("exchange");

TEST_CASE("what was written is kept beside the code it was taken for, and only then") {
  Office office;
  office.rows(
      "Vägen vidare;VISBY;A;K;1980;Gotlands "
      "kommun;FK;rehabpenning;;2024-02-01;2024-09-01;arbete;lön\nvagen;Visby;B;kvinna;1980;0980;;;;2024-02-"
      "01;;;\n");
  const auto of = [&](const std::string& code) {
    return "participation join participant on participant.id = participant_id where code = '" + code + "'";
  };
  CHECK(
      office.text("written", of("A")) ==
      R"({"avslutad till":"arbete","försörjning vid start":"rehabpenning","hemkommun":"Gotlands kommun","kön":"K","plattform":"VISBY","remittent":"FK"})");
  CHECK(office.text("written", of("B")) == "");
  CHECK(office.text("income_start", of("A")) == "rehabiliteringspenning");
  CHECK(office.text("destination", of("A")) == "Arbete");
}

TEST_CASE("a near miss is refused with what was probably meant, in every column that has a list") {
  Office office;
  const auto fault = [&](const std::string& row) { return fault_of(office.rows(row + "\n")); };
  CHECK(fault("vagn;;A;;;;;;;2024-02-01;;;") == "insats: Det finns ingen insats ”vagn”. Menade du ”vagen”?");
  CHECK(fault("vagen;Visbyy;A;;;;;;;2024-02-01;;;") ==
        "plattform: Insatsen har ingen plattform ”Visbyy”. Menade du ”Visby”?");
  CHECK(fault("vagen;;A;mann;;;;;;2024-02-01;;;") == "kön: ”mann” är okänt. Menade du ”man”?");
  CHECK(fault("vagen;;A;;;Gottland;;;;2024-02-01;;;") ==
        "hemkommun: ”Gottland” är okänt. Menade du ”Gotland”?");
  CHECK(fault("vagen;;A;;;;Försäkringkassan;;;2024-02-01;;;") ==
        "remittent: ”Försäkringkassan” är okänt. Menade du ”Försäkringskassan”?");
  CHECK(fault("vagen;;A;;;;;sjukpening;;2024-02-01;;;") ==
        "försörjning vid start: ”sjukpening” är okänt. Menade du ”sjukpenning”?");
  CHECK(fault("vagen;;A;;;;;;;2024-02-01;2024-09-01;Arbeta;") ==
        "avslutad till: Insatsen har inget avslut ”Arbeta”. Menade du ”Arbete”?");
  CHECK(fault("vagen;;A;;;;;;;2024-02-01;2024-09-01;;socialbidrg") ==
        "försörjning vid avslut: ”socialbidrg” är okänt. Menade du ”socialbidrag”?");
}

TEST_CASE("a word of one's own for a referrer or an income is kept and told of, once") {
  Office office;
  const auto report = office.rows(
      "vagen;;A;;;;Kyrkan;;;2024-02-01;;;\nvagen;;B;;;;Kyrkan;;;2024-02-01;;;\nvagen;;C;;;;;pension;;2024-02-"
      "01;;;\n"
      "vagen;;D;;;;Skolan;;;2024-02-31;;;\n");
  CHECK(counts(report) == Counts{4, 3, 0, 0, 1});
  CHECK(swedish(report.notices) ==
        std::vector<std::string>{
            "remittent: ”Kyrkan” finns inte i vår lista och behålls som det står, på 2 rader.",
            "försörjning vid start: ”pension” finns inte i vår lista och behålls som det står, på en rad."});
}

TEST_CASE("a destination cannot be taken where the intervention has none, but any site can") {
  Office office;
  CHECK(counts(office.rows("oppen-dorr;Tingstäde;A;;;;;;;2024-02-01;;;\n")) == Counts{1, 1, 0, 0, 0});
  CHECK(fault_of(office.rows("oppen-dorr;;B;;;;;;;2024-02-01;2024-09-01;Arbete;\n")) ==
        "avslutad till: Insatsen har inga avslut ännu, så ”Arbete” kan inte tas emot. Lägg först till dem i "
        "insatsen.");
}

TEST_CASE("every fault of a row is told at once") {
  Office office;
  CHECK(fault_of(office.rows("vagen;;;kvina;80;;;;x;2024-02-01;2024-13-01;;\n")) ==
        "deltagare: Deltagaren saknas. Ge varje person en egen beteckning. | kön: ”kvina” är okänt. Menade "
        "du ”kvinna”? | "
        "födelseår: ”80” är inget födelseår. Skriv fyra siffror, som 1980. | aktualiserad: ”x” är inte ett "
        "datum. Skriv det som 2024-03-01. | "
        "avslut: ”2024-13-01” är inte ett datum. Skriv det som 2024-03-01.");
}

TEST_CASE("a personal number is checked, gives the year of birth, and is never said again") {
  Office office;
  const std::string headings = "insats;deltagare;start;födelseår;personnummer\n";
  CHECK(counts(office.participations(headings + "vagen;A;2024-02-01;;640823-3234\n")) ==
        Counts{1, 1, 0, 0, 0});
  CHECK(office.count("participant where personal_number is not null") == 0);
  CHECK(office.count("identity where number_mark is not null") == 1);
  CHECK(office.count("data_key") == 2);  // the owner's, to find people by, and the participant's
  CHECK(counts(office.participations(headings + "vagen;A;2024-02-01;;19640823-3234\n")) == Counts{1, 0, 0, 1, 0});
  CHECK(office.count("participant where birth_year = 1964") == 1);
  CHECK(counts(office.participations(headings + "vagen;A;2024-02-01;1912;121212+1212\n")) == Counts{1, 0, 1, 0, 0});
  CHECK(fault_of(office.participations(headings + "vagen;B;2024-02-01;;640823-3235\n")) ==
        "personnummer: Personnumret stämmer inte. Kontrollera siffrorna.");
  CHECK(fault_of(office.participations(headings + "vagen;B;2024-02-01;1965;640823-3234\n")) ==
        "födelseår: Födelseåret är ett annat än i personnumret.");
  CHECK(fault_of(office.participations(headings + "vagen;B;2024-02-01;640823-3234;\n")) ==
        "födelseår: Det står ett personnummer i kolumnen födelseår. Skriv bara året, eller kalla kolumnen "
        "personnummer.");
}

TEST_CASE("a decision is taken for a participant who is known, once") {
  Office office;
  const std::string headings = "insats;deltagare;datum;beslut;form\n";
  const auto import = [&](const std::string& rows) {
    return office.import(Kind::decisions, headings + rows);
  };
  CHECK(fault_of(import("vagen;A;2024-03-01;lönebidrag;ny\n")) ==
        "deltagare: Deltagaren ”A” finns inte i insatsen. Läs in deltagarna först.");
  office.rows("vagen;;A;;;;;;;2024-02-01;;;\n");
  auto report = import(
      "vagen;A;2024-03-01;Lönebidrag;ny\nvagen;A;2024-03-01;lönebidrag;ny\nvagen;A;2024-03-01;lönebidrag;"
      "förlängning\n");
  CHECK(counts(report) == Counts{3, 2, 0, 0, 1});
  CHECK(fault_of(report) == "beslut: Samma beslut samma dag står på rad 2.");
  CHECK(counts(import("vagen;A;1/3 2024;lönebidrag;ny\n")) == Counts{1, 0, 0, 1, 0});
  CHECK(office.text("written", "decision where form = 'new'") == R"({"beslut":"Lönebidrag"})");
  CHECK(fault_of(import("vagen;A;2027-03-01;lönebidra;nyt\n")) ==
        "beslut: Insatsen har inget slags beslut ”lönebidra”. Menade du ”lönebidrag”? | datum: Datumet "
        "(2027-03-01) har inte varit än. | "
        "form: ”nyt” är okänt. Skriv ny eller förlängning.");
  CHECK(fault_of(import("vagen;A;;;\n")) == "beslut: Beslutet saknas. | datum: Datumet saknas.");
}

TEST_SUITE_END();
