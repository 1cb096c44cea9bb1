// The lists and the form that a participant's and an intervention's page have in common.
#pragma once

#include <string>
#include <vector>

#include "assignment/assignment.h"
#include "web/router.h"

namespace stafett::assignment {

// {name, duty, kinds, days, how}
View person_view(const web::Asking&, const Assignment&);
// running, ended: those with a state, and what ends them. What has been given for everyone is ended where it
// was given.
void set_lists(View&, const web::Asking&, const std::vector<Assignment>&, const std::string& address,
               bool by_name);

// The fields of the form, beside each other in the view, where their faults are put.
void set_form(View&, web::Request&, const std::string& address, access::Kinds offered);
// As it was sent: from the beginning of the first day, or now; to the end of the last, in UTC.
Result<Assignment> wanted(const web::Asking&);

View field(const web::Asking&, const char* id, Message label, const char* type, Message hint = {},
           std::string value = {});

// Of those with an account and a name.
template <class People>
View people_choice(const web::Asking& request, const char* id, Message label, const People& people) {
  View::Items choices{{{"value", ""}, {"text", Message("– choose –")}, {"chosen", false}}};
  for (const auto& one : people)
    choices.push_back(
        {{"value", one.account}, {"text", one.name}, {"chosen", one.account.text == request.field(id)}});
  return {{"id", id}, {"label", std::move(label)}, {"hint", nullptr}, {"choices", std::move(choices)}};
}

}  // namespace stafett::assignment
