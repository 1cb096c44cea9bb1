#include "web/menu.h"

#include <algorithm>
#include <set>

namespace stafett::web {
namespace {

bool is_within(std::string_view path, std::string_view place) {
  return place == "/" ? path == "/" : path.starts_with(place);
}

}  // namespace

void Menu::add(Message label, std::string path, access::Permission permission) {
  places_.push_back({std::move(label), std::move(path), permission});
}

void Menu::group(Message label, std::vector<std::string> paths) {
  groups_.push_back({std::move(label), std::move(paths)});
}

const Menu::Group* Menu::group_of(const std::string& path) const {
  for (const auto& group : groups_)
    if (std::ranges::find(group.paths, path) != group.paths.end()) return &group;
  return nullptr;
}

View Menu::seen_by(const access::User& user, std::string_view path) const {
  const auto place_view = [&](const Place& place) {
    return View{{"label", place.label}, {"address", place.path}, {"current", is_within(path, place.path)}};
  };
  View::Items menu;
  std::set<const Group*> shown;
  for (const auto& place : places_) {
    if (!user.may(place.permission)) continue;
    const auto* group = group_of(place.path);
    if (group && !shown.insert(group).second) continue;
    View::Items together;
    bool is_here = false;
    for (const auto& other : places_) {
      if (!group || group_of(other.path) != group || !user.may(other.permission)) continue;
      together.push_back(place_view(other));
      is_here = is_here || is_within(path, other.path);
    }
    if (together.size() > 1)
      menu.push_back(
          {{"group", {{"label", group->label}, {"current", is_here}, {"places", std::move(together)}}}});
    else
      menu.push_back(place_view(place));
  }
  return menu;
}

}  // namespace stafett::web
