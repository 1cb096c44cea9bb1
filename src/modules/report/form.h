// Form (rapportmall): a Word document with places for what Stafett knows and for what people write. An
// organisation adds its own; a changed one is a new version. Those that come with Stafett are offered to all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/user.h"
#include "base/date.h"
#include "base/result.h"
#include "db/database.h"

namespace stafett::report {

inline constexpr std::size_t largest_form = 10 << 20;  // bytes

struct Form {
  Id<Form> id;
  std::string name;
  int version = 1;
  bool is_shipped = false;  // comes with Stafett
  Moment added_at;          // not of shipped ones
};

// Those of the viewer's organisation, the latest version of each, then the shipped ones.
std::vector<Form> forms(db::Transaction&, const access::User& viewer);
Result<Form> find_form(db::Transaction&, const access::User& viewer, const Id<Form>&);
// Its Word file.
Result<std::string> form_file(db::Transaction&, const access::User& viewer, const Id<Form>&);

// A new form, or a new version of the one with that name. Problems: what file::read_form refuses; no name;
// too large. The same file again changes nothing.
Result<Form> add_form(db::Transaction&, const access::User& by, std::string name, std::string_view docx,
                      Moment now);

}  // namespace stafett::report
