// Registers of decisions: one row, one event for a participant that is known already.
#include "exchange/decisions.h"

#include <unordered_set>

#include "decision/decision.h"
#include "exchange/register.h"
#include "exchange/words.h"

namespace stafett::exchange {
namespace {

enum Column : std::size_t { insats, deltagare, datum, beslut, form };
constexpr Heading columns[] = {
    {"insats", true}, {"deltagare", true}, {"datum", true}, {"beslut", true}, {"form", false}};

// The decision that a row speaks of, with its faults in the row.
std::optional<decision::Decision> read(Row& row, Register& known, Date today) {
  decision::Decision decision;
  const auto& found = known.intervention(row[insats]);
  if (!found.known)
    row.fault(insats, row[insats].empty() ? Message("The intervention is missing.") : found.why_not);
  else {
    decision.intervention = found.known->intervention.id;
    decision.owner = found.known->intervention.owner;
    if (!says_nothing(row[beslut])) {
      auto kind = named_in(*found.known, decisions, row[beslut]);
      if (kind)
        decision.kind = *std::move(kind);
      else
        row.fault(beslut, kind.error().message());
    }
    const auto person = found.known->persons.find(std::string(row[deltagare]));
    if (person != found.known->persons.end() && !is_out_of_reach(*found.known, row[deltagare]))
      decision.participant = person->second.id;
    else if (!row[deltagare].empty())
      row.fault(deltagare,
                {"The participant “{1}” is not in the intervention. Bring in the participants first.",
                 std::string(row[deltagare])});
  }
  if (row[deltagare].empty())
    row.fault(deltagare, "The participant is missing. Give each person a mark of their own.");
  if (says_nothing(row[beslut])) row.fault(beslut, "The decision is missing.");

  const auto decided = read_date(row[datum]);
  if (says_nothing(row[datum]))
    row.fault(datum, "The date is missing.");
  else if (!decided)
    row.fault(datum, no_date(row[datum]));
  else if (*decided > today)
    row.fault(datum, {"The date ({1}) has not come yet.", decided->text()});
  else
    decision.decided = *decided;

  if (const auto meant = read_form(row[form]))
    decision.form = *meant;
  else
    row.fault(form, {"“{1}” is not known. Write ny or förlängning.", std::string(row[form])});
  row.taken_as(beslut, decision.kind);
  row.taken_as(form, word_for(decision.form));

  if (!row.faults.empty()) return std::nullopt;
  decision.id = new_id<decision::Decision>();
  decision.written = row.written();
  return decision;
}

std::string same_event(const decision::Decision& decision) {
  return decision.participant.text + decision.decided.text() + decision.kind + '\n' +
         std::string(decision::forms.of(decision.form));
}

// What the database has already, so that a dry run can tell as well.
std::unordered_set<std::string> events_kept(db::Transaction& tx) {
  std::unordered_set<std::string> kept;
  tx.each("select participant_id, decided_on, kind, form from decision", {}, [&](const db::Row& row) {
    decision::Decision decision;
    decision.participant = row.id<participant::Participant>("participant_id");
    decision.decided = row.date("decided_on");
    decision.kind = row.text("kind");
    decision.form = decision::forms.meant_by(row.text("form"));
    kept.insert(same_event(decision));
  });
  return kept;
}

}  // namespace

std::span<const Heading> decision_columns() { return columns; }

Report read_decisions(db::Transaction& tx, const file::Table& table, const Headings& headings,
                      const Task& task) {
  Report report;
  report.rows = table.size();
  Register known(tx, task);
  const auto before = events_kept(tx);
  std::unordered_map<std::string, std::size_t> here;  // -> line
  for (std::size_t at = 0; at != table.size(); ++at) {
    if (task.progress && at % 4096 == 0) task.progress(at, table.size());
    const auto file_row = table[at];
    Row row(file_row, headings, columns);
    const auto decision = read(row, known, task.now.date());
    if (row.has_too_many_cells(table.headings.size()))
      row.fault({"The row has {1} cells, but there are {2} headings. Is a separator too many?",
                 std::to_string(file_row.size()), std::to_string(table.headings.size())});
    if (decision && row.faults.empty()) {
      const auto event = same_event(*decision);
      const auto [twin, first] = here.emplace(event, file_row.line());
      if (!first)
        row.fault(beslut,
                  {"The same decision on the same day stands in row {1}.", std::to_string(twin->second)});
      else if (before.contains(event))
        ++report.unchanged;
      else {
        ++report.added;
        if (!task.dry_run) decision::add(tx, known.intervention(row[insats]).known->scope, *decision);
      }
    }
    if (!row.faults.empty()) report.refused.push_back({at, std::move(row.faults)});
  }
  return report;
}

}  // namespace stafett::exchange
