// Registers of participations: one row, one stay. Each row is compared with what is known from before and
// from the rows above it, and taken or refused.
#include "exchange/participations.h"

#include <algorithm>

#include "exchange/participation_row.h"

namespace stafett::exchange {
namespace {

using participation::Participation;

class Reading {
 public:
  Reading(db::Transaction& tx, const file::Table& table, const Headings& headings, const Task& task)
      : tx_(tx),
        table_(table),
        headings_(headings),
        task_(task),
        register_(tx, task),
        words_(register_, task.now.date()) {
    for (std::size_t column = 0; column != participation_column_count; ++column)
      is_whole_ = is_whole_ && (headings.place[column] || column == personnummer);
  }

  Report read() {
    report_.rows = table_.size();
    for (std::size_t at = 0; at != table_.size(); ++at) {
      read(at);
      if (task_.progress && at % 4096 == 0) task_.progress(at, table_.size());
    }
    // What overlapped a stay that a later row of the file has ended does so no more.
    is_last_try_ = true;
    for (const auto at : waiting_) read(at);
    std::ranges::sort(report_.refused, {}, &Refusal::row);
    report_.notices = words_.about_new_words();
    return std::move(report_);
  }

 private:
  void read(std::size_t at) {
    const auto file_row = table_[at];
    Row row(file_row, headings_, participation_headings);
    auto said = words_.read(row);
    if (said.known && is_out_of_reach(*said.known, said.code, said.person.personal_number.value)) {
      leave_alone(at, row, said);
      return;
    }
    auto* person = said.known ? person_named(*said.known, said.code) : nullptr;
    std::optional<Participation> before;
    if (person && said.has_start) before = kept_before(*said.known, *person, said.stay.started);
    if (before && !is_whole_) leave_as_it_was(row, said.stay, *before);
    if (said.has_start) add_faults_of_stay(row, said.stay, task_.now.date());
    if (row.has_too_many_cells(table_.headings.size()))
      row.fault({"The row has {1} cells, but there are {2} headings. Is a separator too many?",
                 std::to_string(file_row.size()), std::to_string(table_.headings.size())});
    if (person) compare(row, *person, said.person);

    const auto overlap = person && said.has_start ? overlap_of(*person, said.stay) : Overlap{};
    if (row.faults.empty() && overlap.with && overlap.with->line == 0 && !is_last_try_) {
      waiting_.push_back(at);
      return;
    }
    if (overlap.with) row.fault(start, overlap.fault);
    if (!row.faults.empty()) {
      report_.refused.push_back({at, std::move(row.faults)});
      return;
    }
    said.stay.written = row.written(before ? before->written : std::string_view{});
    if (person && person->is_protected) forget_place(said);
    words_.count_new_words(row);
    keep(said, person, before, file_row.line());
  }

  // As if it were here already as the row says: that it is kept out tells that there is a reason to.
  void leave_alone(std::size_t at, Row& row, const Said& said) {
    if (said.has_start) add_faults_of_stay(row, said.stay, task_.now.date());
    if (row.faults.empty())
      ++report_.unchanged;
    else
      report_.refused.push_back({at, std::move(row.faults)});
  }

  Person* person_named(Known& known, std::string_view code) {
    const auto found = known.persons.find(std::string(code));
    return found == known.persons.end() ? nullptr : &found->second;
  }

  // The same stay as it is in the database.
  std::optional<Participation> kept_before(const Known& known, const Person& person, Date started) {
    const auto stay = std::ranges::find(person.stays, started, &Stay::started);
    if (stay == person.stays.end() || stay->line != 0) return std::nullopt;
    return participation::starting(tx_, known.scope, person.id, started);
  }

  // A file without a column says nothing of what stands there.
  static void leave_as_it_was(const Row& row, Participation& stay, const Participation& before) {
    if (!row.has(plattform)) stay.site = before.site;
    if (!row.has(hemkommun)) stay.municipality = before.municipality;
    if (!row.has(remittent)) stay.referrer = before.referrer;
    if (!row.has(forsorjning_vid_start)) stay.income_start = before.income_start;
    if (!row.has(aktualiserad)) stay.referred = before.referred;
    if (!row.has(avslut)) stay.ended = before.ended;
    if (!row.has(avslutad_till)) stay.destination = before.destination;
    if (!row.has(forsorjning_vid_avslut)) stay.income_end = before.income_end;
  }

  // What the row says of the person against what another row said.
  static void compare(Row& row, const Person& known, const Person& said) {
    const auto contradicts = [](const auto& known, const auto& said) {
      return known.line != 0 && known.is_known() && said.is_known() && known.value != said.value;
    };
    const auto line = [](const auto& told) { return std::to_string(told.line); };
    if (contradicts(known.sex, said.sex))
      row.fault(kon, {"The same participant has another sex in row {1}.", line(known.sex)});
    if (contradicts(known.birth_year, said.birth_year))
      row.fault(fodelsear,
                {"The same participant has another year of birth in row {1}.", line(known.birth_year)});
    if (contradicts(known.personal_number, said.personal_number))
      row.fault(personnummer, {"The same participant has another personal number in row {1}.",
                               line(known.personal_number)});
  }

  // Of somebody protected, whom whoever imports works with by name.
  static void forget_place(Said& said) {
    said.person.personal_number = {};
    said.stay.site = said.stay.municipality = said.stay.referrer = said.stay.written = "";
  }

  struct Overlap {
    const Stay* with = nullptr;
    Message fault;
  };
  static Overlap overlap_of(const Person& person, const Participation& stay) {
    Overlap found;
    for (const auto& other : person.stays) {
      const bool is_same = other.started == stay.started;
      if (is_same && other.line != 0)
        return {&other,
                {"The same participant starts on the same day in row {1}.", std::to_string(other.line)}};
      if (is_same || (other.ended && *other.ended < stay.started) ||
          (stay.ended && *stay.ended < other.started))
        continue;
      if (found.with && found.with->line != 0) continue;
      found = {
          &other,
          other.ended
              ? Message{"The participant is in the intervention already, from {1} to {2}. Two stays may not "
                        "overlap.",
                        other.started.text(), other.ended->text()}
              : Message{"The participant is in the intervention already, since {1}. End that stay first.",
                        other.started.text()}};
    }
    return found;
  }

  void keep(Said& said, Person* person, const std::optional<Participation>& before, std::size_t line) {
    bool is_changed = false;
    if (!person) {
      said.person.id = new_id<participant::Participant>();
      person = &said.known->persons[std::string(said.code)];
      person->id = said.person.id;
      learn(*person, said.person, line);
      if (!task_.dry_run) participant::add(tx_, said.known->scope, as_participant(*said.known, said.code, *person));
    } else if (learn(*person, said.person, line)) {
      is_changed = true;
      if (!task_.dry_run) participant::change(tx_, said.known->scope, as_participant(*said.known, said.code, *person));
    }
    if (learn_number(*said.known, *person, said.person, line)) is_changed = true;

    auto& stay = said.stay;
    stay.participant = person->id;
    if (!before) {
      stay.id = new_id<Participation>();
      if (!task_.dry_run) participation::add(tx_, said.known->scope, stay);
      person->stays.push_back({stay.started, stay.ended, line});
      ++report_.added;
      return;
    }
    stay.id = before->id;
    if (!(*before == stay)) {
      is_changed = true;
      if (!task_.dry_run) participation::change(tx_, said.known->scope, stay);
    }
    *std::ranges::find(person->stays, stay.started, &Stay::started) = {stay.started, stay.ended, line};
    ++(is_changed ? report_.changed : report_.unchanged);
  }

  // Takes over what the row says and was not known or was otherwise. What it leaves empty stays.
  static bool learn(Person& person, const Person& said, std::size_t line) {
    bool learnt = false;
    const auto take = [&](auto& known, const auto& told) {
      if (!told.is_known()) return;
      learnt = learnt || known.value != told.value;
      known = {told.value, line};
    };
    take(person.sex, said.sex);
    take(person.birth_year, said.birth_year);
    return learnt;
  }

  // The number is compared with a sealed one by its mark. Who has none needs no key.
  bool learn_number(Known& known, Person& person, const Person& said, std::size_t line) {
    const auto& number = said.personal_number.value;
    const bool is_same = number.empty() || person.personal_number.value == number;
    if (!number.empty()) person.personal_number = {number, line};
    if (is_same) return false;
    auto mark = known.numbers->mark_of(number, !task_.dry_run);
    if (!mark.empty() && mark == person.number_mark) return false;
    person.number_mark = std::move(mark);
    if (!task_.dry_run) known.numbers->keep(person.id, number);
    return true;
  }

  static participant::Participant as_participant(const Known& known, std::string_view code,
                                                 const Person& person) {
    return {person.id,
            known.intervention.owner,
            known.intervention.id,
            std::string(code),
            person.sex.value.value_or(participant::Sex::missing),
            person.birth_year.value};
  }

  db::Transaction& tx_;
  const file::Table& table_;
  const Headings& headings_;
  const Task& task_;
  Register register_;
  ParticipationWords words_;
  Report report_;
  bool is_whole_ = true;  // the file has every column
  bool is_last_try_ = false;
  std::vector<std::size_t> waiting_;
};

}  // namespace

std::span<const Heading> participation_columns() { return participation_headings; }

Report read_participations(db::Transaction& tx, const file::Table& table, const Headings& headings,
                           const Task& task) {
  return Reading(tx, table, headings, task).read();
}

}  // namespace stafett::exchange
