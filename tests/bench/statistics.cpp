#include <malloc.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "db/database.h"
#include "statistics/asked.h"
#include "statistics/attacker_test.h"
#include "statistics/scan.h"
#include "statistics/statistics.h"
#include "tests/bench/bench.h"

namespace stafett::bench {
namespace {

using statistics::Audience;
using statistics::Facts;
using statistics::Question;

std::shared_ptr<const Facts> read(db::Database& database) {
  return database.read([](db::Transaction& tx) { return statistics::facts(tx); });
}

// Three dimensions, two filters.
Question question(Audience audience) {
  return {"started",
          {"destination", "sex", "age_band"},
          {{"area", {"Samordningsförbundet A", "Samordningsförbundet C"}},
           {"income_start", {"försörjningsstöd", "sjukpenning"}}},
          {},
          audience};
}

std::int64_t total(const Facts& facts, const Question& question) {
  const auto table = statistics::ask(facts, {}, question);
  if (!table) std::abort();
  return table->total().count;
}

// The same facts as someone would lay them out to ask just this of a database: one narrow table of small
// numbers, and an index that covers the question. To lay it out takes a minute.
class Flat {
 public:
  Flat(db::Database& from, const std::string& address) : database_(address) {
    database_.write([](db::Transaction& tx) {
      tx.execute(
          "create table bench_flat (area smallint, income_start smallint, destination smallint, sex "
          "smallint, "
          "age_band smallint)");
    });
    from.read([&](db::Transaction& read) {
      database_.write([&](db::Transaction& write) {
        read.each(rows, {}, [&](const db::Row& row) { add(write, row); });
        write.execute(
            "create index bench_covering on bench_flat (area, income_start, destination, sex, age_band)");
        write.execute("analyze");
      });
    });
    sql_ = "select destination, sex, age_band, count(*) as n from bench_flat where area in (" +
           number(areas_, "Samordningsförbundet A") + ", " + number(areas_, "Samordningsförbundet C") +
           ") and income_start in (" + number(incomes_, "försörjningsstöd") + ", " +
           number(incomes_, "sjukpenning") + ") group by destination, sex, age_band";
  }

  // Milliseconds, and how many were counted.
  std::pair<double, std::int64_t> ask() {
    std::int64_t counted = 0;
    const auto time = median_ms(15, [&] {
      database_.read([&](db::Transaction& tx) {
        counted = 0;
        tx.each(sql_, {}, [&](const db::Row& row) { counted += row.number("n"); });
      });
    });
    return {time, counted};
  }

 private:
  static constexpr auto rows = R"(
    select organisation.name as area, income_start, destination, sex, started_on, birth_year
    from participation
    join participant on participant.id = participant_id
    join intervention on intervention.id = participation.intervention_id
    join organisation on organisation.id = intervention.area_id)";

  static std::string number(statistics::Dictionary& dictionary, const std::string& word) {
    return std::to_string(dictionary.number(word));
  }

  void add(db::Transaction& write, const db::Row& row) {
    const auto born = row.maybe_number("birth_year");
    write.execute("insert into bench_flat values (:area, :income, :destination, :sex, :age)",
                  {{"area", areas_.number(row.text("area"))},
                   {"income", incomes_.number(row.text("income_start"))},
                   {"destination", destinations_.number(row.text("destination"))},
                   {"sex", sexes_.number(row.text("sex"))},
                   {"age", born ? (row.date("started_on").year() - *born) / 10 : -1}});
  }

  db::Database database_;
  statistics::Dictionary areas_, incomes_, destinations_, sexes_;
  std::string sql_;
};

void compare(db::Database& from, const std::string& address, std::string_view name, std::int64_t expected) {
  const auto [time, counted] = Flat(from, address).ask();
  say("  the same in SQL, a covering index, " + std::string(name), time, "ms");
  if (counted != expected) say("  COUNTED OTHERWISE", static_cast<double>(counted), "");
}

double resident_mb() {
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  long all = 0, resident = 0;
  if (!file || std::fscanf(file, "%ld %ld", &all, &resident) != 2) std::abort();
  std::fclose(file);
  return static_cast<double>(resident) * 4096 / 1e6;
}

statistics::Grid random_grid(std::mt19937& random, std::size_t dimensions) {
  std::vector<std::size_t> sizes;
  for (std::size_t d = 0; d < dimensions; ++d) sizes.push_back(2 + random() % (dimensions == 3 ? 3 : 5));
  statistics::Grid grid(sizes);
  const double level = std::array{1.5, 4.0, 9.0, 25.0}[random() % 4];
  for (auto& count : grid.counts)
    count = std::poisson_distribution<>(level * std::exp(std::normal_distribution<>(0, 1)(random)))(random);
  grid.add_up();
  return grid;
}

struct Attack {
  int tables = 0, withheld = 0, leaking = 0, small = 0, found = 0;
};

// A table leaks if any of its small cells can be worked out exactly or nearly.
int small_cells_found(const statistics::Grid& grid, const std::vector<std::uint8_t>& hidden, int* small) {
  const auto everything = (1u << grid.sizes.size()) - 1;
  const statistics::Attacker attacker(grid, hidden, everything);
  int found = 0;
  for (std::size_t cell = 0; cell < grid.counts.size(); ++cell) {
    if (grid.counts[cell] == 0 || grid.counts[cell] >= statistics::smallest_group) continue;
    if (small) ++*small;
    if (!hidden[cell]) {
      ++found;
      continue;
    }
    const auto [least, most] = attacker.interval(cell);
    found += attacker.can_work_out(cell) || (most && *most - least < statistics::smallest_group - 1e-6);
  }
  return found;
}

Attack attack(int tables) {
  std::mt19937 random(20260302);
  Attack result;
  for (int i = 0; i < tables; ++i) {
    const auto grid = random_grid(random, 1 + static_cast<std::size_t>(i) % 3);
    ++result.tables;
    std::vector<std::uint8_t> only_small;
    for (const auto count : grid.counts)
      only_small.push_back(count > 0 && count < statistics::smallest_group);
    result.leaking += small_cells_found(grid, only_small, nullptr) > 0;
    const auto protection = statistics::protect(grid);
    if (protection.withheld)
      ++result.withheld;
    else
      result.found += small_cells_found(grid, protection.hidden, &result.small);
  }
  return result;
}

}  // namespace

void reading(const Setting& setting) {
  db::Database database(setting.sqlite);
  std::shared_ptr<const Facts> facts;
  std::vector<double> times;
  for (int run = 0; run < 3; ++run) {
    database.write([](db::Transaction& tx) { tx.changed("participation"); });
    times.push_back(seconds([&] { facts = read(database); }));
  }
  std::ranges::sort(times);
  const auto participations = facts->of(statistics::Fact::participation).count;
  say("participations", static_cast<double>(participations), "");
  say("decisions", static_cast<double>(facts->of(statistics::Fact::decision).count), "");
  say("reading them into columns, from SQLite", times[1], "s", "at most 2 per million");
  say("their columns", static_cast<double>(facts->bytes()) / 1e6, "MB", "at most 100 per million");
  malloc_trim(0);
  say("resident memory of the whole process", resident_mb(), "MB");
}

void counting(const Setting& setting) {
  db::Database database(setting.sqlite);
  const auto facts = read(database);
  const auto unit = question(Audience::unit), everyone = question(Audience::everyone);

  const auto asked = statistics::understood(*facts, unit);
  const auto scan = statistics::scan_for(*asked);
  say("cross-table: 3 dimensions, 2 filters, in the engine", median_ms(101, [&] { statistics::count(scan); }),
      "ms", "at most 2");
  say("  the whole question, from words to table, true counts", median_ms(51, [&] { total(*facts, unit); }),
      "ms");
  say("  the whole question, for everyone, protected", median_ms(51, [&] { total(*facts, everyone); }), "ms");

  const auto expected = total(*facts, unit);
  compare(database, setting.sqlite + ".flat", "SQLite", expected);
  if (!setting.postgresql.empty()) compare(database, setting.postgresql, "PostgreSQL", expected);
}

void protecting(const Setting&) {
  constexpr int tables = 100'000;
  const auto result = attack(tables);
  say("random tables", result.tables, "");
  say("  that give a small cell away if only small cells are hidden", 100.0 * result.leaking / tables, "%");
  say("  withheld", 100.0 * result.withheld / tables, "%");
  say("  small cells in those shown", result.small, "");
  say("  of which the attacker finds", result.found, "", "none");

  std::mt19937 random(1);
  std::vector<double> times;
  for (int i = 0; i < 200; ++i) {
    statistics::Grid grid({12, 7, 2});
    for (auto& count : grid.counts)
      count = std::poisson_distribution<>(6 * std::exp(std::normal_distribution<>(0, 1)(random)))(random);
    grid.add_up();
    times.push_back(1000 * seconds([&] { statistics::protect(grid); }));
  }
  std::ranges::sort(times);
  say("protecting a table of 12 × 7 × 2", times[100], "ms", "median");
  say("  the slowest of 200", times.back(), "ms");
}

}  // namespace stafett::bench
