// The form that a meeting is written in: new, as it is kept, or as it was sent.
#pragma once

#include "access/gate.h"
#include "base/view.h"
#include "meeting/meeting.h"
#include "web/router.h"

namespace stafett::meeting {

// What the form has in it from the beginning: now, what the writer chose last, the own organisation and the participant.
web::Form new_form(web::Request&, const access::Permit&);
web::Form form_of(const Meeting&);
// As it was sent, with the rows of agreements that have something in them first.
web::Form in_order(const web::Form&);

View form_view(web::Request&, const access::Permit&, const web::Form&);
// The faults of rows, which web::show_again does not find, put where they belong.
void set_row_faults(View&, const Problem&);

Result<Meeting> written(web::Request&, const access::Permit&, const web::Form&);

}  // namespace stafett::meeting
