// Participation (deltagande): one stay of a participant in an intervention, from its start to its end. What the
// statistics call started, active and closed are participations; a person may have several.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "participant/participant.h"

namespace stafett::participation {

struct Participation {
  Id<Participation> id;
  Id<organisation::Organisation> owner;
  Id<intervention::Intervention> intervention;
  Id<participant::Participant> participant;
  // Empty is "uppgift saknas", an answer that is counted.
  std::string site, referrer, municipality, income_start, income_end;  // municipality: four digits
  std::optional<Date> referred;
  Date started;
  std::optional<Date> ended;
  std::string destination;  // one of the intervention's own
  std::string written;      // JSON: the words of an imported row where they differ

  bool operator==(const Participation&) const = default;
};

// Every fault in one stay on its own, field by field: an end before the start, a destination without an end.
std::vector<Fault> faults_in(const Participation&, Date today);

// Store.
void add(db::Transaction&, const access::Scope&, const Participation&);
void change(db::Transaction&, const access::Scope&, const Participation&);
std::optional<Participation> starting(db::Transaction&, const access::Scope&, const Id<participant::Participant>&,
                                      Date started);
// Their stays are planning; the incomes in them are left out where incomes may not be seen.
std::vector<Participation> of(db::Transaction&, const access::Permit&);
// The register's own words, for good; the facts stay to be counted. With a permit to erase.
void erase_words(db::Transaction&, const access::Permit&);
// What tells where somebody is: site, home municipality, referrer and the register's own words. With a permit to protect.
void forget_place(db::Transaction&, const access::Permit&);
// The stays of several participants, in one question; of those whose planning may be seen.
std::vector<Participation> of(db::Transaction&, const access::Scope&, participant::Part);

// The words of an imported row that were taken for something else: heading and word, from `written`.
std::vector<std::pair<std::string, std::string>> words_written(std::string_view written);

// What the statistics read: a row per participation, without names, codes or numbers of persons.
extern const std::string_view facts;

}  // namespace stafett::participation
