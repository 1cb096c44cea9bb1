// Copies of an SQLite database that is in use, page by page from one snapshot: into a file, or given in pieces to
// whoever seals them. SQLite can only copy into a database that it can open, and that is a copy in clear; so it
// lies in a file that has lost its name, beside the database, which has the same in clear.
#include <fcntl.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include "base/file.h"
#include "db/connection.h"

namespace stafett::db {
namespace {

using namespace sqlite_api;

sqlite3* handle(soci::session& session) {
  return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}

soci::session open(const std::string& file, const char* how) {
  return {soci::sqlite3, "dbname=\"" + file + "\"" + how};
}

bool copied(soci::session& from, soci::session& to) {
  auto* copy = sqlite3_backup_init(handle(to), "main", handle(from), "main");
  if (!copy) return false;
  sqlite3_backup_step(copy, -1);
  return sqlite3_backup_finish(copy) == SQLITE_OK;
}

auto not_written(const std::string& file) {
  return invalid("file",
                 Message{"The copy {1} could not be written. Check that the folder exists, may be written to "
                         "and has room.",
                         file});
}

// A new file, for its owner only.
bool made(const std::string& file) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  return descriptor >= 0 && close(descriptor) == 0;
}

// A name of its own until it is whole.
bool written(soci::session& from, const std::string& part) try {
  std::remove(part.c_str());
  if (!made(part)) return false;
  auto to = open(part, "");
  if (!copied(from, to)) return false;
  to << "pragma journal_mode = delete";  // so that the copy is one file
  return true;
} catch (const soci::soci_error&) {
  return false;  // said by not_written
}

bool is_whole(soci::session& copy) try {
  std::string found;
  copy << "pragma integrity_check", soci::into(found);
  if (found != "ok") return false;
  copy << "select name from sqlite_master where name = 'migration'", soci::into(found);
  return found == "migration";
} catch (const soci::soci_error&) {
  return false;  // no database at all
}

// As "pragma journal_mode = delete" does, so that the copy is one file.
void say_without_log(std::string& beginning) {
  constexpr std::size_t write_version = 18, read_version = 19;
  if (beginning.size() > read_version) beginning[write_version] = beginning[read_version] = 1;
}

auto no_copy(const std::string& file) {
  return invalid("file",
                 Message{"{1} is not a whole copy of a Stafett database. Choose another copy.", file});
}

auto no_room(const std::string& file) {
  return conflict(Message{"The copy {1} did not fit into the database. Make room on the disk.", file});
}

}  // namespace

Result<> SqliteFile::back_up(Connection& from, const std::string& file) const {
  if (!made(file)) {
    if (errno != EEXIST) return not_written(file);
    return invalid("file", Message{"There is already a file {1}. Choose another name.", file});
  }
  const auto part = file + ".part";
  if (written(*from.session, part) && std::rename(part.c_str(), file.c_str()) == 0) return {};
  std::remove(part.c_str());
  std::remove(file.c_str());
  return not_written(file);
}

namespace {

Result<> fill(soci::session& from, const std::string& file, Connection& to) {
  if (!is_whole(from)) return no_copy(file);
  if (!copied(from, *to.session)) return no_room(file);
  return {};
}

// A database that has lost its name before anything is in it: whatever happens, it is gone with us.
struct Nameless {
  soci::session session;
  int descriptor;
  ~Nameless() { close(descriptor); }
};

// Null if it cannot be made.
std::unique_ptr<Nameless> nameless(const std::string& name, const char* how) {
  std::remove(name.c_str());
  if (!made(name)) return nullptr;
  std::unique_ptr<Nameless> file(new Nameless{open(name, how), ::open(name.c_str(), O_RDWR | O_CLOEXEC)});
  std::remove(name.c_str());
  return file;
}

Result<> give(int descriptor, const Take& take) {
  std::string piece;
  for (off_t at = 0;; at += static_cast<off_t>(piece.size())) {
    piece.resize(1 << 20);
    const auto length = pread(descriptor, piece.data(), piece.size(), at);
    if (length < 0) throw std::system_error(errno, std::generic_category(), "reading a copy");
    if (length == 0) return {};
    piece.resize(static_cast<std::size_t>(length));
    if (at == 0) say_without_log(piece);
    TRY(take(piece));
  }
}

}  // namespace

Result<> SqliteFile::back_up(Connection& from, const Take& take) const try {
  if (in_memory()) return conflict("A database in memory cannot be copied like this. Keep it in a file.");
  const auto clear = nameless(path + ".copy", "");
  if (!clear) return not_written(path + ".copy");
  clear->session << "pragma journal_mode = off";  // nor is any of it in another file
  if (!copied(*from.session, clear->session)) return not_written(path + ".copy");
  return give(clear->descriptor, take);
} catch (const soci::soci_error&) {
  return not_written(path + ".copy");
}

Result<> SqliteFile::restore(const std::string& file, Connection& to) const try {
  if (access(file.c_str(), R_OK) != 0)
    return not_found(Message{"There is no file {1} that may be read.", file});
  auto from = open(file, " readonly=true");
  return fill(from, file, to);
} catch (const soci::soci_error&) {
  return no_copy(file);
}

Result<> SqliteFile::restore(const std::string& file, const Give& give, Connection& to) const try {
  const auto clear = nameless(path + ".part", " readonly=true");
  if (!clear) return no_room(file);
  TRY(give([&](std::string_view piece) -> Result<> {
    if (write_all(clear->descriptor, piece)) return {};
    return no_room(file);
  }));
  return fill(clear->session, file, to);
} catch (const soci::soci_error&) {
  return no_copy(file);
}

}  // namespace stafett::db
