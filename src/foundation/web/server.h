// HTTP/1.1 on one address: frames, limits and times out requests (docs/server.md), hands each to the answerer on one
// of a few worker threads, and puts the security headers on every reply, its own refusals included.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "web/http.h"

namespace stafett::web {

struct ServerSettings {
  std::string address = "127.0.0.1";
  unsigned short port = 8080;  // 0: any free one
  int workers = 2;
  std::vector<std::string> hosts;  // names besides address:port that Host may have
  bool https = false;              // a proxy in front speaks TLS: say so to browsers (HSTS)
};

// Listens until `stop` is called (from any thread or a signal handler's thread) or SIGTERM/SIGINT arrives; requests
// under way are finished. `ready` is called once with the port. Throws std::system_error if the address is taken.
void serve(const ServerSettings&, const Answerer&, const std::function<void(unsigned short port)>& ready);

}  // namespace stafett::web
