#include "account/invitation.h"

#include <doctest/doctest.h>

#include "account/sign_in.h"
#include "tests/world.h"

using namespace stafett;

namespace {

// Disa of Provköpings kommun is invited anew.
struct Invited : World {
  account::Invited invitation = database->write(
      [&](db::Transaction& tx) { return account::invite(tx, disa.user.account, bo.user.account, now); });

  web::Outgoing choose(const std::string& password, const std::string& once_more) {
    return post(nobody, "/invitations/" + invitation.id.text,
                {{"code", invitation.code}, {"password", password}, {"once_more", once_more}});
  }
  web::Outgoing choose(const std::string& password) { return choose(password, password); }
  bool opens(const std::string& password) {
    return account::sign_in(*database, {"disa", password, {"192.0.2.1", ""}}, now).has_value();
  }
};

}  // namespace

TEST_SUITE("invitation") {
  TEST_CASE("T25: a password that everybody uses is not taken, and the page says what to choose instead") {
    Invited invited;
    for (const auto* common :
         {"password12345678", "stafettstafett2026", "sommar2026sommar", "qwertyuiopasdfgh"}) {
      CAPTURE(common);
      const auto page = invited.choose(common);
      CHECK(page.status == 422);
      CHECK(has(page, "Lösenordet är lätt att gissa"));
      CHECK_FALSE(has(page, common));
    }
    CHECK_FALSE(invited.opens("password12345678"));
  }

  TEST_CASE("a password with the organisation's name in it is not taken") {
    Invited invited;
    CHECK(has(invited.choose("Provköpings kommun är bäst"), "Lösenordet innehåller ditt namn, ditt konto"));
  }

  TEST_CASE("what was wrong with the password costs no try of the code, and the right one is taken once") {
    Invited invited;
    for (int i = 0; i != 12; ++i) CHECK(invited.choose("password12345678").status == 422);
    CHECK(invited.choose("tre hästar bakom ladan", "tre hästar bakom huset").status == 422);
    CHECK(invited.choose("tre hästar bakom ladan").status == 303);
    CHECK(invited.opens("tre hästar bakom ladan"));
    CHECK(invited.choose("fyra hästar bakom ladan").status == 404);
  }
}
