// For the tests of the server: a server on a port of its own, and a browser that sends the very bytes we want.
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "web/server.h"

namespace stafett::web {

// A server of our own on a free port, until the end of the test.
struct Running {
  ServerSettings settings;
  Answerer answerer;
  std::stop_source end;
  std::promise<unsigned short> ready;
  std::thread thread;
  unsigned short port;

  explicit Running(Answerer how, ServerSettings with = {})
      : settings(std::move(with)), answerer(std::move(how)) {
    settings.port = 0;
    settings.hosts = {"stafett.example"};
    settings.stop = end.get_token();
    thread = std::thread([this] { serve(settings, answerer, [this](auto port) { ready.set_value(port); }); });
    port = ready.get_future().get();
  }
  ~Running() { stop(); }
  void stop() {
    end.request_stop();
    if (thread.joinable()) thread.join();
  }
};

// A browser that says exactly what we want. It gives up after ten seconds, and then the test fails.
struct Browser {
  int line = socket(AF_INET, SOCK_STREAM, 0);
  bool is_open = false;

  explicit Browser(const Running& server) {
    const timeval patience{.tv_sec = 10};
    setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    is_open = reach(server.port);
  }
  ~Browser() { close(line); }

  Browser& say(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = send(line, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) break;  // the server has had enough
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return *this;
  }

  // One reply.
  std::string hear() {
    std::size_t length = std::string::npos;
    while (heard_.size() < length && more()) {
      const auto end = heard_.find("\r\n\r\n");
      const auto at = heard_.find("Content-Length: ");
      if (end != heard_.npos) length = end + 4 + (at < end ? std::stoul(heard_.substr(at + 16)) : 0);
    }
    const auto reply = heard_.substr(0, length);
    heard_.erase(0, length);
    return reply;
  }
  // All until the server closes.
  std::string hear_out() {
    while (more()) {
    }
    return std::exchange(heard_, {});
  }
  bool closed() const { return closed_; }

 private:
  bool reach(unsigned short port) {
    sockaddr_in address{.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connect(line, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }

  bool more() {
    char bytes[16 << 10];
    const auto got = recv(line, bytes, sizeof bytes, 0);
    closed_ = got == 0;
    if (got <= 0) return false;
    heard_.append(bytes, static_cast<std::size_t>(got));
    return true;
  }

  std::string heard_;
  bool closed_ = false;
};

inline int status(const std::string& reply) {
  return reply.starts_with("HTTP/1.1 ") ? std::stoi(reply.substr(9, 3)) : 0;
}
inline std::string body(const std::string& reply) { return reply.substr(reply.find("\r\n\r\n") + 4); }
inline bool has(const std::string& reply, std::string_view line) {
  return reply.substr(0, reply.find("\r\n\r\n") + 2).find("\r\n" + std::string(line) + "\r\n") != reply.npos;
}

}  // namespace stafett::web
