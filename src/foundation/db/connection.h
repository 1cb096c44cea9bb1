// A connection to one of the two databases, with the statements it has prepared. Only db/*.cpp see this.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "db/database.h"

namespace soci {
class session;
class soci_error;
class statement;
}  // namespace soci

namespace stafett::db {

// How a value travels between us and SOCI. Dates travel as text: std::tm would cost a parse and a format.
enum class Kind { text, number, real };
struct Value {
  std::string text;
  long long number = 0;
  double real = 0;
  bool is_null = false;
};

struct Connection {
  struct Column {
    std::string name;
    Kind kind;
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Statements =
      std::unordered_multimap<std::string, std::unique_ptr<Row::Statement>, Hash, std::equal_to<>>;

  std::unique_ptr<soci::session> session;
  Statements statements;          // by SQL; several when one is in use, or was made for other kinds of values
  bool failed = false;            // a statement of this transaction failed, so it cannot be kept
  bool abandoned = false;         // a statement was left before its last row
  bool committing = false;        // a failure now leaves us not knowing whether the changes were kept
  bool lost = false;              // open another connection
  bool every_room = false;        // open where a transaction begins
  bool behind_wall = false;       // what runs in transactions has no more rights than it needs
  std::optional<Failure> broken;  // refuse everything until the program is started again

  Connection();
  virtual ~Connection();

  // Shows each row to `see`, if anyone wants to. How many rows there were, or were touched.
  std::int64_t run(std::string_view sql, Bindings, const std::function<void(const Row&)>& see);

  virtual void begin(bool writing) = 0;
  virtual void commit();
  void roll_back();
  virtual Result<> purge(std::initializer_list<std::string_view> tables) = 0;
  // See Transaction and src/app/wall.sql.
  virtual void stand_in_room(std::string_view) {}
  virtual void open_room(std::string_view) {}
  virtual void leave_persons_out() {}
  virtual std::string rooms() { return {}; }
  virtual bool lacks_roles() { return false; }
  virtual std::size_t still_there(const std::vector<std::string>&) { return 0; }

  // Part of a transaction, which can be undone by itself (a savepoint).
  virtual void begin_part();
  void keep_part();
  void undo_part();
  bool stands() { return !lost && !broken && in_transaction(); }  // the transaction can go on

 protected:
  virtual bool in_transaction() = 0;
  // The columns a prepared statement answers with, and the names it wants values for.
  virtual std::vector<Column> columns(soci::statement&) = 0;
  virtual std::vector<std::string> parameters(soci::statement&) = 0;
  virtual void release(soci::statement&) {}  // the memory of an answer that has been read
  // Where one value of the row can be read when it is asked for, SOCI need not copy them all: see Row::Statement.
  virtual bool reads_when_asked() const { return false; }
  virtual void read(soci::statement&, int /*column*/, Kind, Value&) {}
  // Throws what the error means.
  [[noreturn]] virtual void fail(const soci::soci_error&, std::string_view sql) = 0;

 private:
  friend Row::Statement;
  Row::Statement& prepared(std::string_view sql, Bindings);
  void clear_abandoned();
};

[[noreturn]] void fail_as_a_bug(const soci::soci_error&, std::string_view sql);

// The statements in a piece of SQL, without comments: SOCI takes an apostrophe or a colon in them for a text
// or a name.
std::vector<std::string> statements_of(std::string_view sql);

// An SQLite file: who may open it (one process), how its connections are set (docs/sql.md), its copies.
struct SqliteFile {
  // ":memory:" or a file. Beside another process that may have it: only to read.
  explicit SqliteFile(const std::string& path, bool beside = false);
  ~SqliteFile();
  bool in_memory() const { return path == ":memory:"; }
  std::unique_ptr<Connection> connect(bool writing) const;
  Result<> back_up(Connection& from, const std::string& file) const;
  Result<> back_up(Connection& from, const Take&) const;
  Result<> restore(const std::string& file, Connection& to) const;
  Result<> restore(const std::string& file, const Give&, Connection& to) const;

  std::string path;

 private:
  int lock_ = -1;
};

Failure damage_in(const std::string& file);

std::unique_ptr<Connection> connect_to_postgresql(const std::string& address);

}  // namespace stafett::db
