#pragma once

#include <span>

#include "exchange/exchange.h"
#include "exchange/row.h"

namespace stafett::exchange {

std::span<const Heading> participation_columns();
Report read_participations(db::Transaction&, const file::Table&, const Headings&, const Task&);

}  // namespace stafett::exchange
