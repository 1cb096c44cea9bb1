// What the import page says of the files it takes: their kinds and their columns.
#pragma once

#include "base/view.h"
#include "exchange/exchange.h"

namespace stafett::exchange {

View kind_choices(Kind chosen);  // [{id, name, hint, chosen}]
View participation_words();      // [{name, what, needed}]
View decision_words();
View contact_words();

}  // namespace stafett::exchange
