#include "tests/databases.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

namespace stafett {
namespace {

using db::Database;
using db::Row;
using db::Transaction;

const std::string& address() {
  static const char* set = std::getenv("TEST_DATABASE");
  static const std::string address = set && *set ? set : "sqlite::memory:";
  if (on_postgresql() && address.find("test") == address.npos)
    throw std::logic_error("TEST_DATABASE is emptied, so its name must have “test” in it");
  return address;
}

// Migrated once and emptied between tests, which is faster than making the tables again.
struct Kept {
  std::shared_ptr<Database> database;
  std::vector<std::string> tables, with_rows;  // the latter have a copy from when they were new
};
Kept kept;

std::vector<std::string> table_names(Transaction& tx) {
  return tx.list(
      [](const Row& row) { return row.text("name"); },
      on_postgresql()
          ? "select tablename as name from pg_tables where schemaname = 'public' order by tablename"
          : "select name from sqlite_master where type = 'table' order by name");
}

void keep(std::shared_ptr<Database> database) {
  database->migrate(*Moment::read("2026-01-02 08:00:00"));
  database->begin_with_every_room(true);  // what a test itself asks; the router goes into the room of whoever asks
  database->write([](Transaction& tx) {
    kept.tables = table_names(tx);
    for (const auto& table : kept.tables) {
      if (tx.list([](const Row&) { return 1; }, "select * from " + table + " limit 1").empty()) continue;
      tx.execute("create temporary table new_" + table + " as select * from " + table);
      kept.with_rows.push_back(table);
    }
  });
  kept.database = std::move(database);
}

// Whether it could be: not if the test before made tables of its own.
bool emptied(Transaction& tx) {
  if (table_names(tx) != kept.tables) return false;
  step_out_of_wall(tx);
  tx.execute(on_postgresql() ? "set local session_replication_role = replica"
                             : "pragma defer_foreign_keys = on");
  for (const auto& table : kept.tables) tx.execute("delete from " + table);
  for (const auto& table : kept.with_rows) tx.execute("insert into " + table + " select * from new_" + table);
  return true;
}

}  // namespace

bool on_postgresql() {
  const char* set = std::getenv("TEST_DATABASE");
  return set && std::string_view(set).starts_with("postgresql:");
}

void step_out_of_wall(Transaction& tx) {
  if (on_postgresql()) tx.execute("set local role none");
}

std::int64_t count(Database& database, const std::string& what) {
  return database.read([&](Transaction& tx) {
    return tx.find([](const Row& row) { return row.number("n"); }, "select count(*) as n from " + what)
        .value();
  });
}

std::shared_ptr<Database> bare_database() {
  kept = {};
  auto database = std::make_shared<Database>(address(), 1);
  if (on_postgresql())
    database->write([](Transaction& tx) {
      tx.execute("drop schema public cascade");
      tx.execute("create schema public");
    });
  return database;
}

std::shared_ptr<Database> empty_database() {
  if (!kept.database || !kept.database->write(emptied)) keep(bare_database());
  return kept.database;
}

}  // namespace stafett
