// An office that brings in registers, for the tests: its interventions, and what it sees of a report in
// Swedish.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>

#include "base/assets.h"
#include "base/file.h"
#include "exchange/exchange.h"
#include "file/csv.h"
#include "intervention/intervention.h"
#include "tests/databases.h"
#include "text/translation.h"

namespace stafett {

using exchange::Kind;
using exchange::Report;

const Date today = Date::of(2026, 2, 3);

// The tests may be run from any folder of the project.
inline std::string file_beside_tests(const std::string& name) {
  auto folder = std::filesystem::current_path();
  while (!std::filesystem::exists(folder / "tests" / name) && folder.has_relative_path())
    folder = folder.parent_path();
  return read_file((folder / "tests" / name).string()).value();
}
inline std::string demo(const std::string& name) { return std::string(asset("assets/demo/" + name)); }

constexpr auto vagen = R"(
id = "vagen"
name = "Vägen vidare"
area = "FinsamGotland"
owner = "Region Gotland"
orientation = "individual"
from = 2020-01-01
sites = ["Visby", "Hemse"]
target_group = "Alla"
[[destination]]
name = "Arbete"
group = "work"
[[destination]]
name = "Avbrutit"
group = "interrupted"
[[decision]]
name = "lönebidrag"
group = "subsidised work")";

// Nothing is declared here, neither sites nor destinations.
constexpr auto open_door = R"(
id = "oppen-dorr"
name = "Öppen dörr"
area = "FinsamGotland"
owner = "Gotlands kommun"
orientation = "individual"
from = 2020-01-01
target_group = "Alla")";

struct Office {
  std::shared_ptr<db::Database> database = empty_database();

  Office(std::initializer_list<std::string> interventions = {vagen, open_door}) {
    database->write([&](db::Transaction& tx) {
      for (const auto& toml : interventions)
        REQUIRE(intervention::save(tx, intervention::read_definition(toml).value(), "test",
                                   *Moment::read("2026-02-03 08:00:00")));
    });
  }

  Result<Report> try_import(Kind kind, const file::Table& table, const access::User* user = nullptr,
                            bool dry_run = false) {
    return exchange::import(*database, table,
                            {.kind = kind, .user = user, .now = Moment{today.days * 86400LL}, .dry_run = dry_run});
  }
  Report import(Kind kind, const std::string& bytes) {
    return try_import(kind, file::read_table(bytes).value()).value();
  }
  Report participations(const std::string& bytes) { return import(Kind::participations, bytes); }

  // Rows under the usual headings.
  Report rows(const std::string& rows) {
    return participations(
        "insats;plattform;deltagare;kön;födelseår;hemkommun;remittent;försörjning vid "
        "start;aktualiserad;start;avslut;"
        "avslutad till;försörjning vid avslut\n" +
        rows);
  }

  std::int64_t count(const std::string& what) { return stafett::count(*database, what); }
  std::string text(const std::string& column, const std::string& from) {
    return database->read([&](db::Transaction& tx) {
      return tx
          .find([](const db::Row& row) { return row.has("x") ? row.text("x") : ""; },
                "select " + column + " as x from " + from)
          .value();
    });
  }
};

inline std::string swedish(const std::vector<Fault>& faults) {
  std::string words;
  for (const auto& fault : faults)
    words += (words.empty() ? "" : " | ") + text::told(text::Language::swedish, fault);
  return words;
}
inline std::vector<std::string> swedish(const std::vector<Message>& messages) {
  std::vector<std::string> words;
  for (const auto& message : messages) words.push_back(text::translated(text::Language::swedish, message));
  return words;
}

// The faults of the only row, refused.
inline std::string fault_of(const Report& report) {
  REQUIRE(report.refused.size() == 1);
  return swedish(report.refused[0].faults);
}

inline std::vector<std::size_t> counts(const Report& report) {
  return {report.rows, report.added, report.changed, report.unchanged, report.refused.size()};
}
using Counts = std::vector<std::size_t>;

}  // namespace stafett
