// What stands in the form that a meeting is written in: from the beginning, as it is kept, or as it was sent.
#pragma once

#include <string>
#include <vector>

#include "meeting/meeting.h"
#include "web/router.h"

namespace stafett::meeting {

// Now, what the writer chose last, the own organisation and the participant.
web::Form new_form(web::Request&, const access::Permit&);
web::Form form_of(const Meeting&);
// As it was sent, with the rows of agreements that have something in them first.
web::Form in_order(const web::Form&);
Result<Meeting> written(web::Request&, const access::Permit&, const web::Form&);

std::string numbered(const char* name, std::size_t number);  // what-1
std::size_t rows_to_show(const web::Form&);                  // of agreements; more, if more are asked for

// Who may be a party, in the order they are shown: the own organisation first.
struct Possible {
  std::string value;
  View text;
};
std::vector<Possible> possible_parties(web::Request&);
std::vector<Possible> organisations_alone(std::vector<Possible>);

}  // namespace stafett::meeting
