// Organisation: a samordningsförbund (association) or one of the authorities that work in it, their units,
// and who is a member of which förbund with what share. An area (område) is a förbund's. Lag (2003:1210) 4–5
// §§: Försäkringskassan half, regions a quarter, municipalities a quarter, unless agreed otherwise.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/user.h"
#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "base/words.h"
#include "db/database.h"

namespace stafett::web {
class Router;
}

namespace stafett::organisation {

inline constexpr access::Permission may_change{"organisation.change"};

enum class Kind { association, employment_service, insurance_agency, municipality, region, other };
inline constexpr Words<Kind, 6> kinds{{{Kind::association, "association"},
                                       {Kind::employment_service, "employment service"},
                                       {Kind::insurance_agency, "insurance agency"},
                                       {Kind::municipality, "municipality"},
                                       {Kind::region, "region"},
                                       {Kind::other, "other"}}};
Message name_of(Kind);

struct Organisation {
  Id<Organisation> id;
  std::string name;
  Kind kind = Kind::other;
};

struct Unit {
  Id<Unit> id;
  Id<Organisation> organisation;
  std::string name;
};

struct Membership {
  Id<Organisation> association, member;
  std::string member_name;
  Kind member_kind = Kind::other;
  Date from;
  std::optional<Date> to;
  std::int64_t share_parts = 0, share_of = 1;  // 1 of 4
};

// What a name says of itself: "Region Gotland" is a region, "Arbetsförmedlingen" the employment service.
Kind kind_by_name(std::string_view name);

// A part of the whole, in lowest terms: 1/2 + 1/4 is 3/4.
struct Share {
  std::int64_t parts = 0, of = 1;
  bool operator==(const Share&) const = default;
  bool is_whole() const { return parts == of; }
};
// Those who are members that day, and what their shares make together; none if they have no common measure
// that can be reckoned with, and so are no whole.
std::vector<Membership> on(Date, std::vector<Membership>);
std::optional<Share> sum_of_shares(const std::vector<Membership>&);

// Store. Organisations are public: everybody who works here may know them.
Result<Organisation> find(db::Transaction&, const Id<Organisation>&);
std::optional<Organisation> named(db::Transaction&, std::string_view name);
std::vector<Organisation> list(db::Transaction&);  // in Swedish order
Result<Organisation> add(db::Transaction&, std::string name, Kind);
Organisation named_or_added(db::Transaction&, const std::string& name, std::optional<Kind> = {});

std::vector<Unit> units(db::Transaction&, const Id<Organisation>&);
Result<Unit> add_unit(db::Transaction&, const Id<Organisation>&, std::string name);

std::vector<Membership> members(db::Transaction&, const Id<Organisation>& association);
Result<> join(db::Transaction&, const Membership&);

// Pages.
void routes(web::Router&);

}  // namespace stafett::organisation
