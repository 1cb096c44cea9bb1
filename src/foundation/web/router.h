// From a request to a reply: finds the handler, knows the user, checks the permission and where a form came from, opens
// the transaction, and turns what the handler returned into HTML, JSON or a file.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "access/gate.h"
#include "access/user.h"
#include "base/date.h"
#include "base/result.h"
#include "base/view.h"
#include "db/database.h"
#include "text/translation.h"
#include "web/form.h"
#include "web/http.h"
#include "web/menu.h"

namespace stafett::web {

// What a handler gets: who asks, when, and for what.
struct Asking {
  const access::User& user;
  Moment now;
  text::Language language;
  const Incoming& incoming;
  bool https;  // behind TLS: cookies are __Host- and Secure
  std::map<std::string, std::string, std::less<>> in_path;
  Form query;  // what stands after the ?
  Form form;   // what was posted, files too

  template <class Of>
  Id<Of> id() const {
    return {part("id")};
  }
  const std::string& part(std::string_view name) const { return in_path.find(name)->second; }  // ":name" of the route
  std::string field(std::string_view name) const { return form.field(name); }                  // "" if left out
  std::string asked(std::string_view name) const { return query.field(name); }
  std::string translated(const Message& message) const { return text::translated(language, message); }
  std::string cookie(std::string_view name) const;
};

// In one transaction: kept when the handler answers, undone when it returns a Problem.
struct Request : Asking {
  db::Transaction& tx;
};

// Work too long for one transaction (a password's hash, a large file, a PDF): the handler opens its own.
struct LongRequest : Asking {
  db::Database& database;

  // As the asker. What begins on the database itself is in nobody's room.
  template <class Work>
  auto read(Work work) {
    return database.read([&](db::Transaction& tx) { return access::stand_in_own_room(tx, user), work(tx); });
  }
  template <class Work>
  auto write(Work work) {
    return database.write([&](db::Transaction& tx) { return access::stand_in_own_room(tx, user), work(tx); });
  }
};

// What a handler answers: a page to show, a place to go next, or a file to keep.
struct Reply {
  std::string page;  // "goal/list"; its view has a `title`
  View view;
  std::string location;
  std::string content_type, file_name, file;
  std::vector<std::string> cookies;  // made by cookie_line
  int status = 200;
  std::string onwards;  // a page of ours that the browser goes on to from this one by itself, as from a link on it
  bool leaves_nothing_behind = false;  // the browser forgets its cache and storage: after signing out
};
Reply show(std::string page, View view);
Reply go_to(std::string location);
Reply download(std::string content_type, std::string file_name, std::string bytes);

// A form that did not hold: the page again with what was typed and the faults. A fault in field x is put into the view's
// x, if that is a field as in web/field.
Reply show_again(std::string page, View view, const Problem&);

// Set-Cookie: HttpOnly, SameSite=Strict; on plain http (loopback only) without Secure and __Host-, see docs/server.md.
// No value: the cookie is taken back.
struct CookieKind {
  std::int64_t seconds = 0;     // how long the browser keeps it; 0: until it is closed
  bool from_elsewhere = false;  // also sent when another site leads here: SameSite=Lax
};
std::string cookie_line(std::string_view name, std::string_view value, bool https, CookieKind = {});

using Handler = Result<Reply> (*)(Request&);
using LongHandler = Result<Reply> (*)(LongRequest&);

inline constexpr std::size_t largest_form = 256 << 10;

class Router {
 public:
  // What every request needs to know from outside.
  struct World {
    db::Database& database;
    std::function<access::User(db::Transaction&, const std::string& session, Moment)> who;
    std::function<void(db::Transaction&, const std::string& session, Moment)> touch;  // the session is in use
    std::function<Moment()> now;
    bool https = false;
  };

  // There is no default permission: a route says who may use it, or it does not compile.
  // GET reads, POST writes; a post answers with go_to, so that reload is safe.
  void get(std::string path, access::Permission, Handler);
  // A page about persons: that it was looked at is noted in the log, in the same transaction.
  void get_noted(std::string path, access::Permission, Handler);
  void post(std::string path, access::Permission, Handler, std::size_t largest_body = largest_form);
  void get_long(std::string path, access::Permission, LongHandler);
  void post_long(std::string path, access::Permission, LongHandler, std::size_t largest_body = largest_form);
  // A place in the menu of those who may.
  void menu(Message label, std::string path, access::Permission);
  void menu_group(Message label, std::vector<std::string> paths);  // see web/menu.h

  Outgoing answer(const World&, const Incoming&) const;
  std::size_t largest_body(std::string_view method, std::string_view path) const;
  std::string table() const;  // every route and its permission, for the approved list in tests/

 private:
  struct Route {
    std::string method, path;
    access::Permission permission;
    std::size_t largest_body = 0;
    Handler handler = nullptr;
    LongHandler long_handler = nullptr;
    bool writes = false;
  };
  struct Match {
    const Route* route = nullptr;
    std::map<std::string, std::string, std::less<>> in_path;
  };
  struct Asked;

  void add(Route);
  Match match(std::string_view method, std::string_view path) const;
  Result<> admitted(const Asked&, const access::User&, const Form&) const;
  Outgoing routed(const Asked&) const;
  Outgoing page(const Asked&, const access::User&, Reply) const;
  Outgoing step_up(const Asked&, const access::User&, const Problem&) const;
  Outgoing problem_page(const Asked&, const access::User&, int status, const Problem&) const;

  std::vector<Route> routes_;
  Menu menu_;
};

}  // namespace stafett::web
