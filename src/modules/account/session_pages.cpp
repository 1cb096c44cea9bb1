// /account: what I sign in with, and where I am signed in.
#include "account/account_pages.h"
#include "account/factor.h"
#include "text/number.h"

namespace stafett::account {
namespace {

View session_view(const web::Request& request, const Session& session) {
  return {{"mark", session.mark},
          {"means", name_of(session.proof.means)},
          {"here", session.mark == request.user.session_mark},
          {"begun", text::moment_words(session.begun, request.language)},
          {"seen", text::moment_words(session.seen, request.language)}};
}

Result<web::Reply> account_page(web::Request& request) {
  const auto factors = factors_of(request.tx, request.user.account);
  const auto sessions = sessions_of(request.tx, request.user.account, request.now);
  return web::show(
      "account/show",
      {{"title", Message("My account")},
       {"name", request.user.name},
       {"codes", factors.codes},
       {"passkeys", factors.passkeys},
       {"provider", factors.provider},
       {"several", sessions.size() > 1},
       {"sessions", views(sessions, [&](const auto& one) { return session_view(request, one); })}});
}

Result<web::Reply> end_one(web::Request& request) {
  end_session(request.tx, request.user.account, request.part("mark"));
  return web::go_to("/account");
}

Result<web::Reply> end_others(web::Request& request) {
  end_sessions(request.tx, request.user.account, request.user.session_mark);
  return web::go_to("/account");
}

}  // namespace

void session_routes(web::Router& router) {
  router.get("/account", access::signed_in, account_page);
  router.post("/account/sessions/others/end", access::signed_in, end_others);
  router.post("/account/sessions/:mark/end", access::signed_in, end_one);
}

}  // namespace stafett::account
