#pragma once

#include <span>

#include "exchange/exchange.h"
#include "exchange/row.h"

namespace stafett::exchange {

std::span<const Heading> decision_columns();
Report read_decisions(db::Transaction&, const file::Table&, const Headings&, const Task&);

}  // namespace stafett::exchange
