// The menu (meny): the places that someone may go to. Those that belong together stand folded under one name;
// where only one of them is for the reader, that one stands by itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/user.h"
#include "base/view.h"

namespace stafett::web {

class Menu {
 public:
  void add(Message label, std::string path, access::Permission);
  void group(Message label, std::vector<std::string> paths);  // stands where the first of them would

  // For web/frame: [{label, address, current} or {group {label, current, places}}].
  View seen_by(const access::User&, std::string_view path) const;

 private:
  struct Place {
    Message label;
    std::string path;
    access::Permission permission;
  };
  struct Group {
    Message label;
    std::vector<std::string> paths;
  };
  const Group* group_of(const std::string& path) const;

  std::vector<Place> places_;
  std::vector<Group> groups_;
};

}  // namespace stafett::web
