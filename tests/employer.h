// An employer's sign-in (OpenID Connect) for the tests.
#pragma once

#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "access/token.h"
#include "account/provider.h"
#include "base/json.h"

namespace stafett {

// A provider on this machine: says what it is told to say, and counts how often it is asked.
class Employer {
 public:
  Employer() {
    listening_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    REQUIRE(bind(listening_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(listen(listening_, 16) == 0);
    socklen_t size = sizeof address;
    getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size);
    place = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    provider = {.id = "kommunen",
                .name = "Kommunen",
                .issuer = place,
                .client_id = "stafett",
                .private_key = access::new_private_key(),
                .lowest = "http://id.elegnamnden.se/loa/1.0/loa3"};
    say("/.well-known/openid-configuration", View{{"issuer", place},
                                                  {"authorization_endpoint", place + "/auth"},
                                                  {"token_endpoint", place + "/token"},
                                                  {"userinfo_endpoint", place + "/me"},
                                                  {"jwks_uri", place + "/jwks"}}
                                                 .json());
    say("/jwks", View{{"keys", View::Items{*read_json(access::public_key_of(key))}}}.json());
    serving_ = std::thread([this] { serve(); });
  }
  ~Employer() {
    shutdown(listening_, SHUT_RDWR);
    serving_.join();
    close(listening_);
  }

  void say(const std::string& path, const std::string& body, const std::string& status = "200 OK") {
    const std::lock_guard lock(mutex_);
    answers_[path] = "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) +
                     "\r\nConnection: close\r\n\r\n" + body;
  }
  // The token and the signed answer about the person that an honest provider gives, with one thing said
  // otherwise.
  void sign_in(const access::Provider& to, const std::string& nonce, Moment now, const std::string& name = "",
               View value = {}) {
    View claims{{"iss", place},
                {"sub", "u-anna"},
                {"aud", to.client_id},
                {"nonce", nonce},
                {"iat", now.seconds},
                {"exp", now.seconds + 300},
                {"auth_time", now.seconds},
                {"acr", "http://id.elegnamnden.se/loa/1.0/loa3"}};
    if (!name.empty()) claims.set(name, std::move(value));
    say("/token", View{{"id_token", access::sign_token(claims, signing)}, {"access_token", "a"}}.json());
    say("/me", access::sign_token(claims, signing));
  }
  int asked(const std::string& path) {
    const std::lock_guard lock(mutex_);
    return asked_[path];
  }

  std::string place, key = access::new_private_key(), signing = key;
  access::Provider provider;

 private:
  void serve() {
    for (int line; (line = accept(listening_, nullptr, nullptr)) >= 0; close(line)) {
      std::string request;
      char bytes[4096];
      const auto whole = [&] {
        const auto end = request.find("\r\n\r\n"), length = request.find("Content-Length: ");
        return end != request.npos &&
               request.size() >= end + 4 + (length < end ? std::stoul(request.substr(length + 16)) : 0);
      };
      while (!whole()) {
        const auto count = read(line, bytes, sizeof bytes);
        if (count <= 0) break;
        request.append(bytes, static_cast<std::size_t>(count));
      }
      const auto from = request.find(' ') + 1, to = request.find(' ', from);
      const auto path = request.substr(from, to - from);
      std::string answer;
      {
        const std::lock_guard lock(mutex_);
        ++asked_[path];
        answer = answers_[path];
      }
      for (std::size_t sent = 0; sent < answer.size();) {
        const auto count = send(line, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) break;
        sent += static_cast<std::size_t>(count);
      }
    }
  }

  int listening_ = -1;
  std::mutex mutex_;
  std::map<std::string, std::string> answers_;
  std::map<std::string, int> asked_;
  std::thread serving_;
};

}  // namespace stafett
