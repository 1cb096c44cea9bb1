// Intervention (insats): what a förbund finances and an organisation owns (the owner is the controller of its
// cases), with its destinations, decision kinds and goals. All of it is data: a file in TOML, versioned,
// changed by its owner.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/user.h"
#include "base/date.h"
#include "base/result.h"
#include "base/words.h"
#include "db/database.h"
#include "organisation/organisation.h"

namespace stafett::web {
class Router;
}

namespace stafett::intervention {

inline constexpr access::Permission may_change{"intervention.change"};

enum class Orientation { individual, structural };
inline constexpr Words<Orientation, 2> orientations{
    {{Orientation::individual, "individual"}, {Orientation::structural, "structural"}}};
Message name_of(Orientation);

// What a destination or a kind of decision amounts to.
enum class Group {
  work,
  subsidised_work,
  studies,
  labour_market_measure,
  continued_rehabilitation,
  health,
  other,
  interrupted
};
inline constexpr Words<Group, 8> groups{{{Group::work, "work"},
                                         {Group::subsidised_work, "subsidised work"},
                                         {Group::studies, "studies"},
                                         {Group::labour_market_measure, "labour-market measure"},
                                         {Group::continued_rehabilitation, "continued rehabilitation"},
                                         {Group::health, "health"},
                                         {Group::other, "other"},
                                         {Group::interrupted, "interrupted"}}};
Message name_of(Group);

// A place to go from the intervention, or a kind of decision.
struct Outcome {
  std::string name;
  Group group = Group::other;
  bool operator==(const Outcome&) const = default;
};

// A goal (mål) as a rule over a measure: a share of it, a count of it, or a mean.
struct Goal {
  enum class Kind { share, count, mean };
  std::string id, text;
  Kind kind = Kind::count;
  std::string of;                                          // a measure: "closed"
  std::map<std::string, std::vector<std::string>> counts;  // dimension -> values that count; empty: all
  std::optional<int> per_months;                           // the target is per so many months
  std::optional<double> at_least, at_most;                 // a share is 0 to 1; exactly one of the two is set
  int smallest_n = 0;                                      // fewer than this is not measurable (ej mätbart)
  bool operator==(const Goal&) const = default;
};
inline constexpr Words<Goal::Kind, 3> goal_kinds{
    {{Goal::Kind::share, "share"}, {Goal::Kind::count, "count"}, {Goal::Kind::mean, "mean"}}};

// What the file says.
struct Definition {
  std::string id;  // small letters, digits and hyphens: "jobbvagen-ar"
  std::string name, area, owner;
  Orientation orientation = Orientation::individual;
  std::string target_group;
  Date from;
  std::optional<Date> to;
  std::vector<std::string> sites;
  std::optional<int> follow_up_every_months, longest_stay_months, planned_per_year;
  std::vector<Outcome> destinations, decisions;
  std::vector<Goal> goals;
  bool operator==(const Definition&) const = default;
};

// What a goal may be of, and what it may count by: the measures and dimensions of statistics/measure.h.
inline constexpr std::array<std::string_view, 9> measures{"referred", "started",   "active",    "persons", "closed",
                                                          "stay",     "lead_time", "decisions", "contacts"};
inline constexpr std::array<std::string_view, 17> dimensions{
    "intervention", "area",         "site",     "sex",  "age_band", "municipality",
    "referrer",     "income_start", "income_end", "destination", "destination_group", "decision",
    "form",         "contact_kind", "asked_by", "year", "month"};

// Reads a file; every fault with its line, and the nearest known word for one that is not.
Result<Definition> read_definition(std::string_view toml);
// Writes one, so that read_definition gives the same back.
std::string written(const Definition&);
// A short name for an address, made of a longer one: "Jobbvägen AR" gives "jobbvagen-ar".
std::string short_name(std::string_view name);

struct Intervention {
  Id<Intervention> id;
  Id<organisation::Organisation> owner, area;
  Definition definition;
};

// Store. Everyone who has signed in may know an intervention; its owner changes it.
Result<Intervention> find(db::Transaction&, const Id<Intervention>&);
std::string name_of(db::Transaction&, const Id<Intervention>&);  // without reading the rest of its definition
std::vector<Intervention> list(db::Transaction&);  // in Swedish order
// Adds it, or keeps it as a new version if the file differs. A destination, site or decision kind that is in
// use stays.
enum class Saved { added, changed, unchanged };
Result<Saved> save(db::Transaction&, const Definition&, std::string_view by, Moment now);
int version(db::Transaction&, const Id<Intervention>&);
struct Version {
  int number = 0;
  Moment saved_at;
  std::string saved_by, file;
};
std::vector<Version> versions(db::Transaction&, const Id<Intervention>&);  // the latest first

// May this user change interventions of this owner?
bool may_change_for(const access::User&, const Id<organisation::Organisation>& owner);

// What the statistics read: the interventions with their areas, and the words of each in its own order.
extern const std::string_view facts, destination_facts, decision_facts;

// Pages.
void routes(web::Router&);

}  // namespace stafett::intervention
