#include <doctest/doctest.h>

#include <random>

#include "retention/retention.h"

using namespace stafett;
using access::Kind;
using access::Kinds;
using retention::Case;
using retention::Criterion;
using retention::Exemption;
using retention::Rule;
using retention::Start;

namespace {

const auto today = *Date::read("2026-03-02");

Rule after(Kinds kinds, std::optional<int> months, Start from = Start::last_entry) {
  return {.kinds = kinds, .months = months, .from = from, .ground = "beslut " + std::to_string(kinds.bits())};
}
const Rule five_years = after(Kinds::all(), 60);

// Closed on 1 March 2021; the last note a month later.
Case closed_case() {
  Case one;
  one.is_owner = true;
  one.closed = Date::read("2021-02-01");
  one.last_note = Date::read("2021-03-01");
  one.present = {Kind::work};
  one.municipalities = {"0980"};
  one.birth_day = 23;
  return one;
}

}  // namespace

TEST_SUITE("retention") {
  TEST_CASE("five years after the last entry is the day it falls due, and not the day before") {
    const auto one = closed_case();
    CHECK(judge(one, {five_years}, {}, *Date::read("2026-02-28")).due.empty());
    const auto verdict = judge(one, {five_years}, {}, *Date::read("2026-03-01"));
    CHECK(verdict.due == Kinds::all());
    CHECK(verdict.whole);
    CHECK(verdict.since == Date::read("2026-03-01"));
    CHECK(verdict.grounds == std::vector<std::string>{"beslut 255"});
  }

  TEST_CASE("a month is a month, whatever its length") {
    const auto end = [](const char* from, int months) {
      return retention::months_after(*Date::read(from), months).text();
    };
    CHECK(end("2024-01-31", 1) == "2024-02-29");
    CHECK(end("2023-01-31", 1) == "2023-02-28");
    CHECK(end("2024-02-29", 12) == "2025-02-28");
    CHECK(end("2024-11-30", 3) == "2025-02-28");
    CHECK(end("2024-12-15", 1) == "2025-01-15");
    CHECK(end("2026-03-02", -60) == "2021-03-02");
  }

  TEST_CASE("counted from the end of the last stay, a later note does not put it off") {
    CHECK(
        judge(closed_case(), {after(Kinds::all(), 60, Start::closed)}, {}, *Date::read("2026-02-01")).whole);
  }

  TEST_CASE(
      "who is still in the intervention is never due, nor a room without rules, nor what is kept for good") {
    auto one = closed_case();
    CHECK(judge(one, {}, {}, today).due.empty());
    CHECK(judge(one, {after(Kinds::all(), std::nullopt)}, {}, today).due.empty());
    one.ongoing = true;
    CHECK(judge(one, {five_years}, {}, today).due.empty());
  }

  TEST_CASE("a rule for one kind goes before the one for everything") {
    auto one = closed_case();
    one.present = {Kind::work, Kind::health};
    const auto verdict = judge(one, {five_years, after({Kind::health}, std::nullopt)}, {}, today);
    CHECK(verdict.due == Kinds{Kind::work});
    CHECK_FALSE(verdict.whole);
    const auto sooner = judge(one, {after(Kinds::all(), 120), after({Kind::health}, 12)}, {}, today);
    CHECK(sooner.due == Kinds{Kind::health});
  }

  TEST_CASE("another than the owner erases its own notes and never the participant") {
    auto one = closed_case();
    one.is_owner = false;
    const auto verdict = judge(one, {five_years}, {}, today);
    CHECK(verdict.due == Kinds{Kind::work});
    CHECK_FALSE(verdict.whole);
  }

  TEST_CASE(
      "T65: those born on the 5th, 15th and 25th, and all in the named counties, are kept for research") {
    const Exemption days{"", Criterion::born_on_day, {"5", "15", "25"}, "SoL"};
    const Exemption counties{"", Criterion::municipality, {"05", "09", "22", "1480"}, "SoL"};
    for (int day = 1; day <= 31; ++day) {
      auto one = closed_case();
      one.municipalities = {"0180"};
      one.birth_day = day;
      const auto verdict = judge(one, {five_years}, {days, counties}, today);
      const bool is_kept = day == 5 || day == 15 || day == 25;
      CHECK(verdict.due.empty() == is_kept);
      CHECK(verdict.kept.size() == (is_kept ? 1 : 0));
    }
    for (const auto& [code, is_kept] : {std::pair{"0580", true},
                                        {"0980", true},
                                        {"2281", true},
                                        {"1480", true},
                                        {"0180", false},
                                        {"1481", false}}) {
      auto one = closed_case();
      one.municipalities = {"0180", code};
      CHECK(judge(one, {five_years}, {days, counties}, today).due.empty() == is_kept);
    }
    auto unknown = closed_case();
    unknown.municipalities = {"0180"};
    unknown.birth_day.reset();
    CHECK(judge(unknown, {five_years}, {days}, today).due.empty());  // it may be one of the days
    CHECK_FALSE(judge(unknown, {five_years}, {counties}, today).due.empty());
  }

  TEST_CASE("a hold keeps it, and so does another party's own records when the participant would go") {
    auto held = closed_case();
    held.is_held = true;
    CHECK(judge(held, {five_years}, {}, today).due.empty());
    CHECK(judge(held, {five_years}, {}, today).kept == std::vector<Message>{"On hold."});
    auto others = closed_case();
    others.others_keep = true;
    CHECK(judge(others, {five_years}, {}, today).due.empty());
    CHECK(judge(others, {after({Kind::work}, 60)}, {}, today).due == Kinds{Kind::work});
  }

  TEST_CASE("whatever the rules, nothing is due that is held, ongoing, exempt or not in a rule") {
    std::mt19937 chance(65);
    for (int i = 0; i != 20'000; ++i) {
      Case one = closed_case();
      one.is_owner = chance() % 2;
      one.ongoing = chance() % 3 == 0;
      one.is_held = chance() % 3 == 0;
      one.present = Kinds::of_bits(chance() % 256);
      one.birth_day = static_cast<int>(chance() % 31 + 1);
      std::vector<Rule> rules;
      Kinds with_months;
      for (unsigned n = chance() % 4; n != 0; --n) {
        const auto kinds = chance() % 3 == 0 ? Kinds::all() : Kinds::of_bits(1 << chance() % 8);
        rules.push_back(
            after(kinds, chance() % 4 == 0 ? std::nullopt : std::optional<int>(chance() % 120 + 1)));
        if (rules.back().months) with_months = with_months | kinds;
      }
      const Exemption days{"", Criterion::born_on_day, {"5"}, "x"};
      const auto due = judge(one, rules, {days}, today).due;
      if (one.ongoing || one.is_held || one.birth_day == 5) REQUIRE(due.empty());
      REQUIRE(with_months.has_all(due));
      if (!one.is_owner) REQUIRE(one.present.has_all(due));
    }
  }
}
