#include "exchange/exchange.h"

#include "exchange/contacts.h"
#include "exchange/decisions.h"
#include "exchange/participations.h"
#include "file/csv.h"
#include "text/fold.h"

namespace stafett::exchange {
Message name_of(Kind kind) {
  switch (kind) {
    case Kind::participations:
      return "participations";
    case Kind::decisions:
      return "decisions";
    case Kind::contacts:
      return "contacts";
  }
  return {};
}

namespace {

std::span<const Heading> columns_of(Kind kind) {
  switch (kind) {
    case Kind::participations:
      return participation_columns();
    case Kind::decisions:
      return decision_columns();
    case Kind::contacts:
      return contact_columns();
  }
  return {};
}

Result<Report> read(db::Transaction& tx, const file::Table& table, const Headings& headings, const Task& task) {
  switch (task.kind) {
    case Kind::participations:
      return read_participations(tx, table, headings, task);
    case Kind::decisions:
      return read_decisions(tx, table, headings, task);
    case Kind::contacts:
      return read_contacts(tx, table, headings, task);
  }
  return Report{};
}

}  // namespace

Result<Report> import(db::Transaction& tx, const file::Table& table, const Task& task) {
  const auto headings = TRY(match(table, columns_of(task.kind)));
  auto report = TRY(read(tx, table, headings, task));
  report.notices.insert(report.notices.begin(), headings.notices.begin(), headings.notices.end());
  return report;
}

Result<Report> import(db::Database& database, const file::Table& table, const Task& task) {
  const auto read = [&](db::Transaction& tx) { return import(tx, table, task); };
  return database.write(read);  // a dry run too: it looks in the register, and that is noted
}

std::string rejects_file(const file::Table& table, const Report& report, text::Language language) {
  // A file of refused rows that was mended and came back has these columns already.
  std::vector<std::size_t> columns;
  for (std::size_t column = 0; column != table.headings.size(); ++column)
    if (!is_ours_in_rejects(table.headings[column])) columns.push_back(column);

  std::string out(file::csv_mark);
  std::vector<std::string_view> cells;
  for (const auto column : columns) cells.push_back(table.headings[column]);
  cells.insert(cells.end(), {row_heading, fault_heading});
  file::append_csv_row(out, cells);
  for (const auto& refusal : report.refused) {
    const auto row = table[refusal.row];
    const auto line = std::to_string(row.line()), faults = words_about(refusal, language);
    cells.clear();
    for (const auto column : columns) cells.push_back(row[column]);
    cells.insert(cells.end(), {line, faults});
    for (auto column = table.headings.size(); column < row.size(); ++column) cells.push_back(row[column]);
    file::append_csv_row(out, cells);
  }
  return out;
}

std::string words_about(const Refusal& refusal, text::Language language) {
  std::string words;
  for (const auto& fault : refusal.faults) words += (words.empty() ? "" : " ") + text::told(language, fault);
  return words;
}

std::string line_about(const file::Table& table, const Refusal& refusal, text::Language language) {
  return text::translated(
      language, {"Row {1}: {2}", std::to_string(table[refusal.row].line()), words_about(refusal, language)});
}

std::string_view participant_in(const file::Table& table, std::size_t row) {
  const auto column = column_called(table, "deltagare");
  return column ? text::trimmed(table[row][*column]) : std::string_view{};
}

}  // namespace stafett::exchange
