#include "report/report.h"

#include <doctest/doctest.h>

#include "base/digest.h"
#include "tests/gotland.h"

using namespace stafett;

TEST_SUITE("report") {
  TEST_CASE("the report says 28 of 65 = 43,1 %, with the table by sex, and what is written in the browser") {
    Gotland world;
    const auto report = world.begin("unit");
    CHECK(world.write(world.gun, report, "Det gick bra.\r\n\r\nNästan alltid <b>.", "").status == 303);
    const auto words = words_in(world.get(world.gun, report + "/word").body);
    CHECK(holds(words, "43,1\u00a0% (28 av 65)"));
    CHECK(holds(words, "AF (annan insats och arbetsmarknadsutbildning) |6 |5 |11 |16,9\u00a0% |"));
    CHECK(holds(words, "Alla |35 |30 |65 |100,0\u00a0% |"));
    CHECK(holds(words, "Det gick bra. Nästan alltid &lt;b&gt;. "));
    CHECK(holds(words, "[saknas: text.bakgrund]"));
    const auto page = world.get(world.gun, report);
    CHECK(has(page, "Inte skrivet ännu"));
    CHECK(has(page, "Nästan alltid &lt;b&gt;."));
  }

  TEST_CASE("a frozen report stays the same when more is registered, and can be made again, byte for byte") {
    Gotland world;
    const auto report = world.begin();
    world.write(world.gun, report, "Det gick bra.", "");
    world.freeze(report);
    const auto before = world.get(world.gun, report + "/word").body;

    const auto draft = world.begin();
    const auto words_before = words_in(world.get(world.gun, draft + "/word").body);
    world.import_participations(
        "insats;deltagare;kön;start;avslut;avslutad "
        "till\njobbvagen-ar;J-999;kvinna;2024-02-01;2024-09-01;Studier med CSN\n");
    CHECK(words_in(world.get(world.gun, draft + "/word").body) != words_before);

    CHECK(world.get(world.gun, report + "/word").body == before);
    const auto kept = world.found(report);
    const auto again =
        world.database->read([&](db::Transaction& tx) { return report::made_again(tx, kept).value(); });
    CHECK(sha256(again) == sha256(before));
    CHECK(world.database->read([](db::Transaction& tx) { return report::faults(tx); }).empty());

    CHECK(world.write(world.gun, report, "Det gick dåligt.", "Det gick bra.").status == 409);
    CHECK(world.post(world.gun, report + "/choices", Gotland::choices("unit")).status == 409);
    CHECK(world.post(world.gun, report + "/freezing", {{"seen", ""}}).status == 409);
    CHECK(world.get(world.gun, report + "/word").body == before);
  }

  TEST_CASE("a kept file that somebody has changed in the database is found") {
    Gotland world;
    const auto report = world.begin();
    world.freeze(report);
    world.database->write([](db::Transaction& tx) { tx.execute("update report_frozen set docx = 'AAAA'"); });
    CHECK(world.database->read([](db::Transaction& tx) { return report::faults(tx); }).size() == 1);
  }

  TEST_CASE("an outsider does not learn that a report exists") {
    Gotland world;
    const auto draft = world.begin(), frozen = world.begin();
    world.freeze(frozen);
    for (const auto& report : {draft, frozen}) {
      for (const auto* outsider : {&world.cecilia, &world.bo, &world.eva}) {
        for (const auto* page : {"", "/word", "/pdf"})
          CHECK(world.get(*outsider, report + page).status == 404);
        CHECK_FALSE(has(world.get(*outsider, "/reports"), "Slutrapport"));
      }
      for (const auto* outsider : {&world.cecilia, &world.bo}) {
        CHECK(world.get(*outsider, report + "/choices").status == 404);
        CHECK(world.post(*outsider, report + "/choices", Gotland::choices()).status == 404);
        CHECK(world.post(*outsider, report + "/freezing", {{"seen", ""}}).status == 404);
        CHECK(world.write(*outsider, report, "Hej", "").status == 404);
      }
      for (const auto* page : {"", "/word", "/pdf"})
        CHECK(world.get(world.disa, report + page).status == 403);
      CHECK(world.get(world.nobody, report).status == 303);
    }
  }

  TEST_CASE(
      "the director of the association reads what is frozen for everyone, and no true counts or drafts") {
    Gotland world;
    const auto draft = world.begin(), open = world.begin(), closed = world.begin("unit");
    world.write(world.gun, open, "Sammanfattningen.", "");
    world.freeze(open);
    world.freeze(closed);
    CHECK(world.get(world.director, draft).status == 404);
    CHECK(world.get(world.director, closed).status == 404);
    CHECK(world.get(world.director, closed + "/word").status == 404);
    const auto page = world.get(world.director, open);
    CHECK(page.status == 200);
    CHECK(has(page, "Sammanfattningen."));
    CHECK_FALSE(has(page, "<textarea"));
    CHECK(holds(words_in(world.get(world.director, open + "/word").body), "43,1\u00a0% (28 av 65)"));
    CHECK(world.write(world.director, open, "Nej", "Sammanfattningen.").status == 403);
    CHECK(world.get(world.director, "/reports/new").status == 403);
  }

  TEST_CASE("nobody writes over another's text without having seen it") {
    Gotland world;
    const auto hilda = world.sign_in("hilda", world.organisation_named("Region Gotland"), {"unit head"});
    const auto report = world.begin();
    CHECK(world.write(world.gun, report, "Guns text.", "").status == 303);
    const auto clash = world.write(hilda, report, "Hildas text.", "");
    CHECK(clash.status == 409);
    CHECK(has(clash, "Guns text."));
    CHECK(has(clash, "Hildas text."));
    CHECK(has(clash, "gun har skrivit här under tiden"));
    CHECK(has(world.get(world.gun, report), "Guns text."));
    CHECK(world.write(hilda, report, "Guns och Hildas text.", "Guns text.").status == 303);
    // A text that came back as it was shown takes nothing away from the other.
    CHECK(world.write(world.gun, report, "Guns text.", "Guns text.").status == 303);
    CHECK(has(world.get(world.gun, report), "Guns och Hildas text."));
  }

  TEST_CASE("a report is not frozen with a text that was changed after it was read") {
    Gotland world;
    const auto report = world.begin();
    const auto read = world.found(report);
    const auto seen = world.database->read(
        [&](db::Transaction& tx) { return report::fingerprint_of(report::texts(tx, read)); });
    world.write(world.gun, report, "Nytt.", "");
    CHECK(world.post(world.gun, report + "/freezing", {{"seen", seen}}).status == 409);
    CHECK_FALSE(world.found(report).is_frozen());
  }

  TEST_CASE("what a report is about is checked field by field, and what was typed stays") {
    Gotland world;
    auto choices = Gotland::choices();
    choices[2].second = "";
    choices[4].second = "2023-01-01";
    const auto page = world.post(world.gun, "/reports", choices);
    CHECK(page.status == 422);
    CHECK(has(page, "Ge rapporten en titel."));
    CHECK(has(page, "Perioden slutar innan den börjar."));
    CHECK(has(page, "value=\"2023-01-01\""));
    CHECK(world.post(world.bo, "/reports", Gotland::choices()).status ==
          422);  // not the municipality's intervention
    CHECK(world.post(world.gun, "/reports", Gotland::choices("public", "finns-inte")).status == 422);
  }

  TEST_CASE("the PDF that was kept first stays; without LibreOffice it is said what is needed") {
    Gotland world;
    const auto report = world.begin();
    world.freeze(report);
    const auto frozen = world.found(report);
    const auto keep = [&](const char* pdf) {
      return world.database->write([&](db::Transaction& tx) { return report::keep_pdf(tx, frozen, pdf); });
    };
    const std::string path = ::getenv("PATH");
    ::setenv("PATH", "/nowhere", 1);
    const auto without = world.get(world.gun, report + "/pdf");
    ::setenv("PATH", path.c_str(), 1);
    CHECK(without.status == 409);
    CHECK(has(without, "LibreOffice"));
    CHECK(keep("%PDF first") == "%PDF first");
    CHECK(keep("%PDF second") == "%PDF first");
    CHECK(world.get(world.gun, report + "/pdf").body == "%PDF first");
  }
}
