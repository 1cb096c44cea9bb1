// Charts, drawn by us as SVG: the same bytes in a browser, in Word (as PNG beside, chart/png.h) and in a PDF.
// Never alone: the page or the report shows the same numbers as a table next to it. Colours are attributes,
// for paper, and classes, which the style sheet recolours for the screen; dark and light alternate, so that
// they also differ without colour. Text is measured, so nothing is cut off or written over something else.
// The same values always give the same bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "text/translation.h"

namespace stafett::chart {

// A number; none where it is missing or protected, which is drawn as "..", never as nought. Not negative.
using Value = std::optional<double>;

struct About {
  std::string id;           // unique on its page: every name inside the SVG begins with it
  std::string title;        // what is shown, for those who hear it
  std::string description;  // what there is to see in it, in a sentence
  text::Language language = text::Language::swedish;
};

// A place along the time axis: "jan", with the year it belongs to written once below all of its months.
struct Tick {
  std::string text, group;
};
std::vector<Tick> months(Date first, int count, text::Language);

struct Series {
  std::string name;
  std::vector<Value> values;  // one per tick
};

// Columns side by side at every tick, as in and out per month: 1 to 3 series. With their numbers where there
// is room.
std::string columns(const About&, const std::vector<Tick>&, const std::vector<Series>&);

// A line per series over time, its name and last value at its end; where a value is missing the line is
// broken.
std::string lines(const About&, const std::vector<Tick>&, const std::vector<Series>&);

struct Bar {
  std::string label;
  Value value;
  std::string text;  // what stands after the bar, as "28 av 65"; without it the number
};

// One bar per row, long labels on several lines.
std::string bars(const About&, const std::vector<Bar>&);

struct Parts {
  std::string label;
  std::vector<std::optional<std::int64_t>> counts;  // one per part's name
};

// How each row divides into parts, all rows equally long, with the counts in them and n after. Up to 6 parts.
// A row with a protected or missing count cannot be divided: it is drawn empty, with "..".
std::string stacked(const About&, const std::vector<std::string>& names, const std::vector<Parts>& rows);

struct Goal {
  Value value;             // none: not measurable
  std::string value_text;  // "43,1 %"
  double target = 0;
  std::string target_text;  // "mål 55 %"
  std::optional<double>
      full;  // where the rail ends: 1 for a share; without it a little beyond the larger of the two
};

// The value as a bar, the target as a mark across it. Narrow: 340 wide.
std::string goal(const About&, const Goal&);

}  // namespace stafett::chart
