#include "web/kinds.h"

#include "web/router.h"

namespace stafett::web {

std::string kinds_words(const Asking& request, access::Kinds kinds) {
  std::string words;
  for (const auto kind : access::every_kind)
    if (kinds.has(kind)) words += (words.empty() ? "" : ", ") + request.translated(name_of(kind));
  return words;
}

access::Kinds kinds_in(const Asking& request) {
  access::Kinds kinds;
  for (const auto& word : request.form.all("kinds"))
    if (const auto kind = access::kinds.find(word)) kinds = kinds | access::Kinds{*kind};
  return kinds;
}

View kind_boxes(access::Kinds offered, access::Kinds chosen, const std::string& prefix) {
  View::Items boxes;
  for (const auto kind : access::every_kind)
    if (offered.has(kind))
      boxes.push_back({{"id", prefix + std::string(access::kinds.of(kind))},
                       {"value", access::kinds.of(kind)},
                       {"text", name_of(kind)},
                       {"chosen", chosen.has(kind)}});
  return boxes;
}

}  // namespace stafett::web
