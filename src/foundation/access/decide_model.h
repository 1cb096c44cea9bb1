// The rules of docs/rooms.md said a second time, for the tests: not as steps that answer one after the other,
// but as what must be true for each kind of information to be seen. And random facts, made so that every rule
// decides often.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "access/decide.h"

namespace stafett::access::model {

inline bool is_among(Action action, std::initializer_list<Action> actions) {
  return std::ranges::find(actions, action) != actions.end();
}
inline bool is_for_handlers(Action action) {
  return is_among(action, {Action::see, Action::write, Action::print, Action::consent, Action::protect});
}
inline bool is_for_heads(Action action) {
  return is_among(
      action, {Action::see, Action::assign, Action::protect, Action::review, Action::erase, Action::import});
}
inline bool needs_proof(Action action) {
  return is_among(action, {Action::print, Action::assign, Action::protect, Action::review, Action::erase,
                           Action::confirm});
}
// Of which others may know that there may be something.
inline bool is_no_secret(Kind kind) {
  return kind == Kind::contact || kind == Kind::planning || kind == Kind::work;
}

inline bool runs(const Assignment& work, Moment now) {
  return work.from <= now && (!work.until || now < *work.until);
}
inline bool is_open(const Door& door, const Facts& f) {
  return !door.withdrawn && door.opens <= f.now && f.now < door.closes && door.from == f.room &&
         door.to == f.asker.organisation && door.intervention == f.person.intervention &&
         door.purpose == f.purpose;
}

// Every sentence of the rules, true or false of these facts, whatever the others are.
struct Truths {
  const Facts& f;

  bool is_assigned() const {
    return std::ranges::any_of(f.assignments, [&](auto& work) { return runs(work, f.now); });
  }
  bool is_assigned_by_name() const {
    return std::ranges::any_of(f.assignments, [&](auto& work) { return work.by_name && runs(work, f.now); });
  }
  bool is_assigned(Kind kind) const {
    return std::ranges::any_of(f.assignments, [&](auto& work) {
      return runs(work, f.now) && work.kinds.has(kind) && (kind != Kind::violence || work.by_name);
    });
  }
  bool is_signed_in() const { return f.asker.signed_in && !f.asker.organisation.text.empty(); }
  bool is_own_room() const { return f.room == f.asker.organisation; }
  bool is_there() const { return f.person.exists && !f.person.erased; }
  bool is_protected() const { return f.person.protection != Protection::none; }
  bool is_kept_out() const { return is_protected() && !is_assigned_by_name(); }
  bool is_fresh() const {
    return f.asker.strength != Strength::password && f.asker.proved && *f.asker.proved <= f.now &&
           f.now < *f.asker.proved + fresh_seconds;
  }
  bool must_prove() const {
    return (needs_proof(f.action) || is_protected()) && !is_fresh() &&
           (is_assigned() || (f.asker.heads_unit && is_own_room()));
  }
  bool may_be_known() const {
    return is_signed_in() && !f.asker.of_association && f.asker.works_with_persons && is_there() &&
           !f.in_conflict;
  }
  // What no yes can do without, but that of a second person.
  bool may_be_let_in() const { return may_be_known() && !is_second() && !is_kept_out() && !must_prove(); }
  bool is_second() const { return f.action == Action::confirm && is_own_room() && !is_assigned_by_name(); }
  bool confirms() const { return may_be_known() && is_second() && is_fresh(); }

  bool works_at_home() const {
    return may_be_let_in() && is_own_room() && is_assigned() && is_for_handlers(f.action);
  }
  bool heads_at_home() const {
    return may_be_let_in() && is_own_room() && f.asker.heads_unit && is_for_heads(f.action) &&
           !works_at_home();
  }
  bool has_broken_in() const {
    return may_be_let_in() && is_own_room() && f.glass_until && f.now < *f.glass_until &&
           f.action == Action::see && !works_at_home() && !heads_at_home();
  }
  bool shows(const Door& door, Kind kind) const {
    return may_be_let_in() && f.room != f.asker.organisation && f.action == Action::see && is_open(door, f) &&
           door.kinds.has(kind) && is_assigned(kind) && !is_hidden(kind);
  }
  bool shows_something(const Door& door) const {
    return std::ranges::any_of(every_kind, [&](Kind kind) { return shows(door, kind); });
  }
  bool has_a_door() const {
    return std::ranges::any_of(f.doors, [&](auto& door) { return shows_something(door); });
  }
  bool is_hidden(Kind kind) const { return is_protected() && kind == Kind::contact; }

  bool may_see(Kind kind) const {
    return (works_at_home() && is_assigned(kind) && !is_hidden(kind)) ||
           (heads_at_home() && is_no_secret(kind) && !is_hidden(kind)) ||
           (has_broken_in() && kind != Kind::violence) ||
           std::ranges::any_of(f.doors, [&](auto& door) { return shows(door, kind); });
  }
  bool may_read_words(Kind kind) const {
    return (works_at_home() && is_assigned(kind) && !is_hidden(kind)) ||
           (has_broken_in() && kind != Kind::violence) ||
           std::ranges::any_of(f.doors, [&](auto& door) { return door.free_text && shows(door, kind); });
  }
  bool is_allowed() const {
    return confirms() || works_at_home() || heads_at_home() || has_broken_in() || has_a_door();
  }
  bool may_know_there_is(Kind kind) const {
    return is_no_secret(kind) && !is_protected() && !may_see(kind) && is_assigned() && may_be_let_in() &&
           (has_a_door() || !is_allowed());
  }

  // Which of the sentences names the answer: the first in the table of docs/rooms.md.
  Rule rule() const {
    const std::pair<bool, Rule> table[] = {{!is_signed_in(), Rule::not_signed_in},
                                           {f.asker.of_association, Rule::of_association},
                                           {!f.asker.works_with_persons, Rule::no_case_work},
                                           {!is_there(), Rule::nobody_there},
                                           {f.in_conflict, Rule::in_conflict},
                                           {confirms(), Rule::second_person},
                                           {is_second(), Rule::sign_in_again},
                                           {is_kept_out(), Rule::protected_person},
                                           {must_prove(), Rule::sign_in_again},
                                           {works_at_home(), Rule::own_room},
                                           {heads_at_home(), Rule::head_of_unit},
                                           {has_broken_in(), Rule::broken_glass},
                                           {!is_assigned(), Rule::not_assigned},
                                           {has_a_door(), Rule::door},
                                           {true, Rule::no_door}};
    return std::ranges::find(table, true, &std::pair<bool, Rule>::first)->second;
  }
};

inline Decision decide(const Facts& facts) {
  const Truths truths{facts};
  Decision decision{.allowed = truths.is_allowed(), .rule = truths.rule()};
  for (const auto kind : every_kind) {
    if (truths.may_see(kind)) decision.kinds = decision.kinds | Kinds{kind};
    if (truths.may_read_words(kind)) decision.free_text = decision.free_text | Kinds{kind};
    if (truths.may_know_there_is(kind)) decision.kept = decision.kept | Kinds{kind};
  }
  const auto first =
      std::ranges::find_if(facts.doors, [&](auto& door) { return truths.shows_something(door); });
  if (first != facts.doors.end()) decision.consent = first->consent;
  return decision;
}

inline bool is_same(const Decision& a, const Decision& b) {
  return a.allowed == b.allowed && a.rule == b.rule && a.kinds == b.kinds && a.free_text == b.free_text &&
         a.kept == b.kept && a.consent == b.consent;
}

// One world after another, the same from the same seed. Few organisations and interventions, moments at the
// borders and a second beside them, so that what must be kept apart is often almost the same.
class Worlds {
 public:
  explicit Worlds(std::uint64_t seed) : state_(seed * 2 + 1) {}

  const Facts& next() {
    auto& f = facts_;
    f.now = {1'800'000'000};
    f.asker = {.signed_in = often(97),
               .of_association = often(3),
               .works_with_persons = often(96),
               .heads_unit = often(30),
               .organisation = organisation(),
               .strength = static_cast<Strength>(below(3)),
               .proved = f.now};
    if (often(1)) f.asker.organisation = {};
    if (often(15)) f.asker.proved.reset();
    if (f.asker.proved && often(50)) f.asker.proved = f.now + proofs[below(proofs.size())];
    f.person = {.exists = often(97),
                .erased = often(3),
                .owner = organisation(),
                .intervention = intervention(),
                .protection = often(75) ? Protection::none : static_cast<Protection>(below(4))};
    f.in_conflict = often(4);
    f.glass_until.reset();
    if (often(45)) f.glass_until = near();
    f.room = often(50) ? f.asker.organisation : organisation();
    f.action = often(60)   ? Action::see
               : often(30) ? Action::confirm
                           : static_cast<Action>(below(std::size(actions.all)));
    f.purpose = purpose();
    f.assignments.resize(often(25) ? 0 : below(4));
    for (auto& work : f.assignments) work = assignment();
    f.doors.resize(below(5));
    for (std::size_t i = 0; i != f.doors.size(); ++i) fill(f.doors[i], i);
    return f;
  }

 private:
  static constexpr std::array<std::int64_t, 7> proofs{
      1, -1, -fresh_seconds + 1, -fresh_seconds, -fresh_seconds - 1, -100, -9999};
  static constexpr std::array<std::int64_t, 5> offsets{-9999, -1, 0, 1, 9999};

  std::uint64_t below(std::uint64_t limit) {
    state_ ^= state_ << 13, state_ ^= state_ >> 7, state_ ^= state_ << 17;
    return (state_ >> 16) % limit;
  }
  bool often(std::uint64_t percent) { return below(100) < percent; }
  Moment near() { return facts_.now + offsets[below(offsets.size())]; }
  Kinds kinds() {
    return Kinds::of_bits(static_cast<std::int64_t>(below(256) & (often(50) ? 0xff : below(256))));
  }
  Purpose purpose() { return static_cast<Purpose>(often(70) ? 0 : below(4)); }
  Id<organisation::Organisation> organisation() { return {std::string(1, "ABC"[below(3)])}; }
  Id<intervention::Intervention> intervention() { return {std::string(1, "xy"[often(80) ? 0 : 1])}; }

  Assignment assignment() {
    Assignment work{.kinds = kinds(), .by_name = often(50), .from = facts_.now + -1};
    if (often(40)) work.from = near();
    if (often(40)) work.until = near();
    return work;
  }
  void fill(Door& door, std::size_t number) {
    door.consent.assign(1, "1234"[number]);
    door.from = often(75) ? facts_.room : organisation();
    door.to = often(85) ? facts_.asker.organisation : organisation();
    door.intervention = often(85) ? facts_.person.intervention : intervention();
    door.kinds = kinds();
    door.purpose = often(80) ? facts_.purpose : purpose();
    door.free_text = often(40);
    door.opens = often(70) ? facts_.now + -1 : near();
    door.closes = often(70) ? facts_.now + 1 : near();
    door.withdrawn.reset();
    if (often(15)) door.withdrawn = near();
  }

  std::uint64_t state_;
  Facts facts_;
};

}  // namespace stafett::access::model
