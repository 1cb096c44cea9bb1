#include "overview/room_pages.h"

#include "intervention/intervention.h"
#include "meeting/show_pages.h"
#include "note/note.h"
#include "participant/identity.h"
#include "text/number.h"
#include "web/lines.h"
#include "web/router.h"

namespace stafett::overview {
namespace {

using access::Kind;
using participant::Identity;
using participant::Participant;

View note_view(web::Request& request, const note::Note& note) {
  return {{"kind_of_note", access::name_of(note.kind)},
          {"day", text::date_words(note.written.date(), request.language)},
          {"author", note.author},
          {"lines", web::lines_of(note.text)}};
}

View field(const char* id, Message label, std::string value, const char* type = "text") {
  return {{"id", id},     {"label", std::move(label)}, {"hint", nullptr},
          {"type", type}, {"value", std::move(value)}, {"autocomplete", "off"}};
}

View identity_form(const Id<Participant>& id, const Identity& identity) {
  return {{"title", Message("Name and contact")},
          {"here", Message("Name and contact")},
          {"crumbs", View::Items{{{"label", Message("The participant")}, {"address", "/participants/" + id.text}}}},
          {"back", "/participants/" + id.text},
          {"name", field("name", "Name", identity.name)},
          {"personal_number", field("personal_number", "Personal number", identity.personal_number)},
          {"phone", field("phone", "Phone", identity.phone, "tel")},
          {"email", field("email", "E-mail", identity.email, "email")},
          {"address", field("address", "Address", identity.address)}};
}

Result<web::Reply> identity_page(web::Request& request) {
  const auto id = request.id<Participant>();
  const access::Ask ask{.participant = id, .action = access::Action::write, .object = access::empty_form};
  const auto permit = TRY(access::admit(request.tx, request.user, ask, request.now));
  if (!permit.covers(permit.owner(), Kind::contact)) return not_found("There is no such participant.");
  return web::show("participant/identity", identity_form(id, participant::identity_of(request.tx, permit)));
}

Result<web::Reply> post_identity(web::Request& request) {
  const auto id = request.id<Participant>();
  const access::Ask ask{.participant = id, .action = access::Action::write, .object = "name and contact"};
  const auto permit = TRY(access::admit(request.tx, request.user, ask, request.now));
  if (!permit.covers(permit.owner(), Kind::contact)) return not_found("There is no such participant.");
  const Identity written{request.field("personal_number"), request.field("name"), request.field("phone"),
                         request.field("address"), request.field("email")};
  const auto identity = participant::checked(written, request.now.date());
  if (!identity) return web::show_again("participant/identity", identity_form(id, written), identity.error());
  TRY(participant::keep_identity(request.tx, permit, *identity));
  return web::go_to("/participants/" + id.text);
}

// ---- finding someone by personal number: posted, so that no number is ever in an address

View search_view(const std::string& written) {
  return {{"title", Message("Find a participant")},
          {"personnummer", field("personnummer", "Personal number", written)}};
}

Result<web::Reply> search_page(web::Request&) {
  return web::show("participant/search", search_view(""));
}

Result<web::Reply> post_search(web::Request& request) {
  const auto written = request.field("personnummer");
  const auto number = participant::personal_number(written, request.now.date());
  if (!number) {
    const auto fault = invalid("personnummer", "The personal number does not hold. Check its digits.");
    return web::show_again("participant/search", search_view(written), fault.value());
  }
  const auto found = participant::find_by_number(request.tx, request.user, *number, request.now);
  if (found.size() == 1) return web::go_to("/participants/" + found.front().id.text);
  auto view = search_view(written);
  view.set("nobody", found.empty());
  View::Items persons;
  for (const auto& one : found) {
    const auto intervention = TRY(intervention::find(request.tx, one.intervention));
    persons.push_back({{"link", "/participants/" + one.id.text},
                       {"code", one.code},
                       {"intervention", intervention.definition.name}});
  }
  view.set("some", !persons.empty());
  view.set("persons", std::move(persons));
  return web::show("participant/search", std::move(view));
}

}  // namespace

void add_identity(View& view, web::Request& request, const access::Permit& permit) {
  if (!permit.covers(permit.owner(), Kind::contact)) return;
  const auto identity = participant::identity_of(request.tx, permit);
  view.set("identity", {{"personal_number", identity.personal_number},
                        {"name", identity.name},
                        {"phone", identity.phone},
                        {"address", identity.address},
                        {"email", identity.email}});
  view.set("identity_address", "/participants/" + permit.participant().text + "/identity");
  view.set("may_change_identity", permit.in(permit.owner()).rule == access::Rule::own_room);
}

View rooms_view(web::Request& request, const access::Permit& permit) {
  const auto notes = note::of(request.tx, permit);
  const auto meetings = meeting::of(request.tx, permit);
  const meeting::Names names(request);
  View::Items rooms;
  for (const auto& [room, decision] : permit.rooms()) {
    if (!decision.allowed && decision.kept.empty()) continue;  // not even that there is anything
    const auto organisation = organisation::find(request.tx, room);
    if (!organisation) continue;
    View::Items of_room;
    for (const auto& note : notes)
      if (note.room == room) of_room.push_back(note_view(request, note));
    View view = {{"organisation", organisation->name},
                 {"open", decision.allowed},
                 {"has_notes", !of_room.empty()},
                 {"notes", std::move(of_room)},
                 {"timeline", meeting::timeline_view(request, permit, names, meetings, room)}};
    if (!decision.kept.empty())
      view.set("kept", Message{"{1} has information that is not shared with you.", organisation->name});
    if (decision.rule == access::Rule::own_room && !decision.free_text.empty())
      view.set("write", note::form_view(permit.participant(), decision.free_text));
    const bool is_own = room == permit.asker();
    rooms.insert(is_own ? rooms.begin() : rooms.end(), std::move(view));
  }
  return rooms;
}

void room_routes(web::Router& router) {
  router.menu("Find a participant", "/participants", participant::may_read);
  router.get("/participants", participant::may_read, search_page);
  router.post("/participants", participant::may_read, post_search);
  router.get_noted("/participants/:id/identity", access::signed_in, identity_page);
  router.post("/participants/:id/identity", access::signed_in, post_identity);
}

}  // namespace stafett::overview
