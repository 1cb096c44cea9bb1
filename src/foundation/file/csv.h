// CSV for spreadsheets: semicolons, UTF-8 with its mark, CRLF. A text that a spreadsheet would take for a
// formula gets an apostrophe before it, and read_csv takes it away again, so that a file of refused rows can
// be mended and read anew.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "file/sheet.h"

namespace stafett::file {

inline constexpr std::string_view csv_mark = "\xef\xbb\xbf";  // what the file begins with

void append_csv_row(std::string& out, std::span<const Value>, char decimal_sign = ',');
void append_csv_row(std::string& out, std::span<const std::string_view>);
std::string write_csv(const Sheet&, char decimal_sign = ',');

// Begins, after any spaces, with = + - @ or their full-width forms, a tab or a line end, and is no plain
// number as -5,2.
bool looks_like_formula(std::string_view);

// Takes the apostrophes that stand guard out of a cell, where it is; gives its new end.
char* remove_guards(char* begin, char* end);

}  // namespace stafett::file
