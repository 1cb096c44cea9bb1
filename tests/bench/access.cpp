// Who may see whom: how long deciding takes, whether it agrees with a model of the rules, whether the time a
// refusal takes tells who is there, and whether anybody is let in after a consent has been withdrawn.
#include <cstdlib>

#include "access/decide_model.h"
#include "tests/bench/bench.h"
#include "tests/folder.h"
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

// A thousand worlds in turn: as they come, and those alone where a door lets in, which takes longest.
void measure(std::string_view what, bool only_doors) {
  access::model::Worlds all(8);
  std::vector<access::Facts> some;
  while (some.size() != 1000)
    if (const auto& facts = all.next(); !only_doors || access::decide(facts).rule == access::Rule::door)
      some.push_back(facts);
  std::int64_t kinds = 0;
  const auto time = median_ms(101, [&] {
    for (const auto& facts : some) kinds += access::decide(facts).kinds.bits();
  });
  if (kinds == 0) std::abort();
  say(what, time, "µs", "at most 2");
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

// Refused a participant who is there, and one who is not, in turn: whether the time tells them apart.
void time_refusals() {
  db::Database database("sqlite::memory:", 1);
  const auto now = *Moment::read("2026-03-02 09:00:00");
  database.migrate(now);
  access::User stranger;
  database.write([&](db::Transaction& tx) {
    using organisation::Kind;
    const auto owner = organisation::add(tx, "Provköpings kommun", Kind::municipality).value().id;
    stranger.organisation = organisation::add(tx, "Försäkringskassan", Kind::insurance_agency).value().id;
    stranger.account = account::open(tx, {"främling", "Främling", stranger.organisation, {}, "-"}).value();
    stranger.permissions.emplace(participant::may_read.name);
    tx.execute(R"(
      insert into intervention (id, name, owner_id, area_id, orientation, target_group, from_on)
      values ('prova', 'Prova', :owner, :owner, 'individual', '', '2024-01-01'))",
               {{"owner", owner}});
    for (int number = 0; number != 1000; ++number)
      tx.execute(R"(
        insert into participant (id, owner_id, intervention_id, code, sex)
        values (:id, :owner, 'prova', :id, ''))",
                 {{"id", "finns-" + std::to_string(1000 + number)}, {"owner", owner}});
  });
  std::vector<double> times[2];
  for (int turn = 0; turn != 8000; ++turn) {
    const bool is_there = (turn * 7919 / 3) % 2 == 0;
    const Id<participant::Participant> id{(is_there ? "finns-" : "borta-") +
                                          std::to_string(1000 + turn % 1000)};
    times[is_there].push_back(1e6 * seconds([&] {
                                const bool refused = !database.write([&](db::Transaction& tx) {
                                  return access::admit(tx, stranger, {.participant = id}, now);
                                });
                                if (!refused) std::abort();
                              }));
  }
  for (auto& some : times)
    std::ranges::nth_element(some, some.begin() + static_cast<std::ptrdiff_t>(some.size() / 2));
  const auto gone = times[0][times[0].size() / 2], there = times[1][times[1].size() / 2];
  say("T10: refused, nobody there", gone, "µs");
  say("T10: refused, somebody there", there, "µs");
  say("T10: the difference, of a page of some hundred", there - gone, "µs", "at most 5 either way");
}

}  // namespace

void deciding(const Setting&) {
  measure("to decide", false);
  measure("to decide through a door", true);
  compare();
  time_refusals();
}

void withdrawing(const Setting& setting) {
  {
    const Folder folder;
    db::Database file(folder.address());
    file.migrate(*Moment::read("2026-01-02 08:00:00"));
    withdraw("SQLite", {&file});
  }
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
