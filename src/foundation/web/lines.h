// What somebody wrote over several lines, as a page shows it: a paragraph for each, without the empty ones.
#pragma once

#include <string_view>

#include "base/view.h"

namespace stafett::web {

View lines_of(std::string_view text);

}  // namespace stafett::web
