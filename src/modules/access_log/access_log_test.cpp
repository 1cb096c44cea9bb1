#include "access_log/access_log.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "consent/consent.h"
#include "tests/doors.h"
#include "tests/logged_register.h"

using namespace stafett;
using namespace stafett::access_log;

TEST_SUITE("access_log") {
  TEST_CASE("T20: every look and every refusal is noted once, with who, what, for whom and by which rule") {
    LoggedRegister register_;
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
    CHECK(world.get(register_.karin, "/interventions/prova/participants").status == 200);
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
      return count(database, "access_log");
    };
    db::Database(folder.address()).migrate(*Moment::read("2026-03-02 09:00:00"));
    CHECK(killed(false) == 0);
    CHECK(killed(true) == 1);
    CHECK(killed(false) == 1);
  }

  TEST_CASE("T47: what cannot be noted is not shown") {
    LoggedRegister register_;
    auto& world = register_.world;
    CHECK(has(world.get(register_.karin, register_.page_of(register_.first)), "A-1"));
    register_.change("alter table access_log rename to gone");
    for (const auto& address :
         {register_.page_of(register_.first), std::string("/interventions/prova/participants")}) {
      const auto page = world.get(register_.karin, address);
      CHECK(page.status == 500);
      CHECK_FALSE(has(page, "A-1"));
    }
    register_.change("alter table gone rename to access_log");
  }

  TEST_CASE("T47: nor when the disk is full") {
    if (on_postgresql()) return;
    LoggedRegister register_;
    auto& world = register_.world;
    const auto pages = *world.database->read([](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.number("page_count"); }, "pragma page_count");
    });
    register_.execute("pragma max_page_count = " + std::to_string(pages));
    int shown = 0, refused = 0;
    for (int time = 0; time != 4000 && refused == 0; ++time) {
      const auto page = world.get(register_.karin, register_.page_of(register_.first));
      CHECK((page.status == 200) == has(page, "A-1"));
      page.status == 200 ? ++shown : ++refused;
    }
    CHECK(refused > 0);
    CHECK(world.get(register_.karin, register_.page_of(register_.first)).status == 503);
    (void)bare_database();  // this one is spoilt
  }

  TEST_CASE("T22: the extract has every look and refusal, in words, and nobody else's data") {
    LoggedRegister register_;
    auto& world = register_.world;
    world.assign(register_.karin, "prova", "A-2");
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
    LoggedRegister register_;
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
    LoggedRegister register_;
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
    LoggedRegister register_;
    auto& world = register_.world;
    world.assign(world.cecilia, "prova", "A-1");
    open_door(world, {register_.first}, world.municipality, world.region, access::Kinds::all(), false,
              {*Moment::read("2026-02-01 08:00:00"), *Moment::read("2026-08-01 08:00:00")});
    CHECK(world.get(world.cecilia, register_.page_of(register_.first)).status == 200);
    world.proved_again = true;
    const auto page = world.get(world.bo, register_.page_of(register_.first) + "/log");
    CHECK(has(page, "ditt samtycke från 1 februari 2026, samordna insatsen"));
  }
}
