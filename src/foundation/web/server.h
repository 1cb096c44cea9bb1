// HTTP/1.1 on one address: frames, limits and times out requests (docs/server.md), hands each to the answerer
// on one of a few worker threads, and puts the security headers on every reply, its own refusals included.
// One more thread does all reading and writing, so that a slow browser never holds a worker.
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "web/http.h"

namespace stafett::web {

struct ServerLimits {
  std::chrono::milliseconds header{10'000};  // from its first byte to its last
  std::chrono::milliseconds idle{60'000};    // between requests
  // A body must come, and a reply be taken, at `pace` bytes a second once `grace` has passed.
  std::chrono::milliseconds grace{10'000};
  std::size_t pace = 1024;
  std::chrono::milliseconds finish{10'000};  // for requests under way when the server stops
  std::size_t connections = 2000;
  std::size_t waiting = 200;             // requests for a free worker
  std::size_t large_bodies = 512 << 20;  // bytes of bodies above 64 KiB in memory at the same time
};

struct ServerSettings {
  std::string address = "127.0.0.1";  // IPv4 or IPv6
  unsigned short port = 8080;         // 0: any free one
  int workers = 2;
  std::vector<std::string> hosts;    // what Host may be besides address:port, and localhost:port on loopback
  std::vector<std::string> proxies;  // addresses whose X-Forwarded-For is believed
  bool https = false;                // a proxy in front speaks TLS: say so to browsers (HSTS)
  ServerLimits limits;
  std::stop_token stop;  // another way to end it than SIGTERM and SIGINT
};

// Listens until `stop` is requested or SIGTERM or SIGINT arrives; requests under way are finished. `ready` is
// called once, with the port, when browsers may come. Throws std::system_error if the address is taken.
void serve(const ServerSettings&, const Answerer&, const std::function<void(unsigned short port)>& ready);

}  // namespace stafett::web
