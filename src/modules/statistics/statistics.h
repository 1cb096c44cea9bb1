// Statistics: result tables counted from participations and decisions. One engine, so that every figure
// anywhere has a definition, a count, a period and a filter, and is the same on the page, in the file and in
// the report.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/user.h"
#include "base/date.h"
#include "base/message.h"
#include "base/result.h"
#include "base/words.h"
#include "db/database.h"
#include "statistics/columns.h"
#include "statistics/measure.h"

namespace stafett::web {
class Router;
}

namespace stafett::statistics {

inline constexpr access::Permission may_ask{"statistics.ask"};
inline constexpr access::Permission may_ask_unit{"statistics.unit"};

// Who the answer is for. Everyone: small cells are hidden (protection.h). Unit: true counts, for those who
// may see the persons behind them.
enum class Audience { everyone, unit };
inline constexpr Words<Audience, 2> audiences{{{Audience::everyone, "public"}, {Audience::unit, "unit"}}};

// What is asked, in the asker's words: ids or names in Swedish or English, whatever the case.
struct Filter {
  std::string dimension;
  std::vector<std::string> values;
};
struct Question {
  std::string measure;
  std::vector<std::string> by;  // at most three dimensions
  std::vector<Filter> where;    // each dimension at most once
  Period period;
  Audience audience = Audience::everyone;
};

struct Value {
  std::string
      word;  // as in the database: "woman", "0980", "jobbvagen-ar"; empty is missing, "uppgift saknas"
  std::string code;  // for files: "kvinna", "0980", "jobbvagen-ar", "2024-05"
  Message name;

  bool is_missing() const { return word.empty(); }
};
struct Axis {
  Dimension dimension;
  std::vector<Value> values;
};

struct Cell {
  std::int64_t count = 0;       // of participations, persons or events; for means the number behind
  double mean = 0, median = 0;  // in the measure's unit; only if count > 0
  bool is_hidden = false;       // then nothing else is said
};

struct Table {
  const Measure* measure;
  Audience audience;
  Period period;
  std::vector<Axis> axes;
  std::vector<Axis> where;  // what it is limited to
  // One for each combination, the total after the values of each axis; the last axis' lie beside each other.
  std::vector<Cell> cells;
  bool is_withheld = false;  // too few: nothing may be shown, every cell is hidden

  bool has_hidden() const;
  const Cell& total() const { return cells.back(); }
  const Cell& at(std::span<const std::size_t> place) const;  // one per axis; values.size() is the total
};

// Problems: an unknown measure, dimension or value (with the nearest), one that does not go with the measure,
// more than three dimensions, a period that ends before it begins, a table too large; true counts for someone
// who may not. `asker`: null is whoever can read the database file and may see all of it.
Result<Table> ask(db::Transaction&, const access::User* asker, const Question&);

// Whose persons true counts are made of; of everyone if `owner` is empty.
struct Reach {
  Id<organisation::Organisation> owner;
};
Result<Reach> reach(const access::User* asker, Audience);
Result<Table> ask(const Facts&, const Reach&, const Question&);

// The columns as the database now is; read again when something they rest on has changed.
std::shared_ptr<const Facts> facts(db::Transaction&);

// Pages.
void routes(web::Router&);

}  // namespace stafett::statistics
