// SQLite's log, which the one who writes moves into the file when it has grown long.
#include <doctest/doctest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <numeric>
#include <random>
#include <thread>

#include "tests/folder.h"
#include "tests/notes.h"

using namespace stafett;
using db::Database;
using db::Row;
using db::Transaction;

namespace {

constexpr auto page = 4096;

// A note of a hundred pages: ten of them make the log long enough to be moved.
void add_long_note(Database& database, std::int64_t id) {
  database.write([&](Transaction& tx) {
    tx.execute("insert into note values (:id, :text)", {{"id", id}, {"text", std::string(100 * page, 'x')}});
  });
}

Notes first(std::int64_t count) {
  Notes ids(static_cast<std::size_t>(count));
  std::iota(ids.begin(), ids.end(), 1);
  return ids;
}

bool is_sound(Database& database) {
  return database.read([](Transaction& tx) {
    return tx.find([](const Row& row) { return row.text("integrity_check"); }, "pragma integrity_check");
  }) == "ok";
}

// Writes notes from `next` on, and says each number when its note is durable.
[[noreturn]] void write_and_tell(const std::string& address, std::int64_t next, int told) {
  Database database(address);
  for (;; ++next) {
    add_long_note(database, next);
    if (write(told, &next, sizeof next) != sizeof next) _exit(0);
  }
}

}  // namespace

TEST_SUITE("db") {
  TEST_CASE("the log begins anew while many write and read, and everything is there") {
    const Folder folder;
    constexpr std::int64_t count = 400;
    {
      Database database(folder.address());
      make_notes(database);
      std::atomic<std::int64_t> next = 1;
      std::atomic<bool> ended = false, gap_seen = false;
      std::vector<std::jthread> threads;
      for (int reader = 0; reader != 2; ++reader)
        threads.emplace_back([&] {
          while (!ended) {
            const std::int64_t begun = next - 1;  // three at most are not yet answered
            if (static_cast<std::int64_t>(notes(database).size()) < begun - 3) gap_seen = true;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));  // the log begins anew when nobody reads it
          }
        });
      {
        std::vector<std::jthread> writers;
        for (int writer = 0; writer != 3; ++writer)
          writers.emplace_back([&] {
            for (auto id = next++; id <= count; id = next++) add_long_note(database, id);
          });
      }
      ended = true;
      threads.clear();
      CHECK_FALSE(gap_seen);
      CHECK(std::filesystem::file_size(folder.file("stafett.db-wal")) < count * 100 * page / 4);
    }
    Database database(folder.address());
    CHECK(notes(database) == first(count));
    CHECK(is_sound(database));
  }

  TEST_CASE("T56: who is killed while the log is moved has everything that was answered") {
    const Folder folder;
    {
      Database database(folder.address());
      make_notes(database);
    }
    std::mt19937 random(1);
    std::int64_t there = 0;
    for (int time = 0; time != 8; ++time) {
      int tells[2];
      REQUIRE(pipe(tells) == 0);
      const auto child = fork();
      if (child == 0) write_and_tell(folder.address(), there + 1, tells[1]);
      close(tells[1]);
      const auto enough = there + 40 + static_cast<std::int64_t>(random() % 20);
      std::int64_t answered = 0;
      while (answered < enough && read(tells[0], &answered, sizeof answered) == sizeof answered) {
      }
      kill(child, SIGKILL);
      while (read(tells[0], &answered, sizeof answered) == sizeof answered) {
      }
      close(tells[0]);
      int status = 0;
      waitpid(child, &status, 0);
      REQUIRE(WIFSIGNALED(status));
      Database database(folder.address());
      there = static_cast<std::int64_t>(notes(database).size());
      CHECK(there >= answered);
      CHECK(notes(database) == first(there));
      CHECK(is_sound(database));
    }
  }
}
