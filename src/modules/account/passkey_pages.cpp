// Passkeys: kept on /account/passkeys, used at /sign-in and /sign-in/again. The browser's part is
// script/passkey.ts.
#include "account/passkey.h"

#include "account/account_pages.h"
#include "account/factor.h"
#include "base/base64.h"
#include "text/number.h"

namespace stafett::account {
namespace {

// We are whatever name of ours the browser came by; the server lets in no other.
access::Site site_of(const web::Asking& asking) {
  const std::string host(asking.incoming.header("host"));
  return {(asking.https ? "https://" : "http://") + host, host.substr(0, host.find(':'))};
}

std::string browser_of(const web::Asking& asking) {
  const auto session = asking.cookie("sid");
  return session.empty() ? asking.cookie("visitor") : session;
}

std::string bytes(const web::Asking& asking, std::string_view field) {
  return from_base64url(asking.field(field)).value_or("");
}

// For the page's script: what an authenticator is to sign, and for whom a new key would be.
Result<web::Reply> post_challenge(web::Request& request) {
  View::Items known;
  if (request.user.is_signed_in())
    for (const auto& one : passkeys_of(request.tx, request.user.account)) known.push_back(one.key.credential);
  return web::show("account/challenge",
                   {{"title", Message("Passkeys")},
                    {"challenge", begin_challenge(request.tx, browser_of(request), request.now)},
                    {"user", base64url(request.user.account.text)},
                    {"name", request.user.name},
                    {"known", std::move(known)}});
}

PasskeyUse use_in(const web::Asking& asking) {
  return {site_of(asking),
          browser_of(asking),
          asking.field("credential"),
          bytes(asking, "user"),
          {bytes(asking, "client_data"), bytes(asking, "authenticator_data"), bytes(asking, "signature")}};
}

Result<web::Reply> post_sign_in(web::LongRequest& request) {
  const auto account = TRY(use_passkey(request.database, use_in(request), request.now));
  const auto entry = request.database.write(
      [&](db::Transaction& tx) { return enter(tx, account, by_passkey, from_of(request), request.now); });
  return entered(request, request.database, entry, place_of_ours(request.field("next")));
}

Result<web::Reply> post_again(web::LongRequest& request) {
  const auto account = TRY(use_passkey(request.database, use_in(request), request.now));
  if (account != request.user.account)
    return forbidden("That is someone else's passkey. Use one of your own.");
  const auto entry = TRY(request.database.write([&](db::Transaction& tx) -> Result<Entry> {
    auto token =
        prove_again(tx, access::fingerprint(request.cookie("sid")), account, by_passkey, request.now);
    if (!token) return conflict("It took too long. Sign in from the beginning.");
    return Entry{.session = std::move(*token),
                 .device = remember_device(tx, request.cookie("device"), account, request.now)};
  }));
  return renewed(request, entry, place_of_ours(request.field("next")));
}

// ---- one's own

View passkeys_view(web::Request& request) {
  const auto passkeys = passkeys_of(request.tx, request.user.account);
  return {{"title", Message("Passkeys")},
          {"crumbs", View::Items{{{"label", Message("My account")}, {"address", "/account"}}}},
          {"here", Message("Passkeys")},
          {"has_passkeys", !passkeys.empty()},
          {"passkeys", views(passkeys,
                             [&](const auto& one) {
                               return View{{"id", one.id},
                                           {"called", one.name},
                                           {"added", text::moment_words(one.added, request.language)}};
                             })},
          {"name",
           {{"id", "name"},
            {"label", Message("What you call it")},
            {"hint", Message("Such as “my telephone” or “the key on my key ring”.")},
            {"type", "text"},
            {"autocomplete", "off"},
            {"value", request.field("name")},
            {"required", true}}}};
}

Result<web::Reply> passkeys_page(web::Request& request) {
  TRY(may_change_factors(request.tx, request.user, request.now));
  return web::show("account/passkeys", passkeys_view(request));
}

Result<> add(web::Request& request) {
  const auto client_data = bytes(request, "client_data");
  const auto challenge = access::challenge_in(client_data);
  if (!take_challenge(request.tx, challenge, browser_of(request), request.now))
    return conflict("It took too long, or was tried before. Try again.");
  const auto key =
      TRY(access::passkey_made(site_of(request), challenge, {client_data, bytes(request, "attestation")}));
  return add_passkey(request.tx, request.user.account, key, request.field("name"), request.now);
}

Result<web::Reply> post_passkey(web::Request& request) {
  TRY(may_change_factors(request.tx, request.user, request.now));
  const auto added = add(request);
  if (!added) return web::show_again("account/passkeys", passkeys_view(request), added.error());
  const auto& account = request.user.account;
  note(request.tx, account, account, "passkey added", request.field("name"), request.now);
  end_sessions(request.tx, account, request.user.session_mark);
  // Whoever sits here has the new key in hand: the session is as strong as one that began with it.
  const auto token =
      prove_again(request.tx, access::fingerprint(request.cookie("sid")), account, by_passkey, request.now);
  auto reply = web::go_to("/account/passkeys");
  reply.cookies = {web::cookie_line("sid", token.value(), request.https)};
  return reply;
}

Result<web::Reply> post_end(web::Request& request) {
  TRY(may_change_factors(request.tx, request.user, request.now));
  end_passkey(request.tx, request.user.account, request.id<KeptPasskey>());
  note(request.tx, request.user.account, request.user.account, "passkey ended", "", request.now);
  return web::go_to("/account/passkeys");
}

}  // namespace

void passkey_routes(web::Router& router) {
  router.post("/passkeys/challenge", access::anyone, post_challenge);
  router.post_long("/sign-in/passkey", access::anyone, post_sign_in);
  router.post_long("/sign-in/again/passkey", access::signed_in, post_again);
  router.get("/account/passkeys", access::signed_in, passkeys_page);
  router.post("/account/passkeys", access::signed_in, post_passkey);
  router.post("/account/passkeys/:id/end", access::signed_in, post_end);
}

}  // namespace stafett::account
