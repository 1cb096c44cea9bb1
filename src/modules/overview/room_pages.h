// The parts of a participant's page that come from rooms: who it is, and each organisation's notes.
#pragma once

#include "access/gate.h"
#include "base/view.h"

namespace stafett::web {
class Router;
struct Request;
}  // namespace stafett::web

namespace stafett::overview {

// identity {personal_number, name, phone, address, email}, or nothing where it is not for the asker;
// may_change_identity
void add_identity(View&, web::Request&, const access::Permit&);
// rooms [{name, kept, notes [{kind, days, author, lines}], form}]: those one may see, or may know that there
// is something in
View rooms_view(web::Request&, const access::Permit&);

void room_routes(web::Router&);  // /participants, /participants/:id/identity

}  // namespace stafett::overview
