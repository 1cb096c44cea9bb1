// What the account's pages share; each file adds its own routes.
#pragma once

#include "account/sign_in.h"
#include "web/router.h"

namespace stafett::account {

// Only places of ours: "/statistics", never "//elsewhere" or "https:…", which lead to "/".
std::string place_of_ours(const std::string& next);

From from_of(const web::Asking&);
// The browser gets what it is to hold, and goes on. Entered: as someone new, the old session is ended.
web::Reply entered(const web::Asking&, db::Database&, const Entry&, std::string next);
web::Reply renewed(const web::Asking&, const Entry&, std::string next);

void sign_in_routes(web::Router&);
void session_routes(web::Router&);
void code_routes(web::Router&);
void passkey_routes(web::Router&);
void invitation_routes(web::Router&);
void provider_routes(web::Router&);
// Those one may go away to: {id, called, away}; `rest` stands after the address.
View providers_view(const std::string& rest = {});

}  // namespace stafett::account
