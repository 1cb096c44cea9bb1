// /invitations/:id, for whoever was invited and has no session yet.
#include "account/invitation.h"

#include "account/account_pages.h"

namespace stafett::account {
namespace {

View field(const char* id, Message label, const char* type, const char* autocomplete) {
  return {{"id", id},        {"label", std::move(label)},
          {"type", type},    {"autocomplete", autocomplete},
          {"hint", nullptr}, {"value", ""},
          {"required", true}};
}

View view(const Invitation& invitation) {
  auto password = field("password", "Choose a password", "password", "new-password");
  password.set("hint", Message("At least 15 characters. Several words that only you put together are easy to "
                               "keep and hard to guess."));
  return {{"title", Message("Welcome to Stafett")},
          {"id", invitation.id},
          {"id_of_invitation", invitation.id},
          {"providers", providers_view()},
          {"full_name", invitation.full_name},
          {"organisation", invitation.organisation},
          {"account_name", invitation.name},
          {"code", field("code", "The code you were given", "text", "off")},
          {"password", std::move(password)},
          {"once_more", field("once_more", "The password once more", "password", "new-password")}};
}

Result<web::Reply> page(web::Request& request) {
  const auto invitation = TRY(find_invitation(request.tx, request.id<Invitation>(), request.now));
  return web::show("account/invitation", view(invitation));
}

Result<web::Reply> post(web::LongRequest& request) {
  const auto id = request.id<Invitation>();
  const auto invitation =
      TRY(request.database.read([&](db::Transaction& tx) { return find_invitation(tx, id, request.now); }));
  const auto done = answer(
      request.database,
      {id, request.field("code"), request.field("password"), request.field("once_more"), from_of(request)},
      request.now);
  if (!done) return web::show_again("account/invitation", view(invitation), done.error());
  return web::go_to("/sign-in?next=/account");
}

}  // namespace

void invitation_routes(web::Router& router) {
  router.get("/invitations/:id", access::anyone, page);
  router.post_long("/invitations/:id", access::anyone, post);
}

}  // namespace stafett::account
