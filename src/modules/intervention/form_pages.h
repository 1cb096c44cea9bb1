// An intervention as a form. What is written there becomes the intervention's file and is read as that, so
// that page and file are one way in, with the same rules.
#pragma once

#include <string>
#include <vector>

#include "base/view.h"
#include "intervention/intervention.h"
#include "text/translation.h"
#include "web/form.h"

namespace stafett::intervention {

// What the form holds for this definition. Fields are named as in the file: "name", "destination-1-group",
// "goal-2-counts-1-values".
web::Form filled_in(const Definition&, text::Language);

// What a posted form says. `owner`: whose the intervention is; `id`: which it is, or empty for what the form
// says. Faults stand at the form's fields.
Result<Definition> read_form(const web::Form&, const std::string& owner, const std::string& id,
                             text::Language);

// The fields of the page, with what is written in them and what is wrong; three empty rows after those in
// use.
View form_view(const web::Form&, const std::vector<Fault>&, const std::vector<std::string>& areas,
               text::Language);

// What both halves of the form know.
Message label_of(std::string_view field);                          // "sites" is called Sites
std::string part(const std::string& row, std::string_view field);  // "goal-2", "text": "goal-2-text"
// The rows of a kind that something is written in: "goal-1", "goal-3".
std::vector<std::string> rows_of(const web::Form&, const std::string& kind);

}  // namespace stafett::intervention
