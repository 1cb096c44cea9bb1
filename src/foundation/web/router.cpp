#include "web/router.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <stdexcept>

#include "access/gate.h"
#include "access/password.h"
#include "base/assets.h"
#include "base/log.h"
#include "web/template.h"

namespace stafett::web {
namespace {

constexpr std::string_view html = "text/html; charset=utf-8", json = "application/json; charset=utf-8";

int status_of(Problem::Kind kind) {
  switch (kind) {
    case Problem::Kind::not_found:
      return 404;
    case Problem::Kind::forbidden:
      return 403;
    case Problem::Kind::invalid:
      return 422;
    case Problem::Kind::conflict:
      return 409;
    case Problem::Kind::busy:
      return 429;
  }
  return 500;
}

std::string cookie_name(std::string_view name, bool https) {
  return (https ? "__Host-" : "") + std::string(name);
}

// The next piece of a path, without its slash: "/a/b" gives "a" and leaves "/b".
std::string_view next_part(std::string_view& path) {
  path.remove_prefix(1);
  const auto part = path.substr(0, path.find('/'));
  path.remove_prefix(part.size());
  return part;
}

// Whether a path has a route's shape; each part that the route has a ":name" for is told to `named`.
template <class Named>
bool matches(std::string_view pattern, std::string_view path, Named named) {
  while (!pattern.empty() && !path.empty()) {
    const auto wanted = next_part(pattern), given = next_part(path);
    if (wanted.starts_with(':') && !given.empty())
      named(wanted.substr(1), given);
    else if (wanted != given)
      return false;
  }
  return pattern.empty() && path.empty();
}

std::string_view type_of(std::string_view file) {
  if (file.ends_with(".css")) return "text/css; charset=utf-8";
  if (file.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (file.ends_with(".woff2")) return "font/woff2";
  if (file.ends_with(".svg")) return "image/svg+xml";
  if (file.ends_with(".png")) return "image/png";
  if (file.ends_with(".txt")) return "text/plain; charset=utf-8";
  return "application/octet-stream";
}

bool is_for_browsers(std::string_view asset) {
  return asset.starts_with("assets/app.") || asset.starts_with("assets/fonts/") || asset.starts_with("assets/licences/") ||
         asset == "assets/mark.svg";
}

// Style, script and fonts; their address carries the version, so they never change.
Outgoing built_in(std::string_view path) {
  for (const auto& asset : assets())
    if (asset.name == path.substr(1) && is_for_browsers(asset.name)) {
      Outgoing out{.content_type = std::string(type_of(path)), .file = asset.bytes};
      out.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
      return out;
    }
  return {.status = 404, .content_type = "text/plain; charset=utf-8", .body = "Filen finns inte.\n"};
}

const std::string& version_of_assets() {
  static const std::string version = [] {
    std::string all;
    for (const auto& asset : assets())
      if (asset.name.starts_with("assets/app.")) all += asset.bytes;
    return access::fingerprint(all).substr(0, 12);
  }();
  return version;
}

// A browser that says where the form came from must say: from here. One that says nothing (an old browser, a
// program) still has to bring the token.
bool from_elsewhere(const Incoming& in) {
  const auto site = in.header("sec-fetch-site");
  if (!site.empty()) return site != "same-origin" && site != "none";
  auto origin = in.header("origin");
  if (origin.empty()) return false;
  const auto host = origin.find("://");
  return host == origin.npos || origin.substr(host + 3) != in.header("host");
}

View faults_of(const Problem& problem) {
  return views(problem.faults, [](const Fault& fault) {
    return View{{"field", fault.field}, {"message", fault.message}, {"line", fault.line > 0 ? View(fault.line) : View(nullptr)}};
  });
}

Problem nothing_here() {
  return {Problem::Kind::not_found, {{"", "There is no such page, or it is not for you. Check the address, or start from the first page."}}};
}

Message title_of(int status) {
  switch (status) {
    case 403:
      return "Not allowed";
    case 404:
      return "Not found";
    case 409:
    case 422:
      return "That did not work";
    case 429:
      return "Wait a little";
    default:
      return "Something went wrong";
  }
}

View languages(text::Language current, const std::string& path) {
  const auto choice = [&](std::string_view name, text::Language language) {
    const std::string code(text::code(language));
    return View{{"name", name}, {"code", code}, {"address", "/language/" + code + "?next=" + urlencoded(path)}, {"current", language == current}};
  };
  return View::Items{choice("Svenska", text::Language::swedish), choice("English", text::Language::english)};
}

}  // namespace

// One request, and what is known of it before anyone has looked in the database.
struct Router::Asked {
  const World& world;
  const Incoming& in;
  Match match;
  Moment now;
  text::Language language;
  std::string session, visitor;  // cookies
  bool new_visitor = false;

  bool wants_json() const { return in.header("accept").find("application/json") != std::string_view::npos; }
  // The form's token: made of the session, or of a visitor's own cookie before sign-in. It cannot be turned back.
  std::string token() const {
    return access::fingerprint("form:" + (session.empty() ? visitor : session)).substr(0, 32);
  }
};

std::string Asking::cookie(std::string_view name) const {
  return web::cookie(incoming.header("cookie"), cookie_name(name, https));
}

Reply show(std::string page, View view) { return {.page = std::move(page), .view = std::move(view)}; }
Reply go_to(std::string location) { return {.location = std::move(location)}; }
Reply download(std::string content_type, std::string file_name, std::string bytes) {
  return {.content_type = std::move(content_type), .file_name = std::move(file_name), .file = std::move(bytes)};
}

Reply show_again(std::string page, View view, const Problem& problem) {
  view.set("refused", true);
  view.set("faults", faults_of(problem));
  for (const auto& fault : problem.faults)
    if (auto* field = view.find(fault.field); field && field->has_fields() && !field->find("fault")) field->set("fault", fault.message);
  return {.page = std::move(page), .view = std::move(view), .status = status_of(problem.kind)};
}

std::string cookie_line(std::string_view name, std::string_view value, bool https, CookieKind kind) {
  const auto seconds = value.empty() ? 0 : kind.seconds;
  return cookie_name(name, https) + "=" + std::string(value) + "; Path=/; HttpOnly; SameSite=" +
         (kind.from_elsewhere ? "Lax" : "Strict") + (https ? "; Secure" : "") +
         (value.empty() || seconds > 0 ? "; Max-Age=" + std::to_string(seconds) : "");
}

void Router::add(Route route) {
  for (const auto& other : routes_)
    if (other.method == route.method && other.path == route.path)
      throw std::logic_error("two routes for " + route.method + " " + route.path);
  routes_.push_back(std::move(route));
}
void Router::get(std::string path, access::Permission permission, Handler handler) {
  add({.method = "GET", .path = std::move(path), .permission = permission, .handler = handler});
}
void Router::get_noted(std::string path, access::Permission permission, Handler handler) {
  add({.method = "GET", .path = std::move(path), .permission = permission, .handler = handler, .writes = true});
}
void Router::post(std::string path, access::Permission permission, Handler handler, std::size_t largest_body) {
  add({"POST", std::move(path), permission, largest_body, handler, nullptr, true});
}
void Router::get_long(std::string path, access::Permission permission, LongHandler handler) {
  add({"GET", std::move(path), permission, 0, nullptr, handler});
}
void Router::post_long(std::string path, access::Permission permission, LongHandler handler, std::size_t largest_body) {
  add({"POST", std::move(path), permission, largest_body, nullptr, handler});
}
void Router::menu(Message label, std::string path, access::Permission permission) {
  menu_.add(std::move(label), std::move(path), permission);
}

void Router::menu_group(Message label, std::vector<std::string> paths) {
  menu_.group(std::move(label), std::move(paths));
}

Router::Match Router::match(std::string_view method, std::string_view path) const {
  // A word in the route goes before a ":name": /interventions/new is not the intervention called new.
  Match found;
  int fewest = 0;
  for (const auto& route : routes_) {
    int names = 0;
    if (route.method != method || !matches(route.path, path, [&](auto, auto) { ++names; })) continue;
    if (found.route && names >= fewest) continue;
    found.route = &route;
    fewest = names;
  }
  if (found.route) matches(found.route->path, path, [&](auto name, auto value) { found.in_path.emplace(name, value); });
  return found;
}

std::size_t Router::largest_body(std::string_view method, std::string_view path) const {
  const auto found = match(method, path);
  return found.route ? found.route->largest_body : largest_form;  // enough to be told that it is not there
}

Outgoing Router::answer(const World& world, const Incoming& in) const {
  if (in.path.starts_with("/assets/")) return built_in(in.path);

  const auto cookies = in.header("cookie");
  Asked asked{world, in, match(in.method == "HEAD" ? "GET" : in.method, in.path), world.now()};
  const auto chosen = cookie(cookies, cookie_name("language", world.https));
  asked.language = chosen == "en"   ? text::Language::english
                   : chosen == "sv" ? text::Language::swedish
                                    : text::preferred(in.header("accept-language"));
  asked.session = cookie(cookies, cookie_name("sid", world.https));
  asked.visitor = cookie(cookies, cookie_name("visitor", world.https));
  if (asked.session.empty() && asked.visitor.empty()) {
    asked.visitor = access::new_token();
    asked.new_visitor = true;
  }

  Outgoing out;
  try {
    out = routed(asked);
  } catch (const db::Failure& failure) {
    log::error(in.method + " " + in.path + ": " + failure.what());
    out = problem_page(asked, {}, 503, {Problem::Kind::busy, {{"", "The database does not answer just now. Nothing was saved. Wait a little and try again."}}});
    out.headers.emplace_back("Retry-After", "10");
  } catch (const std::exception& failure) {
    log::error(in.method + " " + in.path + ": " + failure.what());  // for us; the user is told no more than this:
    out = problem_page(asked, {}, 500, {Problem::Kind::busy, {{"", "Something went wrong on our side. Nothing was saved. Try again, and tell your administrator if it goes on."}}});
  }
  if (asked.new_visitor) out.headers.emplace_back("Set-Cookie", cookie_line("visitor", asked.visitor, world.https));
  return out;
}

// May this user use this route, with this form from this place?
Result<> Router::admitted(const Asked& asked, const access::User& user, const Form& form) const {
  const auto& route = *asked.match.route;
  if (!user.may(route.permission))
    return user.is_signed_in() ? forbidden("Your account may not do this. Ask your unit head if you need to.")
                               : forbidden("You are signed out. Sign in and try again.");
  if (route.method == "POST" && (from_elsewhere(asked.in) || form.field("token") != asked.token()))
    return forbidden("The form had grown too old. Go back, load the page again and send it once more.");
  return {};
}

Outgoing Router::routed(const Asked& asked) const {
  const auto& world = asked.world;
  access::User user;
  const auto know = [&](db::Transaction& tx) {
    user = asked.session.empty() ? access::User{} : world.who(tx, asked.session, asked.now);
    access::stand_in_own_room(tx, user);
  };
  if (!asked.match.route) {
    world.database.read(know);
    return problem_page(asked, user, 404, nothing_here());
  }

  const auto& route = *asked.match.route;
  const bool posting = route.method == "POST";
  auto query = read_urlencoded(asked.in.query);
  auto form = posting ? read_form(asked.in.header("content-type"), asked.in.body) : Form{};
  if (!query) return problem_page(asked, user, 400, query.error());
  if (!form) return problem_page(asked, user, 400, form.error());
  Asking asking{user, asked.now, asked.language, asked.in, world.https, asked.match.in_path, std::move(*query), std::move(*form)};

  const auto handle = [&](db::Transaction& tx) -> Result<Reply> {
    know(tx);
    TRY(admitted(asked, user, asking.form));
    Request request{std::move(asking), tx};
    return route.handler(request);
  };
  const auto handle_long = [&]() -> Result<Reply> {
    world.database.read(know);
    TRY(admitted(asked, user, asking.form));
    LongRequest request{std::move(asking), world.database};
    return route.long_handler(request);
  };
  auto reply = route.long_handler ? handle_long() : route.writes ? world.database.write(handle) : world.database.read(handle);

  if (user.seen_long_ago) world.database.write([&](db::Transaction& tx) { world.touch(tx, asked.session, asked.now); });
  if (reply) return page(asked, user, std::move(*reply));
  if (!posting && !user.is_signed_in() && reply.error().kind == Problem::Kind::forbidden)
    return page(asked, user, go_to("/sign-in?next=" + urlencoded(asked.in.path)));
  if (user.is_signed_in() && reply.error().message().key == access::sign_in_again)
    return step_up(asked, user, reply.error());
  return problem_page(asked, user, status_of(reply.error().kind), reply.error());
}

// To prove once more who one is, and back. What was posted is lost, so the way back is to the page it came from.
Outgoing Router::step_up(const Asked& asked, const access::User& user, const Problem& problem) const {
  constexpr std::string_view again = "/sign-in/again?next=";
  const auto& in = asked.in;
  if (in.method != "POST" && !asked.wants_json())
    return page(asked, user, go_to(std::string(again) + urlencoded(in.path + (in.query.empty() ? "" : "?" + in.query))));
  auto from = in.path;
  while (from.size() > 1 && !match("GET", from).route) from.resize(from.rfind('/'));
  Reply reply = show("web/problem", {{"title", Message("Sign in once more")},
                                     {"faults", faults_of(problem)},
                                     {"message", problem.message()},
                                     {"advice", Message("Nothing was saved. When you have signed in you come back to the page; send it once more from there.")},
                                     {"back", {{"label", Message("Sign in once more")}, {"address", std::string(again) + urlencoded(from)}}}});
  reply.status = 403;
  return page(asked, user, std::move(reply));
}

Outgoing Router::page(const Asked& asked, const access::User& user, Reply reply) const {
  Outgoing out{.status = reply.status};
  for (const auto& line : reply.cookies) out.headers.emplace_back("Set-Cookie", line);
  if (!reply.onwards.empty()) out.headers.emplace_back("Refresh", "0; url=" + reply.onwards);
  if (reply.leaves_nothing_behind) out.headers.emplace_back("Clear-Site-Data", "\"cache\", \"storage\"");
  if (!reply.location.empty()) {
    out.status = 303;
    out.headers.emplace_back("Location", reply.location);
  } else if (!reply.file_name.empty()) {
    out.content_type = reply.content_type;
    out.body = std::move(reply.file);
    out.headers.emplace_back("Content-Disposition", "attachment; filename*=UTF-8''" + urlencoded(reply.file_name));
  } else if (asked.wants_json()) {
    out.content_type = json;
    out.body = reply.view.json();
  } else {
    reply.view.set("token", asked.token());
    reply.view.set("once", access::new_token());
    View frame = {{"language", text::code(asked.language)},
                  {"version", version_of_assets()},
                  {"nav", menu_.seen_by(user, asked.in.path)},
                  {"signed_in", user.is_signed_in()},
                  {"name", user.name},
                  {"organisation", user.organisation_name},
                  {"token", asked.token()},
                  {"languages", languages(asked.language, asked.in.path + (asked.in.query.empty() ? "" : "?" + asked.in.query))},
                  {"content", render(asked.language, reply.page, reply.view)}};
    for (const auto* name : {"title", "refused", "crumbs", "here"})
      if (const auto* found = reply.view.find(name)) frame.set(name, *found);
    out.content_type = html;
    out.body = render(asked.language, "web/frame", frame);
  }
  return out;
}

Outgoing Router::problem_page(const Asked& asked, const access::User& user, int status, const Problem& problem) const {
  Reply reply = show("web/problem", {{"title", title_of(status)},
                                    {"message", problem.message()},
                                    {"faults", faults_of(problem)},
                                    {"back", {{"label", Message("To the first page")}, {"address", "/"}}}});
  reply.status = status;
  return page(asked, user, std::move(reply));
}

std::string Router::table() const {
  std::string table;
  for (const auto& route : routes_)
    table += route.method + " " + route.path + "  " + (route.permission.name.empty() ? "anyone" : std::string(route.permission.name)) + "\n";
  return table;
}

}  // namespace stafett::web
