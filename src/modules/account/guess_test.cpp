#include "account/guess.h"

#include <doctest/doctest.h>
#include <time.h>

#include <algorithm>
#include <vector>

#include "account/sign_in.h"
#include "tests/databases.h"
#include "tests/world.h"

using namespace stafett;

namespace {

const std::string password = "ett långt lösenord";

// What a guess costs the machine, in microseconds of this thread: others' work does not disturb it.
std::int64_t cost(World& world, const std::string& name) {
  const auto spent = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1'000'000 + time.tv_nsec / 1'000;
  };
  const auto before = spent();
  CHECK_FALSE(account::sign_in(*world.database, {name, "fel lösenord är det", {"10.0.0.1", ""}}, world.now));
  return spent() - before;
}

std::int64_t middle(std::vector<std::int64_t> all) {
  std::ranges::nth_element(all, all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2));
  return all[all.size() / 2];
}

}  // namespace

TEST_SUITE("account") {
  TEST_CASE("T25: in a day of guessing from a thousand networks no account is tried more than fifty times") {
    World world;
    const int accounts = on_postgresql() ? 2 : 5;
    std::vector<int> tried(static_cast<std::size_t>(accounts));
    world.database->write([&](db::Transaction& tx) {
      for (std::int64_t round = 0; round != 12; ++round)
        for (int network = 0; network != (on_postgresql() ? 50 : 1000); ++network) {
          const auto now = world.now + (round * 60 * 60 + network);
          for (int account = 0; account != accounts; ++account) {
            const account::From from{
                "10.0." + std::to_string(network / 250) + "." + std::to_string(network % 250), ""};
            if (account::note_guess(tx, "konto-" + std::to_string(account), from, now))
              ++tried[static_cast<std::size_t>(account)];
          }
        }
    });
    CHECK(*std::ranges::max_element(tried) == account::guesses_from_others);
    CHECK(*std::ranges::min_element(tried) == account::guesses_from_others);
  }

  TEST_CASE("T25: while the world guesses, the owner still signs in from a browser they have used before") {
    World world;
    const auto home =
        account::sign_in(*world.database, {"bo", password, {"192.0.2.1", ""}}, world.now)->device;
    for (int network = 0; network != 200; ++network)
      (void)world.database->write([&](db::Transaction& tx) {
        return account::note_guess(tx, "bo", {"10.1.1." + std::to_string(network), ""}, world.now);
      });
    const auto elsewhere = account::sign_in(*world.database, {"bo", password, {"192.0.2.1", ""}}, world.now);
    REQUIRE_FALSE(elsewhere);
    CHECK(elsewhere.error().kind == Problem::Kind::busy);
    CHECK(account::sign_in(*world.database, {"bo", password, {"192.0.2.1", home}}, world.now));
    // Another's browser is not one of Bo's.
    const auto annas =
        account::sign_in(*world.database, {"anna", password, {"192.0.2.1", ""}}, world.now)->device;
    CHECK_FALSE(account::sign_in(*world.database, {"bo", password, {"192.0.2.2", annas}}, world.now));
    CHECK_FALSE(account::sign_in(*world.database, {"bo", password, {"192.0.2.2", "made-up"}}, world.now));
    world.now = world.now + account::guess_day;
    CHECK(account::sign_in(*world.database, {"bo", password, {"192.0.2.1", ""}}, world.now));
  }

  TEST_CASE("T25: a known browser has tries of its own, and they too come to an end") {
    World world;
    const auto home =
        account::sign_in(*world.database, {"bo", password, {"192.0.2.1", ""}}, world.now)->device;
    int tried = 0;
    for (int quarter = 0; quarter != 40; ++quarter)
      for (int i = 0; i != 10; ++i)
        tried += world.database->write([&](db::Transaction& tx) {
          return account::note_guess(tx, "bo", {"192.0.2.1", home}, world.now + quarter * 1000).has_value();
        });
    CHECK(tried == account::guesses_from_device);
  }

  TEST_CASE(
      "T25: a network that tries a few passwords on everybody is held back, and its known browsers are not") {
    World world;
    const auto home =
        account::sign_in(*world.database, {"bo", password, {"192.0.2.1", ""}}, world.now)->device;
    int tried = 0;
    world.database->write([&](db::Transaction& tx) {
      for (int name = 0; name != 1000; ++name)
        tried += account::note_guess(tx, std::to_string(name), {"192.0.2.1", ""}, world.now).has_value();
    });
    CHECK(tried == account::guesses_from_network);
    CHECK(account::sign_in(*world.database, {"bo", password, {"192.0.2.1", home}}, world.now));
    CHECK_FALSE(account::sign_in(*world.database, {"anna", password, {"192.0.2.1", ""}}, world.now));
    world.now = world.now + account::guess_seconds;
    CHECK(account::sign_in(*world.database, {"anna", password, {"192.0.2.1", ""}}, world.now));
  }

  TEST_CASE("T25: what was right does not count") {
    World world;
    for (int i = 0; i != 30; ++i)
      CHECK(account::sign_in(*world.database, {"bo", password, {"192.0.2.1", ""}}, world.now));
  }

  TEST_CASE("T26: an unknown name costs as much work as a known one, and is held back alike") {
    World world;
    world.database->write([&](db::Transaction& tx) {
      tx.execute("update account set password = :hash where name = 'bo'",
                 {{"hash", access::hashed(password, access::Cost::full).value()}});
    });
    (void)cost(world, "nobody before");
    std::vector<std::int64_t> known, unknown;
    for (int i = 0; i != 5; ++i) {
      known.push_back(cost(world, "bo"));
      unknown.push_back(cost(world, "ingen"));
      world.now = world.now + account::guess_seconds;
    }
    const auto difference = std::abs(middle(known) - middle(unknown));
    CHECK(difference * 5 < middle(known));
    for (const auto* name : {"bo", "ingen"})
      for (int i = 0; i != 6; ++i) {
        const auto refused =
            account::sign_in(*world.database, {name, "fel lösenord är det", {"10.0.0.9", ""}}, world.now);
        CHECK(refused.error().kind == (i < 5 ? Problem::Kind::invalid : Problem::Kind::busy));
      }
  }

  TEST_CASE("T26: a closed account is refused in the same words as one that never was") {
    World world;
    world.database->write([&](db::Transaction& tx) { account::close(tx, world.bo.user.account, world.now); });
    const auto closed = account::sign_in(*world.database, {"bo", password, {"10.0.0.1", ""}}, world.now),
               never = account::sign_in(*world.database, {"ingen", password, {"10.0.0.1", ""}}, world.now);
    CHECK(closed.error().message() == never.error().message());
  }
}
