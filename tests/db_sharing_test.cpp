// Those who write while another does share a commit. What becomes of each is still their own.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <set>
#include <thread>

#include "tests/folder.h"
#include "tests/notes.h"

using namespace stafett;
using db::Database;
using db::Failure;
using db::Row;
using db::Transaction;

namespace {

using Work = std::function<Result<int>(Transaction&)>;

Work noting(std::int64_t id) {
  return [id](Transaction& tx) -> Result<int> {
    add_note(tx, id);
    return static_cast<int>(id);
  };
}

// What became of each, in words: the number it answered, "refused", or what it threw.
std::string outcome(Database& database, const Work& work) {
  try {
    const auto answer = database.write(work);
    return answer ? std::to_string(*answer) : "refused";
  } catch (const Failure& failure) {
    return failure.kind == Failure::Kind::full              ? "full"
           : failure.kind == Failure::Kind::unreachable     ? "unreachable"
           : failure.kind == Failure::Kind::unknown_outcome ? "unknown"
                                                            : "failure";
  } catch (const std::out_of_range&) {
    return "out of range";
  } catch (const std::logic_error&) {
    return "bug";
  }
}

// Somebody writes until all of these stand in line, in this order; then they go together.
std::vector<std::string> together(Database& database, const std::vector<Work>& works) {
  std::vector<std::string> outcomes(works.size());
  std::vector<std::thread> threads;
  std::atomic<bool> begun = false;
  std::thread holder([&] {
    database.write([&](Transaction&) {
      begun = true;
      while (database.waiting() != works.size()) std::this_thread::yield();
    });
  });
  while (!begun) std::this_thread::yield();
  for (std::size_t i = 0; i != works.size(); ++i) {
    threads.emplace_back([&, i] { outcomes[i] = outcome(database, works[i]); });
    while (database.waiting() != i + 1 && i + 1 != works.size()) std::this_thread::yield();
  }
  holder.join();
  for (auto& thread : threads) thread.join();
  return outcomes;
}
using Outcomes = std::vector<std::string>;

}  // namespace

TEST_SUITE("db") {
  TEST_CASE("those who write while another does are carried out by the first of them, in their order") {
    const auto database = bare_database();
    make_notes(*database);
    std::set<std::thread::id> on;
    std::vector<Work> works;
    for (int id = 1; id <= 12; ++id)
      works.push_back([&, id](Transaction& tx) -> Result<int> {
        on.insert(std::this_thread::get_id());
        const auto before =
            tx.find([](const Row& row) { return row.number("n"); }, "select count(*) as n from note");
        add_note(tx, id);
        return static_cast<int>(*before) + 1;
      });
    const auto outcomes = together(*database, works);
    for (int id = 1; id <= 12; ++id) CHECK(outcomes[static_cast<std::size_t>(id - 1)] == std::to_string(id));
    CHECK(on.size() == 1);
    CHECK(notes(*database).size() == 12);
  }

  TEST_CASE("one that is undone or fails among others is undone alone") {
    const auto database = bare_database();
    make_notes(*database);
    const auto outcomes = together(*database, {noting(1),
                                               [](Transaction& tx) -> Result<int> {
                                                 add_note(tx, 2);
                                                 return conflict("someone was first");
                                               },
                                               noting(3),
                                               [](Transaction& tx) -> Result<int> {
                                                 add_note(tx, 4);
                                                 throw std::out_of_range("a bug");
                                               },
                                               [](Transaction& tx) -> Result<int> {
                                                 add_note(tx, 5);
                                                 CHECK_THROWS_AS(add_note(tx, 3), std::logic_error);
                                                 return 5;  // swallowed, and still nothing is kept
                                               },
                                               [](Transaction& tx) -> Result<int> {
                                                 add_note(tx, 6);
                                                 tx.each("select id from note", {}, [](const Row&) {
                                                   throw std::out_of_range("left half read");
                                                 });
                                                 return 6;
                                               },
                                               noting(2), noting(7)});
    CHECK(outcomes == Outcomes{"1", "refused", "3", "out of range", "bug", "out of range", "2", "7"});
    CHECK(notes(*database) == Notes{1, 2, 3, 7});
    CHECK(outcome(*database, noting(8)) == "8");
  }

  TEST_CASE("what is to stand even if undone stands, also among others") {
    const auto database = bare_database();
    make_notes(*database);
    const auto outcomes =
        together(*database, {[](Transaction& tx) -> Result<int> {
                               add_note(tx, 1);
                               tx.even_if_undone([](Transaction& tx) { add_note(tx, 101); });
                               return conflict("refused");
                             },
                             [](Transaction& tx) -> Result<int> {
                               tx.even_if_undone([](Transaction& tx) { add_note(tx, 102); });
                               add_note(tx, 2);
                               return 2;
                             },
                             [](Transaction& tx) -> Result<int> {
                               tx.even_if_undone([](Transaction& tx) { add_note(tx, 103); });
                               add_note(tx, 3);
                               throw std::out_of_range("a bug");
                             },
                             [](Transaction& tx) -> Result<int> {
                               tx.even_if_undone([](Transaction& tx) { add_note(tx, 101); });
                               return conflict("what was to stand cannot be written");
                             }});
    CHECK(outcomes == Outcomes{"refused", "2", "out of range", "bug"});
    CHECK(notes(*database) == Notes{2, 101, 102});
  }

  TEST_CASE("only what is kept leaves a mark of change") {
    const auto database = empty_database();
    const auto mark = [&] {
      return database->read([](Transaction& tx) { return tx.mark_of({"participant"}); });
    };
    const Work changing = [](Transaction& tx) -> Result<int> {
      tx.changed("participant");
      return 1;
    };
    const Work undone = [](Transaction& tx) -> Result<int> {
      tx.changed("participant");
      return conflict("undone");
    };
    together(*database, {changing, changing});
    const auto first = mark();
    together(*database, {undone, undone});
    CHECK(mark() == first);
    together(*database, {undone, changing, undone});
    CHECK(mark() != first);
  }

  TEST_CASE("many threads write, some undone, some failing, and each has what it was told") {
    const Folder folder;
    const auto database = on_postgresql() ? bare_database() : std::make_shared<Database>(folder.address(), 2);
    make_notes(*database);
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int writer = 0; writer != 16; ++writer)
      threads.emplace_back([&, writer] {
        for (int time = 0; time != 30; ++time) {
          const int id = writer * 1000 + time;
          const auto became = outcome(*database, [&](Transaction& tx) -> Result<int> {
            add_note(tx, id);
            if (time % 3 == 1) return conflict("undone");
            if (time % 3 == 2) throw std::out_of_range("a bug");
            return id;
          });
          if (became != (time % 3 == 0 ? std::to_string(id) : time % 3 == 1 ? "refused" : "out of range"))
            ++wrong;
        }
      });
    for (auto& thread : threads) thread.join();
    CHECK(wrong == 0);
    const auto kept = notes(*database);
    CHECK(kept.size() == 16 * 10);
    CHECK(std::ranges::all_of(kept, [](auto id) { return id % 1000 % 3 == 0; }));
  }

  TEST_CASE("a full disk fails all who share the commit, and nothing of theirs is there") {
    const Folder folder;
    Database database(folder.address());
    make_notes(database);
    database.write([](Transaction& tx) {
      add_note(tx, 1);
      tx.execute("pragma max_page_count = 10");
    });
    const Work too_much = [](Transaction& tx) -> Result<int> {
      tx.execute("insert into note values (3, :text)", {{"text", std::string(100'000, 'x')}});
      return 3;
    };
    CHECK(together(database, {noting(2), too_much, noting(4)}) == Outcomes{"full", "full", "full"});
    CHECK(outcome(database, noting(5)) == "full");
    CHECK(notes(database) == Notes{1});
  }

  TEST_CASE("a disk that fails at the commit fails all who share it, and what was answered before is there") {
    const Folder folder;
    {
      Database database(folder.address());
      make_notes(database);
    }
    CHECK(holds_in_another_process([&] {
      signal(SIGXFSZ, SIG_IGN);
      const rlimit no_more{60'000, 60'000};
      setrlimit(RLIMIT_FSIZE, &no_more);
      Database database(folder.address());
      Outcomes outcomes;
      std::int64_t id = 1;
      while (id < 1000) {
        outcomes = together(database, {noting(id), noting(id + 1), noting(id + 2)});
        if (outcomes != Outcomes{std::to_string(id), std::to_string(id + 1), std::to_string(id + 2)}) break;
        id += 3;
      }
      return id > 4 && outcomes == Outcomes{"unknown", "unknown", "unknown"} &&
             outcome(database, noting(5000)) == "unknown";
    }));
    Database database(folder.address());
    const auto kept = notes(database);
    CHECK(kept.size() % 3 == 0);  // a group is whole or not there
    CHECK(kept.size() > 3);
    CHECK(kept.back() == static_cast<std::int64_t>(kept.size()));
  }

  TEST_CASE("PostgreSQL that goes away fails all who share the commit, and is found again") {
    if (!on_postgresql()) return;
    const auto database = bare_database();
    make_notes(*database);
    Database other(database->address());
    const Work cut = [&](Transaction& tx) -> Result<int> {
      std::thread elsewhere([&] {
        other.read([](Transaction& tx) {
          tx.execute(
              "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
              "where pid <> pg_backend_pid() and datname = current_database()");
        });
      });
      elsewhere.join();
      add_note(tx, 2);
      return 2;
    };
    CHECK(together(*database, {noting(1), cut, noting(3)}) ==
          Outcomes{"unreachable", "unreachable", "unreachable"});
    CHECK(notes(*database).empty());
    CHECK(together(*database, {noting(4), noting(5)}) == Outcomes{"4", "5"});
    CHECK(notes(*database) == Notes{4, 5});
  }
}
