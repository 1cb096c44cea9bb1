// Every module, and what each role may do. The only folder that knows them all.
#pragma once

#include <string_view>
#include <vector>

namespace stafett::web {
class Router;
}

namespace stafett::app {

void add_modules(web::Router&);

// The roles of the demo accounts and of real ones: referrer, coach, unit head, outsider, director of an association,
// administrator. app/roles.cpp is the whole list.
std::vector<std::string_view> permissions_of(std::string_view role);
std::vector<std::string_view> roles();

}  // namespace stafett::app
