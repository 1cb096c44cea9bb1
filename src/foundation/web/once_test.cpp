#include "web/once.h"

#include <doctest/doctest.h>

#include "tests/world.h"

using namespace stafett;

namespace {

struct District : World {
  // What the form on the page would be sent with.
  std::string key(const Person& person) {
    const auto page = get(person, "/contacts").body;
    const std::string mark = "name=\"once\" value=\"";
    const auto at = page.find(mark);
    REQUIRE(at != page.npos);
    return page.substr(at + mark.size(), page.find('"', at + mark.size()) - at - mark.size());
  }
  int send(const Person& person, const std::string& key) {
    return post(person, "/contacts",
                {{"day", "2026-03-02"}, {"asked_by", "af"}, {"kind", "sip"}, {"once", key}})
        .status;
  }
};

}  // namespace

TEST_SUITE("once") {
  TEST_CASE("a second click or a reload gives one row, and so does it after the row was taken back") {
    District world;
    const auto first = world.key(world.bo), second = world.key(world.bo);
    CHECK(first.size() == 64);
    CHECK(first != second);
    for (int click = 0; click != 3; ++click) CHECK(world.send(world.bo, first) == 303);
    CHECK(world.count("contact") == 1);
    world.execute("delete from contact");
    CHECK(world.send(world.bo, first) == 303);
    CHECK(world.count("contact") == 0);
    CHECK(world.send(world.bo, second) == 303);
    CHECK(world.count("contact") == 1);
  }

  TEST_CASE("a form's key is its account's: somebody else's form with the same is done") {
    District world;
    CHECK(world.send(world.bo, "nyckel") == 303);
    CHECK(world.send(world.cecilia, "nyckel") == 303);
    CHECK(world.count("contact") == 2);
  }

  TEST_CASE("a form that was refused is not done, and one without a key is done each time") {
    District world;
    CHECK(world.post(world.bo, "/contacts", {{"once", "nyckel"}}).status == 422);
    CHECK(world.count("once") == 0);
    CHECK(world.send(world.bo, "nyckel") == 303);
    CHECK(world.send(world.bo, "") == 303);
    CHECK(world.send(world.bo, "") == 303);
    CHECK(world.count("contact") == 3);
  }

  TEST_CASE("keys are forgotten after a week") {
    District world;
    CHECK(world.send(world.bo, "nyckel") == 303);
    world.now = world.now + web::seconds_once + 1;
    const auto lisa = world.sign_in("lisa", world.municipality, {"coach"});
    CHECK(world.send(lisa, "en annan") == 303);
    CHECK(world.count("once") == 1);
  }
}
