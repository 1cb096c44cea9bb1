#include "colleague/colleague.h"

#include "access/fresh.h"
#include "text/number.h"
#include "web/router.h"

namespace stafett::colleague {
namespace {

std::string address_of(const Colleague& colleague) { return "/colleagues/" + colleague.id.text; }

View crumbs() { return View::Items{{{"label", Message("Colleagues")}, {"address", "/colleagues"}}}; }

View field(const web::Request& request, const char* id, Message label, View hint = nullptr,
           const char* type = "text") {
  return {{"id", id},     {"label", std::move(label)}, {"hint", std::move(hint)},
          {"type", type}, {"autocomplete", "off"},     {"value", request.field(id)}};
}

View choice(const char* id, Message label, View::Items choices) {
  return {{"id", id}, {"label", std::move(label)}, {"hint", nullptr}, {"choices", std::move(choices)}};
}

Message role_name(const std::string& name) {
  const auto* role = account::role_named(name);
  return role ? account::name_of(*role) : Message(name);
}

// What the viewer may at all give; the rules stand in account/role.h.
View role_choice(const web::Request& request) {
  View::Items choices;
  for (const auto& role : account::roles())
    if (account::administers(request.user) || !(role.administers || role.of_association))
      choices.push_back({{"value", role.name},
                         {"text", account::name_of(role)},
                         {"chosen", role.name == request.field("role")}});
  return choice("role", "Role", std::move(choices));
}

View unit_choice(web::Request& request, const Id<organisation::Organisation>& organisation) {
  View::Items choices;
  const auto& own = request.user.unit;
  if (own.text.empty())
    choices.push_back({{"value", ""}, {"text", Message("the whole organisation")}, {"chosen", false}});
  for (const auto& unit : organisation::units(request.tx, organisation))
    if (own.text.empty() || unit.id == own)
      choices.push_back(
          {{"value", unit.id}, {"text", unit.name}, {"chosen", unit.id.text == request.field("unit")}});
  return choice("unit", Message("Unit"), std::move(choices));
}

View until_field(const web::Request& request) {
  return field(request, "until", "Last day", Message("Leave it empty for a role without an end."), "date");
}

Result<account::Grant> grant_in(const web::Request& request) {
  account::Grant grant{.role = request.field("role"), .unit = {request.field("unit")}};
  const auto until = request.field("until");
  grant.until = Date::read(until);
  if (!grant.until && !until.empty())
    return invalid("until", {"“{1}” is not a date. Write it as 2024-01-31.", until});
  return grant;
}

// ---- all

View grant_view(const web::Request& request, const account::Grant& grant) {
  return {{"role", grant.role},
          {"role_name", role_name(grant.role)},
          {"unit", grant.unit_name},
          {"until", grant.until ? View(text::date_words(*grant.until, request.language)) : View(nullptr)},
          {"ended", grant.until && *grant.until < request.now.date()},
          {"waits", grant.waits},
          {"may_confirm",
           grant.waits && grant.by != request.user.account && grant.account != request.user.account}};
}

View colleague_view(const web::Request& request, const Colleague& colleague) {
  return {{"address", address_of(colleague)},
          {"full_name", colleague.full_name},
          {"account_name", colleague.name},
          {"organisation", colleague.organisation_name},
          {"invited", colleague.invited},
          {"grants", views(colleague.grants, [&](const auto& grant) { return grant_view(request, grant); })}};
}

Result<web::Reply> list_page(web::Request& request) {
  const auto all = list(request.tx, request.user, request.now);
  return web::show(
      "colleague/list",
      {{"title", Message("Colleagues")},
       {"everywhere", account::administers(request.user)},
       {"colleagues", views(all, [&](const auto& one) { return colleague_view(request, one); })}});
}

// ---- a new one

View new_view(web::Request& request) {
  View view = {
      {"title", Message("Invite a colleague")},
      {"crumbs", crumbs()},
      {"here", Message("Invite a colleague")},
      {"administers", account::administers(request.user)},
      {"full_name", field(request, "full_name", "Name")},
      {"name", field(request, "name", "Account", Message("What the colleague writes when signing in."))},
      {"role", role_choice(request)},
      {"until", until_field(request)}};
  if (account::administers(request.user)) {
    View::Items choices;
    for (const auto& one : organisation::list(request.tx))
      choices.push_back(
          {{"value", one.id}, {"text", one.name}, {"chosen", one.id.text == request.field("organisation")}});
    view.set("organisation", choice("organisation", "Organisation", std::move(choices)));
  } else {
    view.set("unit", unit_choice(request, request.user.organisation));
  }
  return view;
}

Result<web::Reply> new_page(web::Request& request) {
  TRY(access::need_fresh_sign_in(request.user, request.now));
  return web::show("colleague/new", new_view(request));
}

// Shown once: of the code only a digest is kept.
web::Reply invited_page(const web::Request& request, const account::Invited& invited,
                        const std::string& full_name) {
  const auto scheme = request.https ? "https://" : "http://";
  return web::show("colleague/invited", {{"title", Message("The way in")},
                                         {"crumbs", crumbs()},
                                         {"here", Message("The way in")},
                                         {"full_name", full_name},
                                         {"address", scheme + std::string(request.incoming.header("host")) +
                                                         "/invitations/" + invited.id.text},
                                         {"code", invited.code}});
}

Result<web::Reply> post_new(web::Request& request) {
  TRY(access::need_fresh_sign_in(request.user, request.now));
  const auto grant = grant_in(request);
  if (!grant) return web::show_again("colleague/new", new_view(request), grant.error());
  const bool anywhere = account::administers(request.user);
  const NewColleague wanted{
      request.field("full_name"), request.field("name"),
      anywhere ? Id<organisation::Organisation>{request.field("organisation")} : request.user.organisation,
      *grant};
  TRY(organisation::find(request.tx, wanted.organisation));
  auto invited = invite(request.tx, request.user, wanted, request.now);
  if (!invited) return tl::unexpected(std::move(invited).error());
  return invited_page(request, *invited, wanted.full_name);
}

// ---- one

View show_view(web::Request& request, const Colleague& colleague) {
  View view = {{"title", colleague.full_name},
               {"crumbs", crumbs()},
               {"here", colleague.full_name},
               {"colleague", colleague_view(request, colleague)},
               {"is_me", colleague.id == request.user.account},
               {"address", address_of(colleague)},
               {"role", role_choice(request)},
               {"unit", unit_choice(request, colleague.organisation)},
               {"until", until_field(request)}};
  return view;
}

Result<Colleague> asked_for(web::Request& request) {
  return find(request.tx, request.user, request.id<access::Account>(), request.now);
}

Result<web::Reply> show_page(web::Request& request) {
  const auto colleague = TRY(asked_for(request));
  return web::show("colleague/show", show_view(request, colleague));
}

Result<web::Reply> post_role(web::Request& request) {
  TRY(access::need_fresh_sign_in(request.user, request.now));
  const auto colleague = TRY(asked_for(request));
  auto grant = grant_in(request);
  if (grant) {
    grant->account = colleague.id;
    grant = give_role(request.tx, request.user, *grant, request.now);
  }
  if (!grant) return web::show_again("colleague/show", show_view(request, colleague), grant.error());
  return web::go_to(address_of(colleague));
}

Result<web::Reply> post_role_end(web::Request& request) {
  TRY(access::need_fresh_sign_in(request.user, request.now));
  const auto colleague = TRY(asked_for(request));
  TRY(end_role(request.tx, request.user, colleague, request.field("role"), request.now));
  return web::go_to(address_of(colleague));
}

Result<web::Reply> post_confirmation(web::Request& request) {
  TRY(access::need_fresh_sign_in(request.user, request.now));
  const auto colleague = TRY(asked_for(request));
  TRY(account::confirm(request.tx, request.user, colleague.id, request.field("role"), request.now));
  return web::go_to(address_of(colleague));
}

Result<web::Reply> post_invitation(web::Request& request) {
  TRY(access::need_fresh_sign_in(request.user, request.now));
  const auto colleague = TRY(asked_for(request));
  const auto invited = TRY(invite_again(request.tx, request.user, colleague, request.now));
  return invited_page(request, invited, colleague.full_name);
}

// ---- one who leaves

View leaving_view(web::Request& request, const Colleague& colleague) {
  View::Items choices;
  for (const auto& one : receivers(request.tx, request.user, colleague, request.now))
    choices.push_back(
        {{"value", one.id}, {"text", one.full_name}, {"chosen", one.id.text == request.field("to")}});
  choices.push_back({{"value", ""}, {"text", Message("nobody: only close the account")}, {"chosen", false}});
  return {{"title", Message{"{1} leaves", colleague.full_name}},
          {"crumbs", crumbs()},
          {"here", Message{"{1} leaves", colleague.full_name}},
          {"address", address_of(colleague)},
          {"to", choice("to", "Who takes over", std::move(choices))}};
}

Result<web::Reply> leaving_page(web::Request& request) {
  TRY(access::need_fresh_sign_in(request.user, request.now));
  const auto colleague = TRY(asked_for(request));
  return web::show("colleague/leaving", leaving_view(request, colleague));
}

Result<web::Reply> post_leaving(web::Request& request) {
  TRY(access::need_fresh_sign_in(request.user, request.now));
  const auto colleague = TRY(asked_for(request));
  const auto to = request.field("to");
  const auto left = leave(request.tx, request.user, colleague,
                          to.empty() ? std::nullopt : std::optional(Id<access::Account>{to}), request.now);
  if (!left) return web::show_again("colleague/leaving", leaving_view(request, colleague), left.error());
  return web::go_to("/colleagues");
}

}  // namespace

void routes(web::Router& router) {
  router.menu("Colleagues", "/colleagues", account::may_invite);
  router.get("/colleagues", account::may_invite, list_page);
  router.post("/colleagues", account::may_invite, post_new);
  router.get("/colleagues/new", account::may_invite, new_page);
  router.get("/colleagues/:id", account::may_invite, show_page);
  router.post("/colleagues/:id/roles", account::may_invite, post_role);
  router.post("/colleagues/:id/roles/end", account::may_invite, post_role_end);
  router.post("/colleagues/:id/roles/confirmation", account::may_invite, post_confirmation);
  router.post("/colleagues/:id/invitation", account::may_invite, post_invitation);
  router.get("/colleagues/:id/leaving", account::may_invite, leaving_page);
  router.post("/colleagues/:id/leaving", account::may_invite, post_leaving);
}

}  // namespace stafett::colleague
