// Marks of change, so that what was read of a table can be kept until it is another.
#include <algorithm>

#include "db/database.h"

namespace stafett::db {

void Transaction::changed(std::string_view table) {
  if (std::ranges::find(changed_, table) != changed_.end()) return;
  execute(R"(
    insert into change_mark (name, mark)
    values (:name, :mark)
    on conflict (name) do update set mark = excluded.mark)",
          {{"name", table}, {"mark", new_key()}});
  changed_.emplace_back(table);
}

std::string Transaction::mark_of(std::initializer_list<std::string_view> tables) {
  std::string marks;
  each("select name, mark from change_mark order by name", {}, [&](const Row& row) {
    if (std::ranges::find(tables, row.text("name")) == tables.end()) return;
    marks += row.text("name") + " " + row.text("mark") + "\n";
  });
  return marks;
}

}  // namespace stafett::db
