// Finding a person by personal number among a million: the mark, the index, the gate's answer and its line in
// the log.
#include <cstdio>
#include <stdexcept>

#include "access/gate.h"
#include "access/keys.h"
#include "db/database.h"
#include "file/temporary.h"
#include "participant/identity.h"
#include "tests/bench/bench.h"
#include "tests/keys.h"

namespace stafett::bench {
namespace {

const auto now = *Moment::read("2026-03-02 09:00:00");

// Twelve digits that no person has: the day is the 39th.
std::string number(std::size_t nth) {
  auto digits = std::to_string(nth);
  return "19640139" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

// A head of the organisation that owns everyone.
access::User head_of(const Id<organisation::Organisation>& owner) {
  access::User user;
  user.account = {"00000000000000000000000acc"};
  user.organisation = owner;
  user.permissions = {"participant.read", "assignment.head"};
  return user;
}

struct Person {
  Id<participant::Participant> id;
  Id<organisation::Organisation> owner;
};

}  // namespace

void finding(const Setting& setting) {
  const file::TemporaryFolder folder;
  const auto file = (folder.path() / "copy.db").string();
  if (!db::Database(setting.sqlite).back_up(file)) throw std::runtime_error("no copy to look for persons in");
  access::take_keys(test_keys());
  {
    db::Database database("sqlite:" + file);
    const auto from_row = [](const db::Row& row) {
      return Person{row.id<participant::Participant>("id"), row.id<organisation::Organisation>("owner_id")};
    };
    const auto persons = database.read([&](db::Transaction& tx) {
      return tx.list(from_row, "select id, owner_id from participant order by id");
    });
    // As after an upgrade: numbers in clear, which are sealed a thousand at a time.
    database.write([&](db::Transaction& tx) {
      for (std::size_t i = 0; i != persons.size(); ++i)
        tx.execute("update participant set personal_number = :number where id = :id",
                   {{"number", number(i)}, {"id", persons[i].id}});
    });
    const auto sealing = seconds([&] {
      while (database.write([](db::Transaction& tx) {
        return access::seal_some(tx, participant::numbers_in_clear, 1000, now);
      }) != 0) {
      }
    });
    const auto count = static_cast<double>(persons.size());
    say("participants with a sealed number", count, "");
    say("sealing the numbers that stood in clear", count / sealing, "per s");

    std::size_t nth = 0, found = 0;
    const auto ms = median_ms(1001, [&] {
      nth = (nth + 7919) % persons.size();
      const auto user = head_of(persons[nth].owner);
      found += database.write([&](db::Transaction& tx) {
        return participant::find_by_number(tx, user, number(nth), now).size();
      });
    });
    const auto undurable = median_ms(5, [&] {
      database.write([&](db::Transaction& tx) {
        for (int i = 0; i != 200; ++i) {
          nth = (nth + 7919) % persons.size();
          participant::find_by_number(tx, head_of(persons[nth].owner), number(nth), now);
        }
      });
    });
    say("finding one by number: the mark, the index, the gate and its line", undurable / 200, "ms",
        "at most 1");
    say("the same in a transaction of its own, on the disk before it answers", ms, "ms");
    say("found of 1001", static_cast<double>(found), "", "1001");
  }
}

}  // namespace stafett::bench
