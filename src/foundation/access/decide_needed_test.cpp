// A fault in any step or condition of decide() must show against the model.
#include <doctest/doctest.h>

#include <vector>

#include "access/decide_model.h"

using namespace stafett;
using namespace stafett::access;

namespace {

constexpr int enough = 10'000;  // worlds, for a fault to show itself

template <class Decides>
bool is_noticed(Decides decided, int worlds = enough) {
  model::Worlds all(2026);
  for (int number = 0; number != worlds; ++number) {
    const auto& facts = all.next();
    if (!model::is_same(decided(facts), model::decide(facts))) return true;
  }
  return false;
}

// decide() with one step's answer changed: a no made a yes and a yes a no, or an answer where there was none.
using Turned = std::optional<Decision> (*)(const Step&, const Facts&);
std::optional<Decision> opposite_answer(const Step& step, const Facts& facts) {
  auto answer = step.answer(facts);
  if (answer) answer->allowed = !answer->allowed;
  return answer;
}
std::optional<Decision> opposite_case(const Step& step, const Facts& facts) {
  if (step.answer(facts)) return std::nullopt;
  return Decision{.rule = step.rule};
}
Decision decided_with(const Facts& facts, std::size_t turned, Turned answer) {
  for (std::size_t at = 0; at != steps().size(); ++at)
    if (auto answered = at == turned ? answer(steps()[at], facts) : steps()[at].answer(facts))
      return *answered;
  return decide(facts, {});
}

constexpr Moment long_ago{0}, far_off{9'000'000'000};

template <class Do>
void each_work(Facts& f, Do change) {
  for (auto& work : f.assignments) change(work);
}
template <class Do>
void each_door(Facts& f, Do change) {
  for (auto& door : f.doors) change(door);
}

// As if decide() did not see one of the facts, always took it for the other, or counted a second wrong.
struct Blindness {
  const char* what;
  void (*make)(Facts&);
};
const Blindness blindnesses[] = {
    {"signed in", [](Facts& f) { f.asker.signed_in = true; }},
    {"an organisation",
     [](Facts& f) {
       if (f.asker.organisation.text.empty()) f.asker.organisation = {"A"};
     }},
    {"of an association", [](Facts& f) { f.asker.of_association = false; }},
    {"works with persons", [](Facts& f) { f.asker.works_with_persons = true; }},
    {"heads", [](Facts& f) { f.asker.heads_unit = true; }},
    {"heads not", [](Facts& f) { f.asker.heads_unit = false; }},
    {"strength", [](Facts& f) { f.asker.strength = Strength::strong; }},
    {"two factors are not enough",
     [](Facts& f) {
       if (f.asker.strength == Strength::two_factors) f.asker.strength = Strength::password;
     }},
    {"proved", [](Facts& f) { f.asker.proved = f.now; }},
    {"proved at all",
     [](Facts& f) {
       if (!f.asker.proved) f.asker.proved = f.now;
     }},
    {"proved ahead",
     [](Facts& f) {
       if (f.asker.proved) f.asker.proved = std::min(*f.asker.proved, f.now);
     }},
    {"proved a second later",
     [](Facts& f) {
       if (f.asker.proved) f.asker.proved = *f.asker.proved + 1;
     }},
    {"proved a second earlier",
     [](Facts& f) {
       if (f.asker.proved) f.asker.proved = *f.asker.proved + -1;
     }},
    {"exists", [](Facts& f) { f.person.exists = true; }},
    {"erased", [](Facts& f) { f.person.erased = false; }},
    {"protection", [](Facts& f) { f.person.protection = Protection::none; }},
    {"marked",
     [](Facts& f) {
       if (f.person.protection == Protection::marked) f.person.protection = {};
     }},
    {"registered",
     [](Facts& f) {
       if (f.person.protection == Protection::registered) f.person.protection = {};
     }},
    {"new identity",
     [](Facts& f) {
       if (f.person.protection == Protection::new_identity) f.person.protection = {};
     }},
    {"conflict", [](Facts& f) { f.in_conflict = false; }},
    {"glass broken", [](Facts& f) { f.glass_until.reset(); }},
    {"glass whole again",
     [](Facts& f) {
       if (f.glass_until) f.glass_until = far_off;
     }},
    {"glass a second longer",
     [](Facts& f) {
       if (f.glass_until) f.glass_until = *f.glass_until + 1;
     }},
    {"glass a second less",
     [](Facts& f) {
       if (f.glass_until) f.glass_until = *f.glass_until + -1;
     }},
    {"room", [](Facts& f) { f.room = f.asker.organisation; }},
    {"purpose", [](Facts& f) { f.purpose = Purpose::coordination; }},
    {"by name", [](Facts& f) { each_work(f, [](auto& work) { work.by_name = true; }); }},
    {"not by name", [](Facts& f) { each_work(f, [](auto& work) { work.by_name = false; }); }},
    {"assigned from", [](Facts& f) { each_work(f, [](auto& work) { work.from = long_ago; }); }},
    {"assigned until", [](Facts& f) { each_work(f, [](auto& work) { work.until.reset(); }); }},
    {"assigned without an end",
     [](Facts& f) {
       each_work(f, [](auto& work) {
         if (!work.until) work.until = long_ago;
       });
     }},
    {"assigned a second later",
     [](Facts& f) { each_work(f, [](auto& work) { work.from = work.from + 1; }); }},
    {"assigned a second earlier",
     [](Facts& f) { each_work(f, [](auto& work) { work.from = work.from + -1; }); }},
    {"assigned a second longer",
     [](Facts& f) {
       each_work(f, [](auto& work) {
         if (work.until) work.until = *work.until + 1;
       });
     }},
    {"assigned a second less",
     [](Facts& f) {
       each_work(f, [](auto& work) {
         if (work.until) work.until = *work.until + -1;
       });
     }},
    {"only the first assignment",
     [](Facts& f) {
       if (f.assignments.size() > 1) f.assignments.resize(1);
     }},
    {"door from", [](Facts& f) { each_door(f, [&](auto& door) { door.from = f.room; }); }},
    {"door to", [](Facts& f) { each_door(f, [&](auto& door) { door.to = f.asker.organisation; }); }},
    {"door's intervention",
     [](Facts& f) { each_door(f, [&](auto& door) { door.intervention = f.person.intervention; }); }},
    {"door's purpose", [](Facts& f) { each_door(f, [&](auto& door) { door.purpose = f.purpose; }); }},
    {"door's free text", [](Facts& f) { each_door(f, [](auto& door) { door.free_text = true; }); }},
    {"door's no free text", [](Facts& f) { each_door(f, [](auto& door) { door.free_text = false; }); }},
    {"door withdrawn", [](Facts& f) { each_door(f, [](auto& door) { door.withdrawn.reset(); }); }},
    {"door withdrawn later",
     [](Facts& f) {
       each_door(f, [&](auto& door) {
         if (door.withdrawn && *door.withdrawn > f.now) door.withdrawn.reset();
       });
     }},
    {"door opens", [](Facts& f) { each_door(f, [](auto& door) { door.opens = long_ago; }); }},
    {"door closes", [](Facts& f) { each_door(f, [](auto& door) { door.closes = far_off; }); }},
    {"door opens a second later",
     [](Facts& f) { each_door(f, [](auto& door) { door.opens = door.opens + 1; }); }},
    {"door opens a second earlier",
     [](Facts& f) { each_door(f, [](auto& door) { door.opens = door.opens + -1; }); }},
    {"door closes a second later",
     [](Facts& f) { each_door(f, [](auto& door) { door.closes = door.closes + 1; }); }},
    {"door closes a second earlier",
     [](Facts& f) { each_door(f, [](auto& door) { door.closes = door.closes + -1; }); }},
    {"only the first door",
     [](Facts& f) {
       if (f.doors.size() > 1) f.doors.resize(1);
     }},
    {"the doors' order", [](Facts& f) { std::ranges::reverse(f.doors); }},
};

}  // namespace

TEST_SUITE("decide") {
  TEST_CASE("T14: every step is needed: taking it away is noticed") {
    for (std::size_t gone = 0; gone != steps().size(); ++gone) {
      CAPTURE(rules.of(steps()[gone].rule));
      std::vector<Step> others(steps().begin(), steps().end());
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(gone));
      CHECK(is_noticed([&](const Facts& facts) { return decide(facts, others); }));
    }
  }

  TEST_CASE("T14: a step that answers the opposite is noticed") {
    for (std::size_t turned = 0; turned != steps().size(); ++turned) {
      CAPTURE(rules.of(steps()[turned].rule));
      CHECK(is_noticed([&](const Facts& facts) { return decided_with(facts, turned, opposite_answer); }));
      CHECK(is_noticed([&](const Facts& facts) { return decided_with(facts, turned, opposite_case); }));
    }
  }

  TEST_CASE("T14: the order of the steps matters, but where two of them never apply together") {
    for (std::size_t first = 0; first + 1 != steps().size(); ++first) {
      std::vector<Step> swapped(steps().begin(), steps().end());
      std::swap(swapped[first], swapped[first + 1]);
      CAPTURE(rules.of(swapped[first].rule));
      // Whoever is not assigned is shown nothing through a door.
      const bool never_together = swapped[first].rule == Rule::door;
      CHECK(is_noticed([&](const Facts& facts) { return decide(facts, swapped); }) == !never_together);
    }
  }

  TEST_CASE("T14: every condition is needed: deciding without one, or a second beside it, is noticed") {
    for (const auto& blind : blindnesses) {
      CAPTURE(blind.what);
      CHECK(is_noticed([&](Facts facts) {
        blind.make(facts);
        return decide(facts);
      }));
    }
  }

  TEST_CASE("T14: every kind counts, in every assignment and every door") {
    for (const auto kind : every_kind) {
      CAPTURE(kinds.of(kind));
      const auto noticed = [&](auto change) {
        return is_noticed([&](Facts facts) {
          for (auto& work : facts.assignments) change(work.kinds, true);
          for (auto& door : facts.doors) change(door.kinds, false);
          return decide(facts);
        });
      };
      CHECK(noticed([&](Kinds& all, bool at_home) {
        if (at_home) all = all | Kinds{kind};
      }));
      CHECK(noticed([&](Kinds& all, bool at_home) {
        if (at_home) all = all.without({kind});
      }));
      CHECK(noticed([&](Kinds& all, bool at_home) {
        if (!at_home) all = all | Kinds{kind};
      }));
      CHECK(noticed([&](Kinds& all, bool at_home) {
        if (!at_home) all = all.without({kind});
      }));
    }
  }

  TEST_CASE("T14: every action is told from every other") {
    for (const auto& is : actions.all)
      for (const auto& taken_for : actions.all) {
        // Those that the same people may do, alike fresh: nothing tells them apart here.
        const auto alike = [](Action a, Action b) {
          const auto pair = [&](Action x, Action y) { return (a == x && b == y) || (a == y && b == x); };
          return pair(Action::write, Action::consent) || pair(Action::assign, Action::review) ||
                 pair(Action::assign, Action::erase) || pair(Action::review, Action::erase);
        };
        if (is.value == taken_for.value) continue;
        CAPTURE(is.text);
        CAPTURE(taken_for.text);
        CHECK(is_noticed([&](Facts facts) {
                if (facts.action == is.value) facts.action = taken_for.value;
                return decide(facts);
              }) == !alike(is.value, taken_for.value));
      }
  }
}
