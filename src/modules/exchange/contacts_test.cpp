#include <doctest/doctest.h>

#include "exchange/exchange.h"
#include "file/table.h"
#include "tests/databases.h"
#include "tests/world.h"
#include "text/translation.h"

using namespace stafett;

namespace {

constexpr std::string_view headings = "datum;vem frågade;slag;tema;kommun;minuter;insats\n";

struct District : World {
  District() { add_intervention(prova); }

  Result<exchange::Report> try_import(const access::User* user, std::string_view rows, bool dry_run = false) {
    const auto table = file::read_table(std::string(headings) + std::string(rows)).value();
    return exchange::import(*database, table,
                            {.kind = exchange::Kind::contacts, .user = user, .now = now, .dry_run = dry_run});
  }
  exchange::Report import(std::string_view rows, bool dry_run = false) {
    return try_import(&bo.user, rows, dry_run).value();
  }
  // What is said of the only row.
  std::string fault(std::string_view row) {
    const auto report = import(row);
    REQUIRE(report.refused.size() == 1);
    return exchange::words_about(report.refused[0], text::Language::swedish);
  }
};

// added, there already, refused
std::vector<std::size_t> counts(const exchange::Report& report) {
  return {report.added, report.unchanged, report.refused.size()};
}
using Counts = std::vector<std::size_t>;

}  // namespace

TEST_SUITE("exchange contacts") {
  TEST_CASE("a register of contacts is read into the unit of whoever sends it") {
    District world;
    CHECK(counts(world.import("2025-03-01;AF;konsultation;sjukpenning;Gotland;20;prova\n"
                              "1 mars 2025;Provköpings kommun;SIP;;;;\n"
                              "2025-03-02;anhöriga;Individuellt möte;-;0980;;Prova på\n")) ==
          Counts{3, 0, 0});
    const auto owner = "organisation_id = '" + world.municipality.id.text + "'";
    CHECK(world.count("contact where " + owner) == 3);
    CHECK(world.count(
              "contact where asked_by = 'Arbetsförmedlingen' and kind = 'consultation' and minutes = 20 and "
              "municipality = '0980' and intervention_id = 'prova'") == 1);
    CHECK(world.count("contact where asked_by = 'Anhörig' and kind = 'individual' and theme = '' and minutes "
                      "is null") == 1);
    CHECK(world.count("contact where account_id is null") == 3);
  }

  TEST_CASE("the same file twice changes nothing, and two rows alike are two contacts") {
    District world;
    const std::string rows = "2025-03-01;AF;sip;;;;\n2025-03-01;AF;sip;;;;\n2025-03-01;AF;sip;skulder;;;\n";
    CHECK(counts(world.import(rows, true)) == Counts{3, 0, 0});
    CHECK(world.count("contact") == 0);
    CHECK(counts(world.import(rows)) == Counts{3, 0, 0});
    CHECK(counts(world.import(rows)) == Counts{0, 3, 0});
    CHECK(counts(world.import(rows + "2025-03-01;AF;sip;;;;\n")) == Counts{1, 3, 0});
    CHECK(world.count("contact") == 4);
    CHECK(counts(world.try_import(&world.cecilia.user, rows).value()) ==
          Counts{3, 0, 0});  // the region's own
  }

  TEST_CASE("a row is refused whole with every fault found in it, and what is near is suggested") {
    District world;
    CHECK(world.fault("2026-03-03;Arbetsförmedligen;konsultaton;;Gotlnd;en stund;prva\n") ==
          "slag: ”konsultaton” är okänt. Menade du ”konsultation”? kommun: ”Gotlnd” är okänt. Menade du "
          "”Gotland”? "
          "insats: ”prva” är okänt. Menade du ”prova”? datum: Datumet (2026-03-03) har inte varit än. "
          "vem frågade: ”Arbetsförmedligen” finns inte bland dem som kan ha frågat. Menade du "
          "”Arbetsförmedlingen”? "
          "minuter: Skriv tiden i hela minuter, från 1 till 1440, eller ingenting.");
    CHECK(world.fault(";;;skulder;;;\n") ==
          "datum: Datumet saknas. vem frågade: Skriv vem som frågade. slag: Välj vilket slags kontakt det "
          "var.");
    CHECK(world.fault("2025-03-01;AF;sip;;;;;för mycket\n").starts_with("Raden har 8 celler"));
    CHECK(world.count("contact") == 0);
  }

  TEST_CASE(
      "a register that names somebody is refused where it does: a personal number, a person who asked") {
    District world;
    const auto looks =
        "Det här ser ut som ett personnummer. En kontakt säger aldrig vem den gällde. Ta bort siffrorna.";
    CHECK(world.fault("2025-03-01;AF;sip;om 640823-3234;;;\n") == std::string("tema: ") + looks);
    CHECK(world.fault("2025-03-01;196408233234;sip;;;;\n") == std::string("vem frågade: ") + looks);
    CHECK(world.fault("2025-03-01;Eva Andersson;sip;;;;\n") ==
          "vem frågade: ”Eva Andersson” finns inte bland dem som kan ha frågat. Välj ur listan, aldrig en "
          "persons namn.");
    CHECK(world.count("contact") == 0);
  }

  TEST_CASE(
      "contacts are somebody's: nobody's, a coach's of the association and the director's are not read") {
    District world;
    const auto keeper = world.sign_in("kim", world.association, {"unit head"});
    for (const access::User* user :
         std::vector<const access::User*>{nullptr, &world.eva.user, &world.disa.user, &keeper.user})
      CHECK_FALSE(world.try_import(user, "2025-03-01;AF;sip;;;;\n"));
    CHECK(world.count("contact") == 0);
  }

  TEST_CASE("on the page: sent, looked at, confirmed; the outsider's organisation does not learn of it") {
    District world;
    const auto reply =
        world.send(world.bo, "/imports", {{"kind", "contacts"}}, "file", "kontakter.csv",
                   std::string(headings) + "2025-03-01;AF;sip;;;10;\n2025-03-01;Eva;sip;;;;\n");
    REQUIRE(reply.status == 303);
    const auto address = location(reply);
    const auto preview = world.get(world.bo, address);
    CHECK(has(preview, "Läs in en rad"));
    CHECK_FALSE(has(preview, "<th scope=\"col\">Deltagare</th>"));
    CHECK(world.count("contact") == 0);
    CHECK(world.get(world.cecilia, address).status == 404);
    CHECK(world.post(world.bo, address + "/confirmation").status == 303);
    CHECK(world.count("contact") == 1);
    CHECK(has(world.get(world.bo, "/contacts"), "<td>Arbetsförmedlingen</td>"));
    CHECK(has(world.get(world.bo, "/imports"), "kontakter"));
    CHECK(has(world.get(world.bo, address + "/rejects"), "Eva;sip"));
    CHECK_FALSE(has(world.get(world.cecilia, "/contacts"), "<td>Arbetsförmedlingen</td>"));
    for (const auto* other : {&world.eva, &world.anna, &world.disa, &world.frej})
      CHECK(world.get(*other, address).status == 403);
  }
}
