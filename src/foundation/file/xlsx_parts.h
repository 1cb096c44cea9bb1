// What the cells of an Excel workbook need beside the sheet itself: its texts, and which numbers are dates.
// Only for the reader.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "file/table.h"
#include "file/zip.h"

namespace stafett::file {

struct Workbook {
  struct Tab {
    std::string name, part;
  };
  std::vector<Tab> sheets;           // those that are not hidden, in order
  std::string shared_texts, styles;  // parts; empty if there are none
  bool from_1904 = false;            // days are counted from 1904, as once on the Macintosh
};
Result<Workbook> read_workbook(Archive&);

// How a number is shown.
struct Style {
  bool is_date = false;
  std::size_t digits = 0;  // at least so many, with zeros before: "0000"
};
Result<std::vector<Style>> read_styles(Archive&, const std::string& part);

// 45352 is 2024-03-01; 45352.4375 is 2024-03-01 10:30; 0.4375 is 10:30.
std::string date_text(double day, bool from_1904);
std::string number_text(std::string_view written, const Style&, bool from_1904);

}  // namespace stafett::file
