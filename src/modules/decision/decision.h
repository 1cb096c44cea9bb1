// Decision (beslut): an event for a participant, such as lönebidrag, and whether it was new or an extension. Decisions,
// the persons they concern and participations are three different counts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "participant/participant.h"

namespace stafett::decision {

enum class Form { initial, extension, missing };
inline constexpr Words<Form, 3> forms{{{Form::initial, "new"}, {Form::extension, "extension"}, {Form::missing, ""}}};
Message name_of(Form);

struct Decision {
  Id<Decision> id;
  Id<organisation::Organisation> owner;
  Id<intervention::Intervention> intervention;
  Id<participant::Participant> participant;
  Date decided;
  std::string kind;  // one of the intervention's own
  Form form = Form::missing;
  std::string written;  // JSON: the words of an imported row where they differ
};

// Whether it was added; the same decision for the same person on the same day is kept once.
bool add(db::Transaction&, const access::Scope&, const Decision&);
// Decisions are about work.
std::vector<Decision> of(db::Transaction&, const access::Permit&);
// The register's own words, for good; the facts stay to be counted. With a permit to erase or to protect.
void erase_words(db::Transaction&, const access::Permit&);

// What the statistics read: a row per decision, without names, codes or numbers of persons.
extern const std::string_view facts;

}  // namespace stafett::decision
