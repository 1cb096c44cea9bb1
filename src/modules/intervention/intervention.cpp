#include "intervention/intervention.h"

#include <algorithm>

#include "text/order.h"

namespace stafett::intervention {
namespace {

Intervention from_row(const db::Row& row) {
  Intervention found;
  found.id = row.id<Intervention>("id");
  found.owner = row.id<organisation::Organisation>("owner_id");
  found.area = row.id<organisation::Organisation>("area_id");
  auto read = read_definition(row.text("file"));
  if (!read) throw std::logic_error("an intervention's kept file does not hold: " + found.id.text);
  found.definition = *std::move(read);
  return found;
}

constexpr auto select = R"(
    select intervention.id, intervention.owner_id, intervention.area_id, intervention_version.file
    from intervention
    join intervention_version on intervention_version.intervention_id = intervention.id
    where intervention_version.version = (select max(version) from intervention_version as latest
                                          where latest.intervention_id = intervention.id) )";

void keep_sites(db::Transaction& tx, const Definition& definition) {
  tx.execute("delete from intervention_site where intervention_id = :id", {{"id", definition.id}});
  for (std::size_t place = 0; place != definition.sites.size(); ++place)
    tx.execute("insert into intervention_site (intervention_id, place, name) values (:id, :place, :name)",
               {{"id", definition.id}, {"place", place}, {"name", definition.sites[place]}});
}

void keep_destinations(db::Transaction& tx, const Definition& definition) {
  tx.execute("delete from intervention_destination where intervention_id = :id", {{"id", definition.id}});
  for (std::size_t place = 0; place != definition.destinations.size(); ++place)
    tx.execute(
        "insert into intervention_destination (intervention_id, place, name, grp) values (:id, :place, "
        ":name, :group)",
        {{"id", definition.id},
         {"place", place},
         {"name", definition.destinations[place].name},
         {"group", groups.of(definition.destinations[place].group)}});
}

void keep_decisions(db::Transaction& tx, const Definition& definition) {
  tx.execute("delete from intervention_decision where intervention_id = :id", {{"id", definition.id}});
  for (std::size_t place = 0; place != definition.decisions.size(); ++place)
    tx.execute(
        "insert into intervention_decision (intervention_id, place, name, grp) values (:id, :place, :name, "
        ":group)",
        {{"id", definition.id},
         {"place", place},
         {"name", definition.decisions[place].name},
         {"group", groups.of(definition.decisions[place].group)}});
}

// Words of the earlier version that registrations rest on, and that the new one lacks.
template <class Named>
std::vector<Fault> lost_words(const Named& before, const Named& after, std::string field,
                              const std::function<std::int64_t(const std::string&)>& uses) {
  std::vector<Fault> faults;
  const auto name_of = [](const auto& item) -> const std::string& {
    if constexpr (requires { item.name; })
      return item.name;
    else
      return item;
  };
  for (const auto& item : before) {
    const auto& name = name_of(item);
    const bool stays =
        std::any_of(after.begin(), after.end(), [&](const auto& other) { return name_of(other) == name; });
    if (stays) continue;
    if (const auto count = uses(name); count > 0)
      faults.push_back(
          {field,
           {"“{1}” is used by {2} registrations and cannot be taken away.", name, std::to_string(count)}});
  }
  return faults;
}

}  // namespace

const std::string_view facts = R"(
    select intervention.id, intervention.name, organisation.name as area
    from intervention
    join organisation on organisation.id = intervention.area_id)";
const std::string_view destination_facts =
    "select intervention_id, name, grp from intervention_destination order by intervention_id, place";
const std::string_view decision_facts = "select intervention_id, name from intervention_decision order by intervention_id, place";

Message name_of(Orientation orientation) {
  return orientation == Orientation::individual ? "for individuals" : "structural";
}

Message name_of(Group group) {
  switch (group) {
    case Group::work:
      return "work";
    case Group::subsidised_work:
      return "subsidised work";
    case Group::studies:
      return "studies";
    case Group::labour_market_measure:
      return "labour-market measure";
    case Group::continued_rehabilitation:
      return "continued rehabilitation";
    case Group::health:
      return "health";
    case Group::other:
      return "other destination";
    case Group::interrupted:
      return "interrupted";
  }
  return {};
}

bool may_change_for(const access::User& user, const Id<organisation::Organisation>& owner) {
  return user.may(may_change) && user.organisation == owner;
}

Result<Intervention> find(db::Transaction& tx, const Id<Intervention>& id) {
  static const auto sql = std::string(select) + "and intervention.id = :id";
  const auto found = tx.find(from_row, sql, {{"id", id}});
  if (!found) return not_found({"There is no intervention “{1}”.", id.text});
  return *found;
}

std::string name_of(db::Transaction& tx, const Id<Intervention>& id) {
  return tx.find([](const db::Row& row) { return row.text("name"); }, "select name from intervention where id = :id", {{"id", id}})
      .value_or("");
}

std::vector<Intervention> list(db::Transaction& tx) {
  auto all = tx.list(from_row, select);
  std::sort(all.begin(), all.end(),
            [](auto& a, auto& b) { return text::in_order(a.definition.name, b.definition.name); });
  return all;
}

int version(db::Transaction& tx, const Id<Intervention>& id) {
  const auto latest = tx.find(
      [](const db::Row& row) { return row.number("version"); },
      "select coalesce(max(version), 0) as version from intervention_version where intervention_id = :id",
      {{"id", id}});
  return static_cast<int>(latest.value_or(0));
}

std::vector<Version> versions(db::Transaction& tx, const Id<Intervention>& id) {
  return tx.list(
      [](const db::Row& row) {
        return Version{static_cast<int>(row.number("version")), row.moment("saved_at"), row.text("saved_by"),
                       row.text("file")};
      },
      "select version, file, saved_at, saved_by from intervention_version where intervention_id = :id order "
      "by version desc",
      {{"id", id}});
}

Result<Saved> save(db::Transaction& tx, const Definition& definition, std::string_view by, Moment now) {
  const Id<Intervention> id{definition.id};
  const int before = version(tx, id);
  if (before > 0) {
    const auto kept = TRY(find(tx, id));
    if (kept.definition == definition) return Saved::unchanged;
    const auto uses = [&](std::string_view sql) {
      return [&tx, &id, sql](const std::string& name) {
        return tx
            .find([](const db::Row& row) { return row.number("uses"); }, sql, {{"id", id}, {"name", name}})
            .value_or(0);
      };
    };
    auto faults = lost_words(kept.definition.destinations, definition.destinations, "destination",
                             uses("select count(*) as uses from participation where intervention_id = :id "
                                  "and destination = :name"));
    for (auto& fault : lost_words(
             kept.definition.sites, definition.sites, "sites",
             uses("select count(*) as uses from participation where intervention_id = :id and site = :name")))
      faults.push_back(std::move(fault));
    for (auto& fault : lost_words(
             kept.definition.decisions, definition.decisions, "decision",
             uses("select count(*) as uses from decision where intervention_id = :id and kind = :name")))
      faults.push_back(std::move(fault));
    if (kept.definition.owner != definition.owner)
      faults.push_back(
          {"owner", "The owner cannot change: the cases are theirs. Add a new intervention instead."});
    if (!faults.empty()) return invalid(std::move(faults));
  }

  tx.changed("intervention");
  const auto owner = organisation::named_or_added(tx, definition.owner);
  const auto area = organisation::named_or_added(tx, definition.area, organisation::Kind::association);
  tx.execute(R"(
    insert into intervention (id, owner_id, area_id, name, orientation, target_group, from_on, to_on,
                              follow_up_every_months, longest_stay_months, planned_per_year)
    values (:id, :owner, :area, :name, :orientation, :target_group, :from, :to, :follow_up, :longest, :planned)
    on conflict (id) do update set
      area_id = excluded.area_id, name = excluded.name, orientation = excluded.orientation,
      target_group = excluded.target_group, from_on = excluded.from_on, to_on = excluded.to_on,
      follow_up_every_months = excluded.follow_up_every_months, longest_stay_months = excluded.longest_stay_months,
      planned_per_year = excluded.planned_per_year)",
             {{"id", id},
              {"owner", owner.id},
              {"area", area.id},
              {"name", definition.name},
              {"orientation", orientations.of(definition.orientation)},
              {"target_group", definition.target_group},
              {"from", definition.from},
              {"to", definition.to},
              {"follow_up", definition.follow_up_every_months},
              {"longest", definition.longest_stay_months},
              {"planned", definition.planned_per_year}});
  keep_sites(tx, definition);
  keep_destinations(tx, definition);
  keep_decisions(tx, definition);
  tx.execute(R"(
    insert into intervention_version (intervention_id, version, file, saved_at, saved_by)
    values (:id, :version, :file, :now, :by))",
             {{"id", id}, {"version", before + 1}, {"file", written(definition)}, {"now", now}, {"by", by}});
  return before == 0 ? Saved::added : Saved::changed;
}

}  // namespace stafett::intervention
