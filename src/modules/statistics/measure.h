// What can be asked for. A measure (mått) has an id, a definition, a unit and what it counts: participations,
// persons or events, never mixed. A dimension (indelning) is what it may be divided by or limited to.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "base/message.h"

namespace stafett::statistics {

enum class Fact { participation, decision, contact };
inline constexpr std::size_t fact_count = 3;

// The dates a fact may have.
enum class Event { referred, started, ended, decided, contacted };
inline constexpr std::size_t event_count = 5;
constexpr Fact fact_of(Event event) {
  return event == Event::decided     ? Fact::decision
         : event == Event::contacted ? Fact::contact
                                     : Fact::participation;
}

enum class Dimension {
  intervention,
  area,
  site,
  sex,
  age_band,
  municipality,
  referrer,
  income_start,
  income_end,
  destination,
  destination_group,
  decision,
  form,
  contact_kind,
  asked_by,
  year,
  month,
};
inline constexpr std::size_t dimension_count = 17;

enum class Counts {
  participations,
  persons,
  events,
  days
};  // days: mean and median of the days between two events

struct Measure {
  std::string_view id;
  Message name, definition;
  Fact fact;
  Counts counts;
  Event own_date;          // year, month and the period speak of this date
  bool ongoing = false;    // instead: everyone who was there on some day of the period
  Event since{};           // of days: from this date to the own date
  bool in_months = false;  // of days: shown in months of 365.25/12 days

  bool is_mean() const { return counts == Counts::days; }
};

// A dimension as it is declared.
struct Division {
  Dimension dimension;
  std::string_view id;
  Message name;
  bool of_participations, of_decisions, of_contacts;
  // Its category says something about a person that others may not know: a line with everyone in one category
  // tells.
  bool is_telling = false;

  bool is_of(Fact fact) const {
    return fact == Fact::participation ? of_participations
           : fact == Fact::decision    ? of_decisions
                                       : of_contacts;
  }
};

std::span<const Measure> measures();
std::span<const Division> dimensions();
const Division& about(Dimension);
Message unit_of(const Measure&);
bool can_divide(const Measure&, Dimension);

}  // namespace stafett::statistics
