#include "statistics/statistics.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

#include "base/assets.h"
#include "exchange/exchange.h"
#include "file/table.h"
#include "intervention/intervention.h"
#include "statistics/formats.h"
#include "tests/databases.h"

using namespace stafett;
using namespace stafett::statistics;

namespace {

// Registers in a database, as they are imported.
struct Registers {
  std::shared_ptr<db::Database> database = empty_database();

  void add_intervention(std::string_view toml) {
    const auto definition = intervention::read_definition(toml);
    REQUIRE(definition);
    REQUIRE(database->write([&](db::Transaction& tx) {
      return intervention::save(tx, *definition, "test", *Moment::read("2026-03-02 09:00:00"));
    }));
  }
  void import(exchange::Kind kind, std::string_view csv) {
    const auto table = file::read_table(std::string(csv));
    REQUIRE(table);
    const auto report = exchange::import(*database, *table, {kind, nullptr, *Moment::read("2026-03-02 09:00:00")});
    REQUIRE(report);
    REQUIRE(report->refused.empty());
  }
  void add(const std::string& name) {
    const auto folder = "assets/demo/" + name + "/";
    add_intervention(asset(folder + "insats.toml"));
    import(exchange::Kind::participations, asset(folder + "deltagare.csv"));
    if (name == "sundsvall") import(exchange::Kind::decisions, asset(folder + "beslut.csv"));
  }

  Result<Table> ask(const Question& question, const access::User* asker = nullptr) {
    return database->read([&](db::Transaction& tx) { return statistics::ask(tx, asker, question); });
  }
  Table table(const Question& question) {
    const auto answer = ask(question);
    REQUIRE(answer);
    return *answer;
  }
};

Registers gotland() {
  Registers registers;
  registers.add("gotland");
  return registers;
}

std::vector<std::int64_t> counts(const Table& table) {
  std::vector<std::int64_t> counts;
  for (const auto& cell : table.cells) counts.push_back(cell.is_hidden ? -1 : cell.count);
  return counts;
}

std::vector<std::string> codes(const Axis& axis) {
  std::vector<std::string> codes;
  for (const auto& value : axis.values) codes.push_back(value.code);
  return codes;
}

const Period the_report{Date::read("2024-01-01"), Date::read("2025-05-31")};

std::string why_not(const Result<Table>& answer) {
  REQUIRE(!answer);
  return text::translated(text::Language::swedish, answer.error().message());
}

constexpr auto Unit = Audience::unit;

}  // namespace

TEST_SUITE("statistics") {
  TEST_CASE("the final report of Jobbvägen AR: 65 closed, by destination and sex") {
    auto registers = gotland();
    const auto table = registers.table(
        {"closed", {"destination", "sex"}, {{"intervention", {"jobbvagen-ar"}}}, the_report, Unit});
    CHECK(codes(table.axes[1]) == std::vector<std::string>{"kvinna", "man"});
    CHECK(codes(table.axes[0]).front() == "AF (annan insats och arbetsmarknadsutbildning)");
    CHECK(counts(table) == std::vector<std::int64_t>{6, 5, 11, 3, 0, 3, 1, 2,  3,  0, 1, 1, 3,  4,  7,
                                                     8, 2, 10, 3, 1, 4, 7, 13, 20, 4, 2, 6, 35, 30, 65});
  }

  TEST_CASE("28 of 65 went on, 17 of 35 women and 11 of 30 men") {
    auto registers = gotland();
    const auto table = registers.table(
        {"closed",
         {"sex"},
         {{"destination_group", {"arbete", "Subventionerat arbete", "studies", "arbetsmarknadsåtgärd"}}},
         the_report,
         Unit});
    CHECK(counts(table) == std::vector<std::int64_t>{17, 11, 28});
  }

  TEST_CASE("the decisions in Sundsvall 2022, new ones and extensions") {
    Registers registers;
    registers.add("sundsvall");
    const auto table = registers.table(
        {"decisions", {"decision", "form"}, {}, {Date::read("2022-01-01"), Date::read("2022-12-31")}, Unit});
    REQUIRE(codes(table.axes[1]) == std::vector<std::string>{"ny", "förlängning"});
    REQUIRE(codes(table.axes[0])[0] == "lönebidrag LFU/OSA");
    CHECK(table.cells[0].count == 47);
    CHECK(table.cells[1].count == 35);
    CHECK(table.total().count == 126);
    const auto started = registers.table({"active", {"sex"}, {}, {}, Unit});
    CHECK(counts(started) == std::vector<std::int64_t>{110, 151, 261});
  }

  TEST_CASE("everyone may see the report's table, but no small cell of it") {
    auto registers = gotland();
    const auto table = registers.table({"closed", {"destination", "sex"}, {}, the_report});
    CHECK(!table.is_withheld);
    CHECK(table.has_hidden());
    for (const auto& cell : table.cells)
      CHECK((cell.is_hidden ? cell.count == 0 : cell.count == 0 || cell.count >= 5));
    CHECK(table.total().count == 65);
    CHECK(table.at(std::vector<std::size_t>{9, 0}).count == 35);
  }

  TEST_CASE("who asks for the women and for all, and subtracts, does not find two men") {
    auto registers = gotland();
    const auto all = registers.table({"closed", {"destination"}, {}, the_report});
    const auto women = registers.table({"closed", {"destination"}, {{"kön", {"kvinna"}}}, the_report});
    for (std::size_t i = 0; i < all.cells.size(); ++i) {
      if (all.cells[i].is_hidden || women.cells[i].is_hidden) continue;
      const auto men = all.cells[i].count - women.cells[i].count;
      CHECK((men == 0 || men >= 5));
    }
    CHECK(women.total().count == 35);
  }

  TEST_CASE("a limit that everyone is within is not told where being within it tells something") {
    Registers registers;
    registers.add_intervention(asset("assets/demo/gotland/insats.toml"));
    std::string csv = "insats;deltagare;kön;start;avslut;avslutad till\n";
    for (int i = 0; i < 20; ++i)
      csv += "jobbvagen-ar;P-" + std::to_string(i) + (i % 2 ? ";kvinna" : ";man") +
             ";2024-01-01;2024-03-31;Avbrutit\n";
    registers.import(exchange::Kind::participations, csv);
    CHECK(registers.table({"closed", {"sex"}, {}, {}}).total().count == 20);
    CHECK(registers.table({"closed", {"sex"}, {{"destination", {"Avbrutit"}}}, {}}).is_withheld);
    CHECK(registers.table({"closed", {"sex"}, {{"site", {"uppgift saknas"}}}, {}}).total().count == 20);
  }

  TEST_CASE("the stay is counted in months of 365.25/12 days, mean and median") {
    Registers registers;
    registers.add_intervention(asset("assets/demo/gotland/insats.toml"));
    registers.import(exchange::Kind::participations,
                     "insats;deltagare;aktualiserad;start;avslut;avslutad till\n"
                     "jobbvagen-ar;A;2024-01-01;2024-01-11;2024-03-11;Avbrutit\n"
                     "jobbvagen-ar;B;;2024-01-01;2024-01-31;Avbrutit\n"
                     "jobbvagen-ar;C;2024-01-01;2024-01-02;2025-01-01;Avbrutit\n"
                     "jobbvagen-ar;D;2024-01-01;2024-02-01;;\n");
    const auto stay = registers.table({"stay", {}, {}, {}, Unit});
    CHECK(stay.total().count == 3);
    CHECK(stay.total().mean == doctest::Approx((60 + 30 + 365) / 3.0 / (365.25 / 12)));
    CHECK(stay.total().median == doctest::Approx(60 / (365.25 / 12)));
    const auto lead = registers.table({"lead_time", {}, {}, {}, Unit});
    CHECK(lead.total().count == 3);
    CHECK(lead.total().mean == doctest::Approx((10 + 1 + 31) / 3.0));
    CHECK(lead.total().median == doctest::Approx(10));
    CHECK(registers.table({"stay", {}, {}, {}}).is_withheld);
  }

  TEST_CASE("ongoing is everyone who was there some day, also those who have not ended") {
    Registers registers;
    registers.add_intervention(asset("assets/demo/gotland/insats.toml"));
    registers.import(exchange::Kind::participations,
                     "insats;deltagare;start;avslut;avslutad till\n"
                     "jobbvagen-ar;A;2024-01-01;2024-03-31;Avbrutit\n"
                     "jobbvagen-ar;A;2024-06-01;2024-06-30;Avbrutit\n"
                     "jobbvagen-ar;B;2024-04-01;;\n");
    const auto in = [](const char* from, const char* to) { return Period{Date::read(from), Date::read(to)}; };
    const auto ongoing = [&](Period period) {
      return registers.table({"active", {}, {}, period, Unit}).total().count;
    };
    CHECK(ongoing(in("2024-03-31", "2024-03-31")) == 1);
    CHECK(ongoing(in("2024-04-01", "2024-05-31")) == 1);
    CHECK(ongoing(in("2024-04-01", "2024-06-30")) == 2);
    CHECK(ongoing(in("2030-01-01", "2030-01-31")) == 1);
    CHECK(ongoing({}) == 3);
    CHECK(registers.table({"persons", {}, {}, {}, Unit}).total().count == 2);
    CHECK(registers.table({"started", {}, {}, in("2024-04-01", "2024-06-30"), Unit}).total().count == 2);
  }

  TEST_CASE("missing is a value of its own") {
    auto registers = gotland();
    const auto table = registers.table({"closed", {"income_end"}, {}, {}, Unit});
    CHECK(codes(table.axes[0]) == std::vector<std::string>{"uppgift saknas"});
    CHECK(counts(table) == std::vector<std::int64_t>{65, 65});
    CHECK(registers.table({"closed", {}, {{"income_end", {"Uppgift saknas"}}}, {}, Unit}).total().count ==
          65);
  }

  TEST_CASE("a municipality is asked for by code or name") {
    auto registers = gotland();
    for (const auto* word : {"0980", "Gotland", "gotland"})
      CHECK(registers.table({"closed", {}, {{"municipality", {word}}}, {}, Unit}).total().count == 65);
    CHECK(registers.table({"closed", {}, {{"municipality", {"Sundsvall"}}}, {}, Unit}).total().count == 0);
    const auto table = registers.table({"closed", {"hemkommun"}, {}, {}, Unit});
    CHECK(table.axes[0].values[0].code == "0980");
    CHECK(text::translated(text::Language::swedish, table.axes[0].values[0].name) == "Gotland");
  }

  TEST_CASE("months between the first and the last stand there though nobody ended in them") {
    auto registers = gotland();
    const auto table = registers.table({"closed", {"month"}, {}, {}, Unit});
    CHECK(codes(table.axes[0]).front() == "2024-01");
    CHECK(codes(table.axes[0]).back() == "2025-05");
    CHECK(table.axes[0].values.size() == 17);
  }

  TEST_CASE("an unknown word is answered with the nearest one") {
    auto registers = gotland();
    CHECK(why_not(registers.ask({"closd", {}, {}, {}})) == "Måttet ”closd” finns inte. Menade du ”closed”?");
    CHECK(why_not(registers.ask({"closed", {"sexx"}, {}, {}})) ==
          "Indelningen ”sexx” finns inte. Menade du ”sex”?");
    CHECK(why_not(registers.ask({"closed", {}, {{"sex", {"kvina"}}}, {}})) ==
          "Värdet ”kvina” finns inte. Menade du ”kvinna”?");
    CHECK(why_not(registers.ask({"closed", {}, {{"site", {"Kiruna"}}}, {}})) ==
          "Värdet ”Kiruna” finns inte. De som finns är: Visby, uppgift saknas.");
  }

  TEST_CASE("what does not go together is refused with a reason") {
    auto registers = gotland();
    CHECK(why_not(registers.ask({"closed", {"form"}, {}, {}})).starts_with("”closed” kan inte delas in"));
    CHECK(why_not(registers.ask({"closed", {"sex", "kön"}, {}, {}})) ==
          "”kön” står två gånger. Ta bort den ena.");
    CHECK(!registers.ask({"closed", {"sex", "site", "year", "month"}, {}, {}}));
    CHECK(!registers.ask({"closed", {}, {{"sex", {"man"}}, {"sex", {"kvinna"}}}, {}}));
    CHECK(!registers.ask({"closed", {}, {{"sex", {}}}, {}}));
    CHECK(!registers.ask({"closed", {}, {}, {Date::read("2025-01-01"), Date::read("2024-01-01")}}));
  }

  TEST_CASE("true counts are for the owner's own staff, of their own persons; never for the förbund") {
    auto registers = gotland();
    registers.add("sundsvall");
    const Question question{"active", {"sex"}, {}, {}, Unit};
    access::User user{.account = {"x"}, .permissions = {"statistics.ask", "statistics.unit"}};
    user.organisation = registers.database->read(
        [](db::Transaction& tx) { return organisation::named(tx, "Region Gotland")->id; });
    const auto own = registers.ask(question, &user);
    REQUIRE(own);
    CHECK(own->total().count == 65);

    user.of_association = true;
    CHECK(!registers.ask(question, &user));
    user.of_association = false;
    user.permissions = {"statistics.ask"};
    const auto refused = registers.ask(question, &user);
    REQUIRE(!refused);
    CHECK(refused.error().kind == Problem::Kind::forbidden);
    auto everyones = question;
    everyones.audience = Audience::everyone;
    CHECK(registers.ask(everyones, &user)->total().count == 65 + 261);
  }

  TEST_CASE("what is written is counted at once") {
    Registers registers;
    registers.add_intervention(asset("assets/demo/gotland/insats.toml"));
    const Question question{"started", {}, {}, {}, Unit};
    CHECK(registers.table(question).total().count == 0);
    registers.import(exchange::Kind::participations, "insats;deltagare;start\njobbvagen-ar;A;2024-01-01\n");
    CHECK(registers.table(question).total().count == 1);
    registers.import(exchange::Kind::participations, "insats;deltagare;start\njobbvagen-ar;B;2024-01-01\n");
    CHECK(registers.table(question).total().count == 2);
  }

  TEST_CASE("columns are kept until something they rest on has changed") {
    auto registers = gotland();
    const auto facts_now = [&] {
      return registers.database->read([](db::Transaction& tx) { return facts(tx); });
    };
    registers.database->write([](db::Transaction& tx) { tx.changed("participation"); });
    const auto before = facts_now();
    CHECK(facts_now() == before);
    registers.database->write([](db::Transaction& tx) { tx.changed("participation"); });
    CHECK(facts_now() != before);
  }
}
