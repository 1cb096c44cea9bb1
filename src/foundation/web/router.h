// From a request to a reply: finds the handler, knows the user, checks the permission and the form's origin, opens the
// transaction, and turns what the handler returned into HTML, JSON or a file.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/user.h"
#include "base/date.h"
#include "base/result.h"
#include "base/view.h"
#include "db/database.h"
#include "text/translation.h"
#include "web/form.h"
#include "web/http.h"

namespace stafett::web {

// What a handler gets.
struct Request {
  db::Transaction& tx;
  const access::User& user;
  Moment now;
  text::Language language;
  const Incoming& incoming;
  std::map<std::string, std::string, std::less<>> in_path;
  Form query;  // what stands after the ?
  Form form;   // what was posted, files too

  template <class Of>
  Id<Of> id() const {
    return {in_path.at("id")};
  }
  const std::string& part(std::string_view name) const { return in_path.find(name)->second; }  // ":name" in the route
  std::string field(std::string_view name) const { return form.field(name); }                  // "" if left out
  std::string asked(std::string_view name) const { return query.field(name); }
  std::string translated(const Message& message) const { return text::translated(language, message); }
};

// What a handler answers: a page to show, a place to go next, or a file to keep.
struct Reply {
  std::string page;  // "goal/list"
  View view;
  std::string location;
  std::string content_type, file_name, file;
  std::string set_cookie;
  int status = 200;
};
Reply show(std::string page, View view);
Reply go_to(std::string location);
Reply download(std::string content_type, std::string file_name, std::string bytes);

// A form that did not hold: the page again with what was typed, the faults at their fields, status 422.
Reply show_again(std::string page, View view, const Problem&);

using Handler = Result<Reply> (*)(Request&);

inline constexpr std::size_t largest_form = 64 << 10;

class Router {
 public:
  // What every request needs to know from outside.
  struct World {
    db::Database& database;
    std::function<access::User(db::Transaction&, const Incoming&, Moment)> who;  // reads the session cookie
    std::function<Moment()> now;
    bool https = false;  // behind TLS: cookies are __Host- and Secure
  };

  // There is no default permission: a route says who may use it, or it does not compile.
  // GET reads, POST writes; a post answers with go_to, so that reload is safe.
  void get(std::string path, access::Permission, Handler);
  void post(std::string path, access::Permission, Handler, std::size_t largest_body = largest_form);

  Outgoing answer(const World&, const Incoming&) const;
  std::size_t largest_body(std::string_view method, std::string_view path) const;
  std::string table() const;  // every route and its permission, for the approved list in tests/

 private:
  struct Route {
    std::string method, path;
    access::Permission permission;
    Handler handler;
    std::size_t largest_body;
    std::vector<std::string> parts;
  };
  struct Match {
    const Route* route = nullptr;
    std::map<std::string, std::string, std::less<>> in_path;
  };
  Match match(std::string_view method, std::string_view path) const;
  Outgoing respond(const World&, const Incoming&, const Match&) const;

  std::vector<Route> routes_;
};

}  // namespace stafett::web
