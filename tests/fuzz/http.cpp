// Bytes as they may come off the wire, in pieces of any size: the gate, then the parser behind it. The two
// must agree.
#include <cstdint>
#include <cstdlib>

#include "web/headers.h"
#include "web/reading.h"

namespace {

using namespace stafett::web;

void must(bool holds) {
  if (!holds) std::abort();
}

const std::vector<std::string> here{"a"};
constexpr std::size_t largest_body = 4096;

// What a server does with a line, but for the waiting.
void serve(std::string_view wire, std::size_t piece) {
  std::string buffer;
  std::optional<Reading> reading;
  const auto more = [&] {
    const auto taken = std::min(piece, wire.size());
    buffer += wire.substr(0, taken);
    wire.remove_prefix(taken);
    return taken > 0;
  };
  for (int requests = 0; requests < 50;) {
    if (!reading) reading.emplace();
    std::string_view rest = buffer;
    const auto refusal =
        reading->has_header() ? reading->take_body(rest, largest_body) : reading->take_header(rest, here);
    if (refusal) {
      must(refusal->status >= 400 && !reply(*refusal).body.empty());
      return;
    }
    const bool got_further = rest.size() < buffer.size();
    buffer.erase(0, buffer.size() - rest.size());
    if (reading->is_done() && reading->take_body(rest, largest_body)) std::abort();
    if (reading->is_done()) {
      const auto& request = reading->request;
      must(request.method == "GET" || request.method == "POST");
      must(request.path.starts_with('/') && request.path.find("/../") == request.path.npos);
      must(request.path.find('\0') == request.path.npos && request.body.size() <= largest_body);
      must(request.header("host") == "a" || request.header("host") == "A");
      must(!head(Outgoing{.body = request.body}, true, reading->keep_alive, {}).empty());
      if (!reading->keep_alive) return;
      reading.reset();
      ++requests;
    } else if (!got_further && !more()) {
      return;
    }
    must(buffer.size() <= longest_header + piece);
  }
}

// A header that the gate lets through the parser may still refuse; if not, it must be framed as the gate
// understood it.
void agree(std::string_view header) {
  if (header_length(header) != header.size() || refused(header, here)) return;
  Reading reading;
  auto rest = header;
  if (reading.take_header(rest, here)) return;
  must(reading.has_header() && rest.empty());
  const auto& request = reading.request;
  const auto length = request.header("content-length");
  must(length.empty()
           ? !reading.declared_length()
           : std::to_string(*reading.declared_length()) ==
                 std::string(length.substr(std::min(length.find_first_not_of('0'), length.size() - 1))));
  must(length.empty() || request.header("transfer-encoding").empty());
  must(reading.is_done() ==
       (request.header("transfer-encoding").empty() && reading.declared_length().value_or(0) == 0));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view wire(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  agree(wire);
  serve(wire, std::size_t{1} << (bytes[0] % 14));
  return 0;
}
