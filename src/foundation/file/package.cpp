#include "file/package.h"

namespace stafett::file {

std::string relations_of(std::string_view part) {
  const auto slash = part.rfind('/') + 1;  // 0 if there is none
  return std::string(part.substr(0, slash)) + "_rels/" + std::string(part.substr(slash)) + ".rels";
}

std::string owner_of(std::string_view relations) {
  const auto folder = relations.rfind("_rels/");
  if (folder == relations.npos || !relations.ends_with(".rels")) return {};
  const auto name = relations.substr(folder + 6);
  return std::string(relations.substr(0, folder)) + std::string(name.substr(0, name.size() - 5));
}

std::string target_part(std::string_view from, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  auto folder = from.substr(0, from.rfind('/') + 1);
  while (target.starts_with("../") || target.starts_with("./")) {
    const bool up = target.starts_with("../");
    target.remove_prefix(up ? 3 : 2);
    if (up && !folder.empty()) folder.remove_suffix(1);
    if (up) folder = folder.substr(0, folder.rfind('/') + 1);
  }
  return std::string(folder) += target;
}

std::string_view last_word(std::string_view type) { return type.substr(type.rfind('/') + 1); }

}  // namespace stafett::file
