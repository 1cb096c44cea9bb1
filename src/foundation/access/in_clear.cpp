#include "access/in_clear.h"

namespace stafett::access {

std::size_t seal_some(db::Transaction& tx, const InClear& in_clear, std::size_t most, Moment now) {
  const auto count = in_clear.seal(tx, most, now);
  if (count != 0) tx.changed(in_clear.mark);
  return count;
}

Result<> purge_traces(db::Database& database, const InClear& in_clear) {
  const bool has_traces =
      database.read([&](db::Transaction& tx) { return !tx.mark_of({in_clear.mark}).empty(); });
  if (!has_traces) return {};
  TRY(database.purge({in_clear.table}));
  database.write([&](db::Transaction& tx) {
    tx.execute("delete from change_mark where name = :name", {{"name", in_clear.mark}});
  });
  return {};
}

}  // namespace stafett::access
