// A table of notes, for what the database does with those who read and write at once, fail or are cut off.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <functional>
#include <vector>

#include "tests/databases.h"

namespace stafett {

using Notes = std::vector<std::int64_t>;

inline void make_notes(db::Database& database) {
  database.write(
      [](db::Transaction& tx) { tx.execute("create table note (id bigint primary key, text text)"); });
}
inline void add_note(db::Transaction& tx, std::int64_t id) {
  tx.execute("insert into note (id) values (:id)", {{"id", id}});
}
inline void add_note(db::Database& database, std::int64_t id) {
  database.write([&](db::Transaction& tx) { add_note(tx, id); });
}
inline Notes notes(db::Database& database) {
  return database.read([](db::Transaction& tx) {
    return tx.list([](const db::Row& row) { return row.number("id"); }, "select id from note order by id");
  });
}

// Whether it holds in a process of its own.
inline bool holds_in_another_process(const std::function<bool()>& claim) {
  const auto child = fork();
  if (child == 0) {
    bool held = false;
    try {
      held = claim();
    } catch (...) {  // then it does not hold
    }
    _exit(held ? 0 : 1);
  }
  int status = 1;
  waitpid(child, &status, 0);
  return status == 0;
}

}  // namespace stafett
