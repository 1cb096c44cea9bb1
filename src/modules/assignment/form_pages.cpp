#include "assignment/form_pages.h"

#include <algorithm>

#include "text/number.h"
#include "web/kinds.h"

namespace stafett::assignment {
namespace {

using access::Kind;
using access::Kinds;

View state_of(const Assignment& one, Moment now) {
  const auto tag = [](const char* text, const char* color) {
    return View{{"text", Message(text)}, {"color", color}};
  };
  if (one.has_ended(now)) return tag(_("has ended"), "neutral");
  if (one.in_conflict) return tag(_("stopped: conflict"), "danger");
  if (!one.runs(now)) return tag("not yet", "neutral");
  return nullptr;
}

}  // namespace

View person_view(const web::Asking& request, const Assignment& one) {
  // The last day counts, so what ends when a day begins had the day before as its last.
  Period days{one.from.date(), {}};
  if (one.until) days.to = std::max(*days.from, (*one.until + -1).date());
  const auto kinds = one.by_name() ? one.kinds : one.kinds.without({Kind::violence});
  return {{"name", one.name},
          {"duty", one.duty},
          {"kinds", web::kinds_words(request, kinds)},
          {"days", text::period_words(days, request.language)},
          {"how", Message(one.by_name() ? _("by name") : _("everyone in the intervention"))}};
}

void set_lists(View& view, const web::Asking& request, const std::vector<Assignment>& all,
               const std::string& address, bool by_name) {
  View::Items running, ended;
  for (const auto& one : all) {
    auto shown = person_view(request, one);
    shown.set("state", state_of(one, request.now));
    const bool has_ended = one.has_ended(request.now);
    if (!has_ended && one.by_name() == by_name)
      shown.set("end", address + "/assignments/" + one.id.text + "/end");
    (has_ended ? ended : running).push_back(std::move(shown));
  }
  view.set("nobody", running.empty());
  view.set("running", std::move(running));
  view.set("has_ended", !ended.empty());
  view.set("ended", std::move(ended));
}

View field(const web::Asking& request, const char* id, Message label, const char* type, Message hint,
           std::string value) {
  const auto written = request.field(id);
  return {{"id", id},
          {"label", std::move(label)},
          {"hint", hint.key.empty() ? View(nullptr) : View(std::move(hint))},
          {"type", type},
          {"autocomplete", "off"},
          {"value", written.empty() ? value : written}};
}

void set_form(View& view, web::Request& request, const std::string& address, Kinds offered) {
  auto colleagues = workers(request.tx, request.user, request.now);
  std::erase_if(colleagues, [&](const auto& one) { return one.account == request.user.account; });
  view.set("address", address);
  view.set("no_colleagues", colleagues.empty());
  view.set("colleague", people_choice(request, "colleague", "Colleague", colleagues));
  view.set("duty", field(request, "duty", "As what", "text", "For instance coach, occupational therapist."));
  view.set("kinds", {{"id", "kinds"}, {"boxes", web::kind_boxes(offered, web::kinds_in(request), "kind-")}});
  view.set("from", field(request, "from", "First day", "date", {}, request.now.date().text()));
  view.set("until", field(request, "until", "Last day", "date", "Leave it empty for work without an end."));
}

Result<Assignment> wanted(const web::Asking& request) {
  const auto beginning = [](Date day) { return Moment{std::int64_t{day.days} * 86400}; };
  const auto from = Date::read(request.field("from"));
  if (!from) return invalid("from", "Write the first day as 2026-03-01.");
  const auto until_word = request.field("until");
  const auto until = Date::read(until_word);
  if (!until && !until_word.empty()) return invalid("until", "Write the last day as 2026-03-01.");
  Assignment one{.account = {request.field("colleague")},
                 .duty = request.field("duty"),
                 .kinds = web::kinds_in(request),
                 .from = *from == request.now.date() ? request.now : beginning(*from)};
  if (until) one.until = beginning(*until + 1);
  return one;
}

}  // namespace stafett::assignment
