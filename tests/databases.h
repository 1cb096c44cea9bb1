// A database for a test: SQLite in memory, or the PostgreSQL that TEST_DATABASE names, which is emptied.
// It is the same one each time, so a test has one; who needs another opens a db::Database of their own.
#pragma once

#include <memory>

#include "db/database.h"

namespace stafett {

std::shared_ptr<db::Database>
empty_database();                               // every table, and in them only what the migrations put there
std::shared_ptr<db::Database> bare_database();  // not even tables
bool on_postgresql();
std::int64_t count(db::Database&, const std::string& what);  // rows: "note where kind = 'health'"
// While it lives transactions begin as they do in the server, where no room is open.
struct AsServed {
  db::Database& database;
  explicit AsServed(db::Database& database) : database(database) { database.begin_with_every_room(false); }
  ~AsServed() { database.begin_with_every_room(true); }
};
void step_out_of_wall(db::Transaction&);  // PostgreSQL's second, within which no table is made or changed

}  // namespace stafett
