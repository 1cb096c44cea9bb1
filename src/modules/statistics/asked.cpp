#include "statistics/asked.h"

#include <algorithm>

#include "code_list/code_list.h"
#include "text/fold.h"
#include "text/nearest.h"
#include "text/translation.h"

namespace stafett::statistics {
namespace {

using text::Language;

// Words for one thing: its id and its names in both languages.
struct Words {
  std::vector<std::string> all;

  Words(std::string_view id, const Message& name)
      : all{std::string(id), text::translated(Language::swedish, name), text::translated(Language::english, name)} {}
  bool has(std::string_view folded) const {
    return std::ranges::any_of(all, [&](const auto& word) { return text::folded(word) == folded; });
  }
};

// "2–3" and "2-3" are the same to whoever types them.
std::string folded(std::string_view word) {
  auto text = text::folded(word);
  for (auto at = text.find("–"); at != text.npos; at = text.find("–", at)) text.replace(at, 3, 1, '-');
  return text;
}

template <class Items, class WordsOf>
Result<std::size_t> one_of(const Items& items, WordsOf words_of, std::string_view asked, const std::string& field,
                           const char* unknown, const char* unknown_but_near) {
  const auto wanted = folded(asked);
  std::vector<std::string> all;
  for (std::size_t i = 0; i < items.size(); ++i)
    for (auto& word : words_of(items[i]).all) {
      if (folded(word) == wanted) return i;
      all.push_back(std::move(word));
    }
  const std::vector<std::string_view> candidates(all.begin(), all.end());
  if (const auto near = text::nearest(asked, candidates))
    return invalid(field, Message{unknown_but_near, std::string(asked), std::string(*near)});
  return invalid(field, Message{unknown, std::string(asked)});
}

Result<const Measure*> measure_named(std::string_view name) {
  const auto found = TRY(one_of(
      measures(), [](const Measure& measure) { return Words(measure.id, measure.name); }, name, "measure",
      "There is no measure “{1}”.", "There is no measure “{1}”. Did you mean “{2}”?"));
  return &measures()[found];
}

Result<Dimension> dimension_named(const Measure& measure, std::string_view name, const std::string& field) {
  const auto found = TRY(one_of(
      dimensions(), [](const Division& division) { return Words(division.id, division.name); }, name, field,
      "There is no dimension “{1}”.", "There is no dimension “{1}”. Did you mean “{2}”?"));
  const auto& division = dimensions()[found];
  if (!can_divide(measure, division.dimension))
    return invalid(field, Message{"“{1}” cannot be divided or limited by “{2}”.", std::string(measure.id), std::string(division.id)});
  return division.dimension;
}

// A year, a month or a municipality that could be asked for though nothing happened there.
std::optional<Value> possible(Dimension dimension, const std::string& word) {
  const auto trimmed = std::string(text::trimmed(word));
  if ((dimension == Dimension::year && Date::read(trimmed + "-01-01")) ||
      (dimension == Dimension::month && Date::read(trimmed + "-01")))
    return Value{trimmed, trimmed, {"{1}", trimmed}};
  if (dimension == Dimension::municipality)
    if (const auto* entry = code_list::municipalities().find(trimmed))
      return Value{entry->code, entry->code, {"{1}", entry->name}};
  return {};
}

Result<Asked::Limit> limit_of(const Facts& facts, const Asked& asked, const Filter& filter) {
  Asked::Limit limit{TRY(dimension_named(*asked.measure, filter.dimension, "where")), {}};
  const auto known = values_of(facts, *asked.rows, *asked.measure, limit.dimension);
  for (const auto& word : filter.values) {
    auto found = one_of(
        known, [](const Value& value) { return Words(value.code, value.name); }, word, "where",
        "There is no value “{1}” to limit by.", "There is no value “{1}” to limit by. Did you mean “{2}”?");
    const auto could_be = found ? std::nullopt : possible(limit.dimension, word);
    if (!found && !could_be) return tl::unexpected(std::move(found).error());
    limit.values.push_back(found ? known[*found] : *could_be);
  }
  // In the order they are shown, each once.
  auto chosen = std::move(limit.values);
  for (const auto& value : known)
    if (std::erase_if(chosen, [&](const Value& other) { return other.word == value.word; }) > 0)
      limit.values.push_back(value);
  for (auto& value : chosen)
    if (std::ranges::find(limit.values, value.word, &Value::word) == limit.values.end())
      limit.values.push_back(std::move(value));
  if (limit.values.empty())
    return invalid("where", Message{"Say which values “{1}” is to be limited to.", filter.dimension});
  return limit;
}

std::vector<std::uint8_t> numbers_of(const Column& column, const std::vector<Value>& values) {
  std::vector<std::uint8_t> numbers(column.words.size(), 0);
  for (const auto& value : values) {
    const auto found = std::ranges::find(column.words, value.word);
    if (found != column.words.end()) numbers[static_cast<std::size_t>(found - column.words.begin())] = 1;
  }
  return numbers;
}

}  // namespace

Result<Asked> understood(const Facts& facts, const Question& question) {
  Asked asked{TRY(measure_named(question.measure)), nullptr, {}, {}, question.period, question.audience, {}};
  asked.rows = &facts.of(asked.measure->fact);
  if (question.by.size() > 3) return invalid("by", "A table has at most three dimensions.");
  for (const auto& name : question.by) {
    const auto dimension = TRY(dimension_named(*asked.measure, name, "by"));
    if (std::ranges::find(asked.by, dimension) != asked.by.end())
      return invalid("by", Message{"“{1}” is there twice.", name});
    asked.by.push_back(dimension);
  }
  for (const auto& filter : question.where) {
    auto limit = TRY(limit_of(facts, asked, filter));
    if (std::ranges::find(asked.where, limit.dimension, &Asked::Limit::dimension) != asked.where.end())
      return invalid("where", Message{"Limit “{1}” once, with all its values.", filter.dimension});
    asked.where.push_back(std::move(limit));
  }
  if (question.period.from && question.period.to && *question.period.to < *question.period.from)
    return invalid("to", "The period ends before it begins.");
  return asked;
}

std::string only_intervention(const Facts& facts, const Asked& asked) {
  for (const auto& limit : asked.where)
    if (limit.dimension == Dimension::intervention) return limit.values.size() == 1 ? limit.values[0].word : "";
  return facts.intervention_names.size() == 1 ? facts.intervention_names.begin()->first : "";
}

Scan scan_for(const Asked& asked, const Without& without) {
  const auto& rows = *asked.rows;
  const auto own_date = asked.measure->own_date;
  const auto& days = rows.days[static_cast<std::size_t>(own_date)];
  Scan scan{&rows, {}, {}, {}};
  for (const auto dimension : asked.by) scan.by.push_back(&rows.column(dimension, own_date));
  for (std::size_t i = 0; i < asked.where.size(); ++i) {
    if (without.limit == i) continue;
    const auto& column = rows.column(asked.where[i].dimension, own_date);
    scan.wanted.push_back({&column, numbers_of(column, asked.where[i].values)});
  }
  if (asked.owner) {
    const auto owner = std::vector<Value>{{*asked.owner, {}, {}}};
    scan.wanted.push_back({&rows.owner, numbers_of(rows.owner, owner)});
  }
  const auto period = without.period ? Period{} : asked.period;
  const auto first = period.from ? day_number(*period.from) : std::uint16_t{1};
  const auto last = period.to ? day_number(*period.to) : std::uint16_t{65535};
  scan.windows.push_back(Window::between(days, asked.measure->ongoing ? std::uint16_t{1} : first, last));
  if (asked.measure->ongoing && period.from)
    scan.windows.push_back(Window::none_or_from(rows.days[static_cast<std::size_t>(Event::ended)], first));
  if (asked.measure->is_mean()) {
    const auto& since = rows.days[static_cast<std::size_t>(asked.measure->since)];
    scan.windows.push_back(Window::between(since, 1, 65535));
  }
  return scan;
}

}  // namespace stafett::statistics
