// /sign-in/with/:provider: away to the employer's sign-in, and back. Begun with GET: a form may not lead to
// another site.
#include "account/provider.h"

#include "access/code.h"
#include "account/account_pages.h"

namespace stafett::account {
namespace {

Result<KnownProvider*> provider_in(const web::Asking& asking) {
  auto* found = provider_called(asking.part("provider"));
  if (!found) return not_found("There is no such sign-in.");
  return found;
}

std::string our_address(const web::Asking& asking) {
  return (asking.https ? "https://" : "http://") + std::string(asking.incoming.header("host")) +
         "/sign-in/with/" + asking.part("provider") + "/callback";
}

// What the invitation's page left in the browser: the invitation and its code, with a dot between.
Result<std::string> invitation_in(web::LongRequest& request) {
  if (!request.form.fields.empty() || request.asked("invited").empty()) return "";
  const auto kept = request.cookie("invited");
  const auto dot = kept.find('.');
  if (dot == kept.npos)
    return not_found("The invitation has been used, or is too old. Ask whoever invited you for a new one.");
  TRY(check_code(request.database, {kept.substr(0, dot)}, kept.substr(dot + 1), from_of(request),
                 request.now));
  return kept.substr(0, dot);
}

Result<web::Reply> away(web::LongRequest& request) {
  auto* provider = TRY(provider_in(request));
  Departure departure{.our_address = our_address(request), .next = place_of_ours(request.asked("next"))};
  departure.invitation = TRY(invitation_in(request));
  if (request.user.is_signed_in() && !request.asked("again").empty())
    departure.session = access::fingerprint(request.cookie("sid"));
  const auto left = TRY(go_to_provider(request.database, *provider, departure, request.now));
  auto reply = web::go_to(left.address);
  reply.cookies = {web::cookie_line("oidc", left.cookie, request.https,
                                    {.seconds = at_provider_seconds, .from_elsewhere = true})};
  return reply;
}

// A page of ours that leads on by itself: a browser that comes from another site does not send its strict
// cookies on.
web::Reply onwards(std::string next) {
  auto reply = web::show("account/onwards", {{"title", Message("You are signed in")}, {"next", next}});
  reply.onwards = std::move(next);
  return reply;
}

Result<web::Reply> back(web::LongRequest& request) {
  auto* provider = TRY(provider_in(request));
  const auto home =
      TRY(come_back(request.database, *provider,
                    {request.cookie("oidc"), request.asked("state"), request.asked("iss"),
                     request.asked("code"), request.asked("error"), our_address(request), from_of(request)},
                    request.now));
  auto reply = onwards(home.next);
  reply.cookies = renewed(request, home.entry, home.next).cookies;
  for (const auto* name : {"visitor", "half", "invited"})
    reply.cookies.push_back(web::cookie_line(name, "", request.https));
  reply.cookies.push_back(web::cookie_line("oidc", "", request.https, {.from_elsewhere = true}));
  return reply;
}

// The invitation's code is right: on to the employer's sign-in, with both kept in the browser.
Result<web::Reply> post_invitation(web::LongRequest& request) {
  auto* provider = TRY(provider_in(request));
  const auto id = request.id<Invitation>();
  TRY(check_code(request.database, id, request.field("code"), from_of(request), request.now));
  const auto next = "/sign-in/with/" + provider->provider().id + "?invited=1&next=/account";
  auto reply = onwards(next);
  reply.view.set("title", Message("On to your employer's sign-in"));
  reply.cookies = {web::cookie_line("invited", id.text + "." + access::plain_code(request.field("code")),
                                    request.https, {.seconds = at_provider_seconds})};
  return reply;
}

}  // namespace

View providers_view(const std::string& rest) {
  View::Items all;
  for (const auto& one : providers())
    all.push_back({{"id", one->provider().id},
                   {"called", one->provider().name},
                   {"away", "/sign-in/with/" + one->provider().id + rest}});
  return all;
}

void provider_routes(web::Router& router) {
  router.get_long("/sign-in/with/:provider", access::anyone, away);
  router.get_long("/sign-in/with/:provider/callback", access::anyone, back);
  router.post_long("/invitations/:id/with/:provider", access::anyone, post_invitation);
}

}  // namespace stafett::account
