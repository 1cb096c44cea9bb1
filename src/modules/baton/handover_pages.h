// What the participant's page and those of handovers share.
#pragma once

#include "baton/handover.h"

namespace stafett::baton {

Step step_in(const web::Request&);  // as the form has it
// Why the latest handover was refused, in one line; or nothing.
View refusal_view(const web::Request&, const Handover&);

}  // namespace stafett::baton
