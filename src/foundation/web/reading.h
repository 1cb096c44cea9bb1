// One request out of the bytes that come: its header through the framing gate and Beast's parser, then its
// body, counted. Knows nothing of sockets and clocks, so that tests and fuzzers reach all of it.
#pragma once

#include <optional>
#include <string_view>

#include "web/framing.h"
#include "web/http.h"

namespace stafett::web {

class Reading {
 public:
  // Both take what they can use from the beginning of `received`, and leave the rest there.
  std::optional<Refusal> take_header(std::string_view& received, const std::vector<std::string>& hosts);
  std::optional<Refusal> take_body(std::string_view& received, std::size_t largest);

  bool has_header() const { return next_ != Next::header; }
  bool is_done() const { return next_ == Next::nothing; }  // then `request` is whole
  std::optional<std::size_t> declared_length() const { return length_; }

  Incoming request;  // but for the network, which cannot be read in it
  bool head_only = false;
  bool keep_alive = false;

 private:
  enum class Next { header, content, chunk_size, chunk_content, chunk_end, last_line, nothing };

  bool take_content(std::string_view& received);
  std::optional<Refusal> take_chunk_size(std::string_view& received, std::size_t largest);

  Next next_ = Next::header;
  std::optional<std::size_t> length_;
  std::size_t left_ = 0;  // of the content, or of this chunk's
};

}  // namespace stafett::web
