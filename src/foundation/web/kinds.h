// Kinds of information on a page: as words, as boxes to tick, and as they were ticked.
#pragma once

#include <string>

#include "access/information.h"
#include "base/view.h"

namespace stafett::web {

struct Asking;

std::string kinds_words(const Asking&, access::Kinds);  // "planering, arbete och studier"
access::Kinds kinds_in(const Asking&);                  // of the boxes called kinds
// boxes [{id, value, text, chosen}]; an id begins with the prefix
View kind_boxes(access::Kinds offered, access::Kinds chosen, const std::string& prefix);

}  // namespace stafett::web
