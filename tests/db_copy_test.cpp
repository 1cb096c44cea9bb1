// Copies of a database that is in use, and what is taken for one.
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "base/pieces.h"
#include "tests/folder.h"
#include "tests/notes.h"

using namespace stafett;
using db::Database;

namespace {

constexpr auto notes_table = "-- migration 2026-01-01 notes\ncreate table note (id bigint primary key);";

// A copy as it is given, and given back.
std::string copy_of(Database& database) {
  std::string copy;
  REQUIRE(database.back_up([&](std::string_view piece) -> Result<> {
    copy += piece;
    return {};
  }));
  return copy;
}
Give pieces_of(const std::string& copy) {
  return [&copy](const Take& take) -> Result<> {
    for (std::size_t at = 0; at < copy.size(); at += 5000) TRY(take(copy.substr(at, 5000)));
    return {};
  };
}

}  // namespace

TEST_SUITE("db") {
  TEST_CASE("a copy of a database in use is whole, and fills an empty one") {
    const Folder folder;
    Database database(folder.address());
    database.migrate(Moment{}, notes_table);
    add_note(database, 1);
    CHECK(database.back_up(folder.file("copy.db")));
    add_note(database, 2);
    using std::filesystem::perms;
    CHECK((std::filesystem::status(folder.file("copy.db")).permissions() &
           (perms::group_all | perms::others_all)) == perms::none);

    Database restored("sqlite:" + folder.file("restored.db"));
    CHECK(restored.restore(folder.file("copy.db")));
    CHECK(notes(restored) == Notes{1});
    add_note(restored, 7);
    CHECK_FALSE(restored.restore(folder.file("copy.db")));
    CHECK(notes(restored) == Notes{1, 7});
    CHECK_FALSE(database.back_up(folder.file("copy.db")));
    CHECK_FALSE(database.back_up(folder.file("none/copy.db")));
  }

  TEST_CASE("what is not a whole copy is not taken") {
    const Folder folder;
    Database database("sqlite::memory:");
    CHECK_FALSE(database.restore(folder.file("none.db")));
    std::ofstream(folder.file("text.db")) << std::string(5000, 'x');
    CHECK_FALSE(database.restore(folder.file("text.db")));
    std::ofstream(folder.file("empty.db"));
    CHECK_FALSE(database.restore(folder.file("empty.db")));

    Database source("sqlite::memory:");
    source.migrate(Moment{}, notes_table);
    for (int id = 0; id != 2000; ++id) add_note(source, id);
    CHECK(source.back_up(folder.file("cut.db")));
    std::filesystem::resize_file(folder.file("cut.db"), 12'288);
    CHECK_FALSE(database.restore(folder.file("cut.db")));
    CHECK(database.is_empty());
  }

  TEST_CASE("a copy that is given in pieces is whole, has the latest changes, and fills an empty database") {
    const Folder folder;
    Database database("sqlite:" + folder.file("stafett.db"));
    database.migrate(Moment{}, notes_table);
    Notes all;
    for (int id = 0; id != 2000; ++id) {
      add_note(database, id);
      all.push_back(id);
    }
    const auto copy = copy_of(database);
    CHECK(copy.starts_with("SQLite format 3"));
    add_note(database, 5000);

    Database restored("sqlite:" + folder.file("restored.db"));
    CHECK(restored.restore("kopian", pieces_of(copy)));
    CHECK(notes(restored) == all);
    add_note(restored, 7000);
    CHECK_FALSE(restored.restore("kopian", pieces_of(copy)));
    CHECK(notes(restored).back() == 7000);
    // By itself it is one file, as other copies are.
    std::ofstream(folder.file("copy.db"), std::ios::binary) << copy;
    Database third("sqlite:" + folder.file("third.db"));
    CHECK(third.restore(folder.file("copy.db")));
    CHECK(notes(third) == all);
  }

  TEST_CASE("nothing is put in place of a copy that is not given to its end, or is none") {
    const Folder folder;
    Database source("sqlite:" + folder.file("source.db"));
    source.migrate(Moment{}, notes_table);
    for (int id = 0; id != 2000; ++id) add_note(source, id);
    const auto copy = copy_of(source);
    Database database("sqlite:" + folder.file("stafett.db"));
    const auto broken_off = database.restore("kopian", [&](const Take& take) -> Result<> {
      TRY(take(copy));
      return conflict("the last piece is another");
    });
    REQUIRE_FALSE(broken_off);
    CHECK(broken_off.error().message().key == "the last piece is another");
    for (const auto& wrong : {std::string(), std::string(5000, 'x'), copy.substr(0, 12'288)}) {
      CHECK_FALSE(database.restore("kopian", pieces_of(wrong)));
      CHECK(database.is_empty());
    }
    CHECK(database.restore("kopian", pieces_of(copy)));
  }

  TEST_CASE("a database that another process has and writes to is copied as it is, and only read") {
    const Folder folder;
    Database database(folder.address());
    database.migrate(Moment{}, notes_table);
    add_note(database, 1);
    CHECK(holds_in_another_process([&] {
      auto beside = Database::beside(folder.address());
      std::string copy;
      const auto taken = beside.back_up([&](std::string_view piece) -> Result<> {
        copy += piece;
        return {};
      });
      Database restored("sqlite:" + folder.file("restored.db"));
      return taken && restored.restore("kopian", pieces_of(copy)) && notes(restored) == Notes{1} &&
             beside.back_up(folder.file("copy.db")) && notes(beside) == Notes{1};
    }));
    add_note(database, 2);
    CHECK(notes(database) == Notes{1, 2});
    auto beside = Database::beside(folder.address());
    CHECK_THROWS_AS(add_note(beside, 3), std::logic_error);
    CHECK_THROWS_AS(add_note(beside, 4), std::logic_error);
    CHECK_THROWS_AS(beside.purge({"note"}), std::logic_error);
    auto none = Database::beside("sqlite:" + folder.file("none.db"));
    CHECK_THROWS_AS(notes(none), db::Failure);
    CHECK_FALSE(std::filesystem::exists(folder.file("none.db")));
  }

  TEST_CASE("T44: who is killed while a copy is taken leaves no file of it") {
    const Folder folder;
    Database database(folder.address());
    database.migrate(Moment{}, notes_table);
    CHECK_FALSE(holds_in_another_process([&] {
      auto beside = Database::beside(folder.address());
      (void)beside.back_up([](std::string_view) -> Result<> {
        raise(SIGKILL);
        return {};
      });
      return true;
    }));
    for (const auto& each : std::filesystem::directory_iterator(folder.path()))
      CHECK(each.path().filename().string().starts_with("stafett.db"));
    CHECK_FALSE(std::filesystem::exists(folder.file("stafett.db.copy")));
  }

  TEST_CASE("who takes a copy and has no room for more is asked no more") {
    const Folder folder;
    Database database("sqlite:" + folder.file("stafett.db"));
    database.migrate(Moment{}, notes_table);
    int taken = 0;
    const auto copied = database.back_up([&](std::string_view) -> Result<> {
      ++taken;
      return conflict("the disk is full");
    });
    REQUIRE_FALSE(copied);
    CHECK(copied.error().message().key == "the disk is full");
    CHECK(taken == 1);
    add_note(database, 1);
    CHECK(notes(database) == Notes{1});
  }

  TEST_CASE("T44: who is killed while a copy is put back leaves no file of it") {
    const Folder folder;
    const std::string copy = "SQLite format 3, deltagare J-001" + std::string(100'000, 'x');
    const auto child = fork();
    if (child == 0) {
      Database database("sqlite:" + folder.file("stafett.db"));
      (void)database.restore("kopian", [&](const Take& take) -> Result<> {
        TRY(take(copy));
        raise(SIGKILL);
        return {};
      });
      _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    int looked_in = 0;
    for (const auto& each : std::filesystem::directory_iterator(folder.path())) {
      std::ifstream file(each.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), {}};
      CHECK(bytes.find("J-001") == bytes.npos);
      ++looked_in;
    }
    CHECK(looked_in > 0);
  }

  TEST_CASE("a database in memory is not copied in pieces, and says so") {
    Database database("sqlite::memory:");
    database.migrate(Moment{}, notes_table);
    const auto copied = database.back_up([](std::string_view) { return Result<>(); });
    REQUIRE_FALSE(copied);
    CHECK(copied.error().message().key ==
          "A database in memory cannot be copied like this. Keep it in a file.");
  }
}
