// What is written to a spreadsheet, as CSV or Excel: headings and typed cells. Text is never a formula.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/date.h"

namespace stafett::file {

struct Decimal {
  double value;
  int decimals = 1;  // shown; not finite is shown as ".."
};

// 28 of 65, shown as 43,1 %; of nothing as "..".
struct Share {
  std::int64_t count, of;
  int decimals = 1;
};

using Value = std::variant<std::monostate, std::string, std::int64_t, Decimal, Share, Date>;

struct Sheet {
  std::string name;   // on the tab
  std::string title;  // above the table, in Excel only
  std::vector<std::string> headings;
  std::vector<std::vector<Value>> rows;
  bool total_last = false;  // the last row is a total
};

}  // namespace stafett::file
