// A table as the migrations write them, for the tests of what we rely on in SQL.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/databases.h"

namespace stafett {

struct Visit {};

struct Visits {
  std::shared_ptr<db::Database> database = bare_database();

  Visits() {
    database->write([](db::Transaction& tx) {
      tx.execute(R"(
        create table visit (
          id        text primary key,
          place     text,
          minutes   bigint,
          paid      boolean,
          day       date,
          began_at  timestamp,
          share     double precision
        ))");
    });
  }

  void add(std::string_view id, std::string_view place, std::optional<int> minutes = std::nullopt) {
    database->write([&](db::Transaction& tx) {
      tx.execute("insert into visit (id, place, minutes) values (:id, :place, :minutes)",
                 {{"id", id}, {"place", place}, {"minutes", minutes}});
    });
  }

  std::int64_t number(std::string_view select, db::Bindings bindings = {}) {
    return *database->read([&](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.number("n"); }, select, bindings);
    });
  }
  std::string text(std::string_view select, db::Bindings bindings = {}) {
    return *database->read([&](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.text("t"); }, select, bindings);
    });
  }
  std::vector<std::string> ids(std::string_view select, db::Bindings bindings = {}) {
    return database->read([&](db::Transaction& tx) {
      return tx.list([](const db::Row& row) { return row.text("id"); }, select, bindings);
    });
  }
  std::int64_t execute(std::string_view sql, db::Bindings bindings = {}) {
    return database->write([&](db::Transaction& tx) { return tx.execute(sql, bindings); });
  }
};

}  // namespace stafett
