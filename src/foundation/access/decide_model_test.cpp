// Two that know the rules must agree, and a fault in any of them must show.
#include <doctest/doctest.h>

#include <cstdlib>
#include <map>
#include <string>

#include "access/decide_model.h"

using namespace stafett;
using namespace stafett::access;

namespace {

// STAFETT_WORLDS=1000000 for all of them; the bench `deciding` asks a million of the release build.
int worlds_asked() {
  const char* set = std::getenv("STAFETT_WORLDS");
  return set ? std::atoi(set) : 200'000;
}

std::string told(const Facts& f) {
  const auto after = [&](const std::optional<Moment>& moment) {
    return moment ? std::to_string(moment->seconds - f.now.seconds) : std::string("-");
  };
  std::string text =
      "action " + std::string(actions.of(f.action)) + ", purpose " + std::string(purposes.of(f.purpose)) +
      ", room " + f.room.text + ", asker of " + f.asker.organisation.text +
      (f.asker.signed_in ? "" : ", not signed in") + (f.asker.of_association ? ", of association" : "") +
      (f.asker.works_with_persons ? "" : ", no case work") + (f.asker.heads_unit ? ", heads" : "") + ", " +
      std::string(strengths.of(f.asker.strength)) + " proved " + after(f.asker.proved) +
      (f.person.exists ? "" : ", nobody") + (f.person.erased ? ", erased" : "") + ", intervention " +
      f.person.intervention.text + ", protection '" + std::string(protections.of(f.person.protection)) + "'" +
      (f.in_conflict ? ", conflict" : "") + ", glass until " + after(f.glass_until);
  for (const auto& work : f.assignments)
    text += "\n  assigned " + std::to_string(work.kinds.bits()) + (work.by_name ? " by name" : "") +
            " from " + after(work.from) + " until " + after(work.until);
  for (const auto& door : f.doors)
    text += "\n  door " + door.consent + " from " + door.from.text + " to " + door.to.text + " in " +
            door.intervention.text + " kinds " + std::to_string(door.kinds.bits()) + " for " +
            std::string(purposes.of(door.purpose)) + (door.free_text ? " free text" : "") + " opens " +
            after(door.opens) + " closes " + after(door.closes) + " withdrawn " + after(door.withdrawn);
  return text;
}

std::string told(const Decision& d) {
  return std::string(d.allowed ? "yes" : "no") + " by " + std::string(rules.of(d.rule)) + " kinds " +
         std::to_string(d.kinds.bits()) + " free " + std::to_string(d.free_text.bits()) + " kept " +
         std::to_string(d.kept.bits()) + " consent '" + d.consent + "'";
}

constexpr int enough = 20'000;  // for a rule to decide often

}  // namespace

TEST_SUITE("decide") {
  TEST_CASE("T13: the decision agrees with an independent model in a million random worlds") {
    model::Worlds all(2026);
    int different = 0;
    std::string telling;
    std::size_t smallest = 99;  // that is the one to look at
    for (int number = 0; number != worlds_asked(); ++number) {
      const auto& facts = all.next();
      const auto decision = decide(facts), other = model::decide(facts);
      if (model::is_same(decision, other)) continue;
      ++different;
      if (const auto size = facts.doors.size() + facts.assignments.size(); size < smallest) {
        smallest = size;
        telling = told(facts) + "\ndecide: " + told(decision) + "\nmodel:  " + told(other);
      }
    }
    INFO(telling);
    CHECK(different == 0);
  }

  TEST_CASE("in those worlds every rule decides often") {
    std::map<Rule, int> times;
    model::Worlds all(2026);
    for (int number = 0; number != enough; ++number) ++times[model::decide(all.next()).rule];
    for (const auto& word : rules.all) {
      CAPTURE(word.text);
      CHECK(times[word.value] >= (word.value == Rule::runs_the_program ? 0 : enough / 100));
    }
    CHECK(times[Rule::runs_the_program] == 0);
  }

  TEST_CASE("a protected participant's contact is shown in no world, and no refusal shows anything") {
    model::Worlds all(3);
    int wrong = 0;
    for (int number = 0; number != enough; ++number) {
      const auto& facts = all.next();
      const auto decision = decide(facts);
      const bool tells_where =
          facts.person.protection != Protection::none && (decision.kinds | decision.kept).has(Kind::contact);
      wrong += tells_where || (!decision.allowed && !decision.kinds.empty()) ||
               !decision.kinds.has_all(decision.free_text) || !(decision.kinds & decision.kept).empty();
    }
    CHECK(wrong == 0);
  }
}
