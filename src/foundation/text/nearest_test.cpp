#include "text/nearest.h"

#include <doctest/doctest.h>

#include <array>

using stafett::text::nearest;

namespace {
constexpr std::array<std::string_view, 4> sexes{"kvinna", "man", "annat", "uppgift saknas"};
constexpr std::array<std::string_view, 3> headings{"födelseår", "hemkommun", "remittent"};
}  // namespace

TEST_SUITE("nearest") {
  TEST_CASE("a slip of the pen is recognised") {
    CHECK(nearest("kvina", sexes) == "kvinna");
    CHECK(nearest("kvinan", sexes) == "kvinna");
    CHECK(nearest("Kvinnna ", sexes) == "kvinna");
    CHECK(nearest("män", sexes) == "man");
    CHECK(nearest("uppgift sakans", sexes) == "uppgift saknas");
    CHECK(nearest("Födelsår", headings) == "födelseår");
    CHECK(nearest("hemkommunn", headings) == "hemkommun");
  }

  TEST_CASE("a word of its own is left alone") {
    CHECK(nearest("okänt", sexes) == std::nullopt);
    CHECK(nearest("maka", sexes) == std::nullopt);
    CHECK(nearest("k", sexes) == std::nullopt);
    CHECK(nearest("", sexes) == std::nullopt);
    CHECK(nearest("kvinna", std::span<const std::string_view>{}) == std::nullopt);
  }

  TEST_CASE("two words equally near are no suggestion") {
    constexpr std::array<std::string_view, 2> alike{"start", "stark"};
    CHECK(nearest("stars", alike) == std::nullopt);
    CHECK(nearest("starts", alike) == "start");
  }
}
