// /sign-in, /sign-out
#include "account/sign_in.h"

#include "account/account_pages.h"

namespace stafett::account {
namespace {

View sign_in_view(const std::string& name, const std::string& next) {
  return {{"title", Message("Sign in")},
          {"next", place_of_ours(next)},
          {"account",
           {{"id", "account"},
            {"label", Message("Account")},
            {"value", name},
            {"type", "text"},
            {"autocomplete", "username"},
            {"required", true}}},
          {"password",
           {{"id", "password"},
            {"label", Message("Password")},
            {"type", "password"},
            {"autocomplete", "current-password"},
            {"required", true}}}};
}

Result<web::Reply> sign_in_page(web::Request& request) {
  return web::show("account/sign-in", sign_in_view("", request.asked("next")));
}

Result<web::Reply> post_sign_in(web::LongRequest& request) {
  const SignIn attempt{request.field("account"), request.field("password"), request.incoming.network};
  const auto token = sign_in(request.database, attempt, request.now);
  if (!token)
    return web::show_again("account/sign-in", sign_in_view(attempt.name, request.field("next")),
                           token.error());

  // What the browser held before is not carried over.
  if (const auto old = request.cookie("sid"); !old.empty())
    request.database.write([&](db::Transaction& tx) { sign_out(tx, old); });
  auto reply = web::go_to(place_of_ours(request.field("next")));
  reply.cookies = {web::cookie_line("sid", *token, request.https),
                   web::cookie_line("visitor", "", request.https)};
  return reply;
}

Result<web::Reply> post_sign_out(web::Request& request) {
  sign_out(request.tx, request.cookie("sid"));
  auto reply = web::go_to("/sign-in");
  reply.cookies = {web::cookie_line("sid", "", request.https)};
  reply.leaves_nothing_behind = true;
  return reply;
}

}  // namespace

void sign_in_routes(web::Router& router) {
  router.get("/sign-in", access::anyone, sign_in_page);
  router.post_long("/sign-in", access::anyone, post_sign_in);
  router.post("/sign-out", access::signed_in, post_sign_out);
}

}  // namespace stafett::account
