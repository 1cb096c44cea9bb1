#include "statistics/measure.h"

#include <array>

namespace stafett::statistics {
namespace {

const std::array all_measures{
    Measure{
        "referred", Message{"Referred participations"},
        Message{
            "Participations whose referral was made in the period. Someone referred twice is counted twice."},
        Fact::participation, Counts::participations, Event::referred},
    Measure{"started", Message{"Started participations"},
            Message{"Participations that started in the period. Someone who starts twice is counted twice. "
                    "Anonymous participants are among them when the period is whole years."},
            Fact::participation, Counts::participations, Event::started},
    Measure{"active", Message{"Ongoing participations"},
            Message{"Participations that went on for some day of the period: started by its last day and not "
                    "ended before its "
                    "first. Year and month are those of the start."},
            Fact::participation, Counts::participations, Event::started, true},
    Measure{"persons", Message{"Persons taking part"},
            Message{"Different persons with a participation that went on for some day of the period. Someone "
                    "who takes part "
                    "twice is counted once, so parts may add up to more than the total; in two registers, "
                    "once in each. Year and month are those of the start."},
            Fact::participation, Counts::persons, Event::started, true},
    Measure{"closed", Message{"Closed participations"},
            Message{"Participations that ended in the period, whatever the outcome. Someone who ends twice "
                    "is counted twice."},
            Fact::participation, Counts::participations, Event::ended},
    Measure{"stay", Message{"Length of stay"},
            Message{"From start to end for participations that ended in the period, in months of 365.25/12 "
                    "days: mean and median."},
            Fact::participation, Counts::days, Event::ended, false, Event::started, true},
    Measure{"lead_time", Message{"Lead time from referral to start"},
            Message{"Days from referral to start for participations that started in the period and have a "
                    "date of referral: mean "
                    "and median."},
            Fact::participation, Counts::days, Event::started, false, Event::referred},
    Measure{"decisions", Message{"Decisions"},
            Message{"Decisions made in the period, new ones and extensions. They are events, not persons: "
                    "someone may have "
                    "several."},
            Fact::decision, Counts::events, Event::decided},
    Measure{
        "contacts", Message{"Contacts"},
        Message{
            "Contacts and consultations in the period, which name nobody. They are events: each is protected "
            "as if it were about somebody of its own. Without an intervention, the area is the one "
            "association that the organisation is a member of."},
        Fact::contact, Counts::events, Event::contacted},
};

constexpr bool yes = true, no = false;
const std::array all_divisions{
    Division{Dimension::intervention, "intervention", Message{"intervention"}, yes, yes, yes},
    Division{Dimension::area, "area", Message{"area"}, yes, yes, yes},
    Division{Dimension::site, "site", Message{"site"}, yes, no, no},
    Division{Dimension::sex, "sex", Message{"sex"}, yes, yes, no},
    Division{Dimension::age_band, "age_band", Message{"age"}, yes, yes, no},
    Division{Dimension::municipality, "municipality", Message{"home municipality"}, yes, yes, yes},
    Division{Dimension::referrer, "referrer", Message{"referrer"}, yes, no, no},
    Division{Dimension::income_start, "income_start", Message{"income at start"}, yes, no, no, yes},
    Division{Dimension::income_end, "income_end", Message{"income at end"}, yes, no, no, yes},
    Division{Dimension::destination, "destination", Message{"ended to"}, yes, no, no, yes},
    Division{Dimension::destination_group, "destination_group", Message{"group of outcome"}, yes, no, no,
             yes},
    Division{Dimension::decision, "decision", Message{"decision"}, no, yes, no, yes},
    Division{Dimension::form, "form", Message{"form of decision"}, no, yes, no},
    Division{Dimension::contact_kind, "contact_kind", Message{"kind of contact"}, no, no, yes},
    Division{Dimension::asked_by, "asked_by", Message{"who asked"}, no, no, yes},
    Division{Dimension::year, "year", Message{"year"}, yes, yes, yes},
    Division{Dimension::month, "month", Message{"month"}, yes, yes, yes},
};
static_assert(std::tuple_size_v<decltype(all_divisions)> == dimension_count);

}  // namespace

std::span<const Measure> measures() { return all_measures; }
std::span<const Division> dimensions() { return all_divisions; }
const Division& about(Dimension dimension) { return all_divisions[static_cast<std::size_t>(dimension)]; }

bool can_divide(const Measure& measure, Dimension dimension) { return about(dimension).is_of(measure.fact); }

Message unit_of(const Measure& measure) {
  switch (measure.counts) {
    case Counts::participations:
      return Message{"participations"};
    case Counts::persons:
      return Message{"persons"};
    case Counts::events:
      return Message{"events"};
    case Counts::days:
      return measure.in_months ? Message{"months"} : Message{"days"};
  }
  return {};
}

}  // namespace stafett::statistics
