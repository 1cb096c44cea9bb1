// The values of the dimensions: their words in the database, their names for people, their order.
#include <algorithm>
#include <array>
#include <unordered_set>

#include "code_list/code_list.h"
#include "contact/contact.h"
#include "intervention/intervention.h"
#include "participant/participant.h"
#include "statistics/asked.h"
#include "text/order.h"
#include "text/translation.h"

namespace stafett::statistics {
namespace {

struct Known {
  std::string_view word;
  Message name;
};

const std::array ages{Known{"0-19", Message{"19 years or younger"}}, Known{"20-24", Message{"20–24 years"}},
                      Known{"25-29", Message{"25–29 years"}},        Known{"30-39", Message{"30–39 years"}},
                      Known{"40-49", Message{"40–49 years"}},        Known{"50-59", Message{"50–59 years"}},
                      Known{"60-", Message{"60 years or older"}}};

const std::array forms{Known{"new", Message{"new"}}, Known{"extension", Message{"extension"}}};

template <class Words>
std::vector<Known> words_of(const Words& words) {
  std::vector<Known> known;
  for (const auto& [value, word] : words.all)
    if (!word.empty()) known.push_back({word, name_of(value)});
  return known;
}

// The words of a dimension that has the same ones everywhere.
std::span<const Known> known(Dimension dimension) {
  static const auto sexes = words_of(participant::sexes);
  static const auto groups = words_of(intervention::groups);
  static const auto contact_kinds = words_of(contact::kinds);
  switch (dimension) {
    case Dimension::sex:
      return sexes;
    case Dimension::form:
      return forms;
    case Dimension::age_band:
      return ages;
    case Dimension::destination_group:
      return groups;
    case Dimension::contact_kind:
      return contact_kinds;
    default:
      return {};
  }
}

bool is_date(Dimension dimension) { return dimension == Dimension::year || dimension == Dimension::month; }

// A text from the database, shown as it is in every language.
Message as_it_is(std::string_view text) { return {"{1}", std::string(text)}; }

Value value_of(const Facts& facts, Dimension dimension, const std::string& word) {
  if (word.empty())
    return {"", text::translated(text::Language::swedish, Message{"not known"}), Message{"not known"}};
  for (const auto& [known_word, name] : known(dimension))
    if (known_word == word) return {word, text::translated(text::Language::swedish, name), name};
  if (dimension == Dimension::intervention) {
    const auto name = facts.intervention_names.find(word);
    return {word, word, as_it_is(name == facts.intervention_names.end() ? word : name->second)};
  }
  if (dimension == Dimension::municipality)
    return {word, word, as_it_is(code_list::municipalities().name_of(word))};
  return {word, word, as_it_is(word)};
}

const std::vector<std::string>* declared(const Facts& facts, Dimension dimension,
                                         const std::string& intervention) {
  if (dimension != Dimension::destination && dimension != Dimension::decision) return nullptr;
  const auto& lists = dimension == Dimension::destination ? facts.destinations : facts.decisions;
  const auto list = lists.find(intervention);
  return list == lists.end() ? nullptr : &list->second;
}

}  // namespace

std::vector<Value> values_of(const Facts& facts, const Rows& rows, const Measure& measure,
                             Dimension dimension, const std::string& only_intervention) {
  std::vector<std::string> words;
  std::unordered_set<std::string> seen{""};
  const auto add = [&](std::string_view word) {
    if (seen.emplace(word).second) words.emplace_back(word);
  };
  for (const auto& [word, name] : known(dimension)) add(word);
  const auto* in_order = declared(facts, dimension, only_intervention);
  if (in_order)
    for (const auto& word : *in_order) add(word);
  const auto settled = words.size();
  for (const auto& word : rows.column(dimension, measure.own_date).words) add(word);
  if (dimension == Dimension::intervention)
    for (const auto& [id, name] : facts.intervention_names) add(id);
  for (const auto* lists : {&facts.destinations, &facts.decisions})
    if (dimension == (lists == &facts.destinations ? Dimension::destination : Dimension::decision))
      for (const auto& [id, list] : *lists)
        for (const auto& word : list) add(word);

  std::vector<Value> values;
  for (const auto& word : words) values.push_back(value_of(facts, dimension, word));
  if (!is_date(dimension))
    std::sort(values.begin() + static_cast<std::ptrdiff_t>(settled), values.end(),
              [](const Value& a, const Value& b) {
                const auto &left = a.name.arguments.empty() ? a.code : a.name.arguments[0],
                           &right = b.name.arguments.empty() ? b.code : b.name.arguments[0];
                return text::in_order(left, right);
              });
  values.push_back(value_of(facts, dimension, ""));
  return values;
}

bool is_always_shown(const Facts& facts, Dimension dimension, const Value& value,
                     const std::string& only_intervention) {
  if (dimension == Dimension::sex) return value.word == "woman" || value.word == "man";
  if (dimension == Dimension::form) return value.word == "new" || value.word == "extension";
  const auto* list = declared(facts, dimension, only_intervention);
  return list && std::ranges::find(*list, value.word) != list->end();
}

}  // namespace stafett::statistics
