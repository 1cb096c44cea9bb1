#include <algorithm>
#include <charconv>
#include <numeric>

#include "contact/contact.h"
#include "organisation/organisation.h"
#include "text/number.h"
#include "web/once.h"
#include "web/router.h"

namespace stafett::contact {
namespace {

constexpr std::int64_t most_shown = 20;

// ---- the form

// What the form says, or begins with: what was typed, or who asked, kind, municipality and intervention as
// last time.
struct Typed {
  std::string day, asked_by, kind, theme, municipality, minutes, intervention;
};

Typed typed(const web::Request& request) {
  return {request.field("day"),         request.field("asked_by"),     request.field("kind"),
          request.field("theme"),       request.field("municipality"), request.field("minutes"),
          request.field("intervention")};
}

Typed as_last_time(web::Request& request) {
  Typed form{.day = request.now.date().text()};
  const auto last = last_of(request.tx, request.user);
  if (!last) return form;
  form.asked_by = last->asked_by;
  form.kind = kinds.of(*last->kind);
  form.municipality = code_list::municipalities().name_of(last->municipality);
  form.intervention = last->intervention.text;
  return form;
}

std::optional<int> whole(std::string_view written) {
  int number = 0;
  const auto* end = written.data() + written.size();
  const auto read = std::from_chars(written.data(), end, number);
  return read.ec == std::errc{} && read.ptr == end ? std::optional(number) : std::nullopt;
}

Fault unknown_municipality(const std::string& word) {
  if (const auto near = code_list::municipalities().nearest(word))
    return {"municipality", {"“{1}” is not known. Did you mean “{2}”?", word, std::string(*near)}};
  return {"municipality", "Choose the municipality in the list, or leave it out."};
}

// From the form, with every fault in it.
Result<Contact> read(web::Request& request, const Typed& form) {
  std::vector<Fault> faults;
  Contact contact{.id = new_id<Contact>(),
                  .organisation = request.user.organisation,
                  .unit = request.user.unit,
                  .by = request.user.account};
  const auto day = Date::read(form.day);
  contact.day = day.value_or(request.now.date());
  if (!day) faults.push_back({"day", "Write the day, as 2026-03-02."});
  contact.asked_by = form.asked_by;
  contact.kind = kinds.find(form.kind);
  contact.theme = form.theme;
  if (const auto* entry = code_list::municipalities().find(form.municipality))
    contact.municipality = entry->code;
  else if (!form.municipality.empty())
    faults.push_back(unknown_municipality(form.municipality));
  if (!form.minutes.empty()) contact.minutes = whole(form.minutes).value_or(0);
  contact.intervention = {form.intervention};
  if (!form.intervention.empty() && !intervention::find(request.tx, contact.intervention))
    faults.push_back({"intervention", "There is no such intervention."});
  contact.written = request.now;

  auto right = checked(std::move(contact), Askers(request.tx), request.now.date());
  if (!right) faults.insert(faults.end(), right.error().faults.begin(), right.error().faults.end());
  if (!faults.empty()) return invalid(std::move(faults));
  return right;
}

View field(const char* id, Message label, std::string_view value) {
  return {{"id", id}, {"label", std::move(label)}, {"hint", nullptr}, {"value", value}, {"focus", false}};
}

View kind_field(std::string_view chosen) {
  View::Items choices{{{"value", ""}, {"text", Message("– choose –")}}};
  for (const auto& [kind, word] : kinds.all)
    choices.push_back({{"value", word}, {"text", name_of(kind)}, {"chosen", word == chosen}});
  auto view = field("kind", "Kind", chosen);
  view.set("choices", std::move(choices));
  return view;
}

View intervention_field(db::Transaction& tx, std::string_view chosen) {
  View::Items choices{{{"value", ""}, {"text", Message("none")}}};
  for (const auto& one : intervention::list(tx))
    choices.push_back({{"value", one.id}, {"text", one.definition.name}, {"chosen", one.id.text == chosen}});
  auto view = field("intervention", "Intervention", chosen);
  view.set("choices", std::move(choices));
  return view;
}

View offered(const char* id, const std::vector<std::string>& words) {
  return {{"id", id}, {"words", views(words, [](const std::string& word) { return View(word); })}};
}

// Those used before, then all the others.
std::vector<std::string> offered_askers(web::Request& request) {
  auto names = askers_used(request.tx, request.user);
  const Askers askers(request.tx);
  for (const auto& name : askers.names())
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  return names;
}

std::vector<std::string> offered_municipalities() {
  std::vector<std::string> names;
  for (const auto& entry : code_list::municipalities().entries()) names.push_back(entry.name);
  return names;
}

// The cursor stands in the first field that has to be filled in; where something is wrong, at what says so.
View form_view(web::Request& request, const Typed& form, bool refused) {
  auto asked_by = field("asked_by", "Who asked", form.asked_by), theme = field("theme", "Theme", form.theme);
  if (!refused) (form.asked_by.empty() ? asked_by : theme).set("focus", true);
  return {{"day", field("day", "Date", form.day)},
          {"asked_by", std::move(asked_by)},
          {"kind", kind_field(form.kind)},
          {"municipality", field("municipality", "Municipality", form.municipality)},
          {"theme", std::move(theme)},
          {"minutes", field("minutes", "Minutes", form.minutes)},
          {"intervention", intervention_field(request.tx, form.intervention)},
          {"lists", View::Items{offered("askers", offered_askers(request)),
                                offered("themes", themes(request.tx, request.user)),
                                offered("municipalities", offered_municipalities())}}};
}

// ---- what has been written

Result<Wish> wished(const web::Request& request) {
  Wish wish{.unit = request.user.unit,
            .period = {Date::read(request.asked("from")), Date::read(request.asked("to"))}};
  if (request.query.has("unit")) wish.unit = {request.asked("unit")};
  if (wish.period.from && wish.period.to && *wish.period.to < *wish.period.from)
    return invalid("to", "The period ends before it begins.");
  return wish;
}

View filter_view(web::Request& request, const Wish& wish) {
  View::Items choices{{{"value", ""}, {"text", Message("the whole organisation")}}};
  for (const auto& unit : organisation::units(request.tx, request.user.organisation))
    choices.push_back({{"value", unit.id}, {"text", unit.name}, {"chosen", unit.id == wish.unit}});
  const auto day = [](const std::optional<Date>& date) { return date ? date->text() : std::string(); };
  auto from = field("from", "From", day(wish.period.from)), to = field("to", "To", day(wish.period.to));
  for (auto* one : {&from, &to}) one->set("type", "date");
  View view = {{"from", std::move(from)}, {"to", std::move(to)}};
  if (choices.size() > 1) {
    auto unit = field("unit", "Unit", wish.unit.text);
    unit.set("choices", std::move(choices));
    view.set("unit", std::move(unit));
  }
  return view;
}

View row_view(web::Request& request, const Contact& contact) {
  View view = {{"day", contact.day.text()},
               {"asked_by", contact.asked_by},
               {"kind", name_of(*contact.kind)},
               {"theme", contact.theme},
               {"municipality", code_list::municipalities().name_of(contact.municipality)},
               {"minutes", contact.minutes ? text::whole(*contact.minutes, request.language) : std::string()},
               {"intervention", contact.intervention.text.empty()
                                    ? std::string()
                                    : intervention::name_of(request.tx, contact.intervention)},
               {"author", contact.author}};
  if (may_undo(request.user, contact, request.now))
    view.set("undo", "/contacts/" + contact.id.text + "/removal");
  return view;
}

// One column: its heading and what was counted in it.
struct Counted {
  std::string heading;
  std::vector<Sum> sums;

  std::int64_t count() const {
    return std::accumulate(sums.begin(), sums.end(), std::int64_t{0},
                           [](auto sum, const Sum& one) { return sum + one.count; });
  }
  std::int64_t minutes() const {
    return std::accumulate(sums.begin(), sums.end(), std::int64_t{0},
                           [](auto sum, const Sum& one) { return sum + one.minutes; });
  }
};

// This month, this year, and the period that is asked for.
std::vector<Counted> counted(web::Request& request, const Wish& wish) {
  const auto today = request.now.date();
  const auto month = Date::of(today.year(), today.month(), 1), year = Date::of(today.year(), 1, 1);
  const auto of = [&](Period period) { return sums(request.tx, request.user, {wish.unit, period}); };
  std::vector<Counted> columns{{text::month_words(today, request.language), of({month, today})},
                               {std::to_string(today.year()), of({year, today})}};
  if (wish.period != Period{})
    columns.push_back({text::period_words(wish.period, request.language), of(wish.period)});
  return columns;
}

View number(std::string text) { return {{"text", std::move(text)}, {"number", true}}; }

View sums_view(const web::Request& request, const std::vector<Counted>& columns) {
  View::Items heads, rows;
  heads.push_back({{"text", Message("Kind")}});
  View::Items together{{{"text", Message("Together")}, {"head", true}}},
      hours{{{"text", Message("Hours")}, {"head", true}}};
  for (const auto& column : columns) {
    heads.push_back(number(column.heading));
    together.push_back(number(text::whole(column.count(), request.language)));
    hours.push_back(number(text::decimal(static_cast<double>(column.minutes()) / 60, 1, request.language)));
  }
  for (std::size_t i = 0; i != std::size(kinds.all); ++i) {
    View::Items cells{{{"text", name_of(kinds.all[i].value)}, {"head", true}}};
    for (const auto& column : columns)
      cells.push_back(number(text::whole(column.sums[i].count, request.language)));
    rows.push_back({{"cells", std::move(cells)}});
  }
  rows.push_back({{"cells", std::move(together)}, {"total", true}});
  return {{"caption", Message("Contacts by kind")},
          {"caption_hidden", true},
          {"heads", std::move(heads)},
          {"rows", std::move(rows)},
          {"sum", {{"cells", std::move(hours)}}},
          {"note", nullptr}};
}

View page_view(web::Request& request, const Wish& wish, const Typed& form, bool refused) {
  const auto columns = counted(request, wish);
  const auto latest = list(request.tx, request.user, wish, most_shown);
  View view = form_view(request, form, refused);
  view.set("title", Message("Contacts"));
  view.set("filter", filter_view(request, wish));
  view.set("sums", sums_view(request, columns));
  view.set("none", latest.empty());
  if (!latest.empty())
    view.set("latest", {{"rows", views(latest, [&](const Contact& one) { return row_view(request, one); })}});
  if (static_cast<std::int64_t>(latest.size()) == most_shown)
    view.set("more", Message{"The latest {1}. Choose a period to see others.",
                             text::whole(most_shown, request.language)});
  return view;
}

Result<web::Reply> page(web::Request& request) {
  const auto wish = wished(request);
  auto view =
      page_view(request, wish ? *wish : Wish{.unit = request.user.unit}, as_last_time(request), !wish);
  if (!wish) return web::show_again("contact/list", std::move(view), wish.error());
  return web::show("contact/list", std::move(view));
}

Result<web::Reply> post(web::Request& request) {
  const auto form = typed(request);
  const auto contact = read(request, form);
  if (!contact)
    return web::show_again("contact/list", page_view(request, {.unit = request.user.unit}, form, true),
                           contact.error());
  if (web::is_first(request)) add(request.tx, *contact);
  return web::go_to("/contacts");
}

Result<web::Reply> post_removal(web::Request& request) {
  TRY(undo(request.tx, request.user, request.id<Contact>(), request.now));
  return web::go_to("/contacts");
}

}  // namespace

void routes(web::Router& router) {
  router.menu("Contacts", "/contacts", may_write);
  router.get("/contacts", may_write, page);
  router.post("/contacts", may_write, post);
  router.post("/contacts/:id/removal", may_write, post_removal);
}

}  // namespace stafett::contact
