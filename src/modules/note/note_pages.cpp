#include "note/note.h"
#include "web/router.h"

namespace stafett::note {
namespace {

Result<web::Reply> post_note(web::Request& request) {
  const auto id = request.id<participant::Participant>();
  const auto permit =
      TRY(access::admit(request.tx, request.user,
                        {.participant = id, .action = access::Action::write, .object = "note"}, request.now));
  const auto kinds = permit.in(permit.asker()).free_text;
  const auto kind = access::kinds.find(request.field("kind"));
  const auto added =
      kind ? add(request.tx, permit, request.user, *kind, request.field("text"))
           : Result<Id<Note>>(invalid("kind", "Choose a kind of information that you work with."));
  if (added) return web::go_to("/participants/" + id.text + "#rooms");
  auto view = form_view(id, kinds, request.field("kind"), request.field("text"));
  view.set("title", Message("New note"));
  view.set("here", Message("New note"));
  view.set("back", "/participants/" + id.text);
  return web::show_again("note/new", std::move(view), added.error());
}

}  // namespace

void routes(web::Router& router) { router.post("/participants/:id/notes", access::signed_in, post_note); }

}  // namespace stafett::note
