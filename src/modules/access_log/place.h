// Where in the log, for this module alone: an entry with its names, and how far a chain had come at a moment.
#pragma once

#include "access_log/access_log.h"

namespace stafett::access_log {

extern const std::string select, not_protected;
Line from_row(const db::Row&);
std::int64_t last_number(db::Transaction&, const Id<organisation::Organisation>& chain);
std::int64_t first_number_at(db::Transaction&, const Id<organisation::Organisation>& chain, Moment);

}  // namespace stafett::access_log
