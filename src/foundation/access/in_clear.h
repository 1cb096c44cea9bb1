// What stood in clear in the database before it was sealed (access/keys.h). At the first start after such an
// upgrade it is sealed, some rows at a time, and then its traces are taken out of the database's files. A
// module tells what it has; app/commands.cpp has the list.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/date.h"
#include "base/result.h"
#include "db/database.h"

namespace stafett::access {

struct InClear {
  std::string_view
      mark;  // "numbers in clear": remembered from the first row that is sealed until no trace is left
  std::string_view table;
  std::size_t (*seal)(db::Transaction&, std::size_t most, Moment now);  // how many rows there were
};

// So many rows at a time; how many there were. Broken off, it goes on at the next start.
std::size_t seal_some(db::Transaction&, const InClear&, std::size_t most, Moment now);
// A Problem (busy) while somebody still reads what was there before: to be asked for again, and does nothing
// once it is done.
Result<> purge_traces(db::Database&, const InClear&);

}  // namespace stafett::access
