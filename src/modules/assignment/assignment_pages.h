// What the participant's page says of who works with them.
#pragma once

#include "access/gate.h"
#include "base/view.h"

namespace stafett::web {
struct Asking;
struct Request;
}  // namespace stafett::web

namespace stafett::assignment {

struct Assignment;

// {people [{name, duty, kinds, days, how}], none, change: an address for those who decide}: colleagues of the
// own room, or nothing for whom it is shut.
View work_view(web::Request&, const access::Permit&);

// One of those; for the lists of those who decide, also with a state and what ends it.
View person_view(const web::Asking&, const Assignment&);

}  // namespace stafett::assignment
