#include "report/report.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <iostream>
#include <sstream>

#include "app/commands.h"
#include "base/assets.h"
#include "base/digest.h"
#include "base/file.h"
#include "file/zip.h"
#include "tests/world.h"

using namespace stafett;
using statistics::Audience;

namespace {

const Period whole_period{Date::read("2024-01-01"), Date::read("2025-05-31")};

// A district where Region Gotland has its register, and someone who writes its reports.
struct Gotland : World {
  Person gun, director;

  Gotland() {
    add_register("gotland");
    gun = sign_in("gun", organisation_named("Region Gotland"), {"unit head"});
    director = sign_in("dag", organisation_named("FinsamGotland"), {"director"});
  }

  organisation::Organisation organisation_named(const char* name) {
    return database->read([&](db::Transaction& tx) { return *organisation::named(tx, name); });
  }

  static Fields choices(const std::string& audience = "public",
                        const std::string& form = "stafett-slutrapport-insats") {
    return {{"intervention", "jobbvagen-ar"},
            {"form", form},
            {"report_title", "Slutrapport"},
            {"from", "2024-01-01"},
            {"to", "2025-05-31"},
            {"author", "Gun"},
            {"audience", audience}};
  }
  // Its address.
  std::string begin(const std::string& audience = "public",
                    const std::string& form = "stafett-slutrapport-insats") {
    const auto reply = post(gun, "/reports", choices(audience, form));
    REQUIRE(reply.status == 303);
    return location(reply);
  }
  web::Outgoing write(const Person& who, const std::string& report, const std::string& text,
                      const std::string& seen_before) {
    return post(
        who, report + "/texts",
        {{"text.sammanfattning", text}, {"seen.text.sammanfattning", report::fingerprint_of(seen_before)}});
  }
  void freeze(const std::string& report) {
    const auto page = get(gun, report).body;
    const auto mark = std::string("name=\"seen\" value=\"");
    const auto at = page.find(mark) + mark.size();
    REQUIRE(post(gun, report + "/freezing", {{"seen", page.substr(at, page.find('"', at) - at)}}).status ==
            303);
  }
  report::Report found(const std::string& address) {
    const Id<report::Report> id{address.substr(std::string("/reports/").size())};
    return database->read([&](db::Transaction& tx) { return report::find(tx, gun.user, id).value(); });
  }
};

overview::Overview look(World& world, Audience audience) {
  return world.database->read([&](db::Transaction& tx) {
    const auto intervention = intervention::find(tx, {"jobbvagen-ar"}).value();
    return overview::look(tx, nullptr, intervention, whole_period, audience).value();
  });
}

// What can be read in a Word file's body, with a bar after each cell.
std::string words_in(const std::string& docx) {
  auto archive = file::Archive::open(docx, {});
  REQUIRE(archive);
  const auto xml = archive->read("word/document.xml");
  REQUIRE(xml);
  std::string words;
  for (std::size_t at = 0; at < xml->size();) {
    const auto tag = std::min(xml->find('<', at), xml->size());
    words += xml->substr(at, tag - at);
    const auto end = std::min(xml->find('>', tag), xml->size());
    if (xml->compare(tag, end - tag, "</w:tc") == 0) words += "|";
    if (xml->compare(tag, end - tag, "</w:p") == 0) words += " ";
    at = end + 1;
  }
  return words;
}

bool holds(const std::string& words, const std::string& text) { return words.find(text) != words.npos; }

// A form with these paragraphs.
std::string form_with(const std::vector<std::string>& texts) {
  std::string body;
  for (const auto& text : texts) body += "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>";
  return file::zipped(
      {{"[Content_Types].xml",
        "<Types><Default Extension=\"rels\" ContentType=\"r\"/><Override PartName=\"/word/document.xml\" "
        "ContentType=\"application/"
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"},
       {"_rels/.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
        "Id=\"r1\" "
        "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
        "Target=\"word/document.xml\"/></Relationships>"},
       {"word/document.xml", "<w:document><w:body>" + body + "</w:body></w:document>"}});
}

// What commands say goes here and not among the tests' results.
struct Silence {
  std::ostringstream said;
  std::streambuf* const out = std::cout.rdbuf(said.rdbuf());
  std::streambuf* const err = std::cerr.rdbuf(said.rdbuf());
  ~Silence() {
    std::cout.rdbuf(out);
    std::cerr.rdbuf(err);
  }
};

std::string text_of(const View& view, std::string_view name) {
  return std::get<std::string>(view.find(name)->value());
}

const std::string few = R"(id = "fatal"
name = "Fåtal"
area = "Samordningsförbundet Provlandet"
owner = "Provköpings kommun"
orientation = "individual"
from = 2024-01-01
target_group = "Alla"
[[destination]]
name = "Arbete"
group = "work"
[[destination]]
name = "Annat"
group = "other"
[[goal]]
id = "arbete"
text = "Hälften till arbete"
kind = "share"
of = "closed"
counts = { destination = ["Arbete"] }
at_least = 0.5
smallest_n = 10
)";

}  // namespace

TEST_SUITE("report") {
  TEST_CASE(
      "figures are written as in Swedish reports: 28 of 65 is 43,1 %, whatever rounded rows add up to") {
    Gotland world;
    const auto values =
        report::values(look(world, Audience::unit), {"Slutrapport", "Gun", {}, *Date::read("2026-03-02")});
    const auto& goals = std::get<View::Items>(values.fields.find("mal")->value());
    REQUIRE(goals.size() == 2);
    CHECK(text_of(goals[0], "utfall") == "43,1\u00a0% (28 av 65)");
    CHECK(text_of(goals[0], "uppnatt") == "nej");
    CHECK(text_of(goals[0], "kvinnor") == "48,6\u00a0% (17 av 35)");
    CHECK(text_of(goals[0], "man") == "36,7\u00a0% (11 av 30)");
    CHECK(text_of(goals[1], "utfall") == "45,9 (65 på 17 månader)");
    CHECK(text_of(goals[1], "uppnatt") == "ja");
    CHECK(text_of(*values.fields.find("antal"), "kvinnor") == "35");
    CHECK(text_of(*values.fields.find("period"), "till") == "31 maj 2025");
    CHECK(values.tables.at("resultat").rows.back() ==
          std::vector<std::string>{"Alla", "35", "30", "65", "100,0\u00a0%"});
  }

  TEST_CASE("every name that forms are offered has something to fill in") {
    Gotland world;
    const auto values = report::values(look(world, Audience::everyone),
                                       {"Slutrapport", "Gun", {}, *Date::read("2026-03-02")});
    std::vector<std::string> paragraphs{"{{#mal}}"};
    for (const auto& name : report::names())
      if (name.name.starts_with("mal.")) paragraphs.push_back("{{" + std::string(name.name) + "}}");
    paragraphs.push_back("{{/mal}}");
    for (const auto& name : report::names())
      if (!name.name.starts_with("mal.") && !name.name.starts_with("#"))
        paragraphs.push_back("{{" + std::string(name.name) + "}}");
    const auto form = file::read_form(form_with(paragraphs)).value();
    const auto filled = file::fill(form, values).value();
    CHECK(filled.unknown.empty());
    CHECK(filled.missing.empty());
    const auto check = report::check(form);
    CHECK(check.unknown.empty());
    CHECK(check.places.size() == report::names().size());
    CHECK(report::missing(check, values.fields).empty());
  }

  TEST_CASE("too few to know is not measurable, with its counts") {
    World world;
    world.add_intervention(few);
    std::string register_of_nine = "insats;deltagare;kön;start;avslut;avslutad till\n";
    for (int i = 0; i != 9; ++i)
      register_of_nine += "fatal;D-" + std::to_string(i) + ";" + (i % 2 ? "man" : "kvinna") +
                          ";2024-02-01;2024-09-01;" + (i < 4 ? "Arbete" : "Annat") + "\n";
    world.import_participations(register_of_nine);
    const auto goal_in = [&](Audience audience) {
      const auto overview = world.database->read([&](db::Transaction& tx) {
        return overview::look(tx, nullptr, intervention::find(tx, {"fatal"}).value(),
                              {Date::read("2024-01-01"), Date::read("2024-12-31")}, audience)
            .value();
      });
      return std::get<View::Items>(report::fields(overview, {}).find("mal")->value())[0];
    };
    CHECK(text_of(goal_in(Audience::unit), "uppnatt") == "ej mätbart");
    CHECK(text_of(goal_in(Audience::unit), "utfall") == "4 av 9");
    CHECK(text_of(goal_in(Audience::everyone), "uppnatt") == "ej mätbart");
    CHECK(text_of(goal_in(Audience::everyone), "utfall") == "..");
  }

  TEST_CASE("what everyone may read hides small numbers and says why; true counts are marked") {
    Gotland world;
    const auto open = report::values(look(world, Audience::everyone), {"Slutrapport", "", {}, {}});
    for (const auto& row : open.tables.at("resultat").rows)
      for (std::size_t column = 1; column != 4; ++column)
        for (const auto* small : {"1", "2", "3", "4"}) CHECK(row[column] != small);
    CHECK(holds(open.tables.at("resultat").note, ".. betyder"));
    CHECK(open.title == "Slutrapport");
    const auto closed = report::values(look(world, Audience::unit), {"Slutrapport", "", {}, {}});
    CHECK(closed.tables.at("resultat").note == "Innehåller exakta tal – endast för enheten.");
    CHECK(closed.title == "Slutrapport – Innehåller exakta tal – endast för enheten");
    CHECK(world.begin("unit") != "");
    CHECK(report::file_name(world.found(world.begin("unit")), ".docx") ==
          "rapport-jobbvagen-ar-2024-01-01-2025-05-31-sanna-tal-endast-for-enheten.docx");
  }

  TEST_CASE("what is kept with a frozen report is read back the same") {
    Gotland world;
    const auto values = report::values(
        look(world, Audience::unit),
        {"Slut\"rapport", "", {{"text.mal", "Å\n\nÄ\\"}, {"text.tom", ""}}, *Date::read("2026-03-02")});
    const auto kept = report::kept(values);
    CHECK(report::kept(report::read_kept(kept)) == kept);
  }

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

  TEST_CASE(
      "a form of one's own: unknown names are listed with the nearest, and a new version leaves drafts as "
      "they are") {
    Gotland world;
    const auto first = form_with({"{{insats.nam}} {{insats.namn}} {{text.eget}} {{raknebok}}"});
    const auto added =
        world.send(world.gun, "/report-forms", {{"name", "Vår mall"}}, "form", "mall.docx", first);
    REQUIRE(added.status == 303);
    const auto page = world.get(world.gun, location(added));
    CHECK(has(page, "insats.nam (menade du insats.namn?)"));
    CHECK(has(page, "raknebok"));
    const auto report = world.begin("public", location(added).substr(std::string("/report-forms/").size()));
    CHECK(has(world.get(world.gun, report), "insats.nam (menade du insats.namn?)"));
    CHECK(holds(words_in(world.get(world.gun, report + "/word").body),
                "[saknas: insats.nam] Jobbvägen AR [saknas: text.eget] [saknas: raknebok]"));

    const auto again =
        world.send(world.gun, "/report-forms", {{"name", "Vår mall"}}, "form", "mall.docx", first);
    CHECK(location(again) == location(added));
    const auto second = world.send(world.gun, "/report-forms", {{"name", "Vår mall"}}, "form", "mall.docx",
                                   form_with({"{{insats.namn}}"}));
    CHECK(location(second) != location(added));
    CHECK(has(world.get(world.gun, "/report-forms"), "version 2"));
    CHECK(has(world.get(world.gun, report), "insats.nam (menade du insats.namn?)"));
    CHECK(world.get(world.gun, location(added) + "/file").body == first);

    CHECK(world.get(world.cecilia, location(added)).status == 404);
    CHECK(world.get(world.cecilia, location(added) + "/file").status == 404);
    CHECK(world.get(world.director, "/report-forms").status == 403);
  }

  TEST_CASE("a file that is no form is refused with what to do, and nothing is kept") {
    Gotland world;
    const auto refused = world.send(world.gun, "/report-forms", {{"name", "Vår mall"}}, "form", "mall.docx",
                                    "%PDF-1.7 inget Wordformulär");
    CHECK(refused.status == 422);
    CHECK(has(refused, "PDF"));
    CHECK(has(refused, "value=\"Vår mall\""));
    CHECK_FALSE(has(world.get(world.gun, "/report-forms"), "Vår mall"));
    CHECK(world.send(world.gun, "/report-forms", {{"name", " "}}, "form", "mall.docx", form_with({"a"}))
              .status == 422);
  }

  TEST_CASE("the forms that come with Stafett ask for nothing that it does not know") {
    for (const auto* name : {"slutrapport-insats", "projektrapport"}) {
      const auto form = file::read_form(asset("assets/forms/" + std::string(name) + ".docx"));
      REQUIRE(form);
      const auto check = report::check(*form);
      CHECK(check.unknown.empty());
      CHECK(check.questions.size() > 10);
      CHECK(check.questions[0].label == "Sammanfattning");
    }
  }

  TEST_CASE("the command writes the report to a file, and nothing when it cannot") {
    const Silence silence;
    const Folder folder;
    app::Settings settings{.database = folder.address()};
    for (const auto* name : {"insats.toml", "deltagare.csv"})
      REQUIRE(write_file(folder.file(name), asset("assets/demo/gotland/" + std::string(name))));
    REQUIRE(
        write_file(folder.file("form.docx"), form_with({"{{#mal}}{{mal.utfall}}{{/mal}}", "{{text.eget}}"})));
    REQUIRE(app::add_interventions(settings, {}, {folder.file("insats.toml")}) == app::done);
    REQUIRE(app::import(settings, {}, {.kind = "participations", .files = {folder.file("deltagare.csv")}}) ==
            app::done);

    app::ReportWish wish{"jobbvagen-ar", folder.file("form.docx"), "2024-01-01", "2025-05-31",
                         folder.file("report.docx")};
    CHECK(app::report(settings, {}, wish) == app::done);
    CHECK(holds(silence.said.str(), "inget kunde fyllas i: text.eget"));
    const auto made = read_file(wish.out);
    REQUIRE(made);
    CHECK(words_in(*made) == "43,1\u00a0% (28 av 65) 45,9 (65 på 17 månader) [saknas: text.eget] ");

    const auto refused = [&](std::string app::ReportWish::*part, std::string value) {
      auto other = wish;
      other.out = folder.file("other.docx");
      other.*part = std::move(value);
      return app::report(settings, {}, other) == app::nothing_done && !read_file(folder.file("other.docx"));
    };
    CHECK(refused(&app::ReportWish::intervention, "jobbvagen"));
    CHECK(refused(&app::ReportWish::form, folder.file("insats.toml")));
    CHECK(refused(&app::ReportWish::form, folder.file("finns-inte.docx")));
    CHECK(refused(&app::ReportWish::from, "i våras"));
    CHECK(refused(&app::ReportWish::to, "2023-01-01"));
    CHECK(refused(&app::ReportWish::out, folder.file("report.odt")));
  }
}
