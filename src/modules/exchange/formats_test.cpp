// What a register is saved as changes nothing of what it says.
#include "exchange/exchange.h"
#include "file/xlsx.h"
#include "tests/office.h"

using namespace stafett;

TEST_SUITE_BEGIN("exchange");

TEST_CASE(
    "a cell that looks like a formula is guarded in the file of refused rows, and read back as it was") {
  Office office;
  const auto table = file::read_table("insats;deltagare;start\nvagen;=1+1;hej\n").value();
  const auto rejects = exchange::rejects_file(table, office.try_import(Kind::participations, table).value(),
                                              text::Language::swedish);
  CHECK(rejects.find("'=1+1") != std::string::npos);
  CHECK(file::read_table(rejects).value()[0][1] == "=1+1");
}

TEST_CASE("the register is the same as CSV in either encoding and as an Excel file") {
  const auto as_utf8 = demo("gotland/deltagare.csv");
  const auto table = file::read_table(as_utf8).value();
  file::Sheet sheet{.name = "Register", .title = "", .headings = table.headings};
  for (std::size_t i = 0; i != table.size(); ++i) {
    auto& row = sheet.rows.emplace_back();
    for (std::size_t column = 0; column != table.headings.size(); ++column) {
      const std::string cell(table[i][column]);
      const auto date = Date::read(cell);
      row.push_back(date          ? file::Value(*date)
                    : column == 4 ? file::Value(std::int64_t{std::stoi(cell)})
                                  : file::Value(cell));
    }
  }
  const auto kept = [](Office& office) {
    return office.database->read([](db::Transaction& tx) {
      return tx.list(
          [](const db::Row& row) {
            return row.text("code") + "|" + row.text("sex") + "|" + std::to_string(row.number("birth_year")) +
                   "|" + row.text("site") + "|" + row.text("municipality") + "|" +
                   row.date("referred_on").text() + "|" + row.date("started_on").text() + "|" +
                   row.date("ended_on").text() + "|" + row.text("destination");
          },
          "select code, sex, birth_year, site, municipality, referred_on, started_on, ended_on, destination "
          "from participation "
          "join participant on participant.id = participant_id order by code");
    });
  };
  std::vector<std::string> from_csv, from_excel, from_old;
  {
    Office office{{demo("gotland/insats.toml")}};
    CHECK(counts(office.participations(as_utf8)) == Counts{65, 65, 0, 0, 0});
    from_csv = kept(office);
  }
  {
    Office office{{demo("gotland/insats.toml")}};
    CHECK(counts(office.participations(file::write_xlsx(std::span(&sheet, 1)))) == Counts{65, 65, 0, 0, 0});
    from_excel = kept(office);
  }
  {
    Office office{{demo("gotland/insats.toml")}};
    std::string latin;  // å is c3 a5 in UTF-8, e5 in Windows-1252
    for (std::size_t i = 0; i != as_utf8.size(); ++i)
      latin += as_utf8[i] == '\xc3' ? static_cast<char>(as_utf8[++i] | 0x40) : as_utf8[i];
    CHECK(latin.size() < as_utf8.size());
    CHECK(counts(office.participations(latin)) == Counts{65, 65, 0, 0, 0});
    from_old = kept(office);
  }
  CHECK(from_csv == from_excel);
  CHECK(from_csv == from_old);
}

TEST_SUITE_END();
