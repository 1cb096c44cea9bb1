// A row of a register of participations: what it says of the person and of the stay, read on its own. What is
// known from before, and from other rows, is compared in participations.cpp.
#pragma once

#include <array>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "exchange/register.h"
#include "exchange/row.h"
#include "participation/participation.h"

namespace stafett::exchange {

enum ParticipationColumn : std::size_t {
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
  personnummer,
  participation_column_count
};
extern const std::array<Heading, participation_column_count> participation_headings;

// As far as it could be read; the faults are in the row.
struct Said {
  Known* known = nullptr;  // the intervention
  std::string_view code;
  Person person;
  participation::Participation stay;
  bool has_start = false;
};

class ParticipationWords {
 public:
  ParticipationWords(Register& interventions, Date today) : register_(interventions), today_(today) {}

  Said read(Row&);
  // Words that no list of ours has are kept as they stand. Once for each row that is taken.
  void count_new_words(const Row&);
  std::vector<Message> about_new_words() const;

 private:
  struct Meaning {
    std::string kept;
    std::optional<Message> fault;
    bool is_new = false;
  };

  Known* intervention_of(Row&);
  void read_person(Row&, Said&);
  void read_stay(Row&, Said&);
  std::string name_in(Row&, ParticipationColumn, const Known*, const Named&);
  std::string listed(Row&, ParticipationColumn);
  std::string municipality(Row&);
  std::optional<Date> date(Row&, ParticipationColumn);
  static Meaning in_list(ParticipationColumn, std::string_view word);

  Register& register_;
  Date today_;
  std::array<Remembered<Meaning>, participation_column_count> listed_;
  std::array<std::unordered_map<const Known*, Remembered<Meaning>>, participation_column_count> named_;
  std::array<std::map<std::string, std::size_t>, participation_column_count> new_words_;  // -> rows
};

// The faults of the stay as a whole, at our columns.
void add_faults_of_stay(Row&, const participation::Participation&, Date today);

}  // namespace stafett::exchange
