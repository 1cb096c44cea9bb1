#include "account/session.h"

#include <doctest/doctest.h>

#include <sstream>

#include "access/fresh.h"
#include "account/account.h"
#include "account/role.h"
#include "app/modules.h"
#include "tests/world.h"

using namespace stafett;

namespace {

access::User holder(World& world, const std::string& session) {
  return world.database->read(
      [&](db::Transaction& tx) { return account::who(tx, session, world.now, app::permissions_of); });
}

std::string another_session(World& world, const World::Person& person) {
  return world.database->write(
      [&](db::Transaction& tx) { return account::begin_session(tx, person.user.account, world.now); });
}

void give(World& world, const World::Person& person, account::Grant grant) {
  grant.account = person.user.account;
  REQUIRE(world.database->write([&](db::Transaction& tx) { return account::give(tx, grant, world.now); }));
}

}  // namespace

TEST_SUITE("account") {
  TEST_CASE("the session tells how one signed in and when, and which sitting it is") {
    World world;
    auto user = holder(world, world.bo.session);
    CHECK(user.strength == access::Strength::password);
    CHECK(user.proved == world.now);
    CHECK(user.session_mark == access::fingerprint(world.bo.session).substr(0, 16));
    world.now = world.now + 600;
    world.prove(world.bo, account::by_passkey);
    user = holder(world, world.bo.session);
    CHECK(user.strength == access::Strength::strong);
    CHECK(user.proved == world.now);
  }

  TEST_CASE("T21: proving who one is gives the session a new token, and the old one opens nothing") {
    World world;
    const auto old = world.bo.session;
    world.prove(world.bo);
    CHECK(world.bo.session != old);
    CHECK_FALSE(holder(world, old).is_signed_in());
    CHECK(holder(world, world.bo.session).is_signed_in());
  }

  TEST_CASE("T21: nobody renews another's session, nor one that has ended") {
    World world;
    const auto mark = access::fingerprint(world.bo.session);
    world.database->write([&](db::Transaction& tx) {
      CHECK_FALSE(account::prove_again(tx, mark, world.anna.user.account, account::by_code, world.now));
      CHECK_FALSE(account::prove_again(tx, "0", world.bo.user.account, account::by_code, world.now));
    });
    CHECK(holder(world, world.bo.session).strength == access::Strength::password);
  }

  TEST_CASE("T21: an administrator's session ends after five minutes without use, others' do not") {
    World world;
    world.now = world.now + (account::idle_seconds_of_administrator - 1);
    CHECK(holder(world, world.frej.session).is_signed_in());
    world.now = world.now + 1;
    CHECK_FALSE(holder(world, world.frej.session).is_signed_in());
    CHECK(holder(world, world.bo.session).is_signed_in());
  }

  TEST_CASE("T21: a token made up by somebody else opens nothing, and signing in never takes it over") {
    World world;
    const World::Person planted{{}, std::string(64, 'a')};
    CHECK(location(world.get(planted, "/interventions")).starts_with("/sign-in"));
    const auto page = world.get(planted, "/sign-in");
    web::Incoming in;
    in.method = "POST";
    in.path = "/sign-in";
    in.headers = {{"host", "127.0.0.1:8080"},
                  {"cookie", "sid=" + planted.session},
                  {"content-type", "application/x-www-form-urlencoded"}};
    in.body = "account=bo&password=" + web::urlencoded("ett långt lösenord") +
              "&token=" + page.body.substr(page.body.find("name=\"token\" value=\"") + 20, 32);
    const auto out = world.answer(in);
    CHECK(out.status == 303);
    for (const auto& [header, value] : out.headers)
      if (header == "Set-Cookie") CHECK_FALSE(value.starts_with("sid=" + planted.session));
    CHECK_FALSE(holder(world, planted.session).is_signed_in());
  }

  TEST_CASE(
      "T21: a closed account's sessions are gone in the same moment, and none of them comes back when it is "
      "restored") {
    World world;
    world.database->write([&](db::Transaction& tx) { account::close(tx, world.bo.user.account, world.now); });
    CHECK_FALSE(holder(world, world.bo.session).is_signed_in());
    world.database->write([&](db::Transaction& tx) {
      tx.execute("update account set closed_at = null where id = :id", {{"id", world.bo.user.account}});
    });
    CHECK_FALSE(holder(world, world.bo.session).is_signed_in());
  }

  TEST_CASE("on my page I see where I am signed in and end one, or all the others") {
    World world;
    const auto telephone = another_session(world, world.bo), library = another_session(world, world.bo),
               anna = world.anna.session;
    const auto page = world.get(world.bo, "/account");
    CHECK(page.status == 200);
    CHECK(has(page, "den här"));
    CHECK(has(page, "/account/sessions/" + access::fingerprint(telephone).substr(0, 16) + "/end"));
    CHECK_FALSE(has(page, access::fingerprint(anna).substr(0, 16)));

    const auto end = "/account/sessions/" + access::fingerprint(telephone).substr(0, 16) + "/end";
    CHECK(world.post(world.anna, end).status == 303);  // not Anna's to end
    CHECK(holder(world, telephone).is_signed_in());
    CHECK(world.post(world.bo, end).status == 303);
    CHECK_FALSE(holder(world, telephone).is_signed_in());

    CHECK(world.post(world.bo, "/account/sessions/others/end").status == 303);
    CHECK_FALSE(holder(world, library).is_signed_in());
    CHECK(holder(world, world.bo.session).is_signed_in());
    CHECK(holder(world, anna).is_signed_in());
  }

  TEST_CASE("a role that has ended gives nothing, from the day after its last") {
    World world;
    give(world, world.disa, {.role = "coach", .until = world.now.date()});
    CHECK(holder(world, world.disa.session).permissions.contains("participant.read"));
    world.now = world.now + 24 * 60 * 60;
    const auto tomorrow = another_session(world, world.disa);
    CHECK(holder(world, tomorrow).permissions.empty());
    const auto named = world.database->read(
        [&](db::Transaction& tx) { return account::named(tx, "disa", world.now, app::permissions_of); });
    CHECK(named->permissions.empty());
  }

  TEST_CASE("a role that waits for a second person gives nothing") {
    World world;
    give(world, world.disa, {.role = "coach", .waits = true});
    CHECK(holder(world, world.disa.session).permissions.empty());
  }

  TEST_CASE("who is head of one unit heads that unit and not the organisation") {
    World world;
    const auto unit = world.database->write([&](db::Transaction& tx) {
      return organisation::add_unit(tx, world.municipality.id, "Arbetsmarknadsenheten").value().id;
    });
    give(world, world.disa, {.role = "coach"});
    give(world, world.disa, {.role = "unit head", .unit = unit});
    CHECK(holder(world, world.disa.session).unit == unit);
  }

  TEST_CASE("every role that reaches persons is known as one that works with cases") {
    for (const auto name : app::roles()) {
      const auto* role = account::role_named(name);
      REQUIRE(role);
      for (const auto permission : app::permissions_of(name))
        if (permission == "participant.read" || permission == "assignment.head" ||
            permission == "exchange.import")
          CHECK(role->works_with_cases);
    }
    CHECK(app::roles().size() == account::roles().size());
  }

  TEST_CASE("T23: no form is taken without its token, nor from another site, on any address there is") {
    World world;
    const auto page = world.get(world.bo, "/about");
    const auto token = page.body.substr(page.body.find("name=\"token\" value=\"") + 20, 32);
    std::istringstream table(world.router.table());
    std::string line;
    int posts = 0;
    while (std::getline(table, line)) {
      if (!line.starts_with("POST ")) continue;
      ++posts;
      web::Incoming in;
      in.method = "POST";
      in.path = line.substr(5, line.find("  ") - 5);
      in.headers = {{"host", "127.0.0.1:8080"},
                    {"cookie", "sid=" + world.bo.session},
                    {"content-type", "application/x-www-form-urlencoded"}};
      CAPTURE(in.path);
      CHECK(world.answer(in).status == 403);
      in.body = "token=" + token;
      for (const auto& [header, value] :
           std::vector<std::pair<std::string, std::string>>{{"origin", "https://elsewhere.example"},
                                                            {"origin", "null"},
                                                            {"sec-fetch-site", "cross-site"},
                                                            {"sec-fetch-site", "same-site"}}) {
        auto forged = in;
        forged.headers[header] = value;
        CHECK(world.answer(forged).status == 403);
      }
    }
    CHECK(posts > 20);
    CHECK(holder(world, world.bo.session).is_signed_in());
  }
}
