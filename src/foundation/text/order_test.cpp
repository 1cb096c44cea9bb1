#include "text/order.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using Names = std::vector<std::string>;

TEST_SUITE("order") {
  TEST_CASE("å, ä and ö come last, in that order") {
    Names names{"Östersund", "Åre", "Ängelholm", "Zinkgruvan", "Arboga"};
    std::ranges::sort(names, stafett::text::in_order);
    CHECK(names == Names{"Arboga", "Zinkgruvan", "Åre", "Ängelholm", "Östersund"});
  }

  TEST_CASE("capitals and accents stand beside their letters, and 2 before 10") {
    Names names{"Plattform 10", "plattform 2", "Édith", "Frida", "Edvin"};
    std::ranges::sort(names, stafett::text::in_order);
    CHECK(names == Names{"Édith", "Edvin", "Frida", "plattform 2", "Plattform 10"});
  }
}
