#include "protection/protection.h"

#include <doctest/doctest.h>

#include "access/keys.h"
#include "base/file.h"
#include "file/temporary.h"
#include "statistics/statistics.h"
#include "tests/databases.h"
#include "tests/world.h"

using namespace stafett;

namespace {

constexpr std::string_view prova = R"(id = "prova"
name = "Prova på"
area = "Samordningsförbundet Provlandet"
owner = "Provköpings kommun"
from = 2024-01-01
sites = ["Hamnen"]
[[destination]]
name = "Arbete"
group = "work"
[[decision]]
name = "lönebidrag"
group = "subsidised work"
)";

const std::string register_of_two =
    "insats;deltagare;kön;födelseår;start;plattform;hemkommun;personnummer\n"
    "prova;KOD-174-06;kvinna;1964;2025-01-07;Hamnen;0980;640823-3234\n"
    "prova;A2;man;1980;2025-01-01;Hamnen;0980;\n";

// What nobody must be able to read afterwards.
const std::vector<std::string> secrets{"196408233234",    "Kim Provare",         "070-174 06 05",
                                       "Storgatan 17",    "kim@provare.example", "Ringer helst till grannen",
                                       "KOD-174-06"};

// Karin and Lena of one unit work with everyone, Sven is of another unit, Bo heads them all. Everyone has just
// signed in once more.
struct District : World {
  Person karin, lena, sven;
  organisation::Unit near, far;
  stafett::file::TemporaryFolder folder;
  Id<participant::Participant> id;
  std::string kim, address;

  District() {
    add_intervention(prova);
    import_participations(register_of_two);
    import_decisions("insats;deltagare;datum;beslut;form\nprova;KOD-174-06;2025-06-01;lönebidrag;ny\n");
    near = unit("Enheten här");
    far = unit("Enheten där");
    karin = of_unit("karin", near);
    lena = of_unit("lena", near);
    sven = of_unit("sven", far);
    for (const auto* one : {&karin, &lena, &bo}) assign(*one, "prova");
    end_work(bo);  // a head who does not handle the cases
    proved_again = true;
    id = participant("prova", "KOD-174-06");
    kim = "/participants/" + id.text;
    address = kim + "/protection";
    REQUIRE(post(karin, kim + "/identity",
                 {{"name", secrets[1]}, {"personal_number", "640823-3234"}, {"phone", secrets[2]},
                  {"address", secrets[3]}, {"email", secrets[4]}})
                .status == 303);
    note("contact", secrets[5]);
    note("work", "Trivs på praktiken");
    open_door();
  }
  ~District() { database = empty_database(); }  // the file is closed before its folder goes

  organisation::Unit unit(const std::string& name) {
    return database->write([&](db::Transaction& tx) { return organisation::add_unit(tx, municipality.id, name).value(); });
  }
  Person of_unit(const std::string& name, const organisation::Unit& unit) {
    auto person = sign_in(name, municipality, {"coach"});
    execute("update account_role set unit_id = '" + unit.id.text + "' where account_id = '" + person.user.account.text + "'");
    person.user.unit = unit.id;
    return person;
  }
  void end_work(const Person& person) {
    execute("update assignment set until_at = from_at where account_id = '" + person.user.account.text + "'");
  }
  void execute(const std::string& sql) {
    database->write([&](db::Transaction& tx) { tx.execute(sql); });
  }
  void note(const std::string& kind, const std::string& text) {
    REQUIRE(post(karin, kim + "/notes", {{"kind", kind}, {"text", text}}).status == 303);
  }
  void open_door() {
    REQUIRE(post(karin, kim + "/consents",
                 {{"to", region.id.text}, {"kinds", "planning"}, {"kinds", "work"}, {"free_text", "yes"},
                  {"purpose", "coordination"}, {"opens", now.date().text()}, {"closes", (now.date() + 100).text()},
                  {"language", "svenska"}, {"form", "paper"}, {"evidence", "pärm 1"}})
                .status == 303);
    assign(cecilia, "prova", "KOD-174-06");
  }
  void move_to_file() {
    if (on_postgresql()) return;
    const auto file = (folder.path() / "stafett.db").string();
    REQUIRE(database->back_up(file));
    database = std::make_shared<db::Database>("sqlite:" + file);
  }
  std::string files() const {
    const auto file = (folder.path() / "stafett.db").string();
    return read_file(file).value_or("") + read_file(file + "-wal").value_or("");
  }

  web::Outgoing protect(const Person& by, const std::string& level = "marked", const std::string& handler = "") {
    return post(by, address, {{"level", level}, {"handler", handler}});
  }
  std::string text(const std::string& sql) {
    return database->read([&](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.text("x"); }, sql).value_or("");
    });
  }
  std::string pseudonym() { return text("select code as x from participant where id = '" + id.text + "'"); }
  std::string protection() { return text("select protection as x from participant where id = '" + id.text + "'"); }
  std::int64_t count(const std::string& what) {
    return database->read([&](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.number("n"); }, "select count(*) as n from " + what).value_or(0);
    });
  }
  std::string proposal() { return text("select id as x from protection_proposal order by proposed_at desc, id desc limit 1"); }
  int propose(const Person& by) { return post(by, address + "/end", {{"reason", "lifted by authority"}}).status; }
  int confirm(const Person& by) { return post(by, "/protections/" + proposal() + "/confirmation").status; }
};

// A page without what differs between two askings: the form's token, and the address that was asked for.
std::string without_token(std::string page, const std::string& asked = {}) {
  for (auto at = page.find(asked); !asked.empty() && at != page.npos; at = page.find(asked)) page.erase(at, asked.size());
  const std::string before = "name=\"token\" value=\"";
  for (auto at = page.find(before); at != page.npos; at = page.find(before, at + 1)) {
    const auto start = at + before.size();
    page.erase(start, page.find('"', start) - start);
  }
  return page;
}

}  // namespace

TEST_SUITE("protection") {
  TEST_CASE("T15: who handles a case protects it, and from the next request only they reach it, under a pseudonym") {
    District world;
    CHECK(world.get(world.lena, world.kim).status == 200);
    CHECK(world.get(world.cecilia, world.kim).status == 200);
    const auto page = world.get(world.karin, world.address);
    CHECK(page.status == 200);
    for (const auto* text : {"Tas bort för gott", "Döljs genast", "Det går inte att ångra", "stängs: 1"})
      CHECK(has(page, text));
    CHECK(location(world.protect(world.karin)) == world.kim);
    CHECK(world.protection() == "marked");
    const auto kept = world.get(world.karin, world.kim);
    CHECK(kept.status == 200);
    CHECK(has(kept, world.pseudonym()));
    CHECK(has(kept, "Trivs på praktiken"));
    for (const auto& secret : secrets) CHECK_FALSE(has(kept, secret));
    for (const auto* other : {&world.lena, &world.bo, &world.sven, &world.anna, &world.disa, &world.eva, &world.frej}) {
      CAPTURE(other->user.name);
      const auto hidden = world.get(*other, world.kim), nobody = world.get(*other, "/participants/finns-inte");
      CHECK(hidden.status == 404);
      const bool is_same = without_token(hidden.body, world.id.text) == without_token(nobody.body, "finns-inte");
      CHECK(is_same);
    }
    // Cecilia is named in the region's own room; the door to the municipality's is shut.
    CHECK_FALSE(has(world.get(world.cecilia, world.kim), "Trivs på praktiken"));
    CHECK(world.count("access_log where action = 'protect' and allowed = 1 and rule = 'own room'") > 0);
  }

  TEST_CASE("T15: what names them and where they are is gone from rows, keys and files; other notes are still read") {
    District world;
    world.move_to_file();
    const auto key = world.text("select wrapped as x from data_key where participant_id <> '' and organisation_id = '" +
                                world.municipality.id.text + "'");
    const auto sealed = world.text("select name as x from identity");
    REQUIRE(!key.empty());
    REQUIRE(!sealed.empty());
    REQUIRE(world.protect(world.karin).status == 303);
    CHECK(world.count("identity") == 0);
    CHECK(world.count("note") == 1);
    CHECK(world.count("participation where participant_id = '" + world.id.text +
                      "' and site || municipality || referrer || written <> ''") == 0);
    CHECK(world.count("change_mark where name = 'traces of protected persons'") == 0);
    CHECK(has(world.get(world.karin, world.kim), "Trivs på praktiken"));
    CHECK(has(world.get(world.karin, world.kim), "lönebidrag"));
    if (on_postgresql()) return;
    const auto bytes = world.files();
    for (const auto& secret : secrets) {
      CAPTURE(secret);
      CHECK(bytes.find(secret) == bytes.npos);
    }
    CHECK(bytes.find(key.substr(0, 48)) == bytes.npos);
    CHECK(bytes.find(sealed.substr(0, 48)) == bytes.npos);
  }

  TEST_CASE("T15: a register with the old code or the personal number changes nothing, and says nothing") {
    District world;
    const auto preview = [&](const std::string& csv) {
      const auto sent = world.send(world.bo, "/imports", {{"kind", "participations"}}, "file", "lista.csv", csv);
      REQUIRE(sent.status == 303);
      return without_token(world.get(world.bo, location(sent)).body, location(sent).substr(std::string("/imports/").size()));
    };
    const auto before = preview(register_of_two);
    REQUIRE(world.protect(world.karin).status == 303);
    const auto after = preview(register_of_two);
    const bool is_same = after == before;
    CHECK(is_same);
    const auto confirmed = [&](const std::string& csv) {
      const auto sent = location(world.send(world.bo, "/imports", {{"kind", "participations"}}, "file", "lista.csv", csv));
      return world.post(world.bo, sent + "/confirmation").status;
    };
    confirmed("insats;deltagare;start;hemkommun;personnummer\nprova;KOD-174-06;2026-01-07;0980;640823-3234\nprova;NY;2026-01-08;;\n");
    confirmed("insats;deltagare;start;personnummer\nprova;ANNAN KOD;2026-02-07;640823-3234\nprova;NY2;2026-01-08;\n");
    CHECK(world.count("participant") == 4);  // the two, and NY and NY2
    CHECK(world.count("participant where code like '%KOD%'") == 0);
    CHECK(world.count("participation where participant_id = '" + world.id.text + "'") == 1);
    CHECK(world.count("identity") == 0);
    // Of decisions as of anyone who is not there.
    const auto of_code = [&](const std::string& code) {
      const auto sent = world.send(world.bo, "/imports", {{"kind", "decisions"}}, "file", "beslut.csv",
                                   "insats;deltagare;datum;beslut;form\nprova;" + code + ";2025-07-01;lönebidrag;ny\n");
      return world.get(world.bo, location(sent));
    };
    CHECK(has(of_code("KOD-174-06"), "finns inte i insatsen"));
    CHECK(has(of_code(world.pseudonym()), "finns inte i insatsen"));
  }

  TEST_CASE("a head who is named reads in a stay under the pseudonym, without what names them or tells where they are") {
    District world;
    world.assign(world.bo, "prova", "KOD-174-06");
    REQUIRE(world.protect(world.karin).status == 303);
    world.import_participations("insats;deltagare;start;plattform;hemkommun;remittent;personnummer\nprova;" +
                                world.pseudonym() + ";2025-01-07;Hamnen;0980;Vårdcentralen;640823-3234\n");
    const auto sent = location(world.send(world.bo, "/imports", {{"kind", "participations"}}, "file", "lista.csv",
                                          "insats;deltagare;start;avslut;plattform;hemkommun;personnummer\nprova;" +
                                              world.pseudonym() + ";2025-01-07;2025-12-01;Hamnen;0980;640823-3234\n"));
    CHECK(world.post(world.bo, sent + "/confirmation").status == 303);
    const auto where = "participation where participant_id = '" + world.id.text + "' and ";
    CHECK(world.count(where + "ended_on is not null") == 1);
    CHECK(world.count(where + "site || municipality || referrer || written <> ''") == 0);
    CHECK(world.count("identity") == 0);
  }

  TEST_CASE("the files of a register that were sent before, and their refused rows, are gone") {
    District world;
    const auto sent = location(world.send(world.bo, "/imports", {{"kind", "participations"}}, "file", "lista.csv",
                                          "insats;deltagare;start\nprova;KOD-174-06;2025-02-31\nprova;B9;2025-03-01\n"));
    REQUIRE(world.post(world.bo, sent + "/confirmation").status == 303);
    const auto waiting = location(world.send(world.bo, "/imports", {{"kind", "participations"}}, "file", "igen.csv",
                                             "insats;deltagare;start\nprova;KOD-174-06;2025-04-01\n"));
    CHECK(has(world.get(world.bo, sent + "/rejects"), "KOD-174-06"));
    REQUIRE(world.protect(world.karin).status == 303);
    CHECK_FALSE(has(world.get(world.bo, sent + "/rejects"), "KOD-174-06"));
    CHECK(world.get(world.bo, waiting).status == 404);
    CHECK(world.post(world.bo, waiting + "/confirmation").status == 404);
  }

  TEST_CASE("a head who does not handle the case names somebody, and no longer sees the participant") {
    District world;
    CHECK(world.protect(world.bo).status == 422);
    CHECK(world.protect(world.bo, "marked", world.bo.user.account.text).status == 422);
    CHECK(world.protect(world.bo, "marked", world.cecilia.user.account.text).status == 422);
    CHECK(world.protect(world.bo, "marked", world.disa.user.account.text).status == 422);
    CHECK(world.protect(world.bo, "", world.lena.user.account.text).status == 422);
    world.execute("insert into conflict (participant_id, account_id) values ('" + world.id.text + "', '" +
                  world.sven.user.account.text + "')");
    CHECK_FALSE(has(world.get(world.bo, world.address), ">sven<"));
    CHECK(world.protect(world.bo, "marked", world.sven.user.account.text).status == 422);
    CHECK(world.protection().empty());
    CHECK(has(world.get(world.bo, world.address), ">lena<"));
    CHECK(location(world.protect(world.bo, "registered", world.lena.user.account.text)) == "/interventions/prova/participants");
    CHECK(world.protection() == "registered");
    CHECK(world.get(world.bo, world.kim).status == 404);
    CHECK(world.get(world.karin, world.kim).status == 404);
    CHECK(world.get(world.lena, world.kim).status == 200);
  }

  TEST_CASE("who is named names one more, who then reaches the participant; the level changes without a new pseudonym") {
    District world;
    REQUIRE(world.protect(world.karin).status == 303);
    const auto pseudonym = world.pseudonym();
    CHECK(has(world.get(world.karin, world.address), "Bara en når deltagaren"));
    CHECK(world.post(world.karin, world.address + "/handlers", {{"handler", ""}}).status == 422);
    CHECK(world.post(world.karin, world.address + "/handlers", {{"handler", world.anna.user.account.text}}).status == 422);
    CHECK(world.post(world.lena, world.address + "/handlers", {{"handler", world.lena.user.account.text}}).status == 404);
    for (int clicks = 0; clicks != 2; ++clicks)
      CHECK(world.post(world.karin, world.address + "/handlers", {{"handler", world.lena.user.account.text}}).status == 303);
    CHECK(world.count("assignment where participant_id = '" + world.id.text + "' and account_id = '" +
                      world.lena.user.account.text + "'") == 1);
    CHECK(world.get(world.lena, world.kim).status == 200);
    CHECK(world.protect(world.lena, "new identity").status == 303);
    CHECK(world.protect(world.lena, "new identity").status == 303);
    CHECK(world.protection() == "new identity");
    CHECK(world.pseudonym() == pseudonym);
    CHECK(world.protect(world.lena, "none").status == 422);
    CHECK(world.get(world.lena, world.kim + "/identity").status == 404);
    CHECK(world.post(world.lena, world.kim + "/identity", {{"name", "Kim"}}).status == 404);
  }

  TEST_CASE("the outsider, the director and another party protect nobody, and a password alone is not enough") {
    District world;
    for (const auto* other : {&world.anna, &world.sven, &world.disa, &world.eva, &world.frej, &world.cecilia}) {
      CAPTURE(other->user.name);
      CHECK(world.get(*other, world.address).status != 200);
      for (const auto* what : {"", "/handlers", "/end", "/end/withdrawal"})
        CHECK(world.post(*other, world.address + what, {{"level", "marked"}}).status >= 403);
    }
    world.proved_again = false;
    CHECK(world.protect(world.karin).status == 403);
    CHECK(world.protection().empty());
    CHECK(world.count("former_mark") == 0);
  }

  TEST_CASE("protection ends by two persons: a handler proposes, somebody of another unit confirms and sees a pseudonym") {
    District world;
    REQUIRE(world.protect(world.karin).status == 303);
    REQUIRE(world.post(world.karin, world.address + "/handlers", {{"handler", world.lena.user.account.text}}).status == 303);
    CHECK(world.post(world.karin, world.address + "/end", {{"reason", ""}}).status == 422);
    CHECK(world.propose(world.sven) == 404);
    CHECK(world.propose(world.karin) == 303);
    CHECK(world.propose(world.karin) == 409);  // a second click
    const auto page = world.get(world.sven, "/protections");
    CHECK(has(page, world.pseudonym()));
    CHECK(has(page, ">karin"));
    for (const auto* text : {"Prova på", "1964", "Enheten här"}) CHECK_FALSE(has(page, text));
    CHECK_FALSE(has(page, world.id.text));
    CHECK(world.get(world.sven, world.kim).status == 404);
    for (const auto* other : {&world.karin, &world.lena, &world.bo, &world.cecilia, &world.anna, &world.eva, &world.frej, &world.disa}) {
      CAPTURE(other->user.name);
      CHECK_FALSE(has(world.get(*other, "/protections"), world.pseudonym()));
      CHECK(world.confirm(*other) >= 403);
    }
    CHECK(world.protection() == "marked");
    world.proved_again = false;
    CHECK(world.confirm(world.sven) == 403);
    world.proved_again = true;
    CHECK(world.confirm(world.sven) == 303);
    CHECK(world.confirm(world.sven) == 404);
    CHECK(world.protection().empty());
    CHECK(world.get(world.sven, world.kim).status == 404);  // who confirmed does not work with them for that
    CHECK(world.get(world.bo, world.kim).status == 200);
    CHECK(world.count("access_log where action = 'confirm' and allowed = 1 and rule = 'second person'") == 1);
    CHECK(world.count("access_log where object = 'proposal to end protection' and allowed = 1") > 0);
    // What was removed does not come back.
    CHECK(world.count("identity") == 0);
    CHECK_FALSE(has(world.get(world.bo, world.kim), "KOD-174-06"));
  }

  TEST_CASE("nobody confirms what they proposed themselves, also when they have come to another unit") {
    District world;
    REQUIRE(world.protect(world.karin).status == 303);
    REQUIRE(world.propose(world.karin) == 303);
    CHECK(world.confirm(world.karin) == 404);
    world.end_work(world.karin);
    world.execute("update account_role set unit_id = '" + world.far.id.text + "' where account_id = '" +
                  world.karin.user.account.text + "'");
    CHECK(world.confirm(world.karin) == 409);
    CHECK(world.protection() == "marked");
  }

  TEST_CASE("a proposal is withdrawn by a handler, and runs out after a week") {
    District world;
    REQUIRE(world.protect(world.karin).status == 303);
    REQUIRE(world.propose(world.karin) == 303);
    CHECK(world.post(world.sven, world.address + "/end/withdrawal").status == 404);
    CHECK(world.post(world.karin, world.address + "/end/withdrawal").status == 303);
    CHECK(world.post(world.karin, world.address + "/end/withdrawal").status == 409);
    CHECK(world.confirm(world.sven) == 404);
    REQUIRE(world.propose(world.karin) == 303);
    world.execute("update protection_proposal set until_at = '" + world.now.text() + "' where withdrawn_by is null");
    CHECK_FALSE(has(world.get(world.sven, "/protections"), world.pseudonym()));
    CHECK(world.confirm(world.sven) == 404);
    CHECK(world.protection() == "marked");
  }

  TEST_CASE("T15: marked while a page is open, each of its forms answers as if there were nobody") {
    District world;
    const std::vector<std::pair<std::string, World::Fields>> forms{
        {"", {}},
        {"/identity", {{"name", "Kim"}}},
        {"/notes", {{"kind", "work"}, {"text", "x"}}},
        {"/consents", {{"to", world.region.id.text}}},
        {"/consents/" + world.text("select id as x from consent") + "/withdrawal", {{"kinds", "work"}, {"form", "paper"}}},
        {"/protection", {{"level", "marked"}}},
        {"/protection/handlers", {{"handler", world.lena.user.account.text}}},
        {"/protection/end", {{"reason", "mistake"}}},
        {"/protection/end/withdrawal", {}},
        {"/disposal", {}},
        {"/disposal/confirmation", {}},
        {"/disposal/withdrawal", {}},
        {"/disposal/hold", {{"reason", "x"}}},
        {"/disposal/hold/end", {}},
        {"/disposal/erasure", {}}};
    for (const auto* person : {&world.lena, &world.bo}) CHECK(world.get(*person, world.kim).status == 200);
    REQUIRE(world.protect(world.karin).status == 303);
    const auto notes = world.count("note"), withdrawals = world.count("consent_withdrawal");
    for (const auto* person : {&world.lena, &world.bo})
      for (const auto& [form, fields] : forms) {
        if (form.empty()) continue;
        CAPTURE(person->user.name);
        CAPTURE(form);
        const auto hidden = world.post(*person, world.kim + form, fields),
                   nobody = world.post(*person, "/participants/finns-inte" + form, fields);
        CHECK(hidden.status == 404);
        const bool is_same = without_token(hidden.body, world.id.text) == without_token(nobody.body, "finns-inte");
        CHECK(is_same);
      }
    CHECK(world.count("note") == notes);
    CHECK(world.count("consent_withdrawal") == withdrawals);
    CHECK(world.count("retention_hold") == 0);
  }

  TEST_CASE("T15: who is protected is in no page of a colleague, a head, another party or the association") {
    District world;
    REQUIRE(world.post(world.sven, "/broken-glass",
                       {{"intervention", "prova"}, {"participant", "KOD-174-06"}, {"reason", "ringer akut nu idag"}})
                .status == 303);
    REQUIRE(world.post(world.bo, "/disposals/rules",
                       {{"kinds", "255"}, {"months", "1"}, {"from", "last entry"}, {"export_first", "no"}, {"ground", "x"}})
                .status == 303);
    world.execute("update participation set ended_on = '2025-02-01'");
    world.execute("update note set written_at = '2025-02-01 10:00:00'");
    REQUIRE(world.post(world.bo, world.kim + "/disposal").status == 303);
    CHECK(has(world.get(world.bo, "/"), "Nödöppningar att granska: 1"));
    CHECK(has(world.get(world.bo, "/disposals"), world.id.text));
    REQUIRE(world.protect(world.karin, "new identity").status == 303);
    const auto shows = [&](const web::Outgoing& out) {
      return has(out, world.id.text) || has(out, world.pseudonym()) || has(out, "KOD-174-06") || has(out, "ringer akut nu");
    };
    const std::vector<std::string> pages{
        "/", "/interventions/prova", "/interventions/prova/participants", "/interventions/prova/participants?page=2",
        "/participants", "/consents", "/disposals", "/broken-glass", "/access-log", "/imports", "/protections", "/reports",
        "/colleagues", "/colleagues/" + world.karin.user.account.text, "/colleagues/" + world.karin.user.account.text + "/leaving",
        "/statistics?measure=started&by=municipality&audience=unit", "/statistics?measure=started&by=site&audience=unit",
        "/participants/" + world.participant("prova", "A2").text + "/log",
        "/participants/" + world.participant("prova", "A2").text};
    for (const auto* person : {&world.lena, &world.bo, &world.sven, &world.cecilia, &world.anna, &world.disa, &world.eva, &world.frej})
      for (const auto& page : pages)
        for (const auto* accept : {"text/html", "application/json"}) {
          CAPTURE(person->user.name);
          CAPTURE(page);
          CHECK_FALSE(shows(world.get(*person, page, accept)));
        }
    CHECK_FALSE(has(world.get(world.bo, "/"), "Nödöppningar att granska"));
    CHECK(has(world.get(world.lena, "/interventions/prova/participants"), "Prova på · 1<"));
    CHECK(has(world.get(world.karin, "/interventions/prova/participants"), "Prova på · 2<"));
    for (const auto* person : {&world.lena, &world.bo, &world.karin})
      CHECK(has(world.post(*person, "/participants", {{"personnummer", "640823-3234"}}), "Du arbetar inte med någon"));
    for (const auto& code : {world.pseudonym(), std::string("KOD-174-06")})
      CHECK(has(world.post(world.bo, "/access-log/search", {{"participant", code}}), "Inga träffar"));
    for (const auto& code : {world.pseudonym(), std::string("KOD-174-06")}) {
      const auto broken = [&](const std::string& of) {
        return world.post(world.sven, "/broken-glass", {{"intervention", "prova"}, {"participant", of}, {"reason", "ringer akut igen idag"}});
      };
      const bool is_same = without_token(broken(code).body) == without_token(broken("finns-inte").body);
      CHECK(is_same);
    }
  }

  TEST_CASE("T15: the statistics count who is protected in totals, and in no site, municipality or referrer") {
    District world;
    const auto count = [&](const std::string& by, const std::string& value) {
      const auto table = world.database->read([&](db::Transaction& tx) {
        return statistics::ask(tx, &world.karin.user,
                               {"started", {by}, {}, {}, statistics::Audience::unit})
            .value();
      });
      for (std::size_t i = 0; i != table.axes[0].values.size(); ++i)
        if (table.axes[0].values[i].word == value) return table.cells[i].count;
      return value == "all" ? table.total().count : 0;
    };
    CHECK(count("municipality", "0980") == 2);
    world.execute("update participant set protection = 'marked' where id = '" + world.id.text + "'");
    world.database->write([](db::Transaction& tx) { tx.changed("participant"); });
    CHECK(count("municipality", "0980") == 1);
    CHECK(count("municipality", "") == 1);
    CHECK(count("site", "Hamnen") == 1);
    CHECK(count("sex", "woman") == 1);
    CHECK(count("sex", "all") == 2);
  }
}
