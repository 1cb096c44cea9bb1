// A table as a page shows it: the same cells as in every file (formats.h), and a chart where one helps.
#pragma once

#include <string>

#include "base/view.h"
#include "statistics/statistics.h"
#include "text/translation.h"

namespace stafett::statistics {

// For the page statistics/table: caption, heads, rows, sum; the name of a group stands once, beside all of its rows.
View table_view(const Table&, text::Language);
// For web/table: it stands in each of them.
View flat_table_view(const Table&, text::Language);

// SVG: bars for one dimension, stacked bars for two, lines or columns over time. Empty where no chart would help: three
// dimensions, many rows, nothing to see.
std::string chart(const Table&, text::Language);

}  // namespace stafett::statistics
