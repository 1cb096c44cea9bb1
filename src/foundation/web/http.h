// A request as it came off the wire and a reply as it goes back. Nothing else, so that web/server.cpp, ten
// seconds to compile, is left alone when the rest of us change.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stafett::web {

struct Incoming {
  std::string
      method;        // GET or POST: the server refuses the rest itself, and makes HEAD a GET without its body
  std::string path;  // decoded and in normal form: "/interventions/7"
  std::string query;  // as it was sent, without the ?
  // Names in lower case. One that came several times has all its values, with ", " between them.
  std::map<std::string, std::string, std::less<>> headers;
  std::string body;
  std::string network;  // the caller's address, for holding back guesses

  std::string_view header(std::string_view name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string_view{} : std::string_view(found->second);
  }
};

struct Outgoing {
  int status = 200;
  std::string content_type;
  std::string body;
  std::string_view file;  // instead of body: bytes that outlive the program's run (assets)
  std::vector<std::pair<std::string, std::string>> headers;  // beside those that every reply has
};

// What the server asks of whoever answers.
struct Answerer {
  // On any of the worker threads. What it throws is logged and answered with 500.
  std::function<Outgoing(const Incoming&)> answer;
  // How large a body this request may have, in bytes; asked when the header has been read, on the thread that
  // reads.
  std::function<std::size_t(std::string_view method, std::string_view path)> largest_body;
};

}  // namespace stafett::web
