#include "organisation/organisation.h"

#include <algorithm>
#include <numeric>

#include "text/fold.h"
#include "text/order.h"

namespace stafett::organisation {
namespace {

Organisation from_row(const db::Row& row) {
  return {row.id<Organisation>("id"), row.text("name"), kinds.meant_by(row.text("kind"))};
}

}  // namespace

Message name_of(Kind kind) {
  switch (kind) {
    case Kind::association:
      return "coordination association";
    case Kind::employment_service:
      return "employment service";
    case Kind::insurance_agency:
      return "insurance agency";
    case Kind::municipality:
      return "municipality";
    case Kind::region:
      return "region";
    case Kind::other:
      return "other organisation";
  }
  return {};
}

Kind kind_by_name(std::string_view name) {
  const auto says = [&](std::string_view word) { return name.find(word) != name.npos; };
  if (says("Samordningsförbund") || says("Finsam") || says("samordningsförbund")) return Kind::association;
  if (says("Arbetsförmedlingen")) return Kind::employment_service;
  if (says("Försäkringskassan")) return Kind::insurance_agency;
  if (says("Region") || says("region")) return Kind::region;
  if (says("kommun") || says("Kommun") || says(" stad")) return Kind::municipality;
  return Kind::other;
}

std::vector<Membership> on(Date day, std::vector<Membership> members) {
  std::erase_if(members, [&](const Membership& member) {
    return member.from > day || (member.to && *member.to < day);
  });
  return members;
}

std::optional<Share> sum_of_shares(const std::vector<Membership>& members) {
  Share sum{0, 1};
  for (const auto& member : members) {
    const auto shared = std::gcd(sum.of, member.share_of);
    std::int64_t of = 0, mine = 0, theirs = 0, parts = 0;
    const bool too_large = __builtin_mul_overflow(sum.of, member.share_of / shared, &of) ||
                           __builtin_mul_overflow(sum.parts, member.share_of / shared, &mine) ||
                           __builtin_mul_overflow(member.share_parts, sum.of / shared, &theirs) ||
                           __builtin_add_overflow(mine, theirs, &parts);
    if (too_large) return std::nullopt;
    const auto common = std::gcd(parts, of);
    sum = {parts / common, of / common};
  }
  return sum;
}

Result<Organisation> find(db::Transaction& tx, const Id<Organisation>& id) {
  const auto found =
      tx.find(from_row, "select id, name, kind from organisation where id = :id", {{"id", id}});
  if (!found) return not_found("There is no such organisation.");
  return *found;
}

std::optional<Organisation> named(db::Transaction& tx, std::string_view name) {
  return tx.find(from_row, "select id, name, kind from organisation where name = :name", {{"name", name}});
}

std::vector<Organisation> list(db::Transaction& tx) {
  auto all = tx.list(from_row, "select id, name, kind from organisation");
  std::sort(all.begin(), all.end(), [](auto& a, auto& b) { return text::in_order(a.name, b.name); });
  return all;
}

Result<Organisation> add(db::Transaction& tx, std::string name, Kind kind) {
  name = text::trimmed(name);
  if (name.empty()) return invalid("name", "Write the organisation's name.");
  if (named(tx, name)) return invalid("name", {"{1} is here already.", name});
  const Organisation added{new_id<Organisation>(), std::move(name), kind};
  tx.execute("insert into organisation (id, name, kind) values (:id, :name, :kind)",
             {{"id", added.id}, {"name", added.name}, {"kind", kinds.of(kind)}});
  return added;
}

Organisation named_or_added(db::Transaction& tx, const std::string& name, std::optional<Kind> kind) {
  if (auto known = named(tx, name)) return *known;
  return add(tx, name, kind.value_or(kind_by_name(name))).value();
}

std::vector<Unit> units(db::Transaction& tx, const Id<Organisation>& organisation) {
  return tx.list(
      [&](const db::Row& row) {
        return Unit{row.id<Unit>("id"), organisation, row.text("name")};
      },
      "select id, name from unit where organisation_id = :organisation order by name",
      {{"organisation", organisation}});
}

Result<Unit> add_unit(db::Transaction& tx, const Id<Organisation>& organisation, std::string name) {
  TRY(find(tx, organisation));
  name = text::trimmed(name);
  if (name.empty()) return invalid("unit", "Write the unit's name.");
  const Unit added{new_id<Unit>(), organisation, std::move(name)};
  const auto kept = tx.execute(R"(
    insert into unit (id, organisation_id, name) values (:id, :organisation, :name)
    on conflict (organisation_id, name) do nothing)",
                               {{"id", added.id}, {"organisation", organisation}, {"name", added.name}});
  if (kept == 0) return invalid("unit", {"{1} is here already.", added.name});
  return added;
}

std::vector<Membership> members(db::Transaction& tx, const Id<Organisation>& association) {
  auto all = tx.list(
      [&](const db::Row& row) {
        return Membership{association,
                          row.id<Organisation>("member_id"),
                          row.text("name"),
                          kinds.meant_by(row.text("kind")),
                          row.date("from_on"),
                          row.maybe_date("to_on"),
                          row.number("share_parts"),
                          row.number("share_of")};
      },
      R"(
    select membership.member_id, organisation.name, organisation.kind, membership.from_on, membership.to_on,
           membership.share_parts, membership.share_of
    from membership
    join organisation on organisation.id = membership.member_id
    where membership.association_id = :association)",
      {{"association", association}});
  std::sort(all.begin(), all.end(),
            [](auto& a, auto& b) { return text::in_order(a.member_name, b.member_name); });
  return all;
}

Result<> join(db::Transaction& tx, const Membership& membership) {
  tx.changed("membership");
  const auto association = TRY(find(tx, membership.association));
  TRY(find(tx, membership.member));
  if (association.kind != Kind::association)
    return invalid("association", {"{1} is not a coordination association.", association.name});
  if (membership.share_parts < 0 || membership.share_of <= 0 || membership.share_parts > membership.share_of)
    return invalid("share", "Write the share as a part of the whole, for instance 1 of 4.");
  if (membership.to && *membership.to < membership.from)
    return invalid("to", "The membership ends before it begins.");
  const auto kept = tx.execute(R"(
    insert into membership (association_id, member_id, from_on, to_on, share_parts, share_of)
    values (:association, :member, :from, :to, :parts, :of)
    on conflict (association_id, member_id, from_on) do nothing)",
                               {{"association", membership.association},
                                {"member", membership.member},
                                {"from", membership.from},
                                {"to", membership.to},
                                {"parts", membership.share_parts},
                                {"of", membership.share_of}});
  if (kept == 0) return conflict("The organisation is a member from that day already.");
  return {};
}

}  // namespace stafett::organisation
