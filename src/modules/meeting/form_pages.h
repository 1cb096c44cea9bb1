// The form that a meeting is written in.
#pragma once

#include "base/view.h"
#include "meeting/sent_pages.h"

namespace stafett::meeting {

View form_view(web::Request&, const access::Permit&, const web::Form&);
// The faults of rows, which web::show_again does not find, put where they belong.
void set_row_faults(View&, const Problem&);

}  // namespace stafett::meeting
