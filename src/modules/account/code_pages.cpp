// /account/codes: an authenticator app as a second factor, and the codes for when the telephone is gone.
#include "access/code.h"
#include "access/fresh.h"
#include "account/account_pages.h"
#include "account/code.h"
#include "account/factor.h"
#include "chart/qr.h"

namespace stafett::account {
namespace {

// The secret in groups of four, as it is typed where there is no camera.
std::string in_groups(const std::string& secret) {
  std::string groups;
  for (std::size_t at = 0; at < secret.size(); at += 4) groups += (at > 0 ? " " : "") + secret.substr(at, 4);
  return groups;
}

std::string name_at_sign_in(db::Transaction& tx, const Id<access::Account>& account) {
  return tx
      .find([](const db::Row& row) { return row.text("name"); }, "select name from account where id = :id",
            {{"id", account}})
      .value();
}

View crumbs() { return View::Items{{{"label", Message("My account")}, {"address", "/account"}}}; }

View codes_view(web::Request& request, const std::string& secret) {
  const auto address = access::code_address(secret, name_at_sign_in(request.tx, request.user.account));
  return {{"title", Message("Codes from an app")},
          {"crumbs", crumbs()},
          {"here", Message("Codes from an app")},
          {"on", has_codes(request.tx, request.user.account)},
          {"left", recovery_codes_left(request.tx, request.user.account)},
          {"secret", secret},
          {"written", in_groups(secret)},
          {"svg", chart::qr(address, request.translated("A square for the app to read"))},
          {"code",
           {{"id", "code"},
            {"label", Message("The six digits that the app shows")},
            {"hint", nullptr},
            {"type", "text"},
            {"autocomplete", "one-time-code"},
            {"value", ""},
            {"required", true}}}};
}

// Shown once, after which only their digests are left.
web::Reply recovery_page(web::Request& request) {
  View::Items codes;
  for (const auto& code : new_recovery_codes(request.tx, request.user.account))
    codes.push_back({{"text", code}});
  return web::show("account/recovery", {{"title", Message("Your recovery codes")},
                                        {"crumbs", crumbs()},
                                        {"here", Message("Your recovery codes")},
                                        {"codes", std::move(codes)}});
}

Result<web::Reply> codes_page(web::Request& request) {
  TRY(may_change_factors(request.tx, request.user, request.now));
  return web::show("account/codes", codes_view(request, access::new_code_secret()));
}

Result<web::Reply> post_codes(web::Request& request) {
  TRY(may_change_factors(request.tx, request.user, request.now));
  const auto& account = request.user.account;
  const auto secret = request.field("secret");
  const auto begun = begin_codes(request.tx, account, secret, request.field("code"), request.now);
  if (!begun && begun.error().kind == Problem::Kind::conflict) return tl::unexpected(begun.error());
  if (!begun) return web::show_again("account/codes", codes_view(request, secret), begun.error());
  note(request.tx, account, account, "codes begun", "", request.now);
  end_sessions(request.tx, account, request.user.session_mark);
  // Password and code are both proved by now, and the session is as strong as one that began with both.
  const auto token =
      prove_again(request.tx, access::fingerprint(request.cookie("sid")), account,
                  request.user.strength == access::Strength::strong ? by_passkey : by_code, request.now);
  auto reply = recovery_page(request);
  reply.cookies = {web::cookie_line("sid", token.value(), request.https)};
  return reply;
}

Result<web::Reply> post_recovery(web::Request& request) {
  TRY(access::need_fresh_sign_in(request.user, request.now));
  if (!has_codes(request.tx, request.user.account))
    return conflict("You have no codes from an app. Begin with them.");
  note(request.tx, request.user.account, request.user.account, "recovery codes made", "", request.now);
  return recovery_page(request);
}

Result<web::Reply> post_end(web::Request& request) {
  TRY(access::need_fresh_sign_in(request.user, request.now));
  end_codes(request.tx, request.user.account);
  note(request.tx, request.user.account, request.user.account, "codes ended", "", request.now);
  return web::go_to("/account");
}

}  // namespace

void code_routes(web::Router& router) {
  router.get("/account/codes", access::signed_in, codes_page);
  router.post("/account/codes", access::signed_in, post_codes);
  router.post("/account/codes/recovery", access::signed_in, post_recovery);
  router.post("/account/codes/end", access::signed_in, post_end);
}

}  // namespace stafett::account
