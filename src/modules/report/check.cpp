// What a form may ask for, and what this one asks for.
#include <algorithm>
#include <set>

#include "report/values.h"
#include "text/fold.h"
#include "text/nearest.h"

namespace stafett::report {
namespace {

constexpr std::string_view of_people = "text.";

bool is_of_people(std::string_view name) {
  return name.size() > of_people.size() && name.starts_with(of_people);
}

const Name* known(std::string_view name) {
  const auto found =
      std::find_if(names().begin(), names().end(), [&](const Name& one) { return one.name == name; });
  return found == names().end() ? nullptr : &*found;
}

// As in names(): with its loop, and with bild: or tabell: before.
std::string full_name(const file::Field& field) {
  auto name = text::folded(field.name);
  using Kind = file::Field::Kind;
  if (field.kind == Kind::picture) return "bild:" + name;
  if (field.kind == Kind::table) return "tabell:" + name;
  if (field.kind == Kind::loop) return "#" + name;
  const auto in_loop = text::folded(field.loop) + "." + name;
  return !field.loop.empty() && known(in_loop) ? in_loop : name;
}

// "text.vad_vi_larde" -> "Vad vi larde"
std::string spelled_out(std::string_view field) {
  std::string words(field.substr(of_people.size()));
  std::replace_if(
      words.begin(), words.end(), [](char c) { return c == '_' || c == '.' || c == '-'; }, ' ');
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
    words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

// The heading above each, where it has one of its own.
std::vector<Question> questions(const std::vector<Place>& places) {
  std::vector<Question> all;
  for (const auto& place : places) {
    if (!is_of_people(place.name)) continue;
    const auto under_the_same = std::count_if(places.begin(), places.end(), [&](const Place& other) {
      return is_of_people(other.name) && other.under == place.under;
    });
    all.push_back(
        {place.name, place.under.empty() || under_the_same > 1 ? spelled_out(place.name) : place.under});
  }
  return all;
}

Unknown unknown(std::string name) {
  std::vector<std::string_view> candidates;
  for (const auto& one : names()) candidates.push_back(one.name);
  const auto near = text::nearest(name, candidates);
  return {std::move(name), near ? std::string(*near) : ""};
}

// "insats.namn" of {"insats", {{"namn", …}}}, and "text.mal" of {"text.mal", …}.
const View* value_of(const View& fields, const std::string& name) {
  if (const auto* whole = fields.find(name)) return whole;
  const auto dot = name.find('.');
  const auto* group = dot == name.npos ? nullptr : fields.find(name.substr(0, dot));
  return group ? group->find(name.substr(dot + 1)) : nullptr;
}

}  // namespace

const std::vector<Name>& names() {
  static const std::vector<Name> all{
      {"insats.namn", "The intervention's name"},
      {"insats.agare", "The organisation that owns the intervention"},
      {"insats.omrade", "The samordningsförbund that finances it"},
      {"insats.malgrupp", "Who it is for"},
      {"insats.start", "The day it began"},
      {"insats.slut", "The day it ends, or “until further notice”"},
      {"period.fran", "The first day of the report's period"},
      {"period.till", "The last day of the report's period"},
      {"period.namn", "The whole period in words"},
      {"rapport.titel", "The report's title"},
      {"rapport.datum", "The day the report was made"},
      {"rapport.forfattare", "Who wrote the report"},
      {"rapport.siffror", "Whether small numbers are protected, or the counts are true"},
      {"rapport.markning", "That the report holds true counts, if it does"},
      {"antal.avslutade", "How many closed in the period"},
      {"antal.kvinnor", "How many women closed"},
      {"antal.man", "How many men closed"},
      {"antal.startade", "How many started in the period"},
      {"antal.aktiva", "How many took part on some day of the period"},
      {"tid.medel", "Months in the intervention, mean"},
      {"tid.median", "Months in the intervention, median"},
      {"vantan.medel", "Days from referral to start, mean"},
      {"vantan.median", "Days from referral to start, median"},
      {"#mal", "Repeats what stands between {{#mal}} and {{/mal}} for each goal"},
      {"mal.text", "The goal in words"},
      {"mal.krav", "Its target"},
      {"mal.uppnatt", "Whether it is reached: yes, no or not measurable"},
      {"mal.utfall", "What came out, with its counts"},
      {"mal.antal", "The count"},
      {"mal.av", "Of how many"},
      {"mal.kvinnor", "What came out for women"},
      {"mal.man", "What came out for men"},
      {"tabell:resultat", "The result table by sex"},
      {"tabell:mal", "The goals as a table"},
      {"tabell:flode", "In and out per month, as a table"},
      {"bild:flode", "In and out per month, as a chart"},
      {"bild:mal", "The goals as bars against their targets"},
  };
  return all;
}

Check check(const file::Form& form) {
  Check found;
  std::set<std::string> seen;
  for (const auto& field : file::fields(form)) {
    auto name = full_name(field);
    if (!seen.insert(name).second) continue;
    const bool is_known = is_of_people(name) || known(name);
    if (!is_known) found.unknown.push_back(unknown(name));
    found.places.push_back({std::move(name), field.under, is_known});
  }
  found.questions = questions(found.places);
  return found;
}

std::vector<std::string> missing(const Check& check, const View& fields) {
  std::vector<std::string> names;
  for (const auto& place : check.places) {
    const auto* value = value_of(fields, place.name);
    const bool is_null = value && std::holds_alternative<std::monostate>(value->value());
    if (is_null || (is_of_people(place.name) && !value)) names.push_back(place.name);
  }
  return names;
}

std::vector<Given> given(const Check& check, const View& fields) {
  std::vector<Given> all;
  for (const auto& place : check.places) {
    const auto* name = known(place.name);
    if (!name) continue;
    const auto group = name->name.substr(0, name->name.find_first_of(".:"));
    if (group == "#mal") {
      for (const auto& goal : std::get<View::Items>(fields.find("mal")->value()))
        all.push_back({*goal.find("text"), *goal.find("utfall")});
    } else if (group == "antal" || group == "tid" || group == "vantan") {
      all.push_back({name->meaning, *value_of(fields, place.name)});
    } else if (group == "bild" || group == "tabell") {
      all.push_back({name->meaning, group == "bild" ? Message("chart") : Message("table")});
    }
  }
  return all;
}

}  // namespace stafett::report
