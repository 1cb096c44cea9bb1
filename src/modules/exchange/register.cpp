#include "exchange/register.h"

#include "text/fold.h"
#include "text/nearest.h"

namespace stafett::exchange {
namespace {

std::unordered_map<std::string, std::string> folded_names(
    const std::vector<intervention::Outcome>& outcomes) {
  std::unordered_map<std::string, std::string> names;
  for (const auto& outcome : outcomes) names.emplace(text::folded(outcome.name), outcome.name);
  return names;
}

void read_persons(db::Transaction& tx, Known& known) {
  std::unordered_map<std::string, Person*> by_id;
  tx.each(
      R"(
    select id, code, number_mark, sex, birth_year, protection
    from participant
    left join identity on identity.participant_id = participant.id
    where intervention_id = :intervention)",
      {{"intervention", known.intervention.id}}, [&](const db::Row& row) {
        Person person;
        person.id = row.id<participant::Participant>("id");
        const auto code = row.text("code");
        if (row.has("number_mark")) person.number_mark = row.text("number_mark");
        const auto sex = participant::sexes.meant_by(row.text("sex"));
        if (sex != participant::Sex::missing) person.sex.value = sex;
        if (const auto year = row.maybe_number("birth_year"))
          person.birth_year.value = static_cast<int>(*year);
        person.is_protected = !row.text("protection").empty();
        auto& kept = known.persons.emplace(code, std::move(person)).first->second;
        by_id.emplace(kept.id.text, &kept);
      });
  tx.each(
      "select participant_id, started_on, ended_on from participation where intervention_id = :intervention",
      {{"intervention", known.intervention.id}}, [&](const db::Row& row) {
        if (const auto person = by_id.find(row.text("participant_id")); person != by_id.end())
          person->second->stays.push_back({row.date("started_on"), row.maybe_date("ended_on")});
      });
}

}  // namespace

const Register::Found& Register::intervention(std::string_view word) {
  return found_(word, [&](std::string_view word) { return look_up(word); });
}

Result<access::Scope> Register::admitted(const intervention::Intervention& intervention) {
  const access::AskAll ask{intervention.id, intervention.owner, access::Action::import, "register"};
  if (task_.user) return access::admit_all(tx_, *task_.user, ask, task_.now);
  return access::admit_operator(tx_, ask, task_.now);
}

Register::Found Register::look_up(std::string_view word) {
  if (!all_) all_ = intervention::list(tx_);
  const auto folded = text::folded(word);
  std::vector<std::string_view> names;
  for (auto& candidate : *all_) {
    names.push_back(candidate.definition.id);
    names.push_back(candidate.definition.name);
    if (candidate.definition.id != folded && text::folded(candidate.definition.name) != folded) continue;

    if (task_.user && task_.user->organisation != candidate.owner)
      return {nullptr,
              {"The intervention “{1}” belongs to {2}. Only they bring in its participants.",
               candidate.definition.name, candidate.definition.owner}};
    auto& known = known_[candidate.id.text];
    if (!known) {
      auto scope = admitted(candidate);
      if (!scope)
        return {nullptr,
                {"Only the head of a unit brings in participants to “{1}”.", candidate.definition.name}};
      known = std::make_unique<Known>(Known{.intervention = candidate, .scope = std::move(*scope)});
      known->numbers.emplace(tx_, known->scope);
      for (const auto& site : candidate.definition.sites) known->sites.emplace(text::folded(site), site);
      known->destinations = folded_names(candidate.definition.destinations);
      known->decisions = folded_names(candidate.definition.decisions);
      read_persons(tx_, *known);
      for (auto& code : participant::out_of_reach(tx_, known->scope)) known->out_of_reach.insert(std::move(code));
      known->former.emplace(tx_, known->scope);
    }
    return {known.get(), {}};
  }
  if (const auto near = text::nearest(word, names))
    return {nullptr,
            {"There is no intervention “{1}”. Did you mean “{2}”?", std::string(word), std::string(*near)}};
  return {nullptr, {"There is no intervention “{1}”. Add it first.", std::string(word)}};
}

bool is_out_of_reach(const Known& known, std::string_view code, std::string_view number) {
  if (known.out_of_reach.contains(std::string(code)) || known.former->has_code(code)) return true;
  // The pseudonym, by somebody who is named: the number is left out.
  const auto person = known.persons.find(std::string(code));
  if (person != known.persons.end() && person->second.is_protected) return false;
  return known.former->has_number(number);
}

const Named sites{
    &Known::sites, _("The intervention has no site “{1}”. Did you mean “{2}”?"),
    _("The intervention has no site “{1}”. Correct the word, or add the site to the intervention first."),
    nullptr};
const Named destinations{&Known::destinations,
                         _("The intervention has no destination “{1}”. Did you mean “{2}”?"),
                         _("The intervention has no destination “{1}”. Correct the word, or add the "
                           "destination to the intervention first."),
                         _("The intervention has no destinations yet, so “{1}” cannot be taken. Add them to "
                           "the intervention first.")};
const Named decisions{&Known::decisions,
                      _("The intervention has no kind of decision “{1}”. Did you mean “{2}”?"),
                      _("The intervention has no kind of decision “{1}”. Correct the word, or add it to the "
                        "intervention first."),
                      _("The intervention has no kinds of decision yet, so “{1}” cannot be taken. Add them "
                        "to the intervention first.")};

Result<std::string> named_in(const Known& known, const Named& named, std::string_view word) {
  const auto& names = known.*named.names;
  if (const auto found = names.find(text::folded(word)); found != names.end()) return found->second;
  if (names.empty() && !named.none) return std::string(word);  // anything goes
  if (names.empty()) return invalid("", {named.none, std::string(word)});
  std::vector<std::string_view> candidates;
  for (const auto& [folded, name] : names) candidates.push_back(name);
  if (const auto near = text::nearest(word, candidates))
    return invalid("", {named.near, std::string(word), std::string(*near)});
  return invalid("", {named.unknown, std::string(word)});
}

}  // namespace stafett::exchange
