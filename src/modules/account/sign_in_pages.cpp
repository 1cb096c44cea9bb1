// /sign-in: with a password, then a code; once more for what needs it fresh; and out again.
#include "account/sign_in.h"

#include "account/account_pages.h"
#include "account/factor.h"

namespace stafett::account {
namespace {

View field(const char* id, Message label, const char* type, const char* autocomplete,
           std::string value = {}) {
  return {{"id", id},
          {"label", std::move(label)},
          {"type", type},
          {"autocomplete", autocomplete},
          {"value", std::move(value)},
          {"hint", nullptr},
          {"required", true}};
}
View password_field() { return field("password", "Password", "password", "current-password"); }
View code_field() {
  auto view = field("code", "Code", "text", "one-time-code");
  view.set("hint", Message("Six digits from your app, or one of your recovery codes."));
  return view;
}

View sign_in_view(const std::string& name, const std::string& next) {
  return {{"title", Message("Sign in")},
          {"next", place_of_ours(next)},
          {"providers", providers_view("?next=" + web::urlencoded(place_of_ours(next)))},
          {"account", field("account", "Account", "text", "username", name)},
          {"password", password_field()}};
}

Result<web::Reply> sign_in_page(web::Request& request) {
  return web::show("account/sign-in", sign_in_view("", request.asked("next")));
}

Result<web::Reply> post_sign_in(web::LongRequest& request) {
  const SignIn attempt{request.field("account"), request.field("password"), from_of(request)};
  const auto entry = sign_in(request.database, attempt, request.now);
  if (!entry)
    return web::show_again("account/sign-in", sign_in_view(attempt.name, request.field("next")),
                           entry.error());
  const auto next = place_of_ours(request.field("next"));
  if (!entry->half.empty()) {
    auto reply = web::go_to("/sign-in/code?next=" + web::urlencoded(next));
    reply.cookies = {web::cookie_line("half", entry->half, request.https, {.seconds = half_seconds})};
    return reply;
  }
  return entered(request, request.database, *entry, next);
}

// ---- the code, after the password

View code_view(const std::string& next) {
  return {{"title", Message("Write your code")}, {"next", place_of_ours(next)}, {"code", code_field()}};
}

Result<web::Reply> code_page(web::Request& request) {
  if (request.cookie("half").empty()) return web::go_to("/sign-in");
  return web::show("account/code", code_view(request.asked("next")));
}

Result<web::Reply> post_code(web::LongRequest& request) {
  const auto entry = enter_code(request.database, request.cookie("half"), request.field("code"),
                                from_of(request), request.now);
  if (!entry) return web::show_again("account/code", code_view(request.field("next")), entry.error());
  return entered(request, request.database, *entry, place_of_ours(request.field("next")));
}

// ---- once more

View again_view(const Factors& ways, const std::string& next) {
  View view = {{"title", Message("Sign in once more")},
               {"next", place_of_ours(next)},
               {"by_password", ways.password},
               {"by_passkey", ways.passkeys},
               {"only_password", ways.password && !ways.second() && !ways.provider}};
  if (ways.provider) view.set("providers", providers_view("?again=1&next=" + web::urlencoded(place_of_ours(next))));
  if (ways.password) view.set("password", password_field());
  if (ways.codes) view.set("code", code_field());
  return view;
}

Result<web::Reply> again_page(web::Request& request) {
  return web::show("account/again",
                   again_view(factors_of(request.tx, request.user.account), request.asked("next")));
}

Result<web::Reply> post_again(web::LongRequest& request) {
  const auto& account = request.user.account;
  const Again again{account, request.cookie("sid"), request.field("password"), request.field("code"),
                    from_of(request)};
  const auto entry = sign_in_again(request.database, again, request.now);
  if (entry) return renewed(request, *entry, place_of_ours(request.field("next")));
  const auto ways = request.database.read([&](db::Transaction& tx) { return factors_of(tx, account); });
  return web::show_again("account/again", again_view(ways, request.field("next")), entry.error());
}

Result<web::Reply> post_sign_out(web::Request& request) {
  sign_out(request.tx, request.cookie("sid"));
  auto reply = web::go_to("/sign-in");
  reply.cookies = {web::cookie_line("sid", "", request.https)};
  reply.leaves_nothing_behind = true;
  return reply;
}

}  // namespace

From from_of(const web::Asking& asking) { return {asking.incoming.network, asking.cookie("device")}; }

web::Reply renewed(const web::Asking& asking, const Entry& entry, std::string next) {
  auto reply = web::go_to(std::move(next));
  reply.cookies = {web::cookie_line("sid", entry.session, asking.https),
                   web::cookie_line("device", entry.device, asking.https, {.seconds = device_seconds})};
  return reply;
}

web::Reply entered(const web::Asking& asking, db::Database& database, const Entry& entry, std::string next) {
  // What the browser held before is not carried over.
  if (const auto old = asking.cookie("sid"); !old.empty())
    database.write([&](db::Transaction& tx) { sign_out(tx, old); });
  auto reply = renewed(asking, entry, std::move(next));
  for (const auto* name : {"visitor", "half"})
    reply.cookies.push_back(web::cookie_line(name, "", asking.https));
  return reply;
}

void sign_in_routes(web::Router& router) {
  router.get("/sign-in", access::anyone, sign_in_page);
  router.post_long("/sign-in", access::anyone, post_sign_in);
  router.get("/sign-in/code", access::anyone, code_page);
  router.post_long("/sign-in/code", access::anyone, post_code);
  router.get("/sign-in/again", access::signed_in, again_page);
  router.post_long("/sign-in/again", access::signed_in, post_again);
  router.post("/sign-out", access::signed_in, post_sign_out);
}

}  // namespace stafett::account
