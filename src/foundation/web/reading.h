// One request out of the bytes that come: its header through the framing gate, then its body, counted. Knows
// nothing of sockets and clocks, so that tests and fuzzers reach all of it.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "web/framing.h"
#include "web/http.h"

namespace stafett::web {

class Reading {
 public:
  Reading();
  ~Reading();

  // Both take what they can use from the beginning of `received`, and leave the rest there.
  std::optional<Refusal> take_header(std::string_view& received, const std::vector<std::string>& hosts);
  std::optional<Refusal> take_body(std::string_view& received, std::size_t largest);

  bool has_header() const;
  bool is_done() const;  // then `request` is whole
  std::optional<std::size_t> declared_length() const;

  Incoming request;  // but for the network, which cannot be read in it
  bool head_only = false;
  bool keep_alive = false;

 private:
  struct Parser;  // Beast's
  std::unique_ptr<Parser> parser_;
};

}  // namespace stafett::web
