// Any bytes as a register file: read, and every cell walked through; then written, and read back the same.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "file/csv.h"
#include "file/table.h"

using namespace stafett::file;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto table =
      read_csv(std::string(reinterpret_cast<const char*>(bytes), size), {.rows = 1'000, .cell_bytes = 1'000});
  if (!table) return 0;
  std::string again(csv_mark);
  append_csv_row(again, std::vector<std::string_view>(table->headings.begin(), table->headings.end()));
  for (std::size_t i = 0; i != table->size(); ++i) {
    std::vector<std::string_view> row;
    for (std::size_t c = 0; c != (*table)[i].size(); ++c) row.push_back((*table)[i][c]);
    append_csv_row(again, row);
  }
  if (table->headings.size() < 2) return 0;  // one column has no separator to be known by
  const auto second = read_csv(again, {.cell_bytes = 1'000});
  if (!second || second->size() != table->size()) std::abort();
  for (std::size_t i = 0; i != table->size(); ++i)
    for (std::size_t c = 0; c != (*table)[i].size(); ++c)
      if ((*second)[i][c] != (*table)[i][c]) std::abort();
  return 0;
}
