// The order of a Swedish register: Z < Å < Ä < Ö, capitals beside small letters, é beside e, 2 before 10.
#pragma once

#include <string_view>

namespace stafett::text {

// std::ranges::sort(parties, text::in_order, &Organisation::name)
bool in_order(std::string_view before, std::string_view after);

}  // namespace stafett::text
