#include "tests/withdrawal.h"

#include <doctest/doctest.h>

#include "tests/databases.h"
#include "tests/folder.h"

using namespace stafett;

namespace {

void check(const Withdrawals::Outcome& outcome) {
  INFO(outcome.readings << " readings, " << outcome.seen << " of them let in, " << outcome.withdrawals
                        << " withdrawals");
  CHECK(outcome.after_withdrawal == 0);
  CHECK(outcome.before_withdrawal == 0);
  CHECK(outcome.readings > 100);
  CHECK(outcome.seen > 10);
  CHECK(outcome.seen < outcome.readings);
  CHECK(outcome.withdrawals > 10);
}

constexpr int readings = 10'000;  // a hundred thousand in the bench “withdrawing”
constexpr double seconds = 20;

}  // namespace

TEST_SUITE("withdrawal") {
  TEST_CASE("T04, T19: after a consent has been withdrawn nobody who begins to read later is let in") {
    if (on_postgresql()) {
      const auto one = empty_database();
      db::Database two(one->address(), 1), three(one->address(), 1);
      check(Withdrawals({one.get(), &two, &three}).run(readings, seconds));
    } else {
      const Folder folder;
      db::Database file(folder.address());
      file.migrate(*Moment::read("2026-01-02 08:00:00"));
      check(Withdrawals({&file}).run(readings, seconds));
    }
  }
}
