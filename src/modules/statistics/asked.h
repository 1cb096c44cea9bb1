// A question understood: its words found, its rows and cells known.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "statistics/scan.h"
#include "statistics/statistics.h"

namespace stafett::statistics {

struct Asked {
  const Measure* measure;
  const Rows* rows;
  std::vector<Dimension> by;
  struct Limit {
    Dimension dimension;
    std::vector<Value> values;
  };
  std::vector<Limit> where;
  Period period;
  Audience audience;
  std::optional<std::string> owner;  // only the persons of this organisation
};

Result<Asked> understood(const Facts&, const Question&);

// Every value that a dimension may have here, in the order they are shown: those that occur and those that
// could.
std::vector<Value> values_of(const Facts&, const Rows&, const Measure&, Dimension,
                             const std::string& only_intervention = {});
// Whether a value is shown even when nothing was counted there.
bool is_always_shown(const Facts&, Dimension, const Value&, const std::string& only_intervention);
std::string only_intervention(const Facts&, const Asked&);  // its id, if the question is about one

// The loop over the rows; without the limit of that number, to see what it leaves out.
Scan scan_for(const Asked&, std::optional<std::size_t> without_limit = {});

}  // namespace stafett::statistics
