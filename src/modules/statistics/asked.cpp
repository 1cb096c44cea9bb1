#include "statistics/asked.h"

#include <algorithm>
#include <set>

#include "code_list/code_list.h"
#include "text/fold.h"
#include "text/nearest.h"
#include "text/translation.h"

namespace stafett::statistics {
namespace {

using text::Language;

constexpr std::size_t most_suggested = 12;

// What one thing is called: its id, its names, its word in the database. The first is shown in suggestions.
using Words = std::vector<std::string>;
Words words_of(const Measure& measure) {
  return {std::string(measure.id), text::translated(Language::swedish, measure.name),
          text::translated(Language::english, measure.name)};
}
Words words_of(const Division& division) {
  return {std::string(division.id), text::translated(Language::swedish, division.name),
          text::translated(Language::english, division.name)};
}
Words words_of(const Value& value) {
  return {text::translated(Language::swedish, value.name), value.code, value.word,
          text::translated(Language::english, value.name)};
}

// "20–24" and "20-24" are the same to whoever types them.
std::string folded(std::string_view word) {
  auto text = text::folded(word);
  for (auto at = text.find("–"); at != text.npos; at = text.find("–", at)) text.replace(at, 3, 1, '-');
  return text;
}

// The place of what goes by the asked word. Else a Problem, made by `unknown` or, if something is near, by
// `near`.
template <class Items>
Result<std::size_t> one_of(const Items& items, std::string_view asked, const std::string& field,
                           const char* unknown, const char* near) {
  std::vector<Words> all;
  for (const auto& item : items) all.push_back(words_of(item));
  for (std::size_t i = 0; i < all.size(); ++i)
    if (std::ranges::find(all[i], asked) != all[i].end()) return i;
  const auto wanted = folded(asked);
  std::set<std::string_view> candidates;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const auto& word : all[i]) {
      if (folded(word) == wanted) return i;
      candidates.insert(word);
    }
  const std::vector<std::string_view> ordered(candidates.begin(), candidates.end());
  if (const auto nearest = text::nearest(asked, ordered))
    return invalid(field, Message{near, std::string(asked), std::string(*nearest)});
  std::string list;
  for (std::size_t i = 0; i < all.size() && i < most_suggested; ++i) list += (i > 0 ? ", " : "") + all[i][0];
  if (all.size() > most_suggested) list += " …";
  return invalid(field, Message{unknown, std::string(asked), list});
}

Result<const Measure*> measure_named(std::string_view name) {
  const auto found = TRY(one_of(measures(), name, "measure", "There is no measure “{1}”. There are: {2}.",
                                "There is no measure “{1}”. Did you mean “{2}”?"));
  return &measures()[found];
}

Result<Dimension> dimension_named(const Measure& measure, std::string_view name, const std::string& field) {
  const auto found = TRY(one_of(dimensions(), name, field, "There is no dimension “{1}”. There are: {2}.",
                                "There is no dimension “{1}”. Did you mean “{2}”?"));
  const auto& division = dimensions()[found];
  if (!can_divide(measure, division.dimension))
    return invalid(field, Message{"“{1}” cannot be divided or limited by “{2}”.", std::string(measure.id),
                                  std::string(division.id)});
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
  const auto dimension = TRY(dimension_named(*asked.measure, filter.dimension, "where"));
  Asked::Limit limit{dimension, {}};
  const auto known = values_of(facts, *asked.rows, *asked.measure, limit.dimension);
  for (const auto& word : filter.values) {
    auto found = one_of(known, word, "where", "There is no value “{1}” to limit by. There are: {2}.",
                        "There is no value “{1}” to limit by. Did you mean “{2}”?");
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
  const auto* measure = TRY(measure_named(question.measure));
  Asked asked{measure, &facts.of(measure->fact), {}, {}, question.period, question.audience, {}};
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
    if (limit.dimension == Dimension::intervention)
      return limit.values.size() == 1 ? limit.values[0].word : "";
  return facts.intervention_names.size() == 1 ? facts.intervention_names.begin()->first : "";
}

namespace {

// Of anonymous participants a year is known and nothing of what came after: they are among those who started,
// in a period of whole years.
bool counts_anonymous(const Asked& asked) {
  const auto& [from, to] = asked.period;
  const bool is_of_years =
      (!from || (from->month() == 1 && from->day() == 1)) && (!to || (to->month() == 12 && to->day() == 31));
  return is_of_years && asked.measure->own_date == Event::started && !asked.measure->ongoing &&
         !asked.measure->is_mean();
}

}  // namespace

Scan scan_for(const Asked& asked, std::optional<std::size_t> without_limit) {
  const auto& rows = *asked.rows;
  const auto own_date = asked.measure->own_date;
  const auto& days = rows.days[static_cast<std::size_t>(own_date)];
  Scan scan{&rows, {}, {}, {}};
  for (const auto dimension : asked.by) scan.by.push_back(&rows.column(dimension, own_date));
  for (std::size_t i = 0; i < asked.where.size(); ++i) {
    if (without_limit == i) continue;
    const auto& column = rows.column(asked.where[i].dimension, own_date);
    scan.wanted.push_back({&column, numbers_of(column, asked.where[i].values)});
  }
  if (asked.owner) {
    const auto owner = std::vector<Value>{{*asked.owner, {}, {}}};
    scan.wanted.push_back({&rows.owner, numbers_of(rows.owner, owner)});
  }
  if (rows.only_year.is_there() && !counts_anonymous(asked)) scan.wanted.push_back({&rows.only_year, {1, 0}});
  const auto& period = asked.period;
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
