// Copies of a database that is in use, and what is taken for one.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "tests/folder.h"
#include "tests/notes.h"

using namespace stafett;
using db::Database;

namespace {

constexpr auto notes_table = "-- migration 2026-01-01 notes\ncreate table note (id bigint primary key);";

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
}
