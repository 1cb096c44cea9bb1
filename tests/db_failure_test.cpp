// What happens to what was begun when something goes wrong.
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/folder.h"
#include "tests/notes.h"

using namespace stafett;
using db::Database;
using db::Failure;
using db::Row;
using db::Transaction;

namespace {

template <class Work>
std::optional<Failure> failure_of(Work work) {
  try {
    work();
    return std::nullopt;
  } catch (const Failure& failure) {
    return failure;
  }
}

}  // namespace

TEST_SUITE("db") {
  TEST_CASE("a change is kept, unless it ends in a problem or an exception") {
    const auto database = bare_database();
    make_notes(*database);
    add_note(*database, 1);
    const auto refused = database->write([](Transaction& tx) -> Result<int> {
      tx.execute("insert into note (id) values (2)");
      return conflict("someone was first");
    });
    CHECK_FALSE(refused);
    CHECK_THROWS_AS(database->write([](Transaction& tx) {
      tx.execute("insert into note (id) values (3)");
      throw std::out_of_range("a bug");
    }),
                    std::out_of_range);
    CHECK(database->write([](Transaction& tx) -> Result<int> {
      tx.execute("insert into note (id) values (4)");
      return 4;
    }) == 4);
    CHECK(notes(*database) == Notes{1, 4});
  }

  TEST_CASE("nothing is kept of a change in which a statement failed, even if the failure was swallowed") {
    const auto database = bare_database();
    make_notes(*database);
    CHECK_THROWS_AS(database->write([](Transaction& tx) {
      tx.execute("insert into note (id) values (1)");
      CHECK_THROWS_AS(tx.execute("insert into note (id) values (1)"), std::logic_error);
    }),
                    std::logic_error);
    CHECK(notes(*database).empty());
    add_note(*database, 2);
    CHECK(notes(*database) == Notes{2});
  }

  TEST_CASE("who reads cannot write") {
    const auto database = bare_database();
    make_notes(*database);
    for (const auto* sql :
         {"insert into note (id) values (1)", "create table other (id bigint)", "delete from note"})
      CHECK_THROWS_AS(database->read([&](Transaction& tx) { tx.execute(sql); }), std::logic_error);
    add_note(*database, 2);
    CHECK(notes(*database) == Notes{2});
  }

  TEST_CASE("who leaves an answer half read sees what is new the next time") {
    const Folder folder;
    const auto database = on_postgresql() ? bare_database() : std::make_shared<Database>(folder.address(), 1);
    make_notes(*database);
    for (int id = 0; id != 100; ++id) add_note(*database, id);
    CHECK_THROWS_AS(database->read([](Transaction& tx) {
      tx.each("select id from note", {}, [](const Row&) { throw std::out_of_range("enough"); });
    }),
                    std::out_of_range);
    add_note(*database, 100);
    CHECK(notes(*database).size() == 101);
  }

  TEST_CASE("a transaction inside another is a bug, not a wait for ever") {
    const auto database = bare_database();
    make_notes(*database);
    CHECK_THROWS_AS(database->write([&](Transaction&) { notes(*database); }), std::logic_error);
    CHECK_THROWS_AS(database->read([&](Transaction&) { add_note(*database, 1); }), std::logic_error);
  }

  TEST_CASE("many read and write at once, and each reader sees whole changes only") {
    const Folder folder;
    const auto database = on_postgresql() ? bare_database() : std::make_shared<Database>(folder.address(), 2);
    make_notes(*database);
    std::atomic<bool> half_seen = false;
    std::vector<std::thread> threads;
    for (int writer = 0; writer != 2; ++writer)
      threads.emplace_back([&, writer] {
        for (int id = 0; id != 40; id += 2)
          database->write([&](Transaction& tx) {
            tx.execute("insert into note (id) values (:id)", {{"id", writer * 1000 + id}});
            tx.execute("insert into note (id) values (:id)", {{"id", writer * 1000 + id + 1}});
          });
      });
    for (int reader = 0; reader != 3; ++reader)
      threads.emplace_back([&] {
        for (int time = 0; time != 40; ++time)
          if (notes(*database).size() % 2 != 0) half_seen = true;
      });
    for (auto& thread : threads) thread.join();
    CHECK_FALSE(half_seen);
    CHECK(notes(*database).size() == 80);
  }

  TEST_CASE("one writes at a time, so what was read before writing still holds") {
    const auto database = bare_database();
    database->write([](Transaction& tx) {
      tx.execute("create table counter (n bigint not null)");
      tx.execute("insert into counter values (0)");
    });
    const auto second = on_postgresql() ? std::make_unique<Database>(database->address()) : nullptr;
    const auto count = [](Database& where) {
      for (int time = 0; time != 50; ++time)
        where.write([](Transaction& tx) {
          const auto n = tx.find([](const Row& row) { return row.number("n"); }, "select n from counter");
          tx.execute("update counter set n = :n", {{"n", *n + 1}});
        });
    };
    std::thread other([&] { count(second ? *second : *database); });
    count(*database);
    other.join();
    CHECK(database->read([](Transaction& tx) {
      return tx.find([](const Row& row) { return row.number("n"); }, "select n from counter");
    }) == 100);
  }

  TEST_CASE("a second Stafett on the same file is told who has it") {
    const Folder folder;
    {
      Database first(folder.address());
      make_notes(first);
      CHECK(holds_in_another_process([&] {
        const auto failure = failure_of([&] {
          Database second("sqlite:" + folder.path() + "/../" +
                          std::filesystem::path(folder.path()).filename().string() + "/stafett.db");
        });
        return failure && failure->kind == Failure::Kind::in_use &&
               failure->message.arguments.at(1) == std::to_string(getppid());
      }));
      add_note(first, 1);
    }
    CHECK(holds_in_another_process([&] {
      Database next(folder.address());
      return notes(next) == Notes{1};
    }));
  }

  TEST_CASE("the file is its owner's, and is one file when the program has ended") {
    const Folder folder;
    {
      Database database(folder.address());
      make_notes(database);
    }
    CHECK((std::filesystem::status(folder.file()).permissions() & std::filesystem::perms::mask) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    CHECK_FALSE(std::filesystem::exists(folder.file("stafett.db-wal")));
    Database again(folder.address());
    CHECK(notes(again).empty());
  }

  TEST_CASE("an address that leads nowhere is said to") {
    const Folder folder;
    const auto kind = [](const std::string& address) {
      return failure_of([&] { Database database(address); }).value().kind;
    };
    CHECK(kind("sqlite:" + folder.file("none/stafett.db")) == Failure::Kind::refused);
    CHECK(kind("sqlite:" + folder.path()) == Failure::Kind::refused);
    CHECK(kind("sqlite:") == Failure::Kind::refused);
    CHECK(kind("mysql://localhost") == Failure::Kind::refused);
    CHECK(kind("postgresql:///stafett_test?host=" + folder.path()) == Failure::Kind::unreachable);
    CHECK(kind("postgresql://nobody:secret@127.0.0.1:1/stafett_test") == Failure::Kind::unreachable);
  }

  TEST_CASE("a file that is no database is left as it was") {
    const Folder folder;
    const std::string text(5000, 'x');
    std::ofstream(folder.file()) << text;
    CHECK(failure_of([&] { Database database(folder.address()); }).value().kind == Failure::Kind::damaged);
    std::ifstream in(folder.file());
    CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == text);
  }

  TEST_CASE("a full disk stops the writing, and what was saved before is there") {
    const Folder folder;
    Database database(folder.address());
    make_notes(database);
    add_note(database, 1);
    database.write([](Transaction& tx) { tx.execute("pragma max_page_count = 10"); });
    const auto write = [&] {
      database.write([](Transaction& tx) {
        tx.execute("insert into note values (2, :text)", {{"text", std::string(100'000, 'x')}});
      });
    };
    CHECK(failure_of(write).value().kind == Failure::Kind::full);
    CHECK(failure_of([&] { add_note(database, 3); }).value().kind == Failure::Kind::full);
    CHECK(notes(database) == Notes{1});
  }

  TEST_CASE("after a disk error while saving nobody claims to know, and nothing more is written") {
    const Folder folder;
    {
      Database database(folder.address());
      make_notes(database);
      add_note(database, 1);
    }
    CHECK(holds_in_another_process([&] {
      signal(SIGXFSZ, SIG_IGN);
      const rlimit no_more{60'000, 60'000};
      setrlimit(RLIMIT_FSIZE, &no_more);
      Database database(folder.address());
      const auto failure = failure_of([&] {
        for (int id = 2; id != 1000; ++id) add_note(database, id);
      });
      const auto after = failure_of([&] { add_note(database, 5000); });
      return failure && failure->kind == Failure::Kind::unknown_outcome && after &&
             after->kind == Failure::Kind::unknown_outcome;
    }));
    Database database(folder.address());
    const auto kept = notes(database);
    CHECK(kept.size() > 1);
    CHECK(kept.back() == static_cast<std::int64_t>(kept.size()));
  }

  TEST_CASE("PostgreSQL that takes too long is given up") {
    if (!on_postgresql()) return;
    const auto database = bare_database();
    make_notes(*database);
    Database hurried(database->address() + "&options=-cstatement_timeout%3D100");
    const auto failure = failure_of([&] {
      hurried.write([](Transaction& tx) {
        tx.execute("insert into note (id) values (1)");
        tx.execute("select pg_sleep(10)");
      });
    });
    CHECK(failure.value().kind == Failure::Kind::in_use);
    database->write([&](Transaction&) {
      CHECK(failure_of([&] { add_note(hurried, 2); }).value().kind == Failure::Kind::in_use);
    });
    add_note(hurried, 3);
    CHECK(notes(*database) == Notes{3});
  }

  TEST_CASE("PostgreSQL that went away is found again") {
    if (!on_postgresql()) return;
    const auto database = bare_database();
    make_notes(*database);
    Database other(database->address());
    const auto cut = [&] {
      other.write([](Transaction& tx) {
        tx.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
            "where pid <> pg_backend_pid() and datname = current_database()");
      });
    };
    notes(*database);
    cut();
    add_note(*database, 1);
    CHECK(notes(*database) == Notes{1});
    const auto failure = failure_of([&] {
      database->read([&](Transaction& tx) {
        cut();
        tx.execute("select 1");
      });
    });
    CHECK(failure.value().kind == Failure::Kind::unreachable);
    CHECK(notes(*database) == Notes{1});
  }
}
