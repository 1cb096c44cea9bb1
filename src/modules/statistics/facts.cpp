// Reads the facts of the database into columns, and keeps them while nothing has changed.
#include <algorithm>
#include <bit>
#include <mutex>

#include "anonymous_participant/anonymous_participant.h"
#include "contact/contact.h"
#include "decision/decision.h"
#include "intervention/intervention.h"
#include "participant/participant.h"
#include "participation/participation.h"
#include "statistics/statistics.h"

namespace stafett::statistics {
namespace {

std::string_view age_band(std::int64_t age) {
  if (age < 20) return "0-19";
  if (age < 25) return "20-24";
  if (age < 30) return "25-29";
  if (age < 40) return "30-39";
  if (age < 50) return "40-49";
  if (age < 60) return "50-59";
  return "60-";
}

// Persons, numbered in the order they were met and known by a hash of their key: two of a million share 64
// bits once in thirty million readings. Registers are written person by person, so the next row is mostly
// about the next person; only when it is not, a table is made to look them up in.
class Persons {
 public:
  struct Person {
    std::uint8_t sex = 0;         // in `sexes`
    std::int16_t birth_year = 0;  // 0: missing
    bool is_protected = false;    // where they are is missing: in totals, in no part of the country
    std::uint16_t municipality = missing, municipality_since = no_day;
  };

  // Somebody whom nothing points at.
  std::uint32_t add_unknown(std::uint8_t sex) {
    add("unknown " + std::to_string(hashes_.size())).sex = sex;
    return static_cast<std::uint32_t>(hashes_.size() - 1);
  }
  Person& add(std::string_view key) {
    hashes_.push_back(std::hash<std::string_view>{}(key));
    return persons_.emplace_back();
  }
  std::uint32_t number(std::string_view key) {
    const auto hash = std::hash<std::string_view>{}(key);
    for (const auto near : {last_, last_ + 1, std::uint32_t{0}})
      if (near < hashes_.size() && hashes_[near] == hash) return last_ = near;
    return last_ = look_up(hash);
  }
  Person& operator[](std::uint32_t number) { return persons_[number]; }

 private:
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  std::uint32_t look_up(std::uint64_t hash) {
    if (table_.empty()) make_table();
    for (auto at = hash & (table_.size() - 1);; at = (at + 1) & (table_.size() - 1)) {
      if (table_[at] == none) throw std::logic_error("a row about a person that there is not");
      if (hashes_[table_[at]] == hash) return table_[at];
    }
  }
  void make_table() {
    table_.assign(std::bit_ceil(hashes_.size() * 2 + 1), none);
    for (std::uint32_t person = 0; person < hashes_.size(); ++person) {
      auto at = hashes_[person] & (table_.size() - 1);
      while (table_[at] != none) at = (at + 1) & (table_.size() - 1);
      table_[at] = person;
    }
  }

  std::vector<Person> persons_;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint32_t> table_;
  std::uint32_t last_ = 0;
};

constexpr std::array<std::string_view, 4> sexes{"", "woman", "man", "other"};

std::uint8_t sex_number(std::string_view word) {
  const auto sex = std::ranges::find(sexes, word);
  return static_cast<std::uint8_t>(sex == sexes.end() ? 0 : sex - sexes.begin());
}

// Of whom only this is known.
struct Anonymous {
  std::string owner, intervention;
  std::uint8_t sex;
  Date some_day;  // of the year
  std::uint32_t person = 0;
};

struct Intervention {
  std::string area;
  std::unordered_map<std::string, std::string> group_of;  // of a destination
};

void set(Gathering::Row& to, Dimension dimension, std::string_view word) {
  to.words[static_cast<std::size_t>(dimension)] = word;
}
std::uint16_t set(Gathering::Row& to, Event event, std::optional<Date> date) {
  return to.days[static_cast<std::size_t>(event)] = date ? day_number(*date) : no_day;
}

class Reading {
 public:
  explicit Reading(db::Transaction& tx) : tx_(tx) {}

  Facts facts() {
    read_interventions();
    read_participants();
    read_anonymous();
    tx_.each(participant::protected_ones, {},
             [&](const db::Row& row) { persons_[persons_.number(row.text("id"))].is_protected = true; });
    facts_.rows[0] = participations();
    facts_.rows[1] = decisions();
    return std::move(facts_);
  }

 private:
  void read_interventions() {
    tx_.each(intervention::facts, {}, [&](const db::Row& row) {
      interventions_[row.text("id")].area = row.text("area");
      facts_.intervention_names[row.text("id")] = row.text("name");
    });
    tx_.each(intervention::destination_facts, {}, [&](const db::Row& row) {
      interventions_[row.text("intervention_id")].group_of[row.text("name")] = row.text("grp");
      facts_.destinations[row.text("intervention_id")].push_back(row.text("name"));
    });
    tx_.each(intervention::decision_facts, {}, [&](const db::Row& row) {
      facts_.decisions[row.text("intervention_id")].push_back(row.text("name"));
    });
  }

  void read_participants() {
    tx_.each(participant::facts, {}, [&](const db::Row& row) {
      auto& person = persons_.add(row.text("id"));
      person.sex = sex_number(row.text("sex"));
      person.birth_year = static_cast<std::int16_t>(row.maybe_number("birth_year").value_or(0));
    });
  }

  void read_anonymous() {
    tx_.each(anonymous_participant::facts, {}, [&](const db::Row& row) {
      const Anonymous one{row.text("owner_id"), row.text("intervention_id"), sex_number(row.text("sex")),
                          Date::of(static_cast<int>(row.number("started_year")), 1, 1)};
      for (auto left = row.number("number"); left > 0; --left) {
        anonymous_.push_back(one);
        anonymous_.back().person = persons_.add_unknown(one.sex);
      }
    });
  }

  static void describe(Gathering::Row& to, const Persons::Person& person, Date on) {
    set(to, Dimension::sex, sexes[person.sex]);
    set(to, Dimension::age_band, person.birth_year == 0 ? "" : age_band(on.year() - person.birth_year));
  }

  // The intervention that the row is about; mostly that of the row before.
  const Intervention& intervention(const std::string& id) {
    if (!last_intervention_ || last_intervention_->first != id)
      last_intervention_ = &*interventions_.find(id);
    return last_intervention_->second;
  }

  Rows participations() {
    Gathering gathering(Fact::participation);
    Gathering::Row to{};
    tx_.each(participation::facts, {}, [&](const db::Row& row) {
      to.person = persons_.number(row.text("participant_id"));
      to.owner = row.text("owner_id");
      const auto& intervention = this->intervention(row.text("intervention_id"));
      set(to, Dimension::intervention, row.text("intervention_id"));
      set(to, Dimension::area, intervention.area);
      auto& person = persons_[to.person];
      const auto tells_where = [&](const char* column) {
        return person.is_protected ? std::string_view() : std::string_view(row.text(column));
      };
      set(to, Dimension::site, tells_where("site"));
      set(to, Dimension::referrer, tells_where("referrer"));
      set(to, Dimension::municipality, tells_where("municipality"));
      set(to, Dimension::income_start, row.text("income_start"));
      set(to, Dimension::income_end, row.text("income_end"));
      set(to, Event::referred, row.maybe_date("referred_on"));
      const auto started = row.date("started_on");
      const auto since = set(to, Event::started, started);
      set(to, Event::ended, row.maybe_date("ended_on"));
      const auto& destination = row.text("destination");
      set(to, Dimension::destination, destination);
      const auto group = intervention.group_of.find(destination);
      set(to, Dimension::destination_group,
          group == intervention.group_of.end() ? "" : std::string_view(group->second));
      describe(to, person, started);
      remember_municipality(person, tells_where("municipality"), since);
      gathering.add(to);
    });
    add_anonymous(gathering);
    return std::move(gathering).done();
  }

  void add_anonymous(Gathering& gathering) {
    for (const auto& one : anonymous_) {
      Gathering::Row to{};
      to.person = one.person;
      to.owner = one.owner;
      to.only_year = true;
      set(to, Dimension::intervention, one.intervention);
      set(to, Dimension::area, intervention(one.intervention).area);
      set(to, Dimension::sex, sexes[one.sex]);
      set(to, Event::started, one.some_day);
      gathering.add(to);
    }
  }

  // A decision is counted in the municipality that the person's latest participation says.
  void remember_municipality(Persons::Person& person, std::string_view code, std::uint16_t since) {
    if (since < person.municipality_since) return;
    person.municipality = municipalities_.number(code);
    person.municipality_since = since;
  }

  Rows decisions() {
    Gathering gathering(Fact::decision);
    Gathering::Row to{};
    tx_.each(decision::facts, {}, [&](const db::Row& row) {
      to.person = persons_.number(row.text("participant_id"));
      to.owner = row.text("owner_id");
      set(to, Dimension::intervention, row.text("intervention_id"));
      set(to, Dimension::area, intervention(row.text("intervention_id")).area);
      const auto decided = row.date("decided_on");
      set(to, Event::decided, decided);
      set(to, Dimension::decision, row.text("kind"));
      set(to, Dimension::form, row.text("form"));
      const auto& person = persons_[to.person];
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
  std::vector<Anonymous> anonymous_;
  Dictionary municipalities_;
  const std::pair<const std::string, Intervention>* last_intervention_ = nullptr;
};

// About nobody: each stands by itself, as a person would.
Rows contacts(db::Transaction& tx) {
  Gathering gathering(Fact::contact);
  Gathering::Row to{};
  tx.each(contact::facts, {}, [&](const db::Row& row) {
    to.owner = row.text("organisation_id");
    set(to, Dimension::intervention, row.text("intervention"));
    set(to, Dimension::area, row.text("area"));
    set(to, Event::contacted, row.date("contacted_on"));
    set(to, Dimension::contact_kind, row.text("kind"));
    set(to, Dimension::asked_by, row.text("asked_by"));
    set(to, Dimension::municipality, row.text("municipality"));
    gathering.add(to);
    ++to.person;
  });
  return std::move(gathering).done();
}

}  // namespace

std::shared_ptr<const Facts> facts(db::Transaction& tx) {
  static std::mutex mutex;
  static std::shared_ptr<const Facts> kept;
  const std::lock_guard lock(mutex);  // whoever comes while they are read waits for the same
  auto mark =
      tx.mark_of({"intervention", "participant", "participation", "decision", "anonymous_participant"});
  auto contact_mark = tx.mark_of({"contact", "membership"});
  const bool knows_persons = kept && !mark.empty() && kept->mark == mark;
  if (knows_persons && kept->contact_mark == contact_mark) return kept;
  // A contact is written every few seconds somewhere: of the rest, what was read stands.
  auto read = std::make_shared<Facts>(knows_persons ? *kept : Reading(tx).facts());
  read->rows[static_cast<std::size_t>(Fact::contact)] = contacts(tx);
  read->mark = std::move(mark);
  read->contact_mark = std::move(contact_mark);
  kept = read;
  return read;
}

}  // namespace stafett::statistics
