// Who may see whom: how long deciding takes, whether it agrees with a model of the rules, and whether anybody
// is let in after a consent has been withdrawn.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "access/decide_model.h"
#include "tests/bench/bench.h"
#include "tests/withdrawal.h"

namespace stafett::bench {
namespace {

constexpr int worlds = 1'000'000, readings = 100'000;

void compare() {
  access::model::Worlds all(7);
  int different = 0;
  for (int number = 0; number != worlds; ++number) {
    const auto& facts = all.next();
    different += !access::model::is_same(access::decide(facts), access::model::decide(facts));
  }
  say("T13: worlds of a million where the model decides otherwise", different, "", "none");
}

// The same facts asked again and again, as the worlds have them: with up to four doors and three assignments.
void measure() {
  access::model::Worlds all(8);
  std::vector<access::Facts> some;
  for (int number = 0; number != 1000; ++number) some.push_back(all.next());
  std::int64_t allowed = 0;
  const auto time = median_ms(101, [&] {
    for (const auto& facts : some) allowed += access::decide(facts).allowed;
  });
  if (allowed == 0) std::abort();
  say("decide, a time", time, "µs", "at most 2");
}

void withdraw(const char* where, const std::vector<db::Database*>& databases) {
  const auto outcome = Withdrawals(databases).run(readings, 3600);
  const auto of = std::string(where) + ": ";
  say(of + "readings while consents came and went", outcome.readings, "");
  say(of + "of them let in", outcome.seen, "");
  say(of + "consents withdrawn", outcome.withdrawals, "");
  say(of + "T04: let in after the withdrawal", outcome.after_withdrawal, "", "none");
  say(of + "kept out before it", outcome.before_withdrawal, "", "none");
}

}  // namespace

void deciding(const Setting&) {
  measure();
  compare();
}

void withdrawing(const Setting& setting) {
  const auto place =
      std::filesystem::temp_directory_path() / ("stafett-withdrawing-" + std::to_string(getpid()));
  std::filesystem::create_directory(place);
  {
    db::Database file("sqlite:" + (place / "stafett.db").string());
    file.migrate(*Moment::read("2026-01-02 08:00:00"));
    withdraw("SQLite", {&file});
  }
  std::filesystem::remove_all(place);
  if (setting.postgresql.empty()) return;
  db::Database one(setting.postgresql, 1), two(setting.postgresql, 1), three(setting.postgresql, 1);
  one.write([](db::Transaction& tx) {
    tx.execute("drop schema public cascade");
    tx.execute("create schema public");
  });
  one.migrate(*Moment::read("2026-01-02 08:00:00"));
  withdraw("PostgreSQL", {&one, &two, &three});
}

}  // namespace stafett::bench
