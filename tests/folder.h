// A folder of a test's own, gone afterwards, with a database in it: for what SQLite in memory cannot show.
#pragma once

#include <string>

#include "base/file.h"
#include "file/temporary.h"

namespace stafett {

class Folder {
 public:
  std::string path() const { return folder_.path().string(); }
  std::string file(const std::string& name = "stafett.db") const { return path() + "/" + name; }
  std::string address() const { return "sqlite:" + file(); }
  // All that stands in the database's file and in its log.
  std::string bytes() const {
    return read_file(file()).value_or("") + read_file(file("stafett.db-wal")).value_or("");
  }

 private:
  stafett::file::TemporaryFolder folder_;
};

}  // namespace stafett
