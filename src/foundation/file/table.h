// A register file as it was read: one row of headings, then rows of cells, all of it text in UTF-8. CSV as
// Swedish spreadsheets save it, or the first sheet with anything in it of an Excel file (.xlsx). The content
// decides which, not the name of the file. Nothing is evaluated: a cell that looks like a formula is text,
// and a formula in an Excel file is the value that Excel saved beside it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stafett::file {

// Every one of them is named, with its figure, to the user who meets it.
struct TableLimits {
  std::size_t megabytes = 200;  // of the file; of an Excel file unpacked, five times as much
  std::size_t rows = 2'000'000;
  std::size_t columns = 1'000;
  std::size_t cells = 40'000'000;
  std::size_t cell_bytes = 32'767;
};

struct Table {
  struct Cell {
    std::uint32_t at = 0, size = 0;  // in `text`
  };
  struct Record {
    std::uint32_t first_cell, cells, line;
  };

  class Row {
   public:
    Row(const Table& table, const Record& record) : table_(&table), record_(record) {}

    std::size_t line() const { return record_.line; }   // in the file, from 1; in a sheet the row's number
    std::size_t size() const { return record_.cells; }  // may be fewer or more than the headings
    // The cell as it stands, spaces and all; empty where the row has ended.
    std::string_view operator[](std::size_t column) const {
      return column < record_.cells ? table_->at(table_->cells[record_.first_cell + column])
                                    : std::string_view{};
    }

   private:
    const Table* table_;
    Record record_;
  };

  std::vector<std::string> headings;  // without spaces around them; no two the same
  std::size_t heading_line = 0;

  std::size_t size() const { return records.size(); }
  Row operator[](std::size_t row) const { return {*this, records[row]}; }

  // The layout: one text, and where in it the cells are. Rows with nothing in them are left out.
  std::string text;
  std::vector<Cell> cells;
  std::vector<Record> records;

  std::string_view at(Cell cell) const { return std::string_view(text).substr(cell.at, cell.size); }
};

// Any of the two; else a Problem that says what the file is and what to do.
Result<Table> read_table(std::string bytes, const TableLimits& = {});

Result<Table> read_csv(std::string bytes, const TableLimits& = {});
Result<Table> read_xlsx(std::string_view bytes, const TableLimits& = {});

}  // namespace stafett::file
