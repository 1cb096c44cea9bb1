// Registers of participations: one row, one stay.
#include "exchange/participations.h"

#include <algorithm>

#include "code_list/code_list.h"
#include "exchange/register.h"
#include "exchange/words.h"
#include "participation/participation.h"
#include "text/nearest.h"

namespace stafett::exchange {
namespace {

enum Column : std::size_t {
  insats,
  plattform,
  deltagare,
  kon,
  fodelsear,
  hemkommun,
  remittent,
  forsorjning_vid_start,
  aktualiserad,
  start,
  avslut,
  avslutad_till,
  forsorjning_vid_avslut,
  personnummer
};
constexpr Heading columns[] = {{"insats", true},
                               {"plattform", false},
                               {"deltagare", true},
                               {"kön", false},
                               {"födelseår", false},
                               {"hemkommun", false},
                               {"remittent", false},
                               {"försörjning vid start", false},
                               {"aktualiserad", false},
                               {"start", true},
                               {"avslut", false},
                               {"avslutad till", false},
                               {"försörjning vid avslut", false},
                               {"personnummer", false}};

using participation::Participation;

// A word of a list that may grow: a near miss is a fault, a word of its own is kept and told of.
struct ListWord {
  std::string kept;
  std::optional<Message> fault;
  bool is_new = false;
};

ListWord look_up(const code_list::List& list, std::string_view word, bool may_grow) {
  if (says_nothing(word)) return {};
  if (const auto* entry = list.find(word)) return {entry->code};
  if (const auto near = list.nearest(word)) return {{}, Message{"“{1}” is not known. Did you mean “{2}”?", std::string(word), std::string(*near)}};
  if (!may_grow) return {{}, Message{"“{1}” is not a municipality. Write its code of four digits or its name.", std::string(word)}};
  return {std::string(word), {}, true};
}

class Reading {
 public:
  Reading(db::Transaction& tx, const file::Table& table, const Headings& headings, const Task& task, Report& report)
      : tx_(tx), table_(table), headings_(headings), task_(task), report_(report), register_(tx, task.user) {}

  void read(std::size_t at) {
    const auto file_row = table_[at];
    Row row(file_row, headings_, columns);
    Participation stay;
    Person said;  // what this row says of the person
    auto* known = intervention_of(row, stay);
    read_person(row, said);
    read_stay(row, known, stay);
    if (file_row.size() > table_.headings.size())
      row.fault(insats, {"The row has {1} cells, but there are {2} headings. Is a separator too many?", std::to_string(file_row.size()), std::to_string(table_.headings.size())});

    const auto code = row[deltagare];
    auto* person = known && !code.empty() ? person_named(*known, code) : nullptr;
    if (person) compare(row, *person, said, stay);
    if (row.faults.empty()) {
      stay.written = row.written();
      keep(*known, code, person, said, stay, file_row.line());
    } else {
      report_.refused.push_back({at, std::move(row.faults)});
    }
  }

  void tell_of_new_words() {
    for (const auto& [word, count] : new_words_)
      report_.notices.push_back({"“{1}” is not in our list and was kept as it stands ({2} rows).", word, std::to_string(count)});
  }

 private:
  Known* intervention_of(Row& row, Participation& stay) {
    if (row[insats].empty()) {
      row.fault(insats, "The intervention is missing.");
      return nullptr;
    }
    const auto& found = register_.intervention(row[insats]);
    if (!found.known) {
      row.fault(insats, found.why_not);
      return nullptr;
    }
    stay.intervention = found.known->intervention.id;
    stay.owner = found.known->intervention.owner;
    return found.known;
  }

  void read_person(Row& row, Person& said) {
    if (row[deltagare].empty()) row.fault(deltagare, "The participant is missing. Give each person a mark of their own.");
    if (row[deltagare].size() > 200) row.fault(deltagare, "The participant's mark is too long. At most 200 characters.");
    if (const auto sex = read_sex(row[kon]))
      said.sex = *sex;
    else
      row.fault(kon, sex_fault(row[kon]));
    row.taken_as(kon, sex_word(said.sex));

    if (const auto year = row[fodelsear]; !says_nothing(year)) {
      if (year.size() == 4 && std::all_of(year.begin(), year.end(), [](char c) { return c >= '0' && c <= '9'; }))
        said.birth_year = std::stoi(std::string(year));
      else
        row.fault(fodelsear, {"“{1}” is not a year. Write four digits.", std::string(year)});
    }
    if (const auto number = row[personnummer]; !says_nothing(number)) {
      if (const auto twelve = participant::personal_number(number, task_.today))
        said.personal_number = *twelve;
      else
        row.fault(personnummer, "The personal number does not hold. Check its digits.");
    }
  }

  void read_stay(Row& row, Known* known, Participation& stay) {
    stay.site = one_of(row, plattform, known ? &known->sites : nullptr, "the sites of the intervention", true);
    stay.destination = one_of(row, avslutad_till, known ? &known->destinations : nullptr, "the destinations of the intervention", false);
    stay.municipality = listed(row, hemkommun, code_list::municipalities(), false);
    stay.referrer = listed(row, remittent, code_list::referrers(), true);
    stay.income_start = listed(row, forsorjning_vid_start, code_list::incomes(), true);
    stay.income_end = listed(row, forsorjning_vid_avslut, code_list::incomes(), true);
    stay.referred = date(row, aktualiserad);
    stay.ended = date(row, avslut);
    if (says_nothing(row[start]))
      row.fault(start, "The start is missing.");
    else if (const auto started = date(row, start)) {
      stay.started = *started;
      for (auto& fault : participation::faults_in(stay, task_.today)) row.faults.push_back(in_swedish_columns(std::move(fault)));
    }
  }

  std::string one_of(Row& row, Column column, const std::unordered_map<std::string, std::string>* names, std::string_view of, bool any_if_none) {
    const auto word = row[column];
    if (says_nothing(word)) return {};
    if (!names || (any_if_none && names->empty())) return std::string(word);
    const auto& meant = outcomes_[column][names](word, [&](std::string_view word) {
      const auto name = named_among(*names, word);
      return name ? ListWord{std::string(*name)} : ListWord{{}, not_among(*names, word, of)};
    });
    if (meant.fault) row.fault(column, *meant.fault);
    row.taken_as(column, meant.kept);
    return meant.kept;
  }

  std::string listed(Row& row, Column column, const code_list::List& list, bool may_grow) {
    const auto& meant = words_[column](row[column], [&](std::string_view word) { return look_up(list, word, may_grow); });
    if (meant.fault) row.fault(column, *meant.fault);
    if (meant.is_new) ++new_words_[meant.kept];
    row.taken_as(column, meant.kept);
    return meant.kept;
  }

  std::optional<Date> date(Row& row, Column column) {
    if (says_nothing(row[column])) return std::nullopt;
    const auto date = read_date(row[column]);
    if (!date) row.fault(column, {"“{1}” is not a date. Write it as 2024-03-01.", std::string(row[column])});
    return date;
  }

  // What the row says against what was known: of the person, and of other stays.
  void compare(Row& row, Person& person, const Person& said, const Participation& stay) {
    using participant::Sex;
    const auto line = std::to_string(person.line);
    if (person.line != 0 && said.sex != Sex::missing && person.sex != Sex::missing && said.sex != person.sex)
      row.fault(kon, {"The same participant has another sex in row {1}.", line});
    if (person.line != 0 && said.birth_year && person.birth_year && said.birth_year != person.birth_year)
      row.fault(fodelsear, {"The same participant has another year of birth in row {1}.", line});
    for (const auto& other : person.stays) {
      const bool same = other.started == stay.started;
      if (same && other.line != 0) row.fault(start, {"The same participant starts on the same day in row {1}.", std::to_string(other.line)});
      if (same || (other.ended && *other.ended < stay.started) || (stay.ended && *stay.ended < other.started)) continue;
      row.fault(start, {"The participant is in the intervention already, from {1} to {2}. Two stays may not overlap.",
                        other.started.text(), other.ended ? other.ended->text() : "…"});
    }
  }

  Person* person_named(Known& known, std::string_view code) {
    const auto found = known.persons.find(std::string(code));
    return found == known.persons.end() ? nullptr : &found->second;
  }

  void keep(Known& known, std::string_view code, Person* person, Person& said, Participation& stay, std::size_t line) {
    bool changed = false, added = true;
    if (!person) {
      said.id = new_id<participant::Participant>();
      said.line = line;
      person = &known.persons.emplace(std::string(code), std::move(said)).first->second;
      if (!task_.dry_run) participant::add(tx_, as_participant(known, code, *person));
    } else if (learn(*person, said, line)) {
      changed = true;
      if (!task_.dry_run) participant::change(tx_, as_participant(known, code, *person));
    }

    stay.participant = person->id;
    auto& stays = person->stays;
    const auto before = std::find_if(stays.begin(), stays.end(), [&](const Stay& other) { return other.started == stay.started; });
    if (before == stays.end()) {
      stay.id = new_id<Participation>();
      if (!task_.dry_run) participation::add(tx_, stay);
      stays.push_back({stay.started, stay.ended, line});
    } else {
      added = false;
      const auto kept = participation::starting(tx_, person->id, stay.started).value();
      stay.id = kept.id;
      if (!(kept == stay)) {
        changed = true;
        if (!task_.dry_run) participation::change(tx_, stay);
      }
      *before = {stay.started, stay.ended, line};
    }
    ++(added ? report_.added : changed ? report_.changed : report_.unchanged);
  }

  // Takes over what the row says and was not known or was otherwise. What it leaves empty stays.
  static bool learn(Person& person, const Person& said, std::size_t line) {
    person.line = line;
    bool learnt = false;
    const auto take = [&](auto& known, const auto& told, bool is_told) {
      if (!is_told || known == told) return;
      known = told;
      learnt = true;
    };
    take(person.sex, said.sex, said.sex != participant::Sex::missing);
    take(person.birth_year, said.birth_year, said.birth_year.has_value());
    take(person.personal_number, said.personal_number, !said.personal_number.empty());
    return learnt;
  }

  static participant::Participant as_participant(const Known& known, std::string_view code, const Person& person) {
    return {person.id, known.intervention.owner, known.intervention.id, std::string(code), person.personal_number, person.sex, person.birth_year};
  }

  static std::string_view sex_word(participant::Sex sex) {
    using participant::Sex;
    return sex == Sex::woman ? "kvinna" : sex == Sex::man ? "man" : sex == Sex::other ? "annat" : "";
  }
  static Message sex_fault(std::string_view word) {
    constexpr std::string_view known[] = {"kvinna", "man", "annat"};
    if (const auto near = text::nearest(word, known)) return {"“{1}” is not known. Did you mean “{2}”?", std::string(word), std::string(*near)};
    return {"“{1}” is not known. Write kvinna, man, annat or nothing.", std::string(word)};
  }
  static Fault in_swedish_columns(Fault fault) {
    const auto column = fault.field == "referred"      ? aktualiserad
                        : fault.field == "ended"       ? avslut
                        : fault.field == "destination" ? avslutad_till
                        : fault.field == "income_end"  ? forsorjning_vid_avslut
                                                       : start;
    fault.field = columns[column].name;
    return fault;
  }

  db::Transaction& tx_;
  const file::Table& table_;
  const Headings& headings_;
  const Task& task_;
  Report& report_;
  Register register_;
  std::array<Remembered<ListWord>, std::size(columns)> words_;
  std::array<std::unordered_map<const void*, Remembered<ListWord>>, std::size(columns)> outcomes_;
  std::map<std::string, std::size_t> new_words_;
};

}  // namespace

std::span<const Heading> participation_columns() { return columns; }

Report read_participations(db::Transaction& tx, const file::Table& table, const Headings& headings, const Task& task) {
  Report report;
  report.rows = table.size();
  Reading reading(tx, table, headings, task, report);
  for (std::size_t at = 0; at != table.size(); ++at) {
    reading.read(at);
    if (task.progress && at % 4096 == 0) task.progress(at, table.size());
  }
  reading.tell_of_new_words();
  return report;
}

}  // namespace stafett::exchange
