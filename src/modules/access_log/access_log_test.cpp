#include "access_log/access_log.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>

#include "consent/consent.h"
#include "tests/databases.h"
#include "tests/world.h"

using namespace stafett;
using namespace stafett::access_log;

namespace {

// Two participants in an intervention of the municipality; Karin works with the first, Disa is a colleague
// who does not.
struct Register {
  World world;
  World::Person karin, lena;
  std::string first, second;

  Register() {
    world.add_intervention(R"(
id = "steget"
name = "Steget"
owner = "Provköpings kommun"
area = "Samordningsförbundet Provlandet"
from = 2025-01-01
[[destination]]
name = "Studier"
group = "studies"
)");
    world.import_participations(
        "insats;deltagare;kön;start\nsteget;A-1;kvinna;2026-01-10\nsteget;A-2;man;2026-01-12\n");
    karin = world.sign_in("karin", world.municipality, {"coach"});
    lena = world.sign_in("lena", world.municipality, {"coach"});
    world.assign(karin, "steget", "A-1");
    first = world.participant("steget", "A-1").text;
    second = world.participant("steget", "A-2").text;
  }

  std::int64_t entries(const std::string& condition = "1 = 1") {
    return *world.database->read([&](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.number("n"); },
                     "select count(*) as n from access_log where " + condition);
    });
  }
  std::int64_t execute(std::string_view sql, db::Bindings bindings = {}) {
    return world.database->write([&](db::Transaction& tx) { return tx.execute(sql, bindings); });
  }
  void change(std::string_view tables) {
    world.database->write([&](db::Transaction& tx) {
      step_out_of_wall(tx);
      tx.execute(tables);
    });
  }
  std::string page_of(const std::string& participant) { return "/participants/" + participant; }
};

access::Entry entry_by(const organisation::Organisation& organisation, const std::string& unit, Moment at) {
  return {.chain = organisation.id,
          .at = at,
          .organisation = organisation.id,
          .unit = unit,
          .object = "participant",
          .allowed = true,
          .rule = access::Rule::own_room};
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

}  // namespace

TEST_SUITE("access_log") {
  TEST_CASE("T20: every look and every refusal is noted once, with who, what, for whom and by which rule") {
    Register register_;
    auto& world = register_.world;
    const auto before = register_.entries();
    CHECK(world.get(register_.karin, register_.page_of(register_.first)).status == 200);
    CHECK(register_.entries() == before + 1);
    CHECK(register_.entries("allowed = 1 and rule = 'own room' and participant_id = '" + register_.first +
                            "' and account_id = '" + register_.karin.user.account.text + "'") == 1);
    for (const auto* refused : {&register_.lena, &world.disa, &world.cecilia, &world.eva, &world.frej}) {
      CHECK(world.get(*refused, register_.page_of(register_.first)).status == 404);
      CHECK(register_.entries("allowed = 0 and participant_id = '" + register_.first +
                              "' and account_id = '" + refused->user.account.text + "'") == 1);
    }
    CHECK(register_.entries() == before + 6);
    CHECK(world.get(register_.lena, "/participants/01m8nobody").status == 404);
    CHECK(register_.entries("allowed = 0 and participant_id = '' and rule = 'nobody there'") == 1);
    CHECK(world.get(register_.karin, "/interventions/steget/participants").status == 200);
    CHECK(register_.entries("object like 'list of participants%'") == 1);
  }

  TEST_CASE(
      "T20: killed between the access and the answer, the entry is there; before the commit, neither is") {
    if (on_postgresql()) return;
    const Folder folder;
    const auto killed = [&](bool after_commit) {
      const auto child = fork();
      if (child == 0) {
        db::Database database(folder.address());
        database.write([&](db::Transaction& tx) {
          access::write(
              tx,
              {.chain = {"kommunen"}, .at = *Moment::read("2026-03-02 09:00:00"), .object = "participant"});
          if (!after_commit) kill(getpid(), SIGKILL);
        });
        kill(getpid(), SIGKILL);
      }
      waitpid(child, nullptr, 0);
      db::Database database(folder.address());
      return *database.read([](db::Transaction& tx) {
        return tx.find([](const db::Row& row) { return row.number("n"); },
                       "select count(*) as n from access_log");
      });
    };
    db::Database(folder.address()).migrate(*Moment::read("2026-03-02 09:00:00"));
    CHECK(killed(false) == 0);
    CHECK(killed(true) == 1);
    CHECK(killed(false) == 1);
  }

  TEST_CASE("T47: what cannot be noted is not shown") {
    Register register_;
    auto& world = register_.world;
    CHECK(has(world.get(register_.karin, register_.page_of(register_.first)), "A-1"));
    register_.change("alter table access_log rename to gone");
    for (const auto& address :
         {register_.page_of(register_.first), std::string("/interventions/steget/participants")}) {
      const auto page = world.get(register_.karin, address);
      CHECK(page.status == 500);
      CHECK_FALSE(has(page, "A-1"));
    }
    register_.change("alter table gone rename to access_log");
  }

  TEST_CASE("T47: nor when the disk is full") {
    if (on_postgresql()) return;
    Register register_;
    auto& world = register_.world;
    const auto pages = *world.database->read([](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.number("page_count"); }, "pragma page_count");
    });
    register_.execute("pragma max_page_count = " + std::to_string(pages));
    int shown = 0, refused = 0;
    for (int time = 0; time != 400 && refused == 0; ++time) {
      const auto page = world.get(register_.karin, register_.page_of(register_.first));
      CHECK((page.status == 200) == has(page, "A-1"));
      page.status == 200 ? ++shown : ++refused;
    }
    CHECK(refused > 0);
    CHECK(world.get(register_.karin, register_.page_of(register_.first)).status == 503);
    (void)bare_database();  // this one is spoilt
  }

  TEST_CASE("T22: the extract has every look and refusal, in words, and nobody else's data") {
    Register register_;
    auto& world = register_.world;
    world.assign(register_.karin, "steget", "A-2");
    world.get(register_.karin, register_.page_of(register_.first));
    world.get(register_.karin, register_.page_of(register_.second));
    world.get(register_.lena, register_.page_of(register_.first));
    world.get(world.cecilia, register_.page_of(register_.first));
    world.proved_again = true;
    const auto page = world.get(world.bo, register_.page_of(register_.first) + "/log");
    CHECK(page.status == 200);
    CHECK(count_of(page.body, "<tr>") == 1 + 4);  // the heads, Karin, Lena, Cecilia, and this extract itself
    CHECK(has(page, "Provköpings kommun"));
    CHECK(has(page, "Region Provlandet"));
    CHECK(has(page, "arbetar med dig i insatsen"));
    CHECK(has(page, "arbetade inte med dig"));
    CHECK(has(page, "nekades: tittade i ditt ärende"));
    for (const auto* name : {"karin", "lena", "cecilia", "A-2"}) CHECK_FALSE(has(page, name));
  }

  TEST_CASE("T22: who only opened a form has not written in the case, nor noted a consent") {
    Register register_;
    auto& world = register_.world;
    const auto page = register_.page_of(register_.first);
    CHECK(world.get(register_.karin, page + "/identity").status == 200);
    CHECK(world.get(register_.karin, page + "/consents/new").status == 200);
    world.proved_again = true;
    const auto before = world.get(world.bo, page + "/log");
    CHECK(count_of(before.body, "öppnade ett formulär i ditt ärende") == 2);
    CHECK_FALSE(has(before, "skrev i ditt ärende"));
    CHECK_FALSE(has(before, "antecknade ditt samtycke"));
    CHECK(world.post(register_.karin, page + "/identity", {{"name", "Kim"}}).status == 303);
    CHECK(has(world.get(world.bo, page + "/log"), "skrev i ditt ärende"));
  }

  TEST_CASE(
      "the extract is for the head of the unit, who has just proved who they are, and for nobody else") {
    Register register_;
    auto& world = register_.world;
    const auto address = register_.page_of(register_.first) + "/log";
    CHECK(location(world.get(world.bo, address)).starts_with("/sign-in/again"));
    CHECK(register_.entries("rule = 'sign in again'") == 1);
    world.proved_again = true;
    CHECK(world.get(world.bo, address).status == 200);
    for (const auto* other : {&register_.karin, &register_.lena, &world.anna, &world.cecilia, &world.disa,
                              &world.eva, &world.frej})
      CHECK(world.get(*other, address).status == 404);
    CHECK(register_.entries("action = 'review' and allowed = 1") == 1);
  }

  TEST_CASE("T22: a consent is told of in the extract by its day and purpose") {
    Register register_;
    auto& world = register_.world;
    world.assign(world.cecilia, "steget", "A-1");
    world.database->write([&](db::Transaction& tx) {
      tx.execute(R"(
        insert into consent (id, participant_id, intervention_id, from_id, to_id, kinds, free_text, purpose, opens_at, closes_at,
                             language, form, evidence, recorded_by, recorded_at)
        values ('samtycke', :participant, 'steget', :from, :to, 255, 0, 'coordination', :opens, :closes,
                'svenska', 'paper', '', :karin, :opens))",
                 {{"participant", register_.first},
                  {"from", world.municipality.id},
                  {"to", world.region.id},
                  {"karin", register_.karin.user.account},
                  {"opens", *Moment::read("2026-02-01 08:00:00")},
                  {"closes", *Moment::read("2026-08-01 08:00:00")}});
    });
    CHECK(world.get(world.cecilia, register_.page_of(register_.first)).status == 200);
    world.proved_again = true;
    const auto page = world.get(world.bo, register_.page_of(register_.first) + "/log");
    CHECK(has(page, "ditt samtycke från 1 februari 2026, samordna insatsen"));
  }

  TEST_CASE("the same seed draws the same entries, another seed others, and only the unit's own") {
    World world;
    const auto at = world.now;
    world.database->write([&](db::Transaction& tx) {
      for (int i = 0; i != 600; ++i)
        access::write(tx, entry_by(world.municipality, i % 3 == 0 ? "norr" : "syd", at + i));
      access::write(tx, entry_by(world.municipality, "ensam", at + 600));
    });
    const Staff north{world.municipality.id, "norr"};
    world.database->read([&](db::Transaction& tx) {
      const auto drawn = draw(tx, north, 1, 601, "ett frö");
      CHECK(drawn.size() == sample_size);
      CHECK(drawn == draw(tx, north, 1, 601, "ett frö"));
      CHECK(drawn != draw(tx, north, 1, 601, "ett annat"));
      for (const auto number : drawn) CHECK(number % 3 == 1);
      CHECK(draw(tx, {world.municipality.id, "ensam"}, 1, 601, "ett frö") == std::vector<std::int64_t>{601});
      CHECK(draw(tx, {world.municipality.id, "ingen"}, 1, 601, "ett frö").empty());
      CHECK(draw(tx, {world.region.id, "norr"}, 1, 601, "ett frö").empty());
      CHECK(draw(tx, {world.municipality.id, ""}, 1, 601, "ett frö").size() == sample_size);
      std::set<std::int64_t> seen;  // all have their chance
      for (int seed = 0; seed != 200; ++seed)
        for (const auto number : draw(tx, north, 1, 601, std::to_string(seed))) seen.insert(number);
      CHECK(seen.size() == 200);
    });
  }

  TEST_CASE(
      "the head draws last month's sample, marks each entry with a word, and sees the result as counts") {
    Register register_;
    auto& world = register_.world;
    for (int time = 0; time != 3; ++time) world.get(register_.karin, register_.page_of(register_.first));
    world.now = *Moment::read("2026-04-01 09:00:00");
    for (const auto* person : {&world.bo, &register_.karin})
      world.database->write([&](db::Transaction& tx) {
        tx.execute("update session set begun_at = :now, seen_at = :now", {{"now", world.now}});
        (void)person;
      });
    CHECK(world.post(world.bo, "/access-log/samples", {{"month", "2026-03"}}).status ==
          403);  // not proved just now
    world.proved_again = true;
    CHECK(world.post(world.bo, "/access-log/samples", {{"month", "2026-04"}}).status == 409);
    const auto place = location(world.post(world.bo, "/access-log/samples", {{"month", "2026-03"}}));
    REQUIRE(place.starts_with("/access-log/samples/"));
    CHECK(world.post(world.bo, "/access-log/samples", {{"month", "2026-03"}}).status == 409);
    CHECK(count_of(world.get(world.bo, place).body, "<select") == 3);
    CHECK(has(world.get(world.bo, place), "karin"));
    const auto numbers = world.database->read([](db::Transaction& tx) {
      return tx.list([](const db::Row& row) { return std::to_string(row.number("number")); },
                     "select number from log_sample_entry order by number");
    });
    REQUIRE(numbers.size() == 3);
    World::Fields marks{{"finding-" + numbers[0], "right"},
                        {"finding-" + numbers[1], "wrong"},
                        {"finding-" + numbers[2], ""}};
    CHECK(has(world.post(world.bo, place, marks), "Skriv några ord"));
    marks.emplace_back("remark-" + numbers[1], "öppnade fel person");
    CHECK(world.post(world.bo, place, marks).status == 303);
    CHECK(has(world.get(world.bo, place), "öppnade fel person"));
    const auto overview = world.get(world.bo, "/access-log");
    CHECK(count_of(overview.body, "<td class=\"number\">1</td>") == 3);  // right, wrong, not looked at
    CHECK(register_.entries("action = 'review' and object like 'marks in a sample%'") == 2);
    for (const auto* other : {&register_.karin, &world.disa, &world.eva, &world.frej})
      CHECK(world.get(*other, place).status == 403);
    CHECK(world.get(world.cecilia, place).status == 404);
    // T15: who is protected later is neither shown nor counted in it.
    register_.execute("update participant set protection = 'marked' where code = 'A-1'");
    CHECK(count_of(world.get(world.bo, place).body, "<select") == 0);
    CHECK(count_of(world.get(world.bo, "/access-log").body, "<td class=\"number\">0</td>") == 4);
  }

  TEST_CASE("a search finds by colleague, participant and day, for who has just proved who they are") {
    Register register_;
    auto& world = register_.world;
    world.get(register_.karin, register_.page_of(register_.first));
    world.get(register_.lena, register_.page_of(register_.second));
    const auto found = [&](World::Fields fields) {
      return world.post(world.bo, "/access-log/search", std::move(fields));
    };
    CHECK(found({{"colleague", "karin"}}).status == 403);
    world.proved_again = true;
    CHECK(has(found({{"colleague", "karin"}}), ">A-1</td>"));
    CHECK_FALSE(has(found({{"colleague", "karin"}}), ">A-2</td>"));
    CHECK(has(found({{"participant", "A-2"}}), ">lena</td>"));
    CHECK(has(found({{"participant", "A-2"}, {"day", "2026-03-02"}}), ">lena</td>"));
    CHECK(has(found({{"participant", "A-2"}, {"day", "2026-03-01"}}), "Inga träffar"));
    CHECK(has(found({}), "Fyll i en medarbetare"));
    CHECK(world.post(world.cecilia, "/access-log/search", {{"colleague", "karin"}}).status == 200);
    CHECK(has(world.post(world.cecilia, "/access-log/search", {{"colleague", "karin"}}), "Inga träffar"));
    CHECK(world.post(world.eva, "/access-log/search", {{"colleague", "karin"}}).status == 403);
  }

  TEST_CASE("T15: who is protected is in no sample and no search") {
    Register register_;
    auto& world = register_.world;
    world.get(register_.karin, register_.page_of(register_.first));
    world.proved_again = true;
    CHECK(has(world.post(world.bo, "/access-log/search", {{"colleague", "karin"}}), "A-1"));
    const Staff staff{world.municipality.id, ""};
    const auto number_drawn = [&] {
      return world.database->read([&](db::Transaction& tx) { return draw(tx, staff, 1, 100, "frö").size(); });
    };
    const auto before = number_drawn();
    register_.execute("update participant set protection = 'marked' where code = 'A-1'");
    CHECK_FALSE(has(world.post(world.bo, "/access-log/search", {{"colleague", "karin"}}), "A-1"));
    CHECK(number_drawn() == before);  // one more search was noted, and the look at A-1 is gone
  }
}
