// Any bytes as TOML; and any text quoted is itself again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "file/toml.h"
#include "text/fold.h"

using namespace stafett::file;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  if (const auto tree = read_toml(text)) unknown_keys(*tree, {"id", "name", "owner"});
  if (!stafett::text::is_utf8(text)) return 0;
  const auto again = read_toml("a = " + toml_quoted(text));
  if (!again || again->find("a")->text != text) std::abort();
  return 0;
}
