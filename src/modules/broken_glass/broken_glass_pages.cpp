#include "assignment/assignment.h"
#include "broken_glass/broken_glass.h"
#include "text/number.h"
#include "web/router.h"

namespace stafett::broken_glass {
namespace {

View glass_view(web::Request& request, const BrokenGlass& glass) {
  const auto id = "finding-" + glass.id.text;
  return {{"address", "/broken-glass/" + glass.id.text + "/review"},
          {"when", text::moment_words(glass.at, request.language)},
          {"colleague", glass.colleague},
          {"code", glass.code.empty() ? "–" : glass.code},
          {"intervention", glass.intervention},
          {"reason", glass.reason},
          {"finding",
           {{"id", id},
            {"label", Message("What you found")},
            {"hint", ""},
            {"value", request.field(id)},
            {"type", "text"}}}};
}

View overview_view(web::Request& request) {
  View::Items choices;
  for (const auto& intervention : intervention::list(request.tx))
    if (intervention.owner == request.user.organisation)
      choices.push_back({{"value", intervention.id.text},
                         {"text", intervention.definition.name},
                         {"chosen", intervention.id.text == request.field("intervention")}});
  View view = {
      {"title", Message("Open in an emergency")},
      {"has_interventions", !choices.empty()},
      {"intervention",
       {{"id", "intervention"}, {"label", Message("Intervention")}, {"choices", std::move(choices)}}},
      {"participant",
       {{"id", "participant"},
        {"label", Message("Participant")},
        {"hint", Message("The register's code.")},
        {"value", request.field("participant")},
        {"type", "text"}}},
      {"reason",
       {{"id", "reason"},
        {"label", Message("Why it cannot wait")},
        {"value", request.field("reason")},
        {"rows", 3}}}};
  return view;
}

Result<View> with_reviews(web::Request& request, View view) {
  if (!request.user.may(assignment::may_head)) return view;
  TRY(access::admit_all(request.tx, request.user,
                        {.owner = request.user.organisation, .object = "broken glass"}, request.now));
  const auto glasses = to_review(request.tx, request.user);
  view.set("is_head", true);
  view.set("glasses", views(glasses, [&](const BrokenGlass& glass) { return glass_view(request, glass); }));
  if (glasses.empty())
    view.set("nothing", {{"heading", Message("Nothing to review")},
                         {"text", Message("Nobody has opened in an emergency.")}});
  return view;
}

Result<web::Reply> overview_page(web::Request& request) {
  auto view = TRY(with_reviews(request, overview_view(request)));
  return web::show("broken_glass/overview", std::move(view));
}

Result<web::Reply> post_glass(web::Request& request) {
  const Wish wish{{request.field("intervention")}, request.field("participant"), request.field("reason")};
  const auto participant = break_glass(request.tx, request.user, wish, request.now);
  if (participant) return web::go_to("/participants/" + participant->text);
  if (participant.error().kind != Problem::Kind::invalid) return tl::unexpected(participant.error());
  return web::show_again("broken_glass/overview", overview_view(request), participant.error());
}

Result<web::Reply> post_review(web::Request& request) {
  const auto id = request.id<BrokenGlass>();
  const auto reviewed =
      review(request.tx, request.user, id, request.field("finding-" + id.text), request.now);
  if (reviewed) return web::go_to("/broken-glass");
  if (reviewed.error().kind != Problem::Kind::invalid) return tl::unexpected(reviewed.error());
  auto view = TRY(with_reviews(request, overview_view(request)));
  return web::show_again("broken_glass/overview", std::move(view), reviewed.error());
}

}  // namespace

void routes(web::Router& router) {
  router.get_noted("/broken-glass", participant::may_read, overview_page);
  router.post("/broken-glass", participant::may_read, post_glass);
  router.post("/broken-glass/:id/review", assignment::may_head, post_review);
}

}  // namespace stafett::broken_glass
