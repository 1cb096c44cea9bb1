// An intervention's file: read with every fault and its line, written so that it reads back the same.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>
#include <span>

#include "file/toml.h"
#include "intervention/intervention.h"
#include "text/fold.h"
#include "text/nearest.h"

namespace stafett::intervention {
namespace {

using file::Toml;

// Reads values of one table and collects what is wrong with them.
class Reader {
 public:
  Reader(const Toml& table, std::vector<Fault>& faults) : table_(table), faults_(faults) {}

  std::string text(std::string_view name, bool needed = false) {
    const auto* value = find(name, Toml::Kind::text, "“{1}” must be a text in quotes.", needed);
    if (value && needed && text::trimmed(value->text).empty())
      fault(*value, {"“{1}” is empty. Write something there.", std::string(name)});
    return value ? std::string(text::trimmed(value->text)) : "";
  }
  std::optional<Date> date(std::string_view name, bool needed = false) {
    const auto* value = find(name, Toml::Kind::date, "“{1}” must be a date such as 2024-01-31.", needed);
    return value ? std::optional(value->date) : std::nullopt;
  }
  std::optional<int> whole(std::string_view name, int least, int most) {
    const auto* value = find(name, Toml::Kind::whole, "“{1}” must be a whole number.", false);
    if (!value) return std::nullopt;
    if (value->whole < least || value->whole > most) {
      fault(*value, {"“{1}” is {2}. It must be from {3} to {4}.", std::string(name),
                     std::to_string(value->whole), std::to_string(least), std::to_string(most)});
      return std::nullopt;
    }
    return static_cast<int>(value->whole);
  }
  std::optional<double> number(std::string_view name) {
    const auto* value = table_.find(name);
    if (!value) return std::nullopt;
    if (value->kind != Toml::Kind::whole && value->kind != Toml::Kind::decimal) {
      fault(*value, {"“{1}” must be a number.", std::string(name)});
      return std::nullopt;
    }
    return value->decimal;
  }
  std::vector<std::string> texts(std::string_view name) {
    std::vector<std::string> texts;
    if (const auto* list = find(name, Toml::Kind::list, "“{1}” must be a list in brackets.", false))
      for (const auto& item : list->items) {
        if (item.kind != Toml::Kind::text)
          fault(*list, {"“{1}” must be a list of texts in quotes.", std::string(name)});
        else
          texts.push_back(item.text);
      }
    return texts;
  }
  template <class Enum, std::size_t N>
  Enum word(std::string_view name, const Words<Enum, N>& words, Enum otherwise, bool needed = false) {
    const auto* value = find(name, Toml::Kind::text, "“{1}” must be a text in quotes.", needed);
    if (!value) return otherwise;
    return is_known(*value, value->text, words) ? words.meant_by(value->text) : otherwise;
  }
  template <class Enum, std::size_t N>
  bool is_known(const Toml& at, const std::string& word, const Words<Enum, N>& words) {
    std::vector<std::string_view> known;
    for (const auto& one : words.all) known.push_back(one.text);
    return is_known(at, word, known);
  }
  // Whether it is one of the known words; if not, the nearest of them is told.
  bool is_known(const Toml& at, const std::string& word, std::span<const std::string_view> known) {
    if (std::find(known.begin(), known.end(), word) != known.end()) return true;
    std::string all;
    for (const auto& one : known) all += (all.empty() ? "" : ", ") + std::string(one);
    const auto near = text::nearest(word, known);
    fault(at, near ? Message{"“{1}” is not known. Did you mean “{2}”?", word, std::string(*near)}
                   : Message{"“{1}” is not known. It may be {2}.", word, all});
    return false;
  }
  const Toml* list_of_tables(std::string_view name) {
    const auto* list = find(name, Toml::Kind::list, "“{1}” must be written as [[…]].", false);
    if (list && std::any_of(list->items.begin(), list->items.end(),
                            [](auto& item) { return item.kind != Toml::Kind::table; })) {
      fault(*list, {"“{1}” must be written as [[…]].", std::string(name)});
      return nullptr;
    }
    return list;
  }
  void allow_only(std::initializer_list<std::string_view> names) {
    for (auto& unknown : file::unknown_keys(table_, names)) faults_.push_back(std::move(unknown));
  }
  void fault(const Toml& at, Message message) { faults_.push_back({"", std::move(message), at.line}); }
  const Toml& table() const { return table_; }

 private:
  const Toml* find(std::string_view name, Toml::Kind kind, const char* wanted, bool needed) {
    const auto* value = table_.find(name);
    if (!value) {
      if (needed) fault(table_, {"“{1}” is missing. It is needed.", std::string(name)});
      return nullptr;
    }
    if (value->kind != kind) {
      fault(*value, {wanted, std::string(name)});
      return nullptr;
    }
    return value;
  }

  const Toml& table_;
  std::vector<Fault>& faults_;
};

bool is_short_name(const std::string& id) {
  return !id.empty() && id.size() <= 64 && id.front() != '-' && id.back() != '-' &&
         std::all_of(id.begin(), id.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

std::vector<Outcome> read_outcomes(Reader& file, std::string_view name, std::vector<Fault>& faults) {
  std::vector<Outcome> outcomes;
  std::set<std::string> names;
  if (const auto* list = file.list_of_tables(name))
    for (const auto& item : list->items) {
      Reader outcome(item, faults);
      outcome.allow_only({"name", "group"});
      outcomes.push_back({outcome.text("name", true), outcome.word("group", groups, Group::other, true)});
      if (!names.insert(text::folded(outcomes.back().name)).second)
        outcome.fault(item, {"“{1}” stands twice.", outcomes.back().name});
    }
  return outcomes;
}

Goal read_goal(const Toml& table, const Definition& definition, std::vector<Fault>& faults) {
  Reader file(table, faults);
  file.allow_only({"id", "text", "kind", "of", "counts", "per_months", "at_least", "at_most", "smallest_n"});
  Goal goal;
  goal.id = file.text("id", true);
  goal.text = file.text("text", true);
  goal.kind = file.word("kind", goal_kinds, Goal::Kind::count, true);
  goal.of = file.text("of", true);
  goal.per_months = file.whole("per_months", 1, 120);
  goal.at_least = file.number("at_least");
  goal.at_most = file.number("at_most");
  goal.smallest_n = file.whole("smallest_n", 0, 1'000'000).value_or(0);
  if (!is_short_name(goal.id) && !goal.id.empty())
    file.fault(table, {"“{1}” is not an id. Use small letters a–z, digits and hyphens.", goal.id});
  if (goal.at_least.has_value() == goal.at_most.has_value())
    file.fault(table, {"The goal “{1}” needs its target: either at_least or at_most.", goal.id});
  const auto target = goal.at_least.value_or(goal.at_most.value_or(0));
  if (goal.kind == Goal::Kind::share && (target < 0 || target > 1))
    file.fault(table, {"The target of “{1}” is a share and must be from 0 to 1: 55 % is 0.55.", goal.id});
  if (goal.per_months && goal.kind != Goal::Kind::count)
    file.fault(table, {"The goal “{1}” is not a count, so it has no per_months.", goal.id});

  if (!goal.of.empty()) file.is_known(*table.find("of"), goal.of, measures);
  if (const auto* counts = table.find("counts")) {
    Reader limits(*counts, faults);
    if (counts->kind != Toml::Kind::table)
      file.fault(*counts, {"“{1}” must be written as { destination = [\"…\"] }.", "counts"});
    for (const auto& [dimension, values] : counts->fields) {
      if (!limits.is_known(values, dimension, dimensions)) continue;
      auto words = limits.texts(dimension);
      const auto* known = dimension == "destination" ? &definition.destinations
                          : dimension == "decision"  ? &definition.decisions
                                                     : nullptr;
      for (const auto& word : words)
        if (known &&
            std::none_of(known->begin(), known->end(), [&](auto& outcome) { return outcome.name == word; }))
          limits.fault(values,
                       {"The goal “{1}” counts “{2}”, which the intervention does not have.", goal.id, word});
      if (dimension == "destination_group")
        for (const auto& word : words) limits.is_known(values, word, groups);
      goal.counts[dimension] = std::move(words);
    }
  }
  if (goal.kind == Goal::Kind::share && goal.counts.empty())
    file.fault(table, {"The goal “{1}” is a share: say with counts which of them count.", goal.id});
  return goal;
}

// Shortest that reads back the same, and with a point so that TOML sees a decimal.
std::string decimal(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.10g", value);
  return text;
}

std::string list_of(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const auto& text : texts) out += (out.size() > 1 ? ", " : "") + file::toml_quoted(text);
  return out + "]";
}

void write_goal(std::string& out, const Goal& goal) {
  const auto line = [&](std::string_view key, const std::string& value) {
    (out += key) += " = " + value + "\n";
  };
  out += "\n[[goal]]\n";
  line("id", file::toml_quoted(goal.id));
  line("text", file::toml_quoted(goal.text));
  line("kind", file::toml_quoted(goal_kinds.of(goal.kind)));
  line("of", file::toml_quoted(goal.of));
  if (!goal.counts.empty()) {
    std::string counts = "{ ";
    for (const auto& [dimension, values] : goal.counts)
      counts += (counts.size() > 2 ? ", " : "") + dimension + " = " + list_of(values);
    line("counts", counts + " }");
  }
  if (goal.per_months) line("per_months", std::to_string(*goal.per_months));
  if (goal.at_least) line("at_least", decimal(*goal.at_least));
  if (goal.at_most) line("at_most", decimal(*goal.at_most));
  if (goal.smallest_n > 0) line("smallest_n", std::to_string(goal.smallest_n));
}

}  // namespace

Result<Definition> read_definition(std::string_view toml) {
  const auto table = TRY(file::read_toml(toml));
  std::vector<Fault> faults;
  Reader file(table, faults);
  file.allow_only({"id", "name", "area", "owner", "orientation", "from", "to", "sites", "target_group",
                   "follow_up_every_months", "longest_stay_months", "planned_participants_per_year",
                   "destination", "decision", "goal"});
  Definition definition;
  definition.id = file.text("id", true);
  definition.name = file.text("name", true);
  definition.area = file.text("area", true);
  definition.owner = file.text("owner", true);
  definition.orientation = file.word("orientation", orientations, Orientation::individual);
  definition.target_group = file.text("target_group");
  definition.from = file.date("from", true).value_or(Date{});
  definition.to = file.date("to");
  definition.sites = file.texts("sites");
  definition.follow_up_every_months = file.whole("follow_up_every_months", 1, 60);
  definition.longest_stay_months = file.whole("longest_stay_months", 1, 240);
  definition.planned_per_year = file.whole("planned_participants_per_year", 0, 1'000'000);
  definition.destinations = read_outcomes(file, "destination", faults);
  definition.decisions = read_outcomes(file, "decision", faults);
  if (!definition.id.empty() && !is_short_name(definition.id))
    file.fault(*table.find("id"),
               {"“{1}” is not an id. Use small letters a–z, digits and hyphens.", definition.id});
  if (definition.id == "new" || definition.id == "file")  // they are pages beside the interventions
    file.fault(*table.find("id"),
               {"“{1}” cannot be the id of an intervention. Choose another.", definition.id});
  if (definition.to && *definition.to < definition.from)
    file.fault(*table.find("to"), "The intervention ends before it begins.");
  if (const auto* goals = file.list_of_tables("goal"))
    for (const auto& goal : goals->items) {
      definition.goals.push_back(read_goal(goal, definition, faults));
      const auto twins = std::count_if(definition.goals.begin(), definition.goals.end(),
                                       [&](auto& other) { return other.id == definition.goals.back().id; });
      if (twins > 1) file.fault(goal, {"“{1}” stands twice.", definition.goals.back().id});
    }
  if (!faults.empty()) return invalid(std::move(faults));
  return definition;
}

std::string short_name(std::string_view name) {
  std::string short_name;
  const auto add = [&](char c) {
    if (c != '-' || (!short_name.empty() && short_name.back() != '-')) short_name += c;
  };
  for (const unsigned char c : text::folded(name)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain)
      add(static_cast<char>(c));
    else if (c == 0xA5 || c == 0xA4)  // the second bytes of å and ä
      add('a');
    else if (c == 0xB6)  // … and of ö
      add('o');
    else if (c < 0x80)
      add('-');
  }
  short_name.resize(std::min(short_name.size(), std::size_t{40}));
  while (short_name.ends_with('-')) short_name.pop_back();
  return short_name;
}

std::string written(const Definition& definition) {
  std::string out;
  const auto line = [&](std::string_view key, const std::string& value) {
    (out += key) += " = " + value + "\n";
  };
  line("id", file::toml_quoted(definition.id));
  line("name", file::toml_quoted(definition.name));
  line("area", file::toml_quoted(definition.area));
  line("owner", file::toml_quoted(definition.owner));
  line("orientation", file::toml_quoted(orientations.of(definition.orientation)));
  line("from", definition.from.text());
  if (definition.to) line("to", definition.to->text());
  if (!definition.sites.empty()) line("sites", list_of(definition.sites));
  if (!definition.target_group.empty()) line("target_group", file::toml_quoted(definition.target_group));
  if (definition.follow_up_every_months)
    line("follow_up_every_months", std::to_string(*definition.follow_up_every_months));
  if (definition.longest_stay_months)
    line("longest_stay_months", std::to_string(*definition.longest_stay_months));
  if (definition.planned_per_year)
    line("planned_participants_per_year", std::to_string(*definition.planned_per_year));
  for (const auto* outcomes : {&definition.destinations, &definition.decisions})
    for (const auto& outcome : *outcomes)
      out += std::string(outcomes == &definition.destinations ? "\n[[destination]]" : "\n[[decision]]") +
             "\nname = " + file::toml_quoted(outcome.name) +
             "\ngroup = " + file::toml_quoted(groups.of(outcome.group)) + "\n";
  for (const auto& goal : definition.goals) write_goal(out, goal);
  return out;
}

}  // namespace stafett::intervention
