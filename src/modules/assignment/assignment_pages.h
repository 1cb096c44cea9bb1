// What the participant's page says of who works with them.
#pragma once

#include "access/gate.h"
#include "base/view.h"

namespace stafett::web {
struct Request;
}

namespace stafett::assignment {

// {people [{name, duty, kinds, days, how}], none, change: an address for those who decide}: colleagues of the
// own room, or nothing for whom it is shut.
View work_view(web::Request&, const access::Permit&);

}  // namespace stafett::assignment
