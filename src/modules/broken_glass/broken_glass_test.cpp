#include "broken_glass/broken_glass.h"

#include <doctest/doctest.h>

#include "tests/world.h"

using namespace stafett;

namespace {

// Two participants of the municipality; Karin works with them, Lena is a colleague who does not, Bo is the
// head.
struct Register {
  World world;
  World::Person karin, lena;
  std::string first;

  Register() {
    world.add_intervention(prova);
    world.import_participations(
        "insats;deltagare;kön;start\nprova;A-1;kvinna;2026-01-10\nprova;A-2;man;2026-01-12\n");
    karin = world.sign_in("karin", world.municipality, {"coach"});
    lena = world.sign_in("lena", world.municipality, {"coach"});
    world.assign(karin, "prova");
    first = "/participants/" + world.participant("prova", "A-1").text;
  }

  web::Outgoing broken_by(const World::Person& person, const std::string& code = "A-1",
                          const std::string& reason = "ringer akut, Karin är sjuk") {
    return world.post(person, "/broken-glass",
                      {{"intervention", "prova"}, {"participant", code}, {"reason", reason}});
  }
  std::int64_t number(const std::string& select) {
    return *world.database->read([&](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.number("n"); }, select);
    });
  }
  std::string text(const std::string& column) {
    return *world.database->read([&](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.text("x"); },
                     "select " + column + " as x from broken_glass");
    });
  }
  void later(std::int64_t seconds) {
    world.now = world.now + seconds;
    world.database->write([&](db::Transaction& tx) {
      tx.execute("update session set seen_at = :now", {{"now", world.now}});
    });
  }
};

}  // namespace

TEST_SUITE("broken_glass") {
  TEST_CASE(
      "T18: a colleague who is refused states a reason and looks in for half an hour, and writes nothing") {
    Register register_;
    auto& world = register_.world;
    CHECK(world.get(register_.lena, register_.first).status == 404);
    CHECK(location(register_.broken_by(register_.lena)) == register_.first);
    CHECK(has(world.get(register_.lena, register_.first), "A-1"));
    CHECK(world.get(register_.lena, "/participants/" + world.participant("prova", "A-2").text).status == 404);
    CHECK(register_.number(
              "select count(*) as n from access_log where rule = 'broken glass' and allowed = 1") == 2);
    // Not what is known of violence.
    CHECK(register_.number("select max(kinds) as n from access_log where rule = 'broken glass'") == 0x7f);
    const access::Ask to_write{.participant = world.participant("prova", "A-1"),
                               .action = access::Action::write};
    const auto may_write = world.database->write([&](db::Transaction& tx) {
      return access::admit(tx, register_.lena.user, to_write, world.now).has_value();
    });
    CHECK_FALSE(may_write);
    register_.later(broken_glass::open_seconds - 1);
    CHECK(world.get(register_.lena, register_.first).status == 200);
    register_.later(1);
    CHECK(world.get(register_.lena, register_.first).status == 404);
  }

  TEST_CASE("T18: a reason that says nothing opens nothing") {
    Register register_;
    for (const auto* reason : {"", "   ", "akut", "a b c", "- - -\n-"})
      CHECK(has(register_.broken_by(register_.lena, "A-1", reason), "Skriv varför"));
    CHECK(register_.number("select count(*) as n from broken_glass") == 0);
  }

  TEST_CASE(
      "T18: never to someone protected, in conflict or erased, never across parties, and each looks as if "
      "nobody were there") {
    Register register_;
    auto& world = register_.world;
    const auto coach_of_region = world.sign_in("rut", world.region, {"coach"});
    const auto nobody_there = register_.broken_by(register_.lena, "finns-inte");
    const auto without_token = [](std::string body) {
      for (auto at = body.find("name=\"token\" value=\""); at != body.npos;
           at = body.find("name=\"token\" value=\"", at + 1))
        body.replace(at + 20, 32, 32, 'x');
      return body;
    };
    CHECK(nobody_there.status == 404);
    const auto same = [&](const web::Outgoing& out) {
      CHECK(out.status == 404);
      CHECK(without_token(out.body) == without_token(nobody_there.body));
    };
    const auto across = register_.broken_by(coach_of_region),
               nowhere = register_.broken_by(coach_of_region, "finns-inte");
    CHECK(across.status == 404);
    CHECK(without_token(across.body) == without_token(nowhere.body));
    for (const auto* level : {"marked", "registered", "new identity"}) {
      register_.world.execute("update participant set protection = '" + std::string(level) +
                        "' where code = 'A-1'");
      same(register_.broken_by(register_.lena));
    }
    register_.world.execute("update participant set protection = '' where code = 'A-1'");
    register_.world.execute("insert into conflict (participant_id, account_id) select id, '" +
                      register_.lena.user.account.text + "' from participant where code = 'A-1'");
    same(register_.broken_by(register_.lena));
    register_.world.execute("delete from conflict");
    register_.world.execute("update participant set erased_at = '2026-02-01 00:00:00' where code = 'A-1'");
    same(register_.broken_by(register_.lena));
    for (const auto* other : {&world.anna, &world.disa, &world.eva, &world.frej})
      CHECK(register_.broken_by(*other).status == 403);
    CHECK(register_.number("select count(*) as n from broken_glass") == 0);
    CHECK(register_.number(
              "select count(*) as n from access_log where object = 'broken glass' and allowed = 1") == 0);
  }

  TEST_CASE("T18: marked as protected while the glass is broken, the participant is out of sight at once") {
    Register register_;
    auto& world = register_.world;
    register_.broken_by(register_.lena);
    CHECK(world.get(register_.lena, register_.first).status == 200);
    register_.world.execute("update participant set protection = 'marked' where code = 'A-1'");
    CHECK(world.get(register_.lena, register_.first).status == 404);
    world.proved_again = true;
    CHECK_FALSE(has(world.get(world.bo, "/broken-glass"), "A-1"));
  }

  TEST_CASE(
      "T18: the head sees it on the first page until it is reviewed, with a finding; nobody else does") {
    Register register_;
    auto& world = register_.world;
    CHECK_FALSE(has(world.get(world.bo, "/"), "Nödöppningar att granska"));
    register_.broken_by(register_.lena);
    CHECK(has(world.get(world.bo, "/"), "Nödöppningar att granska: 1"));
    for (const auto* other : {&register_.karin, &register_.lena, &world.cecilia, &world.eva, &world.frej})
      CHECK_FALSE(has(world.get(*other, "/"), "Nödöppningar att granska"));
    const auto page = world.get(world.bo, "/broken-glass");
    CHECK(has(page, "ringer akut, Karin är sjuk"));
    CHECK(has(page, "A-1"));
    CHECK_FALSE(has(world.get(world.cecilia, "/broken-glass"), "ringer akut"));
    CHECK_FALSE(has(world.get(register_.lena, "/broken-glass"), "ringer akut"));

    const auto id = world.database->read([](db::Transaction& tx) {
      return *tx.find([](const db::Row& row) { return row.text("id"); }, "select id from broken_glass");
    });
    const auto review = [&](const World::Person& who, const std::string& finding) {
      return world.post(who, "/broken-glass/" + id + "/review", {{"finding-" + id, finding}});
    };
    CHECK(review(world.bo, "det var rätt gjort").status == 403);  // not proved just now
    world.proved_again = true;
    CHECK(has(review(world.bo, ""), "Skriv med några ord"));
    CHECK(review(world.cecilia, "det var rätt gjort").status == 404);
    CHECK(review(register_.lena, "det var rätt gjort").status == 403);
    CHECK(review(world.bo, "det var rätt gjort").status == 303);
    CHECK_FALSE(has(world.get(world.bo, "/"), "Nödöppningar att granska"));
    CHECK(review(world.bo, "det var rätt gjort").status == 404);
    CHECK(register_.number("select count(*) as n from access_log where action = 'review' and allowed = 1 and "
                           "object like 'broken glass%'") == 2);
  }

  TEST_CASE("the reason and what was found stand sealed in the database") {
    Register register_;
    auto& world = register_.world;
    register_.broken_by(register_.lena);
    world.proved_again = true;
    const auto id = register_.text("id");
    REQUIRE(world.post(world.bo, "/broken-glass/" + id + "/review", {{"finding-" + id, "det var rätt gjort"}})
                .status == 303);
    CHECK(register_.text("reason").find("akut") == std::string::npos);
    CHECK(register_.text("reason").size() > 100);
    CHECK(register_.text("finding").find("gjort") == std::string::npos);
    CHECK(register_.text("finding").size() > 100);
  }

  TEST_CASE("reasons that stood in clear are sealed at the first start after the upgrade, and still read") {
    Register register_;
    auto& world = register_.world;
    register_.broken_by(register_.lena);
    register_.world.execute("update broken_glass set reason = 'Karin kom inte till mötet', is_sealed = (1 = 0)");
    const auto sealed = [&] {
      return world.database->write([&](db::Transaction& tx) {
        return access::seal_some(tx, broken_glass::reasons_in_clear, 10, world.now);
      });
    };
    CHECK(sealed() == 1);
    CHECK(sealed() == 0);
    CHECK(register_.text("reason").find("Karin") == std::string::npos);
    CHECK(register_.text("finding").empty());
    CHECK(has(world.get(world.bo, "/broken-glass"), "Karin kom inte till mötet"));
    CHECK(access::purge_traces(*world.database, broken_glass::reasons_in_clear));
  }

  TEST_CASE("T40: a reason that is put in another's place does not open") {
    Register register_;
    auto& world = register_.world;
    register_.broken_by(register_.lena);
    register_.broken_by(register_.lena, "A-2", "mamman ringer och är orolig");
    register_.world.execute("update broken_glass set reason = (select max(reason) from broken_glass)");
    const auto page = world.get(world.bo, "/broken-glass");
    CHECK(page.status == 503);
    CHECK_FALSE(has(page, "mamman"));
    CHECK_FALSE(has(page, "ringer akut"));
  }

  TEST_CASE("T18: the participant's extract tells of it, without the name and the reason") {
    Register register_;
    auto& world = register_.world;
    register_.broken_by(register_.lena);
    world.proved_again = true;
    const auto page = world.get(world.bo, register_.first + "/log");
    CHECK(has(page, "öppnade i en nödsituation"));
    CHECK_FALSE(has(page, "lena"));
    CHECK_FALSE(has(page, "ringer akut"));
  }

  TEST_CASE("who is let in anyway breaks no glass") {
    Register register_;
    CHECK(location(register_.broken_by(register_.karin)) == register_.first);
    CHECK(location(register_.broken_by(register_.world.bo)) == register_.first);
    CHECK(register_.number("select count(*) as n from broken_glass") == 0);
  }
}
