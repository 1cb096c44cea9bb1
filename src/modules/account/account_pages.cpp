#include "account/account_pages.h"

namespace stafett::account {
namespace {

// A choice of words on the page, kept in the browser; nothing of ours changes.
Result<web::Reply> choose_language(web::Request& request) {
  auto reply = web::go_to(place_of_ours(request.asked("next")));
  reply.cookies = {
      web::cookie_line("language", request.part("language") == "en" ? "en" : "sv", request.https)};
  return reply;
}

}  // namespace

std::string place_of_ours(const std::string& next) {
  const bool ours = next.size() > 1 && next[0] == '/' && next[1] != '/' && next[1] != '\\';
  return ours ? next : "/";
}

void routes(web::Router& router) {
  sign_in_routes(router);
  router.get("/language/:language", access::anyone, choose_language);
  session_routes(router);
  code_routes(router);
  passkey_routes(router);
  invitation_routes(router);
  provider_routes(router);
}

}  // namespace stafett::account
