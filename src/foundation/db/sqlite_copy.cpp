// Copies of an SQLite database that is in use, page by page from one snapshot.
#include <fcntl.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

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

Result<> SqliteFile::restore(const std::string& file, Connection& to) const {
  const auto no_copy =
      invalid("file", Message{"{1} is not a whole copy of a Stafett database. Choose another copy.", file});
  if (access(file.c_str(), R_OK) != 0)
    return not_found(Message{"There is no file {1} that may be read.", file});
  try {
    auto from = open(file, " readonly=true");
    if (!is_whole(from)) return no_copy;
    if (!copied(from, *to.session))
      return conflict(Message{"The copy {1} did not fit into the database. Make room on the disk.", file});
  } catch (const soci::soci_error&) {
    return no_copy;
  }
  return {};
}

}  // namespace stafett::db
