#include "account/administrator.h"

#include <doctest/doctest.h>

#include "account/role.h"
#include "app/modules.h"
#include "tests/databases.h"
#include "tests/world.h"

using namespace stafett;

namespace {

const auto monday = *Moment::read("2026-03-02 09:00:00");
constexpr auto password = "tre hästar bakom ladan";

Result<account::Invited> invite(db::Database& database, const std::string& name,
                                const std::string& organisation, Moment when = monday) {
  return database.write([&](db::Transaction& tx) {
    return account::invite_administrator(tx, {name, "", organisation}, when);
  });
}

std::optional<access::User> user_called(db::Database& database, const std::string& name) {
  return database.read(
      [&](db::Transaction& tx) { return account::named(tx, name, monday, app::permissions_of); });
}

bool answers(db::Database& database, const account::Invited& invited, Moment when) {
  return account::answer(database, {invited.id, invited.code, password, password, {}}, when,
                         access::Cost::cheap)
      .has_value();
}

}  // namespace

TEST_SUITE("administrator") {
  TEST_CASE(
      "an empty database has its first two administrators from the command line, who come in once with the "
      "code") {
    const auto database = empty_database();
    const auto first = invite(*database, "adam", "Provköpings kommun").value();
    CHECK(account::administers(user_called(*database, "adam").value()));
    CHECK(user_called(*database, "adam")->organisation_name == "Provköpings kommun");
    CHECK(answers(*database, first, monday + 60));
    CHECK_FALSE(answers(*database, first, monday + 120));
    CHECK(invite(*database, "berit", "Provköpings kommun").has_value());
  }

  TEST_CASE("the way in of an administrator holds for a day") {
    const auto database = empty_database();
    const auto invited = invite(*database, "adam", "Provköpings kommun").value();
    CHECK_FALSE(answers(*database, invited, monday + 24 * 60 * 60));
    CHECK(answers(*database, invited, monday + (24 * 60 * 60 - 1)));
  }

  TEST_CASE("when there are two administrators, they invite the others") {
    const auto database = empty_database();
    invite(*database, "adam", "Provköpings kommun").value();
    invite(*database, "berit", "Provköpings kommun").value();
    CHECK(invite(*database, "cilla", "Provköpings kommun").error().kind == Problem::Kind::conflict);
    CHECK(invite(*database, "adam", "").has_value());  // a new way in
    CHECK(count(*database, "account") == 2);
  }

  TEST_CASE("a name that is no organisation is refused when there are organisations") {
    const auto database = empty_database();
    CHECK_FALSE(invite(*database, "adam", " ").has_value());
    invite(*database, "adam", "Provköpings kommun").value();
    CHECK(invite(*database, "berit", "Provköpings komun").error().kind == Problem::Kind::invalid);
    CHECK(count(*database, "organisation") == 1);
    CHECK(count(*database, "account") == 1);
  }

  TEST_CASE("T08: the command line gives nobody a way into another's account, nor to cases") {
    World world;
    CHECK(invite(*world.database, "bo", "").error().kind == Problem::Kind::conflict);
    world.sign_in("anton", world.municipality, {"administrator", "coach"});
    CHECK(invite(*world.database, "anton", "").has_value());
    const auto user = user_called(*world.database, "anton").value();
    CHECK(account::administers(user));
    CHECK_FALSE(user.may(participant::may_read));
  }

  TEST_CASE("that somebody was made an administrator stands in the access log") {
    const auto database = empty_database();
    invite(*database, "adam", "Provköpings kommun").value();
    CHECK(count(*database, "access_log where rule = 'runs the program' and object like 'administrator %'") ==
          1);
    CHECK(count(*database, "account_event where event = 'role given' and about = 'administrator'") == 1);
  }
}
