#include "intervention/form_pages.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "text/fold.h"

namespace stafett::intervention {
namespace {

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    if (const auto line = text::trimmed(text.substr(0, end)); !line.empty()) lines.emplace_back(line);
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return lines;
}

std::string plain(double number, text::Language language) {
  char text[32];
  std::snprintf(text, sizeof text, "%.10g", number);
  std::string out = text;
  if (language == text::Language::swedish) std::replace(out.begin(), out.end(), '.', ',');
  return out;
}

// The groups of outcomes go by their names on the page, by their words in the file.
std::string shown_value(const std::string& dimension, const std::string& value, text::Language language) {
  const auto group = dimension == "destination_group" ? groups.find(value) : std::nullopt;
  return group ? text::translated(language, name_of(*group)) : value;
}
std::string kept_value(const std::string& dimension, const std::string& value, text::Language language) {
  if (dimension == "destination_group")
    for (const auto& group : groups.all)
      if (text::folded(value) == text::folded(text::translated(language, name_of(group.value))))
        return std::string(group.text);
  return value;
}

// Reads the fields that are more than words, and collects what is wrong with them.
class Reader {
 public:
  explicit Reader(const web::Form& form) : form_(form) {}

  std::string words(const std::string& id) const { return std::string(text::trimmed(form_.field(id))); }
  std::optional<Date> date(const std::string& id) {
    const auto written = words(id);
    const auto date = Date::read(written);
    if (!date && !written.empty()) fault(id, {"“{1}” is not a date. Write it as 2024-01-31.", written});
    return date;
  }
  std::optional<int> whole(const std::string& id) {
    const auto written = words(id);
    if (written.empty()) return std::nullopt;
    int number = 0;
    const auto end = written.data() + written.size();
    const auto read = std::from_chars(written.data(), end, number);
    if (read.ec == std::errc{} && read.ptr == end) return number;
    fault(id, {"“{1}” is not a whole number. Write it in digits.", written});
    return std::nullopt;
  }
  std::optional<double> decimal(const std::string& id) {
    auto written = words(id);
    if (written.empty()) return std::nullopt;
    std::replace(written.begin(), written.end(), ',', '.');
    if (written.ends_with('%'))
      written = text::trimmed(std::string_view(written).substr(0, written.size() - 1));
    double number = 0;
    const auto end = written.data() + written.size();
    const auto read = std::from_chars(written.data(), end, number, std::chars_format::fixed);
    if (read.ec == std::errc{} && read.ptr == end) return number;
    fault(id, {"“{1}” is not a number. Write it in digits.", words(id)});
    return std::nullopt;
  }
  template <class Enum, std::size_t N>
  Enum one_of(const std::string& id, const Words<Enum, N>& words, Enum otherwise) const {
    return words.find(form_.field(id)).value_or(otherwise);
  }
  void fault(const std::string& id, Message message) { faults.push_back({id, std::move(message)}); }

  std::vector<Fault> faults;

 private:
  const web::Form& form_;
};

std::vector<Outcome> read_outcomes(const web::Form& form, Reader& reader, const std::string& kind) {
  std::vector<Outcome> outcomes;
  for (const auto& row : rows_of(form, kind))
    outcomes.push_back(
        {reader.words(part(row, "name")), reader.one_of(part(row, "group"), groups, Group::other)});
  return outcomes;
}

Goal read_goal(const web::Form& form, Reader& reader, const std::string& row, text::Language language) {
  Goal goal;
  goal.text = reader.words(part(row, "text"));
  goal.id = reader.words(part(row, "id"));
  if (goal.id.empty()) goal.id = short_name(goal.text);
  goal.kind = reader.one_of(part(row, "kind"), goal_kinds, Goal::Kind::count);
  goal.of = reader.words(part(row, "of"));
  goal.per_months = reader.whole(part(row, "per_months"));
  goal.smallest_n = reader.whole(part(row, "smallest_n")).value_or(0);
  auto target = reader.decimal(part(row, "target"));
  if (target && goal.kind == Goal::Kind::share) *target /= 100;
  (form.field(part(row, "limit")) == "at_most" ? goal.at_most : goal.at_least) = target;
  for (int number = 1; form.has(part(row, "counts-" + std::to_string(number) + "-dimension")); ++number) {
    const auto counts = part(row, "counts-" + std::to_string(number));
    const auto dimension = reader.words(part(counts, "dimension"));
    const auto values = lines_of(form.field(part(counts, "values")));
    if (dimension.empty() && !values.empty())
      reader.fault(part(counts, "dimension"), "Choose what the values are of.");
    if (dimension.empty()) continue;
    if (values.empty()) reader.fault(part(counts, "values"), "Write which values count, one on each line.");
    for (const auto& value : values) goal.counts[dimension].push_back(kept_value(dimension, value, language));
  }
  return goal;
}

// The form's field for a line of the file that was made of it: "goal-3-of" for the second [[goal]], if the
// form's second row is empty.
std::string field_on_line(const web::Form& form, std::string_view file, std::size_t line) {
  std::string kind, key;
  std::map<std::string, std::size_t> rows;
  for (std::size_t number = 1; number <= line && !file.empty(); ++number) {
    const auto text = file.substr(0, file.find('\n'));
    file.remove_prefix(std::min(file.size(), text.size() + 1));
    if (text.starts_with("[[")) {
      kind = text.substr(2, text.find(']') - 2);
      ++rows[kind];
      key.clear();
    } else if (!text.empty()) {
      key = text.substr(0, text.find(' '));
    }
  }
  if (kind.empty()) return key;
  const auto* needed = kind == "goal" ? "text" : "name";
  if (key.empty()) key = needed;
  if (key == "at_least" || key == "at_most") key = "target";
  if (key == "counts") key = "counts-1-values";
  const auto used = rows_of(form, kind);
  return part(used.at(rows[kind] - 1), key);
}

// Through its file, whose faults are told at the form's fields and with the form's words.
std::vector<Fault> faults_in(const web::Form& form, const Definition& definition, text::Language language) {
  const auto file = written(definition);
  const auto read = read_definition(file);
  if (read) return {};
  auto faults = read.error().faults;
  for (auto& fault : faults) {
    fault.field = field_on_line(form, file, fault.line);
    fault.line = 0;
    if (!fault.message.arguments.empty()) {
      auto& name = fault.message.arguments.front();
      name = text::translated(language, label_of(name));
    }
  }
  return faults;
}

void fill_in(web::Form& form, const std::string& row, const Goal& goal, text::Language language) {
  const auto put = [&](std::string_view field, std::string value) {
    form.fields.emplace_back(part(row, field), std::move(value));
  };
  const auto target = goal.at_least ? *goal.at_least : goal.at_most.value_or(0);
  put("id", goal.id);
  put("text", goal.text);
  put("kind", std::string(goal_kinds.of(goal.kind)));
  put("of", goal.of);
  put("limit", goal.at_most ? "at_most" : "at_least");
  put("target", plain(goal.kind == Goal::Kind::share ? target * 100 : target, language));
  if (goal.per_months) put("per_months", std::to_string(*goal.per_months));
  if (goal.smallest_n > 0) put("smallest_n", std::to_string(goal.smallest_n));
  int number = 0;
  for (const auto& [dimension, values] : goal.counts) {
    const auto counts = "counts-" + std::to_string(++number);
    std::vector<std::string> shown;
    for (const auto& value : values) shown.push_back(shown_value(dimension, value, language));
    put(counts + "-dimension", dimension);
    put(counts + "-values", joined(shown));
  }
}

}  // namespace

web::Form filled_in(const Definition& definition, text::Language language) {
  web::Form form;
  const auto put = [&](std::string name, std::string value) {
    form.fields.emplace_back(std::move(name), std::move(value));
  };
  const auto put_whole = [&](const char* name, std::optional<int> value) {
    if (value) put(name, std::to_string(*value));
  };
  put("id", definition.id);
  put("name", definition.name);
  put("area", definition.area);
  put("orientation", std::string(orientations.of(definition.orientation)));
  put("target_group", definition.target_group);
  put("from", definition.from.text());
  if (definition.to) put("to", definition.to->text());
  put("sites", joined(definition.sites));
  put_whole("follow_up_every_months", definition.follow_up_every_months);
  put_whole("longest_stay_months", definition.longest_stay_months);
  put_whole("planned_participants_per_year", definition.planned_per_year);
  const auto put_outcomes = [&](const std::string& kind, const std::vector<Outcome>& outcomes) {
    for (std::size_t i = 0; i != outcomes.size(); ++i) {
      const auto row = kind + "-" + std::to_string(i + 1);
      put(part(row, "name"), outcomes[i].name);
      put(part(row, "group"), std::string(groups.of(outcomes[i].group)));
    }
  };
  put_outcomes("destination", definition.destinations);
  put_outcomes("decision", definition.decisions);
  for (std::size_t i = 0; i != definition.goals.size(); ++i)
    fill_in(form, "goal-" + std::to_string(i + 1), definition.goals[i], language);
  return form;
}

Result<Definition> read_form(const web::Form& form, const std::string& owner, const std::string& id,
                             text::Language language) {
  Reader reader(form);
  Definition definition;
  definition.name = reader.words("name");
  definition.id = !id.empty()                  ? id
                  : reader.words("id").empty() ? short_name(definition.name)
                                               : reader.words("id");
  definition.area = reader.words("area");
  definition.owner = owner;
  definition.orientation = reader.one_of("orientation", orientations, Orientation::individual);
  definition.target_group = reader.words("target_group");
  const auto from = reader.date("from");
  if (!from && reader.words("from").empty()) reader.fault("from", "Write when the intervention begins.");
  definition.from = from.value_or(Date{});
  definition.to = reader.date("to");
  definition.sites = lines_of(form.field("sites"));
  definition.follow_up_every_months = reader.whole("follow_up_every_months");
  definition.longest_stay_months = reader.whole("longest_stay_months");
  definition.planned_per_year = reader.whole("planned_participants_per_year");
  definition.destinations = read_outcomes(form, reader, "destination");
  definition.decisions = read_outcomes(form, reader, "decision");
  for (const auto& row : rows_of(form, "goal"))
    definition.goals.push_back(read_goal(form, reader, row, language));

  auto faults = std::move(reader.faults);
  for (auto& fault : faults_in(form, definition, language)) {
    const bool told = std::any_of(faults.begin(), faults.end(),
                                  [&](const Fault& other) { return other.field == fault.field; });
    if (!told) faults.push_back(std::move(fault));
  }
  if (!faults.empty()) return invalid(std::move(faults));
  return definition;
}

}  // namespace stafett::intervention
