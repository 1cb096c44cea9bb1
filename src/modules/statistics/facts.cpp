// Reads the facts of the database into columns, and keeps them while nothing has changed.
#include <mutex>

#include "statistics/statistics.h"

namespace stafett::statistics {
namespace {

// What is read of persons: no name, no code, no personnummer.
constexpr auto participants_sql = "select id, sex, birth_year from participant";
constexpr auto participations_sql = R"(
    select participant_id, owner_id, intervention_id, site, referrer, municipality, income_start, income_end,
           referred_on, started_on, ended_on, destination
    from participation)";
constexpr auto decisions_sql = R"(
    select participant_id, owner_id, intervention_id, decided_on, kind, form
    from decision)";
constexpr auto interventions_sql = R"(
    select intervention.id, intervention.name, organisation.name as area
    from intervention
    join organisation on organisation.id = intervention.area_id)";
constexpr auto destinations_sql =
    "select intervention_id, name, grp from intervention_destination order by intervention_id, place";
constexpr auto kinds_sql =
    "select intervention_id, name from intervention_decision order by intervention_id, place";

std::string_view age_band(std::int64_t age) {
  if (age < 20) return "0-19";
  if (age < 25) return "20-24";
  if (age < 30) return "25-29";
  if (age < 40) return "30-39";
  if (age < 50) return "40-49";
  if (age < 60) return "50-59";
  return "60-";
}

// Persons by a hash of their key, numbered in the order they were met. Two of a million share 64 bits once in
// thirty million readings.
class Persons {
 public:
  struct Person {
    std::string_view sex;
    std::int16_t birth_year = 0;  // 0: missing
    std::uint16_t municipality = missing, municipality_since = no_day;
  };

  std::uint32_t number(std::string_view key) {
    if ((persons.size() + 1) * 2 > slots_.size()) grow();
    const auto hash = std::hash<std::string_view>{}(key);
    auto& slot = find(hash);
    if (slot.person == none) {
      slot = {hash, static_cast<std::uint32_t>(persons.size())};
      persons.emplace_back();
    }
    return slot.person;
  }

  std::vector<Person> persons;

 private:
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t person = none;
  };
  Slot& find(std::uint64_t hash) {
    auto at = hash & (slots_.size() - 1);
    while (slots_[at].person != none && slots_[at].hash != hash) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }
  void grow() {
    auto before = std::move(slots_);
    slots_.assign(std::max<std::size_t>(1024, before.size() * 2), {});
    for (const auto& slot : before)
      if (slot.person != none) find(slot.hash) = slot;
  }
  std::vector<Slot> slots_;
};

struct Intervention {
  std::string area;
  std::unordered_map<std::string, std::string> group_of;  // of a destination
};

class Reading {
 public:
  explicit Reading(db::Transaction& tx) : tx_(tx) {}

  Facts facts() {
    read_interventions();
    read_participants();
    facts_.rows[0] = participations();
    facts_.rows[1] = decisions();
    return std::move(facts_);
  }

 private:
  void read_interventions() {
    tx_.each(interventions_sql, {}, [&](const db::Row& row) {
      interventions_[row.text("id")].area = row.text("area");
      facts_.intervention_names[row.text("id")] = row.text("name");
    });
    tx_.each(destinations_sql, {}, [&](const db::Row& row) {
      interventions_[row.text("intervention_id")].group_of[row.text("name")] = row.text("grp");
      facts_.destinations[row.text("intervention_id")].push_back(row.text("name"));
    });
    tx_.each(kinds_sql, {}, [&](const db::Row& row) {
      facts_.decisions[row.text("intervention_id")].push_back(row.text("name"));
    });
  }

  void read_participants() {
    tx_.each(participants_sql, {}, [&](const db::Row& row) {
      auto& person = persons_.persons[persons_.number(row.text("id"))];
      const auto& sex = row.text("sex");
      person.sex = sex == "woman" ? "woman" : sex == "man" ? "man" : sex == "other" ? "other" : "";
      person.birth_year = static_cast<std::int16_t>(row.maybe_number("birth_year").value_or(0));
    });
  }

  void describe(Gathering::Row& to, const Persons::Person& person, Date on) const {
    set(to, Dimension::sex, person.sex);
    set(to, Dimension::age_band, person.birth_year == 0 ? "" : age_band(on.year() - person.birth_year));
  }
  static void set(Gathering::Row& to, Dimension dimension, std::string_view word) {
    to.words[static_cast<std::size_t>(dimension)] = word;
  }

  Rows participations() {
    Gathering gathering(Fact::participation);
    tx_.each(participations_sql, {}, [&](const db::Row& row) {
      Gathering::Row to{persons_.number(row.text("participant_id")), row.text("owner_id"), {}, {}};
      const auto& intervention = interventions_.find(row.text("intervention_id"))->second;
      set(to, Dimension::intervention, row.text("intervention_id"));
      set(to, Dimension::area, intervention.area);
      set(to, Dimension::site, row.text("site"));
      set(to, Dimension::referrer, row.text("referrer"));
      set(to, Dimension::municipality, row.text("municipality"));
      set(to, Dimension::income_start, row.text("income_start"));
      set(to, Dimension::income_end, row.text("income_end"));
      if (row.has("referred_on"))
        to.days[static_cast<std::size_t>(Event::referred)] = day_number(row.date("referred_on"));
      const auto started = row.date("started_on");
      to.days[static_cast<std::size_t>(Event::started)] = day_number(started);
      if (row.has("ended_on"))
        to.days[static_cast<std::size_t>(Event::ended)] = day_number(row.date("ended_on"));
      const auto& destination = row.text("destination");
      set(to, Dimension::destination, destination);
      const auto group = intervention.group_of.find(destination);
      set(to, Dimension::destination_group,
          group == intervention.group_of.end() ? "" : std::string_view(group->second));
      auto& person = persons_.persons[to.person];
      describe(to, person, started);
      remember_municipality(person, row.text("municipality"), day_number(started));
      gathering.add(to);
    });
    return std::move(gathering).done();
  }

  // A decision is counted in the municipality that the person's latest participation says.
  void remember_municipality(Persons::Person& person, const std::string& code, std::uint16_t since) {
    if (since < person.municipality_since) return;
    if (code != municipalities_.words[last_municipality_]) last_municipality_ = municipalities_.number(code);
    person.municipality = last_municipality_;
    person.municipality_since = since;
  }

  Rows decisions() {
    Gathering gathering(Fact::decision);
    tx_.each(decisions_sql, {}, [&](const db::Row& row) {
      Gathering::Row to{persons_.number(row.text("participant_id")), row.text("owner_id"), {}, {}};
      set(to, Dimension::intervention, row.text("intervention_id"));
      set(to, Dimension::area, interventions_.find(row.text("intervention_id"))->second.area);
      set(to, Dimension::decision, row.text("kind"));
      set(to, Dimension::form, row.text("form"));
      const auto decided = row.date("decided_on");
      to.days[static_cast<std::size_t>(Event::decided)] = day_number(decided);
      const auto& person = persons_.persons[to.person];
      describe(to, person, decided);
      set(to, Dimension::municipality, municipalities_.words[person.municipality]);
      gathering.add(to);
    });
    return std::move(gathering).done();
  }

  db::Transaction& tx_;
  Facts facts_;
  Persons persons_;
  std::unordered_map<std::string, Intervention> interventions_;
  Dictionary municipalities_;
  std::uint16_t last_municipality_ = missing;
};

}  // namespace

std::shared_ptr<const Facts> facts(db::Transaction& tx) {
  static std::mutex mutex;
  static std::shared_ptr<const Facts> kept;
  const std::lock_guard lock(mutex);  // whoever comes while they are read waits for the same
  auto mark = tx.mark_of({"intervention", "participant", "participation", "decision"});
  if (kept && !mark.empty() && kept->mark == mark) return kept;
  auto read = std::make_shared<Facts>(Reading(tx).facts());
  read->mark = std::move(mark);
  kept = read;
  return read;
}

}  // namespace stafett::statistics
