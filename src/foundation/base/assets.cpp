#include "base/assets.h"

#include <stdexcept>
#include <string>

namespace stafett {

std::string_view asset(std::string_view name) {
  for (const auto& asset : assets())
    if (asset.name == name) return asset.bytes;
  throw std::logic_error("not built in: " + std::string(name));
}

}  // namespace stafett
