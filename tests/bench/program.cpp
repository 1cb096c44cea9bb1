// The program from outside: registers read in, how it starts, and how soon its pages come.
#include <filesystem>
#include <stdexcept>

#include "app/made_up.h"
#include "db/database.h"
#include "exchange/exchange.h"
#include "file/table.h"
#include "tests/bench/bench.h"
#include "tests/bench/serving.h"
#include "web/form.h"

namespace stafett::bench {
namespace {

namespace fs = std::filesystem;

// Beside the other made-up data, and gone with it.
fs::path place(const Setting& setting) { return fs::path(setting.sqlite.substr(sizeof("sqlite:") - 1)).parent_path(); }

std::string made_up_register(const std::vector<intervention::Intervention>& interventions, std::size_t rows) {
  const auto today = *Date::read("2026-06-30");
  app::Chance chance(7);
  std::string file(app::register_heading);
  for (std::size_t number = 1; number <= rows; ++number)
    file += app::register_line(app::make_up(chance, interventions[number % interventions.size()], number, Date::of(2016, 1, 4), today));
  return file;
}

// Reads a register into an empty database: parsed, checked, kept and committed.
void import_into(const std::string& address, std::size_t rows, std::string_view what, std::string_view promised) {
  db::Database database(address);
  database.migrate(now());
  const auto interventions = database.write([](db::Transaction& tx) {
    for (const auto& definition : app::made_up_interventions(8)) intervention::save(tx, definition, "bench", now());
    return intervention::list(tx);
  });
  auto file = made_up_register(interventions, rows);
  exchange::Report report;
  const auto took = seconds([&] {
    const auto table = file::read_table(std::move(file)).value();
    report = exchange::import(database, table, {exchange::Kind::participations, nullptr, *Moment::read("2026-06-30 08:00:00")}).value();
  });
  if (report.added != rows) throw std::logic_error("not every row of the made-up register was taken");
  say(what, static_cast<double>(rows) / took, "rows/s", promised);
}

void time_page(Browser& browser, std::string_view what, const std::string& address, std::string_view promised) {
  if (!browser.get(address).starts_with("HTTP/1.1 200")) throw std::logic_error("no such page: " + address);
  say(what, median_ms(200, [&] { browser.get(address); }), "ms", promised);
}

}  // namespace

void importing(const Setting& setting) {
  const auto file = place(setting) / "import.db";
  import_into("sqlite:" + file.string(), 300'000, "register of 300,000 rows into SQLite, checked and kept", "at least 70,000");
  if (!setting.postgresql.empty()) import_into(setting.postgresql, 50'000, "register of 50,000 rows into PostgreSQL", "no promise");
}

void serving(const Setting& setting) {
  const auto demo = "sqlite:" + (place(setting) / "demo.db").string();
  make_demo(demo);
  {
    Serving program(demo);
    say("start, until it answers, with the demo area", program.start_ms, "ms", "at most 300");
    Browser browser(program.port());
    browser.sign_in("enhetschef", password);
    time_page(browser, "first page, over HTTP", "/", "at most 2");
    time_page(browser, "an intervention with its tables, goals and charts", "/interventions/forsteg", "at most 2");
    time_page(browser, "interventions", "/interventions", "at most 2");
    time_page(browser, "statistics, closed by destination and sex", "/statistics?measure=closed&by=destination&by=sex", "at most 2");
    say("resident after those pages", program.resident_mb(), "MB", "at most 60");
  }
  Serving program(setting.sqlite);
  Browser browser(program.port());
  browser.sign_in("remittent", password);
  const auto question = "/statistics/table.json?measure=started&by=destination&by=sex&by=age_band&area=" + web::urlencoded("Samordningsförbundet A") +
                        "&income_start=" + web::urlencoded("försörjningsstöd") + "&income_start=sjukpenning";
  const auto first = 1000 * seconds([&] { browser.get(question); });
  say("first question to the large database: the columns are read", first, "ms");
  time_page(browser, "cross-table of three dimensions, two filters, over HTTP", question, "at most 5");
}

}  // namespace stafett::bench
