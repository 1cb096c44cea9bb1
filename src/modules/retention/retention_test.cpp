#include "retention/retention.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "access/keys.h"
#include "base/file.h"
#include "note/note.h"
#include "statistics/statistics.h"
#include "tests/databases.h"
#include "tests/keys.h"
#include "tests/world.h"

using namespace stafett;

namespace {

constexpr std::string_view prova = R"(id = "prova"
name = "Prova på"
area = "Samordningsförbundet Provlandet"
owner = "Provköpings kommun"
from = 2018-01-01
[[destination]]
name = "Arbete"
group = "work"
[[decision]]
name = "lönebidrag"
group = "subsidised work"
)";

const std::vector<std::string> secrets{"196408233234", "Kim Provare", "070-174 06 05", "Storgatan 17",
                                       "kim@provare.example", "Trivs på praktiken hos Almgrens", "Sover dåligt om nätterna",
                                       "KVINNA av registret"};

// A1 left in 2020 and A2 is still there. Bo works with both; Inga is a head too. Everybody has just signed in.
struct District : World {
  Person inga;
  std::filesystem::path folder;

  District() {
    add_intervention(prova);
    import_participations(
        "insats;deltagare;kön;födelseår;start;avslut;avslutad till;personnummer\n"
        "prova;A1;KVINNA ;1964;2019-01-01;2020-01-31;arbete;640823-3234\n"
        "prova;A2;man;1980;2025-01-01;;;\n");
    import_decisions("insats;deltagare;datum;beslut;form\nprova;A1;2019-06-01;lönebidrag;ny\n");
    assign(bo, "prova");
    inga = sign_in("inga", municipality, {"unit head"});
    everyone_is_fresh = true;
  }
  ~District() {
    if (folder.empty()) return;
    database = empty_database();
    std::filesystem::remove_all(folder);
  }
  // The same in a file, with its log, as the program has it.
  void move_to_file() {
    if (on_postgresql()) return;
    char name[] = "/tmp/stafett-retention.XXXXXX";
    folder = mkdtemp(name);
    REQUIRE(database->back_up(file()));
    database = std::make_shared<db::Database>("sqlite:" + file());
  }
  std::string file() const { return (folder / "stafett.db").string(); }
  std::string files() const { return read_file(file()).value_or("") + read_file(file() + "-wal").value_or(""); }

  std::string a1;  // its address
  void fill() {
    a1 = "/participants/" + participant("prova", "A1").text;
    REQUIRE(post(bo, a1 + "/identity", {{"name", secrets[1]}, {"personal_number", "640823-3234"}, {"phone", secrets[2]}, {"address", secrets[3]}, {"email", secrets[4]}}).status == 303);
    const auto then = now;
    now = *Moment::read("2020-03-01 09:00:00");
    bo.session = database->write([&](db::Transaction& tx) { return account_session(tx, bo, now); });
    REQUIRE(post(bo, a1 + "/notes", {{"kind", "work"}, {"text", secrets[5]}}).status == 404);  // not assigned that early
    now = then;
    bo.session = database->write([&](db::Transaction& tx) { return account_session(tx, bo, now); });
    REQUIRE(post(bo, a1 + "/notes", {{"kind", "work"}, {"text", secrets[5]}}).status == 303);
    REQUIRE(post(bo, a1 + "/notes", {{"kind", "health"}, {"text", secrets[6]}}).status == 303);
  }
  static std::string account_session(db::Transaction& tx, const Person& person, Moment now);
};

}  // namespace
