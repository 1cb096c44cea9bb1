#include "account/account.h"
#include "web/router.h"

namespace stafett::account {
namespace {

// Only places of ours: "/statistics", never "//elsewhere" or "https:…".
std::string place_of_ours(const std::string& next) {
  const bool ours = next.size() > 1 && next[0] == '/' && next[1] != '/' && next[1] != '\\';
  return ours ? next : "/";
}

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

// A choice of words on the page, kept in the browser; nothing of ours changes.
Result<web::Reply> choose_language(web::Request& request) {
  auto reply = web::go_to(place_of_ours(request.asked("next")));
  reply.cookies = {
      web::cookie_line("language", request.part("language") == "en" ? "en" : "sv", request.https)};
  return reply;
}

}  // namespace

void routes(web::Router& router) {
  router.get("/sign-in", access::anyone, sign_in_page);
  router.post_long("/sign-in", access::anyone, post_sign_in);
  router.post("/sign-out", access::signed_in, post_sign_out);
  router.get("/language/:language", access::anyone, choose_language);
}

}  // namespace stafett::account
