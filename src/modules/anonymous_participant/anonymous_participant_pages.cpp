#include <charconv>

#include "anonymous_participant/anonymous_participant.h"
#include "text/number.h"
#include "web/router.h"

namespace stafett::anonymous_participant {
namespace {

using access::Action;
using participant::Sex;

constexpr int years_shown = 10;

std::int64_t whole(const std::string& written) {
  std::int64_t number = -1;
  const auto* end = written.data() + written.size();
  const auto read = std::from_chars(written.data(), end, number);
  return read.ec == std::errc{} && read.ptr == end ? number : -1;
}

struct Place {
  intervention::Intervention intervention;
  access::Scope scope;
};
Result<Place> admitted(web::Request& request, Action action) {
  auto intervention = intervention::find(request.tx, request.id<intervention::Intervention>());
  if (!intervention) return not_found("There are no participants here that you may know of.");
  const access::AskAll ask{intervention->id, intervention->owner, action, "anonymous participants"};
  auto scope = TRY(access::admit_all(request.tx, request.user, ask, request.now));
  return Place{std::move(*intervention), std::move(scope)};
}

// Would they be let in to write? Asked without trying, which would be noted as a refusal.
bool may_write(web::Request& request, const Place& place) {
  const access::AskAll ask{place.intervention.id, place.intervention.owner, Action::write,
                           "anonymous participants"};
  return access::decide(access::facts_of_all(request.tx, request.user, ask, request.now).facts).allowed;
}

std::string address_of(const Place& place) {
  return "/interventions/" + place.intervention.id.text + "/anonymous-participants";
}

View choice(const char* id, Message label, View::Items choices) {
  return {{"id", id}, {"label", std::move(label)}, {"hint", nullptr}, {"choices", std::move(choices)}};
}

View sex_choice(const web::Request& request) {
  View::Items choices{{{"value", ""}, {"text", Message("– choose –")}}};
  for (const auto sex : {Sex::woman, Sex::man, Sex::other}) {
    const auto word = participant::sexes.of(sex);
    choices.push_back(
        {{"value", word}, {"text", participant::name_of(sex)}, {"chosen", word == request.field("sex")}});
  }
  return choice("sex", "Sex", std::move(choices));
}

View year_choice(const web::Request& request) {
  View::Items choices;
  const int now = request.now.date().year();
  for (int year = now; year >= now - years_shown; --year) {
    const auto word = std::to_string(year);
    choices.push_back({{"value", word}, {"text", word}, {"chosen", word == request.field("year")}});
  }
  return choice("year", "Year of the start", std::move(choices));
}

View page_view(web::Request& request, const Place& place) {
  const auto numbers = of(request.tx, place.scope);
  const auto& definition = place.intervention.definition;
  const auto address = "/interventions/" + place.intervention.id.text;
  const auto seen = sum(numbers);
  View view = {
      {"title", Message("Anonymous participants")},
      {"here", Message("Anonymous participants")},
      {"crumbs", View::Items{{{"label", Message("Interventions")}, {"address", "/interventions"}},
                             {{"label", definition.name}, {"address", address}},
                             {{"label", Message("Participants")}, {"address", address + "/participants"}}}},
      {"name", definition.name},
      {"address", address_of(place)},
      {"count", text::whole(seen, request.language)},
      {"seen", std::to_string(seen)},
      {"may_write", may_write(request, place)},
      {"sex", sex_choice(request)},
      {"year", year_choice(request)}};
  view.set("none", numbers.empty());
  view.set("numbers", views(numbers, [&](const Number& one) {
             return View{{"of_year", std::to_string(one.year)},
                         {"of_sex", participant::name_of(one.sex)},
                         {"sex_word", participant::sexes.of(one.sex)},
                         {"number", text::whole(one.number, request.language)}};
           }));
  return view;
}

Result<web::Reply> page(web::Request& request) {
  const auto place = TRY(admitted(request, Action::see));
  return web::show("anonymous_participant/list", page_view(request, place));
}

template <auto change>
Result<web::Reply> post(web::Request& request) {
  const auto place = TRY(admitted(request, Action::write));
  const auto year = whole(request.field("year"));
  const Wish wish{participant::sexes.find(request.field("sex")),
                  year > 0 && year < 10'000 ? std::optional(static_cast<int>(year)) : std::nullopt,
                  whole(request.field("seen"))};
  const auto done = change(request.tx, place.scope, place.intervention, wish);
  if (!done) return web::show_again("anonymous_participant/list", page_view(request, place), done.error());
  return web::go_to(address_of(place));
}

}  // namespace

void routes(web::Router& router) {
  // Who may not know of them is told that they are not there, so the permission is asked inside.
  router.get_noted("/interventions/:id/anonymous-participants", access::signed_in, page);
  router.post("/interventions/:id/anonymous-participants", access::signed_in, post<add>);
  router.post("/interventions/:id/anonymous-participants/removal", access::signed_in, post<take_back>);
}

}  // namespace stafett::anonymous_participant
