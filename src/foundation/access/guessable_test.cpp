#include "access/guessable.h"

#include <doctest/doctest.h>

using namespace stafett;

namespace {

bool holds(std::string_view password, const std::vector<std::string>& names = {}) {
  return access::hard_to_guess(password, names).has_value();
}

}  // namespace

TEST_SUITE("guessable") {
  TEST_CASE(
      "T25: passwords that everybody uses are refused, also twice, in a row or with signs for letters") {
    for (const auto* common :
         {"passwordpassword", "password12345678", "P@ssw0rdP@ssw0rd", "123456789012345", "qwertyuiopasdfgh",
          "iloveyouiloveyou", "trustno1trustno1", "abcdefghijklmnopq", "aaaaaaaaaaaaaaa", "111111222222333",
          "letmeinletmein12", "Lösenord1Lösenord1", "LÖSENORDLÖSENORD", "sommar2026sommar", "1964-08-23-3234",
          "kommun kommun kommun", "VälkommenVälkommen", "måndag måndag måndag"}) {
      CAPTURE(common);
      CHECK_FALSE(holds(common));
    }
  }

  TEST_CASE("the product's name is no password, however often") {
    CHECK_FALSE(holds("stafettstafettstafett"));
    CHECK_FALSE(holds("stafett2026stafett"));
    CHECK_FALSE(holds("Stafett! Stafett!"));
  }

  TEST_CASE(
      "a password holds neither the account's name nor the organisation's, and words of them count for "
      "little") {
    const std::vector<std::string> names{"karin.lund", "Karin Lund", "Provköpings kommun"};
    CHECK_FALSE(holds("karin.lund dansar polska", names));
    CHECK_FALSE(holds("KARIN LUND dansar polska", names));
    CHECK_FALSE(holds("hos provköpings  kommun i dag", names));
    CHECK_FALSE(holds("karin karin karin", names));
    CHECK_FALSE(holds("lund2026provköpings", names));
    CHECK(holds("tre hästar bakom ladan", names));
    CHECK(holds("bo äter blåbär i snön", {"bo"}));  // too short a name to be looked for in words
  }

  TEST_CASE("several words that somebody has put together hold, and so does what a machine makes") {
    for (const auto* good : {"ett långt lösenord", "vinden-vänder-i-kväll", "tre hästar bakom ladan",
                             "correct horse battery staple", "kJ8#qp2!vRt0Lw9", "sommaren är så kort"}) {
      CAPTURE(good);
      CHECK(holds(good));
    }
    CHECK_FALSE(holds(std::string(1024, 'x')));
    CHECK(holds("å\xff\xfe vad som helst alls"));
  }
}
