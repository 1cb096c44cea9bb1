#include "colleague/colleague.h"

#include <doctest/doctest.h>

#include "account/sign_in.h"
#include "app/modules.h"
#include "tests/world.h"

using namespace stafett;

namespace {

constexpr auto cheap = access::Cost::cheap;

access::User holder(World& world, const World::Person& person) {
  return world.database->read([&](db::Transaction& tx) {
    auto user = account::named(tx, person.user.name, world.now, app::permissions_of);
    return user.value_or(access::User{});
  });
}

Result<account::Grant> give(World& world, const World::Person& by, const World::Person& to,
                            const std::string& role) {
  return world.database->write([&](db::Transaction& tx) {
    return colleague::give_role(tx, by.user, {.account = to.user.account, .role = role}, world.now);
  });
}

Result<> confirm(World& world, const World::Person& by, const World::Person& to, const std::string& role) {
  return world.database->write(
      [&](db::Transaction& tx) { return account::confirm(tx, by.user, to.user.account, role, world.now); });
}

Result<account::Invited> invite(World& world, const World::Person& by,
                                const organisation::Organisation& organisation, const std::string& role,
                                const std::string& name = "gun") {
  return world.database->write([&](db::Transaction& tx) {
    return colleague::invite(tx, by.user, {"Gun Grön", name, organisation.id, {.role = role}}, world.now);
  });
}

Result<> answer(World& world, const account::Invited& invited, const std::string& code,
                const std::string& password) {
  return account::answer(*world.database, {invited.id, code, password, password, {"10.0.0.1", ""}}, world.now,
                         cheap);
}

}  // namespace

TEST_SUITE("colleague") {
  TEST_CASE("a unit head invites, and the colleague sets a password once with the address and the code") {
    World world;
    const auto invited = invite(world, world.bo, world.municipality, "coach").value();
    CHECK_FALSE(account::sign_in(*world.database, {"gun", "", {"10.0.0.1", ""}}, world.now));
    CHECK_FALSE(answer(world, invited, "0000-0000-0000-0000", "gröna gräsänder"));
    CHECK_FALSE(answer(world, invited, invited.code, "kort"));
    REQUIRE(answer(world, invited, invited.code, "gröna gräsänder"));
    CHECK(account::sign_in(*world.database, {"gun", "gröna gräsänder", {"10.0.0.1", ""}}, world.now));
    CHECK_FALSE(answer(world, invited, invited.code, "en annans lösenord"));  // once
  }

  TEST_CASE("an invitation holds for seven days, and its code cannot be guessed for long") {
    World world;
    const auto late = invite(world, world.bo, world.municipality, "coach", "sen").value();
    const auto now = world.now;
    world.now = now + account::invitation_seconds;
    CHECK_FALSE(answer(world, late, late.code, "gröna gräsänder"));
    world.now = now;
    for (int i = 0; i != 5; ++i) CHECK_FALSE(answer(world, late, "0", "gröna gräsänder"));
    CHECK(answer(world, late, late.code, "gröna gräsänder").error().kind == Problem::Kind::busy);
  }

  TEST_CASE("a new way in closes the old ones") {
    World world;
    const auto again = world.database->write([&](db::Transaction& tx) {
      const auto disa = colleague::find(tx, world.bo.user, world.disa.user.account, world.now).value();
      return colleague::invite_again(tx, world.bo.user, disa, world.now);
    });
    REQUIRE(again);
    CHECK(account::sign_in(*world.database, {"disa", "ett långt lösenord", {"10.0.0.1", ""}}, world.now));
    REQUIRE(answer(world, *again, again->code, "gröna gräsänder"));
    CHECK_FALSE(
        account::sign_in(*world.database, {"disa", "ett långt lösenord", {"10.0.0.1", ""}}, world.now));
    CHECK(location(world.get(world.disa, "/account")).starts_with("/sign-in?"));
  }

  TEST_CASE(
      "T08: an administrator cannot give itself a role that reaches persons, alone or through another "
      "account") {
    World world;
    REQUIRE(give(world, world.frej, world.frej, "unit head")->waits);
    CHECK_FALSE(holder(world, world.frej).may(participant::may_read));
    CHECK_FALSE(confirm(world, world.frej, world.frej, "unit head"));

    const auto puppet = world.sign_in("gustav", world.municipality, {});
    REQUIRE(give(world, world.frej, puppet, "coach")->waits);
    REQUIRE(give(world, world.frej, puppet, "administrator")->waits);
    CHECK(holder(world, puppet).permissions.empty());
    CHECK_FALSE(confirm(world, world.frej, puppet, "coach"));
    CHECK_FALSE(confirm(world, puppet, world.frej, "unit head"));
  }

  TEST_CASE("T08: a second person, unit head or another administrator, confirms what an administrator gave") {
    World world;
    const auto second = world.sign_in("hedda", world.region, {"administrator"});
    REQUIRE(give(world, world.frej, world.disa, "coach"));
    CHECK_FALSE(confirm(world, world.cecilia, world.disa, "coach"));  // head, but elsewhere
    CHECK_FALSE(confirm(world, world.disa, world.disa, "coach"));
    REQUIRE(confirm(world, world.bo, world.disa, "coach"));
    CHECK(holder(world, world.disa).may(participant::may_read));
    REQUIRE(give(world, world.frej, world.frej, "coach"));
    REQUIRE(confirm(world, second, world.frej, "coach"));
    CHECK(holder(world, world.frej).may(participant::may_read));
  }

  TEST_CASE(
      "T08: an administrator who gives someone a new way in does not get that person's access with it") {
    World world;
    const auto coach = world.sign_in("ivar", world.municipality, {"coach"});
    const auto invited = world.database->write([&](db::Transaction& tx) {
      const auto one = colleague::find(tx, world.frej.user, coach.user.account, world.now).value();
      return colleague::invite_again(tx, world.frej.user, one, world.now);
    });
    REQUIRE(answer(world, *invited, invited->code, "administratörens eget"));
    CHECK(holder(world, coach).permissions.empty());
    CHECK_FALSE(confirm(world, world.frej, coach, "coach"));
    CHECK(confirm(world, world.bo, coach, "coach"));
  }

  TEST_CASE("a unit head decides in the own unit and nowhere else, and gives no role of an administrator") {
    World world;
    CHECK_FALSE(give(world, world.cecilia, world.disa, "coach"));
    CHECK_FALSE(give(world, world.bo, world.disa, "administrator"));
    CHECK_FALSE(give(world, world.bo, world.disa, "director"));
    CHECK_FALSE(give(world, world.disa, world.disa, "coach"));
    CHECK_FALSE(give(world, world.eva, world.disa, "coach"));
    CHECK_FALSE(give(world, world.bo, world.disa, "no such role"));
    REQUIRE(give(world, world.bo, world.disa, "coach"));
    CHECK(holder(world, world.disa).may(participant::may_read));
    CHECK(give(world, world.bo, world.bo, "coach")->waits);
  }

  TEST_CASE("a head of one unit does not touch those of another, nor the whole organisation") {
    World world;
    const auto [mine, other] = world.database->write([&](db::Transaction& tx) {
      return std::pair{organisation::add_unit(tx, world.municipality.id, "Min enhet").value().id,
                       organisation::add_unit(tx, world.municipality.id, "En annan").value().id};
    });
    const auto head = world.sign_in("jonas", world.municipality, {});
    world.database->write([&](db::Transaction& tx) {
      REQUIRE(
          account::give(tx, {.account = head.user.account, .role = "unit head", .unit = mine}, world.now));
    });
    const auto jonas = holder(world, head);
    world.database->write([&](db::Transaction& tx) {
      const account::Grant there{.account = world.disa.user.account, .role = "coach", .unit = other},
          everywhere{.account = world.disa.user.account, .role = "coach"},
          here{.account = world.disa.user.account, .role = "coach", .unit = mine};
      CHECK_FALSE(colleague::give_role(tx, jonas, there, world.now));
      CHECK_FALSE(colleague::give_role(tx, jonas, everywhere, world.now));
      CHECK(colleague::give_role(tx, jonas, here, world.now));
      CHECK_FALSE(colleague::find(tx, jonas, world.bo.user.account, world.now));
      CHECK(colleague::find(tx, jonas, world.disa.user.account, world.now));
    });
  }

  TEST_CASE(
      "director and participant keeper are never one account, and nobody of an association works with "
      "persons") {
    World world;
    world.database->write([&](db::Transaction& tx) {
      CHECK_FALSE(
          account::give(tx, {.account = world.eva.user.account, .role = "participant keeper"}, world.now));
      REQUIRE(
          account::give(tx, {.account = world.disa.user.account, .role = "participant keeper"}, world.now));
      CHECK_FALSE(account::give(tx, {.account = world.disa.user.account, .role = "director"}, world.now));
    });
    CHECK_FALSE(give(world, world.frej, world.eva, "coach"));
    CHECK_FALSE(give(world, world.frej, world.disa, "director"));
  }

  TEST_CASE("the pages are the heads' and the administrators', and changing takes a fresh sign-in") {
    World world;
    for (const auto* person : {&world.anna, &world.disa, &world.eva})
      CHECK(world.get(*person, "/colleagues").status == 403);
    CHECK(has(world.get(world.bo, "/colleagues"), "disa"));
    CHECK_FALSE(has(world.get(world.cecilia, "/colleagues"), "disa"));
    const auto disas = "/colleagues/" + world.disa.user.account.text;
    CHECK(world.get(world.cecilia, disas).status == 404);
    CHECK(location(world.get(world.bo, "/colleagues/new")).starts_with("/sign-in/again"));
    for (const auto* what : {"/roles", "/roles/end", "/roles/confirmation", "/invitation", "/leaving"})
      CHECK(world.post(world.bo, disas + what, {{"role", "coach"}}).status == 403);
    CHECK(holder(world, world.disa).permissions.empty());
    world.prove(world.bo);
    CHECK(world.post(world.bo, disas + "/roles", {{"role", "coach"}, {"until", "2026-12-31"}}).status == 303);
    CHECK(has(world.get(world.bo, disas), "31 december 2026"));
    CHECK(world.post(world.bo, disas + "/roles", {{"role", "coach"}, {"until", "2025-12-31"}}).status == 422);
    CHECK(world.post(world.bo, disas + "/roles/end", {{"role", "coach"}}).status == 303);
    CHECK(holder(world, world.disa).permissions.empty());
    const auto invited =
        world.post(world.bo, "/colleagues", {{"full_name", "Gun Grön"}, {"name", "gun"}, {"role", "coach"}});
    CHECK(has(invited, "/invitations/"));
    CHECK(world.post(world.bo, "/colleagues", {{"full_name", "Gun Grön"}, {"name", "gun"}, {"role", "coach"}})
              .status == 422);
    CHECK(world.post(world.bo, "/colleagues", {{"full_name", "Ny"}, {"name", "ny"}, {"role", "director"}})
              .status == 422);
    CHECK_FALSE(world.database->read([&](db::Transaction& tx) {
      return account::named(tx, "ny", world.now, app::permissions_of).has_value();
    }));
  }

  TEST_CASE(
      "a colleague leaves: what they worked with is another's, the account is closed and its sessions gone") {
    World world;
    world.add_register("gotland");
    const auto leaving = world.sign_in("ivar", world.municipality, {"coach"}),
               staying = world.sign_in("klara", world.municipality, {"coach"});
    world.prove(world.bo);
    const auto intervention = world.database->read([&](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.text("id"); }, "select id from intervention limit 1")
          .value();
    });
    const auto code = world.database->read([&](db::Transaction& tx) {
      return tx
          .find([](const db::Row& row) { return row.text("code"); },
                "select code from participant order by code limit 1")
          .value();
    });
    world.database->write([&](db::Transaction& tx) {
      tx.execute("update intervention set owner_id = :owner", {{"owner", world.municipality.id}});
    });
    world.assign(leaving, intervention, code);
    const auto in_hand = [&](const World::Person& person) {
      return world.database->read([&](db::Transaction& tx) {
        return assignment::in_hand(tx, world.bo.user, person.user.account, world.now);
      });
    };
    CHECK(in_hand(leaving) == 1);
    CHECK(in_hand(staying) == 0);
    const auto address = "/colleagues/" + leaving.user.account.text + "/leaving";
    CHECK(has(world.get(world.bo, address), "klara"));
    CHECK(world.post(world.bo, address, {{"to", world.disa.user.account.text}}).status ==
          422);  // no case work
    CHECK(world.post(world.bo, address, {{"to", staying.user.account.text}}).status == 303);
    CHECK(in_hand(leaving) == 0);
    CHECK(in_hand(staying) == 1);
    CHECK(location(world.get(leaving, "/account")).starts_with("/sign-in?"));
    CHECK(world.database->read([&](db::Transaction& tx) {
      return tx
          .find([](const db::Row& row) { return row.number("entries"); },
                "select count(*) as entries from access_log where action = 'assign' and allowed = 1")
          .value_or(0);
    }) == 1);
  }

  TEST_CASE("what the head may not decide on is not handed over: a conflict, or a protected person") {
    World world;
    world.add_register("gotland");
    const auto leaving = world.sign_in("ivar", world.municipality, {"coach"}),
               staying = world.sign_in("klara", world.municipality, {"coach"});
    world.prove(world.bo);
    const auto intervention = world.database->write([&](db::Transaction& tx) {
      tx.execute("update intervention set owner_id = :owner", {{"owner", world.municipality.id}});
      return tx.find([](const db::Row& row) { return row.text("id"); }, "select id from intervention limit 1")
          .value();
    });
    const auto codes = world.database->read([&](db::Transaction& tx) {
      return tx.list([](const db::Row& row) { return row.text("code"); },
                     "select code from participant order by code limit 2");
    });
    for (const auto& code : codes) world.assign(leaving, intervention, code);
    const auto kin = world.participant(intervention, codes[0]),
               hidden = world.participant(intervention, codes[1]);
    world.database->write([&](db::Transaction& tx) {
      tx.execute("insert into conflict (participant_id, account_id) values (:participant, :account)",
                 {{"participant", kin}, {"account", staying.user.account}});
      tx.execute("update participant set protection = 'marked' where id = :id", {{"id", hidden}});
    });
    const auto handed = world.database->write([&](db::Transaction& tx) {
      return assignment::hand_over(tx, world.bo.user, leaving.user.account, staying.user.account, world.now);
    });
    CHECK(handed == 0);
    CHECK(world.database->read([&](db::Transaction& tx) {
      return assignment::in_hand(tx, world.bo.user, leaving.user.account, world.now);
    }) == 2);
  }
}
