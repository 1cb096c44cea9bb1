// SQLite in one process: one connection writes and alone moves the log into the file; the others only read.
#include <fcntl.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>

#include "db/connection.h"

namespace stafett::db {

Failure damage_in(const std::string& file) {
  return Failure(Failure::Kind::damaged,
                 Message{"The database {1} cannot be read or written, or is no database. Check the disk, and "
                         "restore the latest backup if that does not help.",
                         file});
}

namespace {

using namespace sqlite_api;

constexpr int log_pages_before_checkpoint = 1000;  // 4 MB: moving it holds up the next change by some milliseconds

using enum Failure::Kind;

Failure full_disk() {
  return Failure(full,
                 "The disk is full, and the last change was not saved. Make room and start Stafett again.");
}
Failure no_answer() {
  return Failure(unknown_outcome,
                 "The disk failed while the last change was being saved. Start Stafett again, and "
                 "see whether the change is there.");
}
Failure cannot_open(const std::string& file) {
  return Failure(
      refused,
      Message{"The database {1} cannot be opened or made. Check that the folder exists and that you may "
              "write in it.",
              file});
}
Failure taken(const std::string& file, std::string_view process) {
  return Failure(
      in_use,
      Message{"The database {1} is in use by another Stafett (process {2}). Stop that one first, or do "
              "this on its pages.",
              file, process});
}
Failure busy_file(const std::string& file) {
  return Failure(in_use, Message{"Another program is using the database {1}. Close it and try again.", file});
}

soci::sqlite3_statement_backend& backend(soci::statement& statement) {
  return static_cast<soci::sqlite3_statement_backend&>(*statement.get_backend());
}

struct Sqlite : Connection {
  Sqlite(const std::string& file, bool writing)
      : file_(file), in_memory_(file == ":memory:"), writes_(writing) {
    open();
    try {
      set();
    } catch (const soci::soci_error& error) {
      fail(error, "pragma");
    }
  }
  ~Sqlite() override {
    if (broken) sqlite3_db_config(handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  }

  sqlite3* handle() { return static_cast<soci::sqlite3_session_backend*>(session->get_backend())->conn_; }

  void begin(bool writing) override {
    if (writing) move_long_log();
    if (broken) throw *broken;
    if (in_memory_ && writing == read_only_) {
      read_only_ = !writing;
      run(read_only_ ? "pragma query_only = on" : "pragma query_only = off", {}, {});
    }
    run(writing ? "begin immediate" : "begin", {}, {});
  }

  Result<> purge(std::initializer_list<std::string_view>) override {
    log_pages_ = 0;
    const int code = sqlite3_wal_checkpoint_v2(handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (code == SQLITE_OK) return {};
    if (code == SQLITE_BUSY)
      return stafett::busy("Somebody was reading just then, and the database's log could not be emptied. Try again.");
    broken = code == SQLITE_FULL ? full_disk() : damage_in(file_);
    throw *broken;
  }

  // Through SQLite's own hold of the file: closing another would let go of its locks.
  std::size_t still_there(const std::vector<std::string>& texts) override {
    std::vector<bool> found(texts.size());
    for (const int which : {SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_JOURNAL_POINTER}) {
      sqlite3_file* file = nullptr;
      if (sqlite3_file_control(handle(), "main", which, &file) == SQLITE_OK && file && file->pMethods)
        look_in(*file, texts, found);
    }
    return static_cast<std::size_t>(std::ranges::count(found, true));
  }

 private:
  // Before a change, not after the one before it: whoever made that one has their answer already.
  void move_long_log() {
    if (log_pages_ < log_pages_before_checkpoint) return;
    log_pages_ = 0;
    const int code =
        sqlite3_wal_checkpoint_v2(handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (code == SQLITE_OK || code == SQLITE_BUSY) return;
    broken = code == SQLITE_FULL ? full_disk() : damage_in(file_);  // what was committed is safe in the log
  }

  static void look_in(sqlite3_file& file, const std::vector<std::string>& texts, std::vector<bool>& found) {
    constexpr sqlite3_int64 piece = 1 << 20, overlap = 64 << 10;  // a text is shorter
    sqlite3_int64 size = 0;
    if (file.pMethods->xFileSize(&file, &size) != SQLITE_OK) return;
    std::string bytes(piece + overlap, '\0');
    for (sqlite3_int64 at = 0; at < size; at += piece) {
      const auto length = std::min(piece + overlap, size - at);
      if (file.pMethods->xRead(&file, bytes.data(), static_cast<int>(length), at) != SQLITE_OK) return;
      const auto read = std::string_view(bytes).substr(0, static_cast<std::size_t>(length));
      for (std::size_t i = 0; i != texts.size(); ++i) found[i] = found[i] || read.find(texts[i]) != read.npos;
    }
  }

  void open() {
    const std::string how = writes_ ? "" : " readonly=true";
    try {
      session = std::make_unique<soci::session>(soci::sqlite3, "dbname=\"" + file_ + "\"" + how);
    } catch (const soci::soci_error&) {
      throw cannot_open(file_);
    }
  }

  void set() {
    auto& sql = *session;
    sql << "pragma busy_timeout = 5000";  // first, so that the next waits its turn
    sql << "pragma trusted_schema = off";
    sql << "pragma cell_size_check = on";
    sql << "pragma mmap_size = 0";
    sql << "pragma temp_store = memory";  // what is sorted may be persons: not in /tmp
    if (!writes_) {
      sql << "pragma cache_size = -8000";
      sql << "pragma query_only = on";
      sqlite3_db_config(handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
      return;
    }
    sql << "pragma cache_size = -32000";
    sql << "pragma journal_mode = wal";
    sql << "pragma synchronous = full";  // normal loses commits at a power cut
    sql << "pragma foreign_keys = on";
    sql << "pragma secure_delete = on";
    sql << "pragma wal_autocheckpoint = 0";
    sqlite3_wal_hook(handle(), count_log_pages, &log_pages_);
  }

  static int count_log_pages(void* count, sqlite3*, const char*, int pages) {
    *static_cast<int*>(count) = pages;
    return SQLITE_OK;
  }

  bool in_transaction() override { return sqlite3_get_autocommit(handle()) == 0; }

  std::vector<Column> columns(soci::statement& statement) override {
    std::vector<Column> columns(static_cast<std::size_t>(backend(statement).prepare_for_describe()));
    for (std::size_t i = 0; i != columns.size(); ++i) {
      soci::data_type type;
      backend(statement).describe_column(static_cast<int>(i) + 1, type, columns[i].name);
      const bool number =
          type == soci::dt_integer || type == soci::dt_long_long || type == soci::dt_unsigned_long_long;
      columns[i].kind = number ? Kind::number : type == soci::dt_double ? Kind::real : Kind::text;
    }
    return columns;
  }

  std::vector<std::string> parameters(soci::statement& statement) override {
    std::vector<std::string> names;
    for (int i = 0; i != sqlite3_bind_parameter_count(backend(statement).stmt_); ++i)
      names.push_back(backend(statement).get_parameter_name(i));
    return names;
  }

  bool reads_when_asked() const override { return true; }
  void read(soci::statement& statement, int column, Kind kind, Value& value) override {
    auto* const row = backend(statement).stmt_;
    value.is_null = sqlite3_column_type(row, column) == SQLITE_NULL;
    if (value.is_null) return;
    if (kind == Kind::number)
      value.number = sqlite3_column_int64(row, column);
    else if (kind == Kind::real)
      value.real = sqlite3_column_double(row, column);
    else if (const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, column)))
      value.text.assign(text, static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
    else
      throw std::bad_alloc();
  }

  void fail(const soci::soci_error& error, std::string_view sql) override {
    const auto* ours = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
    switch (ours ? ours->result() & 0xff : SQLITE_ERROR) {
      case SQLITE_FULL:
        stop(full_disk());
      case SQLITE_IOERR:  // also how a full disk shows when the log's index is made
        if (!committing && is_full()) stop(full_disk());
        [[fallthrough]];
      case SQLITE_CORRUPT:
      case SQLITE_NOTADB:
        stop(committing ? no_answer() : damage_in(file_));
      case SQLITE_BUSY:
        throw busy_file(file_);
      case SQLITE_CANTOPEN:
        throw cannot_open(file_);
      default:
        fail_as_a_bug(error, sql);
    }
  }

  bool is_full() const {
    std::error_code error;
    const auto room = std::filesystem::space(file_, error);
    return !error && room.available < 64 << 10;
  }

  // Nothing more is written until the file has been opened anew, by a new process; a reader may try again.
  [[noreturn]] void stop(const Failure& failure) {
    if (writes_)
      broken = failure;
    else
      lost = true;
    throw failure;
  }

  std::string file_;
  bool in_memory_;
  bool writes_;
  bool read_only_ = false;
  int log_pages_ = 0;
};

// One process at a time: SQLite 3.40 can damage a file whose log two processes move at the same instant. Who only
// reads, without emptying the log at the end, may stand beside it.
int lock(const std::string& file) {
  const int side = open((file + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (side < 0) throw cannot_open(file);
  std::array<char, 16> process{};
  if (flock(side, LOCK_EX | LOCK_NB) != 0) {
    const auto length = pread(side, process.data(), process.size(), 0);
    close(side);
    throw taken(file, std::string_view(process.data(), length > 0 ? static_cast<std::size_t>(length) : 0));
  }
  const auto mine = std::to_string(getpid());
  if (ftruncate(side, 0) != 0 || pwrite(side, mine.data(), mine.size(), 0) < 0) {
    const bool full = errno == ENOSPC;
    close(side);
    throw full ? full_disk() : cannot_open(file);
  }
  return side;
}

// A connection is used by one thread at a time (Database::Pool), so SQLite need not lock it at every call.
void leave_out_locks() {
  static const int set = sqlite3_config(SQLITE_CONFIG_MULTITHREAD) | sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  if (set != SQLITE_OK) throw std::logic_error("SQLite was in use before it was set");
}

}  // namespace

SqliteFile::SqliteFile(const std::string& name, bool beside) : path(name) {
  leave_out_locks();
  if (in_memory()) return;
  std::error_code error;
  path = std::filesystem::weakly_canonical(name, error).string();  // one file, one lock
  if (error || name.empty() || path.find('"') != path.npos) throw cannot_open(name);
  if (beside) return;
  lock_ = lock(path);
  close(open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));  // for the owner only; its log follows
}

SqliteFile::~SqliteFile() {
  if (lock_ >= 0) close(lock_);
}

std::unique_ptr<Connection> SqliteFile::connect(bool writing) const {
  return std::make_unique<Sqlite>(path, writing);
}

}  // namespace stafett::db
