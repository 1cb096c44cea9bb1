// Once (en gång): a form that is sent twice, by a second click, a reload or a poor line, is done once. The
// form holds <input type="hidden" name="once" value="{{once}}">, new each time it is shown, and whoever is
// about to write asks whether this is the first time. If not, answer as the first time.
#pragma once

#include "web/router.h"

namespace stafett::web {

inline constexpr std::int64_t seconds_once = 7 * 24 * 60 * 60;  // a form that is older may be done again

// In the transaction that writes: undone with it. A form without the field is new each time.
bool is_first(Request&);

}  // namespace stafett::web
