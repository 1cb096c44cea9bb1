#include <charconv>

#include "organisation/organisation.h"
#include "text/number.h"
#include "web/router.h"

namespace stafett::organisation {
namespace {

std::string address_of(const Organisation& organisation) { return "/organisations/" + organisation.id.text; }

std::string fraction(const Share& share) {
  return share.of == 1 ? std::to_string(share.parts)
                       : std::to_string(share.parts) + "/" + std::to_string(share.of);
}

View heads(std::initializer_list<const char*> names) {
  View::Items heads;
  for (const auto* name : names)
    heads.push_back({{"text", Message(name)}, {"number", std::string_view(name) == "Share"}});
  return heads;
}

// The members of an association today, and what their shares make.
View members_view(web::Request& request, const Organisation& association) {
  const auto present = on(request.now.date(), members(request.tx, association.id));
  View::Items rows;
  for (const auto& member : present)
    rows.push_back(
        {{"cells", View::Items{{{"text", member.member_name},
                                {"head", true},
                                {"link", "/organisations/" + member.member.text}},
                               {{"text", fraction({member.share_parts, member.share_of})}, {"number", true}},
                               {{"text", name_of(member.member_kind)}},
                               {{"text", text::date_words(member.from, request.language)}}}}});
  View view = {{"name", association.name}, {"address", address_of(association)}};
  if (present.empty()) {
    view.set("none",
             {{"heading", Message("No members yet")}, {"text", Message("An administrator adds them.")}});
    return view;
  }
  const auto sum = sum_of_shares(present);
  const bool whole = sum && sum->is_whole();
  view.set("state",
           {{"text", whole ? Message("the shares make a whole") : Message("the shares do not make a whole")},
            {"color", whole ? "success" : "warning"}});
  view.set("table", {{"caption", Message{"Members of {1}", association.name}},
                     {"caption_hidden", true},
                     {"heads", heads({_("Member"), _("Share"), _("Kind"), _("Member since")})},
                     {"rows", std::move(rows)},
                     {"sum",
                      {{"cells", View::Items{{{"text", Message("Together")}, {"head", true}},
                                             {{"text", sum ? fraction(*sum) : ".."}, {"number", true}},
                                             {{"text", ""}},
                                             {{"text", ""}}}}}}});
  return view;
}

std::string unit_names(db::Transaction& tx, const Organisation& organisation) {
  std::string names;
  for (const auto& unit : units(tx, organisation.id)) names += (names.empty() ? "" : ", ") + unit.name;
  return names;
}

View kind_choices(std::string_view chosen) {
  View::Items choices;
  for (const auto& [kind, word] : kinds.all)
    choices.push_back({{"value", word}, {"text", name_of(kind)}, {"chosen", word == chosen}});
  return choices;
}

View list_view(web::Request& request) {
  View::Items associations, authorities;
  for (const auto& organisation : list(request.tx)) {
    if (organisation.kind == Kind::association)
      associations.push_back(members_view(request, organisation));
    else
      authorities.push_back({{"name", organisation.name},
                             {"address", address_of(organisation)},
                             {"kind", name_of(organisation.kind)},
                             {"units", unit_names(request.tx, organisation)}});
  }
  View view = {{"title", Message("Organisations")},
               {"associations", std::move(associations)},
               {"authorities", std::move(authorities)},
               {"may_change", request.user.may(may_change)}};
  view.set("name", {{"id", "name"},
                    {"label", Message("Name")},
                    {"type", "text"},
                    {"required", true},
                    {"value", request.field("name")}});
  view.set("kind",
           {{"id", "kind"}, {"label", Message("Kind")}, {"choices", kind_choices(request.field("kind"))}});
  return view;
}

Result<web::Reply> list_page(web::Request& request) {
  return web::show("organisation/list", list_view(request));
}

Result<web::Reply> post_organisation(web::Request& request) {
  const auto kind = kinds.find(request.field("kind"));
  const auto added = kind ? add(request.tx, request.field("name"), *kind)
                          : Result<Organisation>(invalid("kind", "Choose what kind of organisation it is."));
  if (!added) return web::show_again("organisation/list", list_view(request), added.error());
  return web::go_to(address_of(*added));
}

View field(web::Request& request, const char* id, Message label, const char* type = "text") {
  return {{"id", id}, {"label", std::move(label)}, {"type", type}, {"value", request.field(id)}};
}

View member_choices(web::Request& request) {
  View::Items choices{{{"value", ""}, {"text", Message("– choose –")}}};
  for (const auto& organisation : list(request.tx))
    if (organisation.kind != Kind::association)
      choices.push_back({{"value", organisation.id},
                         {"text", organisation.name},
                         {"chosen", organisation.id.text == request.field("member")}});
  return choices;
}

View show_view(web::Request& request, const Organisation& organisation) {
  View::Items names;
  for (const auto& unit : units(request.tx, organisation.id)) names.push_back(unit.name);
  View view = {{"title", organisation.name},
               {"crumbs", View::Items{{{"label", Message("Organisations")}, {"address", "/organisations"}}}},
               {"here", organisation.name},
               {"name", organisation.name},
               {"kind", name_of(organisation.kind)},
               {"address", address_of(organisation)},
               {"has_units", !names.empty()},
               {"units", std::move(names)},
               {"may_change", request.user.may(may_change)}};
  view.set("unit", field(request, "unit", "The unit's name"));
  if (organisation.kind == Kind::association) {
    view.set("association", members_view(request, organisation));
    auto member = field(request, "member", "Organisation");
    member.set("choices", member_choices(request));
    view.set("member", std::move(member));
    view.set("from", field(request, "from", "Member from", "date"));
    view.set("to", field(request, "to", "Member until", "date"));
    view.set("share", field(request, "share", "Share: parts"));
    view.set("share_of", field(request, "share_of", "of the whole's"));
  }
  return view;
}

Result<web::Reply> show_page(web::Request& request) {
  const auto organisation = TRY(find(request.tx, request.id<Organisation>()));
  return web::show("organisation/show", show_view(request, organisation));
}

Result<web::Reply> post_unit(web::Request& request) {
  const auto organisation = TRY(find(request.tx, request.id<Organisation>()));
  const auto added = add_unit(request.tx, organisation.id, request.field("unit"));
  if (!added) return web::show_again("organisation/show", show_view(request, organisation), added.error());
  return web::go_to(address_of(organisation));
}

std::int64_t whole(const std::string& written) {
  std::int64_t number = -1;
  const auto end = written.data() + written.size();
  const auto read = std::from_chars(written.data(), end, number);
  return read.ec == std::errc{} && read.ptr == end ? number : -1;
}

Result<Membership> read_membership(web::Request& request, const Organisation& association) {
  Membership membership{.association = association.id, .member = {request.field("member")}};
  std::vector<Fault> faults;
  if (membership.member.text.empty()) faults.push_back({"member", "Choose the organisation."});
  const auto from = Date::read(request.field("from"));
  if (!from) faults.push_back({"from", "Write the day the membership begins."});
  membership.from = from.value_or(Date{});
  membership.to = Date::read(request.field("to"));
  if (!membership.to && !request.field("to").empty())
    faults.push_back({"to", {"“{1}” is not a date. Write it as 2024-01-31.", request.field("to")}});
  membership.share_parts = whole(request.field("share"));
  membership.share_of = whole(request.field("share_of"));
  if (membership.share_parts < 0 || membership.share_of <= 0)
    faults.push_back({"share", "Write the share as a part of the whole, for instance 1 of 4."});
  if (!faults.empty()) return invalid(std::move(faults));
  return membership;
}

Result<web::Reply> post_member(web::Request& request) {
  const auto association = TRY(find(request.tx, request.id<Organisation>()));
  const auto membership = read_membership(request, association);
  const auto joined =
      membership ? join(request.tx, *membership) : Result<>(tl::unexpected(membership.error()));
  if (!joined) return web::show_again("organisation/show", show_view(request, association), joined.error());
  return web::go_to(address_of(association));
}

}  // namespace

void routes(web::Router& router) {
  router.menu("Organisations", "/organisations", access::signed_in);
  router.get("/organisations", access::signed_in, list_page);
  router.post("/organisations", may_change, post_organisation);
  router.get("/organisations/:id", access::signed_in, show_page);
  router.post("/organisations/:id/units", may_change, post_unit);
  router.post("/organisations/:id/members", may_change, post_member);
}

}  // namespace stafett::organisation
