#pragma once

#include <span>

#include "exchange/exchange.h"
#include "exchange/row.h"

namespace stafett::exchange {

std::span<const Heading> contact_columns();
// A Problem if nobody says whose they are: they become the importer's organisation's and unit's.
Result<Report> read_contacts(db::Transaction&, const file::Table&, const Headings&, const Task&);

}  // namespace stafett::exchange
