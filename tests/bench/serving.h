// The program from outside, for measuring: started, signed in to, asked.
#pragma once

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tests/bench/bench.h"

namespace stafett::bench {

inline const std::string password = "mata-inte-med-detta";

inline void make_demo(const std::string& database) {
  setenv("STAFETT_DEMO_PASSWORD", password.c_str(), 1);
  if (std::system(("build/release/stafett demo --database " + database + " >/dev/null").c_str()) != 0)
    throw std::runtime_error("no demo area");
}

// The program, serving; ended with this.
class Serving {
 public:
  explicit Serving(const std::string& database) {
    int out[2];
    if (pipe(out) != 0) throw std::runtime_error("no pipe");
    start_ms = 1000 * seconds([&] {
                 process_ = fork();
                 if (process_ == 0) {
                   dup2(out[1], STDOUT_FILENO);
                   execl("build/release/stafett", "stafett", "serve", "--listen", "127.0.0.1:0", "--database", database.c_str(), nullptr);
                   _exit(127);
                 }
                 close(out[1]);
                 char said[256] = {};
                 if (read(out[0], said, sizeof said - 1) <= 0) throw std::runtime_error("the program did not start");
                 port_ = static_cast<unsigned short>(std::atoi(std::string_view(said).substr(std::string_view(said).rfind(':') + 1).data()));
               });
    close(out[0]);
  }
  ~Serving() {
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
  }
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;

  double resident_mb() const {
    std::ifstream status("/proc/" + std::to_string(process_) + "/status");
    for (std::string line; std::getline(status, line);)
      if (line.starts_with("VmRSS:")) return std::atof(line.c_str() + 6) / 1024;
    return 0;
  }
  unsigned short port() const { return port_; }
  double processor_seconds() const {
    std::ifstream stat("/proc/" + std::to_string(process_) + "/stat");
    std::string word;
    long ticks = 0;
    for (int field = 1; field <= 15 && stat >> word; ++field)
      if (field >= 14) ticks += std::atol(word.c_str());  // in the program and in the system
    return static_cast<double>(ticks) / static_cast<double>(sysconf(_SC_CLK_TCK));
  }

  double start_ms = 0;

 private:
  pid_t process_ = -1;
  unsigned short port_ = 0;
};

// A browser of the simplest kind: one connection kept open, one cookie.
class Browser {
 public:
  explicit Browser(unsigned short port) : host_("127.0.0.1:" + std::to_string(port)), socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) throw std::runtime_error("nobody answers");
  }
  ~Browser() { close(socket_); }

  // The whole reply, header and all.
  std::string get(const std::string& address) { return ask("GET " + address + " HTTP/1.1\r\nHost: " + host_ + "\r\nCookie: " + cookie_ + "\r\n\r\n"); }

  // A form, urlencoded; its token is in it.
  std::string post(const std::string& address, const std::string& form) {
    return ask("POST " + address + " HTTP/1.1\r\nHost: " + host_ + "\r\nCookie: " + cookie_ +
               "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + std::to_string(form.size()) + "\r\n\r\n" + form);
  }
  // What a page's form holds in a hidden field.
  static std::string hidden(const std::string& page, const std::string& name) {
    const auto begin = page.find("name=\"" + name + "\" value=\"");
    if (begin == page.npos) throw std::logic_error("no " + name + " in the page");
    const auto at = begin + name.size() + 15;
    return page.substr(at, page.find('"', at) - at);
  }

  void sign_in(const std::string& account, const std::string& password) {
    keep_cookie(get("/sign-in"));
    keep_cookie(post("/sign-in", "account=" + account + "&password=" + password + "&token=" + hidden(get("/sign-in"), "token")));
    if (!cookie_.starts_with("sid=")) throw std::logic_error("signing in did not work");
  }

  const std::string& cookie() const { return cookie_; }

 private:
  void keep_cookie(const std::string& reply) {
    if (const auto at = reply.find("Set-Cookie: "); at != reply.npos) cookie_ = reply.substr(at + 12, reply.find(';', at) - at - 12);
  }

  std::string ask(const std::string& request) {
    if (write(socket_, request.data(), request.size()) != static_cast<ssize_t>(request.size())) throw std::runtime_error("the connection broke");
    std::string reply;
    std::size_t whole = std::string::npos;
    char piece[65536];
    while (reply.size() < whole) {
      const auto got = read(socket_, piece, sizeof piece);
      if (got <= 0) throw std::runtime_error("the connection broke");
      reply.append(piece, static_cast<std::size_t>(got));
      if (const auto end = reply.find("\r\n\r\n"); whole == std::string::npos && end != reply.npos) {
        const auto length = reply.find("Content-Length: ");
        whole = end + 4 + (length < end ? static_cast<std::size_t>(std::atoll(reply.c_str() + length + 16)) : 0);
      }
    }
    return reply;
  }

  std::string host_, cookie_ = "none=";
  int socket_;
};

inline std::string signed_in_cookie(unsigned short port, const std::string& account) {
  Browser browser(port);
  browser.sign_in(account, password);
  return browser.cookie();
}

}  // namespace stafett::bench
