#include "web/menu.h"

#include <doctest/doctest.h>

using namespace stafett;

namespace {

constexpr access::Permission may_count{"count"}, may_head{"head"};

web::Menu menu() {
  web::Menu menu;
  menu.add("Interventions", "/interventions", access::anyone);
  menu.add("Statistics", "/statistics", may_count);
  menu.add("Colleagues", "/colleagues", may_head);
  menu.add("Reports", "/reports", may_head);
  menu.group("Follow-up", {"/statistics", "/reports"});
  return menu;
}

access::User user(std::vector<std::string_view> permissions) {
  access::User user;
  for (const auto name : permissions) user.permissions.emplace(name);
  return user;
}

}  // namespace

TEST_SUITE("menu") {
  TEST_CASE("places that belong together stand under one name, where the first of them would") {
    const auto seen = menu().seen_by(user({"count", "head"}), "/reports/7").json();
    CHECK(seen == R"([{"address":"/interventions","current":false,"label":"Interventions"},)"
                  R"({"group":{"current":true,"label":"Follow-up","places":[)"
                  R"({"address":"/statistics","current":false,"label":"Statistics"},)"
                  R"({"address":"/reports","current":true,"label":"Reports"}]}},)"
                  R"({"address":"/colleagues","current":false,"label":"Colleagues"}])");
  }

  TEST_CASE(
      "the only one of them that someone may go to stands by itself, and what they may not is not there") {
    CHECK(menu().seen_by(user({"count"}), "/").json() ==
          R"([{"address":"/interventions","current":false,"label":"Interventions"},)"
          R"({"address":"/statistics","current":false,"label":"Statistics"}])");
  }
}
