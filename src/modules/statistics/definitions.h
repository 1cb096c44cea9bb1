// How we count (så räknar vi): every measure and dimension with its definition, and what the signs mean.
#pragma once

#include "base/view.h"

namespace stafett::statistics {

// For the page statistics/definitions.
View definitions_view();

}  // namespace stafett::statistics
