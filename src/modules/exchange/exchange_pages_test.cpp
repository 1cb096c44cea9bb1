#include <doctest/doctest.h>

#include "exchange/sent_file.h"
#include "file/table.h"
#include "tests/world.h"

using namespace stafett;

namespace {

constexpr auto vagen = R"(
id = "vagen"
name = "Vägen vidare"
area = "Samordningsförbundet Provlandet"
owner = "Provköpings kommun"
orientation = "individual"
from = 2020-01-01
sites = ["Centrum"]
target_group = "Alla"
[[destination]]
name = "Arbete"
group = "work")";

constexpr std::string_view register_file =
    "insats;plattform;deltagare;kön;start;avslut;avslutad till;anteckning\n"
    "vagen;Centrum;A;kvinna;2025-02-01;2025-09-01;Arbete;\n"
    "vagen;Centrum;B<i>;kvina;2025-02-01;2025-09-01;Månen;\n"
    "vagen;Centrum;C;man;2025-02-01;;;\n";

struct District : World {
  District() { add_intervention(vagen); }

  // Where the sent file is looked at.
  std::string sent(std::string_view bytes, std::string_view name = "deltagare.csv",
                   const std::string& kind = "participations") {
    const auto reply = send(bo, "/imports", {{"kind", kind}}, "file", name, bytes);
    REQUIRE(reply.status == 303);
    return location(reply);
  }
};

}  // namespace

TEST_SUITE_BEGIN("exchange pages");

TEST_CASE(
    "a register is sent, looked at, confirmed, and its refused rows downloaded, mended and sent again") {
  District district;
  const auto page = district.get(district.bo, "/imports");
  CHECK(page.status == 200);
  CHECK(has(page, "Högst 50 MB"));

  const auto address = district.sent(register_file);
  const auto preview = district.get(district.bo, address);
  CHECK(preview.status == 200);
  CHECK(has(preview, "kön: ”kvina” är okänt. Menade du ”kvinna”?"));
  CHECK(has(preview, "avslutad till: Insatsen har inget avslut ”Månen”."));
  CHECK(has(preview, "Kolumnen ”anteckning” är okänd och lämnas orörd."));
  CHECK(has(preview, "Läs in 2 rader"));
  CHECK(has(preview, "B&lt;i&gt;"));
  CHECK(district.count("participation") == 0);

  const auto before = district.get(district.bo, address + "/rejects");
  CHECK(location(district.post(district.bo, address + "/confirmation")) == address);
  CHECK(district.count("participation") == 2);
  const auto done = district.get(district.bo, address);
  CHECK(has(done, "Registret är inläst"));
  CHECK(has(done, "kan hämtas till 2 mars 2026 kl. 11.00"));

  const auto rejects = district.get(district.bo, address + "/rejects");
  CHECK(rejects.content_type == "text/csv; charset=utf-8");
  CHECK(rejects.body == before.body);
  const auto table = file::read_table(rejects.body).value();
  CHECK(table.size() == 1);
  CHECK(table[0][2] == "B<i>");
  CHECK(table[0][8] == "3");

  auto mended = rejects.body;
  mended.replace(mended.find("kvina;"), 5, "kvinna");
  mended.replace(mended.find("Månen;"), 6, "Arbete");
  const auto again = district.sent(mended, "deltagare-avvisade.csv");
  CHECK(has(district.get(district.bo, again), "Läs in en rad"));
  district.post(district.bo, again + "/confirmation");
  CHECK(district.count("participation") == 3);
  CHECK(district.get(district.bo, again + "/rejects").status == 404);
}

TEST_CASE("a second click on confirm does nothing more") {
  District district;
  const auto address = district.sent(register_file);
  district.post(district.bo, address + "/confirmation");
  district.database->write(
      [](db::Transaction& tx) { tx.execute("update participation set site = 'Hamnen'"); });
  CHECK(location(district.post(district.bo, address + "/confirmation")) == address);
  CHECK(district.count("participation where site = 'Hamnen'") == 2);
}

TEST_CASE("when a file is confirmed its bytes are gone, and who, when and how many stays") {
  District district;
  const auto address = district.sent(register_file);
  CHECK(district.count("import where file <> ''") == 1);
  district.post(district.bo, address + "/confirmation");
  CHECK(district.count("import where file <> ''") == 0);
  CHECK(district.count("import where rejects like '%kvina%'") == 1);

  district.now = district.now + 2 * 60 * 60;
  CHECK(district.get(district.bo, address + "/rejects").status != 200);  // signed out by now
  district.database->write([&](db::Transaction& tx) { exchange::forget_old_files(tx, district.now); });
  CHECK(district.count("import where rejects <> ''") == 0);
  const auto fia = district.sign_in("fia", district.municipality, {"unit head"});
  const auto list = district.get(fia, "/imports");
  CHECK(has(list, "deltagare.csv"));
  CHECK(has(list, "bo"));
  CHECK(district.get(fia, address).status == 200);
  CHECK(district.get(fia, address + "/rejects").status == 404);
}

TEST_CASE("a file that nobody confirms is forgotten after an hour") {
  District district;
  const auto address = district.sent(register_file);
  district.now = district.now + 60 * 60 + 1;
  const auto fia = district.sign_in("fia", district.municipality, {"unit head"});
  CHECK(district.get(fia, address).status == 404);
  CHECK(district.post(fia, address + "/confirmation").status == 404);
  CHECK(district.count("participation") == 0);
  district.send(fia, "/imports", {{"kind", "participations"}}, "file", "ny.csv", register_file);
  CHECK(district.count("import") == 1);
}

TEST_CASE("another organisation does not learn that there is a file") {
  District district;
  const auto address = district.sent(register_file);
  for (const auto& path : {address, address + "/rejects"})
    CHECK(district.get(district.cecilia, path).status == 404);
  CHECK(district.post(district.cecilia, address + "/confirmation").status == 404);
  CHECK(district.count("participation") == 0);
  CHECK_FALSE(has(district.get(district.cecilia, "/imports"), "deltagare.csv"));
}

TEST_CASE("neither a director, a referrer nor someone without a role brings in a register") {
  District district;
  const auto address = district.sent(register_file);
  for (const auto* person : {&district.eva, &district.anna, &district.disa, &district.frej}) {
    CHECK(district.get(*person, "/imports").status == 403);
    CHECK(district.get(*person, address).status == 403);
    CHECK(district.send(*person, "/imports", {{"kind", "participations"}}, "file", "x.csv", register_file)
              .status == 403);
    CHECK(district.post(*person, address + "/confirmation").status == 403);
  }
  CHECK(location(district.get(district.nobody, "/imports")) == "/sign-in?next=%2Fimports");
  CHECK(district.count("import") == 1);
}

TEST_CASE("whoever sends another owner's participants gets each row back") {
  District district;
  const auto reply = district.send(district.cecilia, "/imports", {{"kind", "participations"}}, "file",
                                   "x.csv", register_file);
  const auto preview = district.get(district.cecilia, location(reply));
  CHECK(has(preview, "Insatsen ”Vägen vidare” tillhör Provköpings kommun. Bara de läser in dess deltagare."));
  CHECK(has(preview, "Ingen rad kan tas emot."));
  CHECK_FALSE(has(preview, "/confirmation"));
  district.post(district.cecilia, location(reply) + "/confirmation");
  CHECK(district.count("participation") == 0);
}

TEST_CASE("a file that cannot be used comes back at its field, with what to do") {
  District district;
  const auto fault = [&](std::string_view bytes, const std::string& text) {
    const auto reply =
        district.send(district.bo, "/imports", {{"kind", "decisions"}}, "file", "x.csv", bytes);
    CHECK(reply.status == 422);
    CHECK(has(reply, text));
    CHECK(has(reply, "aria-invalid=\"true\""));
    CHECK(has(reply, "value=\"decisions\" checked"));
  };
  fault("insats;deltagre;datum\nvagen;A;2025-01-01\n",
        "Kolumnen ”deltagare” finns inte i filen. Den behövs. Är det den som heter ”deltagre”?");
  fault("%PDF-1.7 …", "PDF");
  fault("\n\n", "Filen är tom");
  const auto none = district.post(district.bo, "/imports", {{"kind", "participations"}});
  CHECK(none.status == 422);
  CHECK(has(none, "Välj först en fil."));
  CHECK(district.count("import") == 0);
}

TEST_CASE("the file's name is shown without folders, and never as markup") {
  District district;
  const auto address = district.sent(register_file, "C:\\Users\\bo\\<i>mars.csv");
  const auto page = district.get(district.bo, address);
  CHECK(has(page, "&lt;i&gt;mars.csv"));
  CHECK_FALSE(has(page, "Users"));
}

TEST_CASE("fifty refused rows are shown, and all are in the file") {
  District district;
  std::string rows = "insats;deltagare;start\n";
  for (int i = 0; i != 70; ++i) rows += "vagen;A" + std::to_string(i) + ";nyss\n";
  const auto address = district.sent(rows);
  const auto page = district.get(district.bo, address);
  CHECK(has(page, "De första 50 av 70."));
  CHECK(has(page, "A49"));
  CHECK_FALSE(has(page, "A50"));
  CHECK(file::read_table(district.get(district.bo, address + "/rejects").body).value().size() == 70);
}

TEST_SUITE_END();
