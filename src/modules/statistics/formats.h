// A table in words and in files. All are made of the same cells, so that no export says more or other than
// the screen.
#pragma once

#include <string>
#include <vector>

#include "file/sheet.h"
#include "statistics/statistics.h"
#include "text/translation.h"

namespace stafett::statistics {

std::string title(const Table&, text::Language);  // "Avslutade deltaganden efter kön och år"

// What the figures are, the period, what they are limited to, and what the signs mean: under every table.
std::vector<std::string> notes(const Table&, text::Language);

// Rows and columns as on a page: the last axis side by side if it is short, totals last, ".." where a cell is
// hidden; shares of the whole beside a single axis.
file::Sheet sheet(const Table&, text::Language);

inline constexpr std::string_view hidden_sign = "..";

// Half away from zero, as people do it, so that 8.25 is 8,3 in every form.
double rounded(double value, int decimals);

std::string as_text(const Table&, text::Language);
std::string as_json_stat(const Table&, text::Language);  // JSON-stat 2.0
std::string as_csv(const Table&, text::Language);        // for spreadsheets: ; and decimal comma
std::string as_xlsx(const Table&, text::Language);
std::string as_px(const Table&, text::Language, Moment made_at);  // PC-Axis 2013

}  // namespace stafett::statistics
