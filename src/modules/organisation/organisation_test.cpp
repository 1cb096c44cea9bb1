#include "organisation/organisation.h"

#include <doctest/doctest.h>

#include <random>

#include "tests/world.h"

using namespace stafett;
using organisation::Membership;
using organisation::Share;

namespace {

std::vector<Membership> shares(std::vector<Share> shares) {
  std::vector<Membership> members;
  for (const auto& share : shares) members.push_back({.share_parts = share.parts, .share_of = share.of});
  return members;
}

}  // namespace

TEST_SUITE("organisation") {
  TEST_CASE("half, a quarter and a quarter make a whole, as the law has it") {
    CHECK(organisation::sum_of_shares(shares({{1, 2}, {1, 4}, {1, 4}}))->is_whole());
    CHECK(organisation::sum_of_shares(shares({{1, 3}, {1, 3}, {1, 3}}))->is_whole());
    CHECK(organisation::sum_of_shares(shares({{1, 2}, {1, 4}})) == Share{3, 4});
    CHECK(organisation::sum_of_shares(shares({{1, 2}, {2, 3}})) == Share{7, 6});
    CHECK(organisation::sum_of_shares({}) == Share{0, 1});
  }

  TEST_CASE("however a whole is cut, its parts make it again; with one part taken away they do not") {
    std::mt19937 chance(2003);
    for (int time = 0; time != 1000; ++time) {
      const auto of = std::uniform_int_distribution<std::int64_t>(1, 1000)(chance);
      std::vector<Share> cut;
      for (auto left = of; left > 0;) {
        const auto parts = std::uniform_int_distribution<std::int64_t>(1, left)(chance);
        const auto times =
            std::uniform_int_distribution<std::int64_t>(1, 9)(chance);  // 1/4 may be written 3/12
        cut.push_back({parts * times, of * times});
        left -= parts;
      }
      CHECK(organisation::sum_of_shares(shares(cut))->is_whole());
      cut.pop_back();
      CHECK_FALSE(organisation::sum_of_shares(shares(cut))->is_whole());
    }
  }

  TEST_CASE("shares too odd to be reckoned with are no whole, and no wrong one") {
    const std::int64_t large = 4'611'686'018'427'387'847, other = 4'611'686'018'427'387'817;
    CHECK_FALSE(organisation::sum_of_shares(shares({{1, large}, {1, other}})));
  }

  TEST_CASE("who is a member counts from the first day to the last") {
    const std::vector<Membership> members{{.from = *Date::read("2020-01-01"), .to = Date::read("2020-12-31")},
                                          {.from = *Date::read("2021-01-01")}};
    const auto count = [&](const char* day) { return organisation::on(*Date::read(day), members).size(); };
    CHECK(count("2019-12-31") == 0);
    CHECK(count("2020-12-31") == 1);
    CHECK(count("2021-01-01") == 1);
  }

  TEST_CASE("an administrator adds an organisation, its units, and members whose shares make a whole") {
    World world;
    const auto added =
        world.post(world.frej, "/organisations", {{"name", " Annanstads kommun "}, {"kind", "municipality"}});
    CHECK(location(added).starts_with("/organisations/"));
    CHECK(has(
        world.post(world.frej, "/organisations", {{"name", "Annanstads kommun"}, {"kind", "municipality"}}),
        "Annanstads kommun finns redan."));
    CHECK(has(world.post(world.frej, "/organisations", {{"name", ""}, {"kind", "municipality"}}),
              "Skriv organisationens namn."));
    CHECK(world.post(world.frej, "/organisations", {{"name", "X"}, {"kind", "bank"}}).status == 422);

    const auto unit = location(added) + "/units";
    CHECK(world.post(world.frej, unit, {{"unit", "Vuxenenheten"}}).status == 303);
    CHECK(has(world.post(world.frej, unit, {{"unit", "Vuxenenheten"}}), "Vuxenenheten finns redan."));
    CHECK(has(world.get(world.cecilia, location(added)), "Vuxenenheten"));

    const auto members = "/organisations/" + world.association.id.text + "/members";
    const auto join = [&](const organisation::Organisation& member, const char* parts, const char* of) {
      return world.post(
          world.frej, members,
          {{"member", member.id.text}, {"from", "2020-01-01"}, {"share", parts}, {"share_of", of}});
    };
    CHECK(join(world.insurance_agency, "1", "2").status == 303);
    CHECK(join(world.region, "1", "4").status == 303);
    CHECK(has(world.get(world.eva, "/organisations"), "andelarna blir inte en helhet"));
    CHECK(has(world.get(world.eva, "/organisations"), ">3/4<"));
    CHECK(join(world.municipality, "1", "4").status == 303);
    CHECK(has(world.get(world.eva, "/organisations"), "andelarna blir en helhet"));
    CHECK(join(world.municipality, "1", "4").status == 409);
    CHECK(has(join(world.municipality, "5", "4"), "Skriv andelen som en del av det hela"));
    CHECK(has(join(world.municipality, "en", "4"), "Skriv andelen som en del av det hela"));
  }

  TEST_CASE("everyone who has signed in sees the organisations, only an administrator changes them") {
    World world;
    for (const auto* other : {&world.anna, &world.bo, &world.cecilia, &world.disa, &world.eva}) {
      CHECK(has(world.get(*other, "/organisations"), "Provköpings kommun"));
      CHECK(world.post(*other, "/organisations", {{"name", "Ny"}, {"kind", "other"}}).status == 403);
      CHECK(
          world.post(*other, "/organisations/" + world.region.id.text + "/units", {{"unit", "Ny"}}).status ==
          403);
      CHECK(world.post(*other, "/organisations/" + world.association.id.text + "/members", {}).status == 403);
    }
    CHECK(world.get(world.nobody, "/organisations").status == 303);
    CHECK(world.get(world.frej, "/organisations/finns-inte").status == 404);
  }
}
