// A database for a test: SQLite in memory, or the PostgreSQL that TEST_DATABASE names, which is emptied.
// One at a time: on PostgreSQL the next one is the same database, emptied again.
#pragma once

#include <memory>

#include "db/database.h"

namespace stafett {

std::unique_ptr<db::Database>
empty_database();                               // every table, and in them only what the migrations put there
std::unique_ptr<db::Database> bare_database();  // not even tables
bool on_postgresql();

}  // namespace stafett
