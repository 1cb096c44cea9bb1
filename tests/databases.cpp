#include "tests/databases.h"

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
  if (address.starts_with("postgresql:") && address.find("test") == address.npos)
    throw std::logic_error("TEST_DATABASE is emptied, so its name must have “test” in it");
  return address;
}

std::unique_ptr<Database> open() { return std::make_unique<Database>(address(), 1); }

// What to put back between tests, known once the tables have been made; tables that have rows then are copied
// aside.
struct Tables {
  std::vector<std::string> all, with_rows;
} tables;

std::vector<std::string> table_names(Transaction& tx) {
  return tx.list([](const Row& row) { return row.text("name"); },
                 "select tablename as name from pg_tables where schemaname = 'public'");
}

void make_tables(Database& database) {
  database.migrate();
  database.write([](Transaction& tx) {
    tx.execute("create schema pristine");
    tables = {table_names(tx), {}};
    for (const auto& table : tables.all) {
      const auto rows = "select * from " + table;
      if (!tx.find([](const Row&) { return true; }, rows + " limit 1")) continue;
      tx.execute("create table pristine." + table + " as " + rows);
      tables.with_rows.push_back(table);
    }
  });
}

void put_back(Transaction& tx) {
  tx.execute("set local session_replication_role = replica");  // in any order, whatever refers to what
  for (const auto& table : tables.all) tx.execute("delete from " + table);
  for (const auto& table : tables.with_rows)
    tx.execute("insert into " + table + " select * from pristine." + table);
}

}  // namespace

bool on_postgresql() { return address().starts_with("postgresql:"); }

std::unique_ptr<Database> bare_database() {
  auto database = open();
  if (!on_postgresql()) return database;
  tables = {};
  database->write([](Transaction& tx) {
    tx.execute("drop schema if exists pristine cascade");
    tx.execute("drop schema public cascade");
    tx.execute("create schema public");
  });
  return database;
}

std::unique_ptr<Database> empty_database() {
  if (on_postgresql() && !tables.all.empty()) {
    auto database = open();
    database->write(put_back);
    return database;
  }
  auto database = bare_database();
  if (on_postgresql())
    make_tables(*database);
  else
    database->migrate();
  return database;
}

}  // namespace stafett
