// A page that says back what it was asked, and the headers that every reply has: for the tests of the server.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "web/raw_browser.h"

namespace stafett::web {

inline Outgoing text(std::string words) {
  return {.content_type = "text/plain; charset=utf-8", .body = std::move(words)};
}

inline Answerer echo() {
  return {[](const Incoming& in) { return text(in.method + " " + in.path + " " + in.query + " " + in.body); },
          [](std::string_view, std::string_view) { return std::size_t{1000}; }};
}

inline void check_headers(const std::string& reply) {
  CHECK(
      has(reply,
          "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' "
          "data:; "
          "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
          "require-trusted-types-for 'script'"));
  CHECK(has(reply, "X-Content-Type-Options: nosniff"));
  CHECK(has(reply, "Referrer-Policy: no-referrer"));
  CHECK(has(reply, "Cross-Origin-Opener-Policy: same-origin"));
  CHECK(has(reply, "Cross-Origin-Resource-Policy: same-origin"));
  CHECK(has(reply, "Permissions-Policy: geolocation=(), camera=(), microphone=()"));
  CHECK(has(reply, "X-Robots-Tag: noindex"));
  CHECK(has(reply, "Cache-Control: no-store"));
  CHECK(reply.find("Server:") == reply.npos);
  CHECK(reply.find("Strict-Transport-Security") == reply.npos);
}

}  // namespace stafett::web
