#include "contact/contact.h"

#include <algorithm>

#include "organisation/organisation.h"
#include "participant/participant.h"
#include "text/fold.h"
#include "text/nearest.h"

namespace stafett::contact {
namespace {

Contact from_row(const db::Row& row) {
  const auto minutes = row.maybe_number("minutes");
  Contact found{.id = row.id<Contact>("id"),
                .organisation = row.id<organisation::Organisation>("organisation_id")};
  if (row.has("account_id")) found.by = row.id<access::Account>("account_id");
  found.day = row.date("contacted_on");
  found.asked_by = row.text("asked_by");
  found.kind = kinds.meant_by(row.text("kind"));
  found.theme = row.text("theme");
  found.municipality = row.text("municipality");
  if (minutes) found.minutes = static_cast<int>(*minutes);
  if (row.has("intervention_id")) found.intervention = row.id<intervention::Intervention>("intervention_id");
  found.written = row.moment("written_at");
  if (row.has("full_name")) found.author = row.text("full_name");
  return found;
}

constexpr std::string_view select = R"(
    select contact.id, contact.organisation_id, account_id, contacted_on, asked_by, contact.kind, theme, municipality,
           minutes, intervention_id, written_at, full_name
    from contact
    left join account on account.id = contact.account_id )";

// Of `contact`: in the viewer's organisation, in a unit if one is asked for, in a period.
constexpr std::string_view wished = R"(
    where contact.organisation_id = :mine and (:unit = '' or contact.unit_id = :unit)
      and contacted_on >= :first and contacted_on <= :last )";

const auto first_day = Date::of(1900, 1, 1), last_day = Date::of(2999, 12, 31);

template <class T>
std::optional<std::string_view> or_null(const Id<T>& id) {
  return id.text.empty() ? std::nullopt : std::optional<std::string_view>(id.text);
}

}  // namespace

// Where no intervention says the area, the only association that the organisation is a member of.
const std::string_view facts = R"(
    select contact.organisation_id, coalesce(contact.intervention_id, '') as intervention,
           coalesce(area.name, only_area.name, '') as area, contacted_on, contact.kind, asked_by, municipality
    from contact
    left join intervention on intervention.id = contact.intervention_id
    left join organisation as area on area.id = intervention.area_id
    left join (select member_id, min(organisation.name) as name
               from membership
               join organisation on organisation.id = membership.association_id
               group by member_id
               having count(distinct association_id) = 1) as only_area on only_area.member_id = contact.organisation_id)";

Message name_of(Kind kind) {
  switch (kind) {
    case Kind::individual:
      return "individual meeting";
    case Kind::sip:
      return "SIP";
    case Kind::collaboration:
      return "collaboration";
    case Kind::consultation:
      return "consultation";
    case Kind::preparation:
      return "preparation";
    case Kind::other:
      return "other contact";
  }
  return {};
}

Askers::Askers(db::Transaction& tx) {
  for (const auto& entry : code_list::askers().entries()) names_.push_back(entry.name);
  for (const auto& one : organisation::list(tx))
    if (!code_list::askers().find(one.name)) names_.push_back(one.name);
}

std::optional<std::string> Askers::find(std::string_view word) const {
  if (const auto* entry = code_list::askers().find(word)) return entry->name;
  const auto folded = text::folded(word);
  for (const auto& name : names_)
    if (text::folded(name) == folded) return name;
  return std::nullopt;
}

Message Askers::not_known(std::string_view word) const {
  if (participant::holds_long_number(word))
    return "This looks like a personal number. A contact never says whom it was about.";
  const std::vector<std::string_view> names(names_.begin(), names_.end());
  auto near = text::nearest(word, names);
  if (!near) near = code_list::askers().nearest(word);
  if (near)
    return {"“{1}” is not among those who may have asked. Did you mean “{2}”?", std::string(word),
            std::string(*near)};
  return {"“{1}” is not among those who may have asked. Choose one of the list, never a person's name.",
          std::string(word)};
}

std::optional<Message> wrong_theme(std::string_view theme) {
  if (participant::holds_long_number(theme))
    return "This looks like a personal number. A contact never says whom it was about.";
  if (theme.find('@') != theme.npos)
    return "This looks like an address. A contact never says whom it was about.";
  if (text::length(theme) > longest_theme)
    return Message{"A theme is at most {1} characters: a word or two.", std::to_string(longest_theme)};
  return std::nullopt;
}

Result<Contact> checked(Contact contact, const Askers& askers, Date today) {
  std::vector<Fault> faults;
  const auto trim = [](std::string& text) { text = std::string(text::trimmed(text)); };
  trim(contact.asked_by);
  trim(contact.theme);
  if (contact.day > today)
    faults.push_back({"day", {"The date ({1}) has not come yet.", contact.day.text()}});
  if (contact.day.year() < today.year() - years_back)
    faults.push_back({"day", "The date is too long ago. Check the year."});
  if (contact.asked_by.empty())
    faults.push_back({"asked_by", "Say who asked."});
  else if (auto known = askers.find(contact.asked_by))
    contact.asked_by = *std::move(known);
  else
    faults.push_back({"asked_by", askers.not_known(contact.asked_by)});
  if (!contact.kind) faults.push_back({"kind", "Choose what kind of contact it was."});
  if (auto why = wrong_theme(contact.theme)) faults.push_back({"theme", *std::move(why)});
  if (contact.minutes && (*contact.minutes < 1 || *contact.minutes > most_minutes))
    faults.push_back(
        {"minutes",
         {"Write the time in whole minutes, from 1 to {1}, or nothing.", std::to_string(most_minutes)}});
  if (!faults.empty()) return invalid(std::move(faults));
  return contact;
}

void add(db::Transaction& tx, const Contact& contact) {
  tx.changed("contact");
  tx.execute(R"(
    insert into contact (id, organisation_id, unit_id, account_id, contacted_on, asked_by, kind, theme, municipality,
                         minutes, intervention_id, written_at)
    values (:id, :organisation, :unit, :by, :day, :asked_by, :kind, :theme, :municipality, :minutes, :intervention, :written))",
             {{"id", contact.id},
              {"organisation", contact.organisation},
              {"unit", or_null(contact.unit)},
              {"by", or_null(contact.by)},
              {"day", contact.day},
              {"asked_by", contact.asked_by},
              {"kind", kinds.of(contact.kind.value())},
              {"theme", contact.theme},
              {"municipality", contact.municipality},
              {"minutes", contact.minutes},
              {"intervention", or_null(contact.intervention)},
              {"written", contact.written}});
}

bool may_undo(const access::User& user, const Contact& contact, Moment now) {
  return contact.organisation == user.organisation && contact.by == user.account &&
         now < contact.written + seconds_to_undo;
}

Result<> undo(db::Transaction& tx, const access::User& user, const Id<Contact>& id, Moment now) {
  const auto touched = tx.execute(
      R"(
    delete from contact where id = :id and organisation_id = :mine and account_id = :me and written_at > :day_ago)",
      {{"id", id}, {"mine", user.organisation}, {"me", user.account}, {"day_ago", now + -seconds_to_undo}});
  if (touched == 0)
    return not_found("There is no such contact that you may take back: only your own, for a day.");
  tx.changed("contact");
  return {};
}

std::vector<Contact> list(db::Transaction& tx, const access::User& viewer, const Wish& wish,
                          std::int64_t most) {
  static const auto sql = std::string(select) + std::string(wished) +
                          "order by written_at desc, contacted_on desc, contact.id desc limit :most";
  return tx.list(from_row, sql,
                 {{"mine", viewer.organisation},
                  {"unit", wish.unit},
                  {"first", wish.period.from.value_or(first_day)},
                  {"last", wish.period.to.value_or(last_day)},
                  {"most", most}});
}

void each(db::Transaction& tx, const access::User& viewer, const std::function<void(const Contact&)>& see) {
  static const auto sql = std::string(select) + "where contact.organisation_id = :mine";
  tx.each(sql, {{"mine", viewer.organisation}}, [&](const db::Row& row) { see(from_row(row)); });
}

std::vector<Sum> sums(db::Transaction& tx, const access::User& viewer, const Wish& wish) {
  std::vector<Sum> all;
  for (const auto& kind : kinds.all) all.push_back({kind.value});
  static const auto sql =
      "select kind, count(*) as n, cast(coalesce(sum(minutes), 0) as bigint) as time from contact " +
      std::string(wished) + "group by kind";
  tx.each(sql,
          {{"mine", viewer.organisation},
           {"unit", wish.unit},
           {"first", wish.period.from.value_or(first_day)},
           {"last", wish.period.to.value_or(last_day)}},
          [&](const db::Row& row) {
            const auto found = std::ranges::find(all, kinds.meant_by(row.text("kind")), &Sum::kind);
            found->count = row.number("n");
            found->minutes = row.number("time");
          });
  return all;
}

std::optional<Contact> last_of(db::Transaction& tx, const access::User& viewer) {
  static const auto sql = std::string(select) +
                          "where account_id = :me and contact.organisation_id = :mine order by written_at "
                          "desc, contact.id desc limit 1";
  return tx.find(from_row, sql, {{"me", viewer.account}, {"mine", viewer.organisation}});
}

std::vector<std::string> themes(db::Transaction& tx, const access::User& viewer) {
  return tx.list([](const db::Row& row) { return row.text("theme"); }, R"(
    select theme, count(*) as n
    from contact
    where organisation_id = :mine and coalesce(unit_id, '') = :unit and theme <> ''
    group by theme
    order by n desc, theme limit 100)",
                 {{"mine", viewer.organisation}, {"unit", viewer.unit}});
}

std::vector<std::string> askers_used(db::Transaction& tx, const access::User& viewer) {
  return tx.list([](const db::Row& row) { return row.text("asked_by"); }, R"(
    select asked_by, count(*) as n from contact where organisation_id = :mine group by asked_by order by n desc, asked_by)",
                 {{"mine", viewer.organisation}});
}

}  // namespace stafett::contact
