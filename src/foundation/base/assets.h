// Files built into the program: migrations, pages, translations, style, fonts, forms, lists.
#pragma once

#include <string_view>
#include <vector>

namespace stafett {

struct Asset {
  std::string_view name;  // its path below the project: "src/modules/goal/goal.html"
  std::string_view bytes;
};

const std::vector<Asset>& assets();
std::string_view asset(std::string_view name);  // throws if there is none

}  // namespace stafett
