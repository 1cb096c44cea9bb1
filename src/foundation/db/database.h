// SQL in, typed rows out. The only door to SQLite and PostgreSQL; no header here mentions SOCI.
// One SQL text for both: docs/sql.md says what works alike, tests/db_test.cpp asks both.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/message.h"
#include "base/pieces.h"
#include "base/result.h"

namespace stafett::db {

// What nobody at the screen can mend, but whoever runs the program can: a full disk, PostgreSQL away, a file
// of a newer version, another process on the same file. The message says what is wrong and what to do. Wrong
// SQL, a broken constraint and writing where one may only read are bugs, and throw std::logic_error.
struct Failure : std::runtime_error {
  enum class Kind { unreachable, full, in_use, newer, changed_migration, damaged, unknown_outcome, refused };
  Kind kind;
  Message message;
  Failure(Kind, Message);
};

// A named value for a statement: {"status", "sent"}. Truth is sent as 1 or 0: SQLite would store the text
// 'true' and take it for false. Texts are borrowed until the statement has run.
struct Binding {
  using Value = std::variant<std::monostate, std::int64_t, double, std::string_view, Date, Moment>;
  std::string_view name;
  Value value;

  Binding(std::string_view name, std::nullptr_t) : name(name) {}
  Binding(std::string_view name, const std::string& value) : name(name), value(std::string_view(value)) {}
  Binding(std::string_view name, std::string_view value) : name(name), value(value) {}
  Binding(std::string_view name, const char* value) : name(name), value(std::string_view(value)) {}
  template <class Number>
  requires std::is_integral_v<Number> Binding(std::string_view name, Number value)
      : name(name), value(static_cast<std::int64_t>(value)) {}
  Binding(std::string_view name, double value) : name(name), value(value) {}
  Binding(std::string_view name, Date value) : name(name), value(value) {}
  Binding(std::string_view name, Moment value) : name(name), value(value) {}
  template <class Of>
  Binding(std::string_view name, const Id<Of>& value) : name(name), value(std::string_view(value.text)) {}
  template <class T>
  Binding(std::string_view name, const std::optional<T>& value) : name(name) {
    if (value) this->value = Binding(name, *value).value;
  }
};
using Bindings = std::initializer_list<Binding>;

// The row a statement stands on. Columns are asked for by name; asking in the order of the select is fastest.
// A name that is not there, or a null where a value is asked for, is a bug and throws std::logic_error.
class Row {
 public:
  struct Statement;
  explicit Row(Statement& statement) : statement_(statement) {}

  bool has(std::string_view column) const;  // not null
  const std::string& text(
      std::string_view column) const;  // gone when the next row is read: copy what you keep
  std::int64_t number(std::string_view column) const;
  double real(std::string_view column) const;
  bool flag(std::string_view column) const;
  Date date(std::string_view column) const;
  Moment moment(std::string_view column) const;
  template <class Of>
  Id<Of> id(std::string_view column) const {
    return {text(column)};
  }
  std::optional<Date> maybe_date(std::string_view column) const {
    return has(column) ? std::optional(date(column)) : std::nullopt;
  }
  std::optional<Moment> maybe_moment(std::string_view column) const {
    return has(column) ? std::optional(moment(column)) : std::nullopt;
  }
  std::optional<std::int64_t> maybe_number(std::string_view column) const {
    return has(column) ? std::optional(number(column)) : std::nullopt;
  }

 private:
  Statement& statement_;
};

struct Connection;

class Transaction {
 public:
  explicit Transaction(Connection& connection) : connection_(connection) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // Calls `see` with each row; it may ask more of the same transaction. Statements are prepared once per
  // connection and kept. PostgreSQL sends the whole answer before the first row is seen.
  void each(std::string_view sql, Bindings, const std::function<void(const Row&)>& see);

  // What `from_row` makes of every row, or of the only row (none if there is no row).
  template <class FromRow>
  auto list(FromRow from_row, std::string_view sql, Bindings bindings = {}) {
    std::vector<std::invoke_result_t<FromRow, const Row&>> all;
    each(sql, bindings, [&](const Row& row) { all.push_back(from_row(row)); });
    return all;
  }
  template <class FromRow>
  auto find(FromRow from_row, std::string_view sql, Bindings bindings = {}) {
    std::optional<std::invoke_result_t<FromRow, const Row&>> found;
    each(sql, bindings, [&](const Row& row) {
      if (!found) found = from_row(row);
    });
    return found;
  }

  // How many rows it touched.
  std::int64_t execute(std::string_view sql, Bindings = {});

  // Writes something that stands also when the rest is undone by a Problem: that somebody was refused. Done at the
  // end of the transaction, or after it.
  using Write = std::function<void(Transaction&)>;
  void even_if_undone(Write write) { even_if_undone_.push_back(std::move(write)); }
  std::vector<Write> take_even_if_undone() { return std::exchange(even_if_undone_, {}); }  // for those who carry it out

  // PostgreSQL's second wall (src/app/wall.sql) shows of what lies in rooms only those that are open in this transaction:
  // this one and no other, this one too, or none, with nothing else that could point a person out either. SQLite has no
  // such wall, and does nothing.
  void stand_in_room(std::string_view organisation);
  void open_room(std::string_view organisation);
  void in_every_room(const std::function<void()>& ask);  // nobody's errand, or whether another party keeps something
  void leave_persons_out();

  // Says that a table holds something else now, for those who keep what they have read of it (statistics). However
  // often it is said, it is written once per transaction.
  void changed(std::string_view table);
  // Differs after every change to any of these tables, and between databases; empty if none was ever changed.
  std::string mark_of(std::initializer_list<std::string_view> tables);

 private:
  Connection& connection_;
  std::vector<std::string> changed_;
  std::vector<Write> even_if_undone_;
};

class Database {
 public:
  // "sqlite:FILE", "sqlite::memory:" or "postgresql://…". Throws Failure.
  // SQLite: one process, one writer, `readers` readers. PostgreSQL: a pool of `readers` + 1. Who finds none free waits.
  explicit Database(std::string address, int readers = 2);
  // One that another process may have: it is only read, and copied as it is at some moment.
  static Database beside(std::string address);
  ~Database();

  // `work(tx)` in one transaction. Kept if it returns a value or nothing, undone if it returns a Problem or
  // throws. One writes at a time, in PostgreSQL too, so what was read before writing still holds. Never one
  // inside another. Those who come while another writes share a commit, each still kept or undone by itself; `work`
  // may then run on another of their threads, one after another, and all have their answers when it is durable.
  template <class Work>
  auto write(Work work) {
    return run<Work, true>(work);
  }
  // The same on a connection that cannot write; many may read at once, each from a snapshot.
  template <class Work>
  auto read(Work work) {
    return run<Work, false>(work);
  }

  // Every room is open where a transaction begins, or none. None until this is said.
  void begin_with_every_room(bool);
  // PostgreSQL's second wall stands without its roles: we may not make them, and nobody has.
  bool lacks_roles();

  // Applies the migrations this database has not seen (see docs/sql.md), oldest first, each in a transaction
  // of its own, and notes when. Throws Failure when an applied one has changed, or is not known to us
  // (newer).
  void migrate(Moment now);
  void migrate(Moment now, std::string_view blocks);  // these instead of those built in
  bool is_empty();                                    // no migration has been applied
  bool has_table(std::string_view name);

  // After something has been deleted for good: SQLite's log is moved into the file and emptied, PostgreSQL writes these
  // tables anew. A Problem (busy) while somebody still reads what was there before.
  Result<> purge(std::initializer_list<std::string_view> tables);
  // How many of these texts stand anywhere in the SQLite file or its log, used or not. PostgreSQL's files are not ours
  // to read: none.
  std::size_t still_there(const std::vector<std::string>& texts);

  const std::string& address() const { return address_; }
  std::size_t waiting() const;  // how many wait to write while another does

  // Writes a consistent copy of a live SQLite database to a new file. PostgreSQL: a Problem that names
  // pg_dump.
  Result<> back_up(const std::string& file);
  // Gives the same copy in pieces, for who seals it on its way. What is in clear meanwhile is a file without a name
  // beside the database.
  Result<> back_up(const Take&);
  // Fills this SQLite database, which must be empty, from such a copy.
  Result<> restore(const std::string& file);
  // The same from pieces, which `file` has unread: none of it is put in place until all of it has been given.
  Result<> restore(const std::string& file, const Give&);

 private:
  void transact(bool writing, const std::function<bool(Transaction&)>& work);
  void stand_behind_wall(bool);  // what migrates needs more rights than what works

  template <class Work, bool writing>
  auto run(Work& work) {
    using Answer = std::invoke_result_t<Work, Transaction&>;
    if constexpr (std::is_void_v<Answer>) {
      transact(writing, [&](Transaction& tx) {
        work(tx);
        return true;
      });
    } else {
      std::optional<Answer> answer;
      transact(writing, [&](Transaction& tx) {
        answer.emplace(work(tx));
        if constexpr (requires {
                        answer->has_value();
                        answer->error();
                      })
          return answer->has_value();
        else
          return true;
      });
      return std::move(*answer);
    }
  }

  Database(std::string address, int readers, bool beside);
  bool is_sqlite() const;
  Result<> is_copied_by_us() const;
  Result<> can_be_filled();

  struct Pool;
  std::string address_;
  std::unique_ptr<Pool> pool_;
};

}  // namespace stafett::db
