// What the rules say of a participant in a room. No database and no clock: it is told.
#include <algorithm>

#include "retention/retention.h"

namespace stafett::retention {
namespace {

using access::Kinds;

// A rule for some kinds goes before one for everything.
const Rule* rule_for(access::Kind kind, const std::vector<Rule>& rules) {
  const Rule* found = nullptr;
  for (const auto& rule : rules)
    if (rule.kinds.has(kind) && (!found || found->kinds == Kinds::all())) found = &rule;
  return found;
}

std::optional<Date> start_of(const Case& one, Start from) {
  if (one.ongoing) return std::nullopt;
  if (from == Start::closed) return one.closed;
  return std::max(one.closed, one.last_note);
}

std::string words_of(const std::vector<std::string>& values) {
  std::string words;
  for (const auto& value : values) words += (words.empty() ? "" : ", ") + value;
  return words;
}

// Why research keeps it. A day that is not known may be one of them.
std::optional<Message> why_kept(const Case& one, const Exemption& exemption) {
  if (exemption.criterion == Criterion::born_on_day) {
    if (!one.birth_day)
      return Message{"The day of birth is not known, and those born on day {1} are kept: {2}",
                     words_of(exemption.values), exemption.ground};
    if (std::ranges::find(exemption.values, std::to_string(*one.birth_day)) != exemption.values.end())
      return Message{"Born on a day that is kept for research: {1}", exemption.ground};
    return std::nullopt;
  }
  for (const auto& code : one.municipalities)
    for (const auto& beginning : exemption.values)
      if (code.starts_with(beginning))
        return Message{"Lived where all are kept for research: {1}", exemption.ground};
  return std::nullopt;
}

}  // namespace

Message name_of(Start start) {
  return start == Start::closed ? Message("the last stay ended") : Message("the last entry");
}
Message name_of(Criterion criterion) {
  return criterion == Criterion::born_on_day ? Message("born on one of these days of the month")
                                             : Message("home municipality whose code begins so");
}
Message name_of(State state) {
  switch (state) {
    case State::proposed:
      return "proposed for disposal";
    case State::confirmed:
      return "confirmed for disposal";
    case State::withdrawn:
      return "disposal withdrawn";
    case State::erased:
      return "disposed of";
  }
  return {};
}

Date months_after(Date date, int months) {
  const int month = date.year() * 12 + static_cast<int>(date.month()) - 1 + months;
  const int year = month / 12;
  const auto in_year = static_cast<unsigned>(month % 12) + 1;
  const auto next = in_year == 12 ? Date::of(year + 1, 1, 1) : Date::of(year, in_year + 1, 1);
  return std::min(Date::of(year, in_year, 1) + (static_cast<int>(date.day()) - 1), next - 1);
}

Verdict judge(const Case& one, const std::vector<Rule>& rules, const std::vector<Exemption>& exemptions,
              Date today) {
  Verdict verdict;
  for (const auto kind : access::every_kind) {
    const auto* rule = rule_for(kind, rules);
    if (!rule || !rule->months) continue;
    const auto start = start_of(one, rule->from);
    if (!start) continue;
    const auto due = months_after(*start, *rule->months);
    if (due > today) continue;
    verdict.due = verdict.due | Kinds{kind};
    verdict.since = std::max(verdict.since.value_or(due), due);
    verdict.export_first = verdict.export_first || rule->export_first;
    if (std::ranges::find(verdict.grounds, rule->ground) == verdict.grounds.end())
      verdict.grounds.push_back(rule->ground);
  }
  verdict.whole = one.is_owner && verdict.due == Kinds::all();
  if (!verdict.whole) verdict.due = verdict.due & one.present;
  if (verdict.due.empty()) return {};

  if (one.is_held) verdict.kept.push_back("On hold.");
  for (const auto& exemption : exemptions)
    if (auto why = why_kept(one, exemption)) verdict.kept.push_back(std::move(*why));
  if (verdict.whole && one.others_keep)
    verdict.kept.push_back("Another party still keeps something of the participant, by rules of its own.");
  if (!verdict.kept.empty()) verdict.due = {};
  return verdict;
}

}  // namespace stafett::retention
