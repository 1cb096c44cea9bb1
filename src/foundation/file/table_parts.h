// What the readers of CSV and of Excel files have in common. Only for them.
#pragma once

#include "file/table.h"

namespace stafett::file {

// Ends a record whose cells lie from `first_cell` to the end of table.cells; one without content is dropped.
Result<> end_record(Table&, std::size_t first_cell, std::size_t line, const TableLimits&);

// Makes headings of the first record. An empty table, two equal headings: a Problem.
Result<> take_headings(Table&);

Problem too_big(std::size_t megabytes);
Problem too_long_cell(std::size_t line, std::size_t column, const TableLimits&);  // column from 0

}  // namespace stafett::file
