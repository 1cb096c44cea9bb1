// Anonymous participant (anonym deltagare): somebody who takes part without consent to be registered, or
// under protection. Only sex and the year of the start are known, and that only as a number: there is no row,
// code or day for one of them, so nothing more can be noted, and nothing leads back. Counted among those who
// started, in whole years.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "access/gate.h"
#include "intervention/intervention.h"
#include "participant/participant.h"

namespace stafett::web {
class Router;
}

namespace stafett::anonymous_participant {

struct Number {
  participant::Sex sex = participant::Sex::missing;
  int year = 0;  // of the start
  std::int64_t number = 0;
};
std::vector<Number> of(db::Transaction&, const access::Scope&);  // the latest year first
std::int64_t sum(const std::vector<Number>&);

struct Wish {
  std::optional<participant::Sex> sex;
  std::optional<int> year;
  std::int64_t seen = 0;  // how many there were when the form was shown: a second click counts nobody twice
};
// With a scope to write: for those who work with everyone in the intervention.
Result<> add(db::Transaction&, const access::Scope&, const intervention::Intervention&, const Wish&);
// One that was counted by mistake.
Result<> take_back(db::Transaction&, const access::Scope&, const intervention::Intervention&, const Wish&);

// What the statistics read: owner, intervention, sex, year, number.
extern const std::string_view facts;

// Pages: /interventions/:id/anonymous-participants
void routes(web::Router&);

}  // namespace stafett::anonymous_participant
