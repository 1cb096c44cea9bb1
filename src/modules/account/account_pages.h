// What the account's pages share; each file adds its own routes.
#pragma once

#include "account/account.h"
#include "web/router.h"

namespace stafett::account {

// Only places of ours: "/statistics", never "//elsewhere" or "https:…", which lead to "/".
std::string place_of_ours(const std::string& next);

void sign_in_routes(web::Router&);
void session_routes(web::Router&);

}  // namespace stafett::account
