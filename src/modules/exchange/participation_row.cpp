#include "exchange/participation_row.h"

#include "code_list/code_list.h"
#include "exchange/words.h"

namespace stafett::exchange {
namespace {

constexpr std::size_t longest_word = 200;

const code_list::List& list_for(ParticipationColumn column) {
  return column == remittent ? code_list::referrers() : code_list::incomes();
}

}  // namespace

const std::array<Heading, participation_column_count> participation_headings{
    {{"insats", true},
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
     {"personnummer", false}}};

Said ParticipationWords::read(Row& row) {
  Said said;
  said.known = intervention_of(row);
  said.code = row[deltagare];
  read_person(row, said);
  read_stay(row, said);
  return said;
}

Known* ParticipationWords::intervention_of(Row& row) {
  if (row[insats].empty()) {
    row.fault(insats, "The intervention is missing.");
    return nullptr;
  }
  const auto& found = register_.intervention(row[insats]);
  if (!found.known) row.fault(insats, found.why_not);
  return found.known;
}

void ParticipationWords::read_person(Row& row, Said& said) {
  auto& person = said.person;
  if (said.code.empty())
    row.fault(deltagare, "The participant is missing. Give each person a mark of their own.");
  if (said.code.size() > longest_word)
    row.fault(deltagare, "The participant's mark is too long. At most 200 characters.");

  if (const auto sex = read_sex(row[kon]); !sex)
    row.fault(kon, no_sex(row[kon]));
  else if (*sex != participant::Sex::missing)
    person.sex.value = *sex;
  row.taken_as(kon, word_for(person.sex.value.value_or(participant::Sex::missing)));

  if (const auto year = row[fodelsear]; !says_nothing(year)) {
    person.birth_year.value = read_birth_year(year, today_);
    if (!person.birth_year.value) row.fault(fodelsear, no_birth_year(year, today_));
  }
  if (const auto number = row[personnummer]; !says_nothing(number)) {
    const auto twelve = participant::personal_number(number, today_);
    if (!twelve) {
      row.fault(personnummer, "The personal number does not hold. Check its digits.");
      return;
    }
    person.personal_number.value = *twelve;
    const int born = std::stoi(twelve->substr(0, 4));
    if (person.birth_year.value.value_or(born) != born)
      row.fault(fodelsear, "The year of birth is another than in the personal number.");
    person.birth_year.value = born;
  }
}

void ParticipationWords::read_stay(Row& row, Said& said) {
  auto& stay = said.stay;
  if (said.known) {
    stay.intervention = said.known->intervention.id;
    stay.owner = said.known->intervention.owner;
  }
  stay.site = name_in(row, plattform, said.known, sites);
  stay.destination = name_in(row, avslutad_till, said.known, destinations);
  stay.municipality = municipality(row);
  stay.referrer = listed(row, remittent);
  stay.income_start = listed(row, forsorjning_vid_start);
  stay.income_end = listed(row, forsorjning_vid_avslut);
  stay.referred = date(row, aktualiserad);
  stay.ended = date(row, avslut);
  if (says_nothing(row[start]))
    row.fault(start, "The start is missing.");
  else if (const auto started = date(row, start)) {
    stay.started = *started;
    said.has_start = true;
  }
}

std::string ParticipationWords::name_in(Row& row, ParticipationColumn column, const Known* known,
                                        const Named& named) {
  const auto word = row[column];
  if (says_nothing(word)) return {};
  if (!known) return std::string(word);
  const auto& meant = named_[column][known](word, [&](std::string_view word) -> Meaning {
    if (word.size() > longest_word) return {{}, Message("The word is too long. At most 200 characters.")};
    auto name = named_in(*known, named, word);
    return name ? Meaning{*std::move(name)} : Meaning{{}, name.error().message()};
  });
  if (meant.fault) row.fault(column, *meant.fault);
  row.taken_as(column, meant.kept);
  return meant.kept;
}

ParticipationWords::Meaning ParticipationWords::in_list(ParticipationColumn column, std::string_view word) {
  const auto& list = list_for(column);
  if (says_nothing(word)) return {};
  if (word.size() > longest_word) return {{}, Message("The word is too long. At most 200 characters.")};
  if (const auto* entry = list.find(word)) return {entry->code};
  if (const auto near = list.nearest(word))
    return {{}, Message{"“{1}” is not known. Did you mean “{2}”?", std::string(word), std::string(*near)}};
  return {std::string(word), {}, true};
}

std::string ParticipationWords::listed(Row& row, ParticipationColumn column) {
  const auto& meant =
      listed_[column](row[column], [&](std::string_view word) { return in_list(column, word); });
  if (meant.fault) row.fault(column, *meant.fault);
  row.taken_as(column, meant.kept);
  return meant.kept;
}

std::string ParticipationWords::municipality(Row& row) {
  const auto& meant = listed_[hemkommun](row[hemkommun], [](std::string_view word) -> Meaning {
    if (says_nothing(word)) return {};
    const auto code = read_municipality(word);
    return code.empty() ? Meaning{{}, no_municipality(word)} : Meaning{std::string(code)};
  });
  if (meant.fault) row.fault(hemkommun, *meant.fault);
  row.taken_as(hemkommun, meant.kept);
  return meant.kept;
}

std::optional<Date> ParticipationWords::date(Row& row, ParticipationColumn column) {
  if (says_nothing(row[column])) return std::nullopt;
  const auto date = read_date(row[column]);
  if (!date) row.fault(column, no_date(row[column]));
  return date;
}

void ParticipationWords::count_new_words(const Row& row) {
  for (const auto column : {remittent, forsorjning_vid_start, forsorjning_vid_avslut}) {
    const auto word = row[column];
    if (!word.empty() &&
        listed_[column](word, [&](std::string_view word) { return in_list(column, word); }).is_new)
      ++new_words_[column][std::string(word)];
  }
}

std::vector<Message> ParticipationWords::about_new_words() const {
  std::vector<Message> notices;
  for (std::size_t column = 0; column != participation_column_count; ++column)
    for (const auto& [word, rows] : new_words_[column]) {
      const std::string heading(participation_headings[column].name);
      notices.push_back(
          rows == 1
              ? Message{"{1}: “{2}” is not in our list and is kept as it stands, in one row.", heading, word}
              : Message{"{1}: “{2}” is not in our list and is kept as it stands, in {3} rows.", heading, word,
                        std::to_string(rows)});
    }
  return notices;
}

void add_faults_of_stay(Row& row, const participation::Participation& stay, Date today) {
  for (auto& fault : participation::faults_in(stay, today)) {
    const auto column = fault.field == "referred"      ? aktualiserad
                        : fault.field == "ended"       ? avslut
                        : fault.field == "destination" ? avslutad_till
                        : fault.field == "income_end"  ? forsorjning_vid_avslut
                                                       : start;
    row.fault(column, std::move(fault.message));
  }
}

}  // namespace stafett::exchange
