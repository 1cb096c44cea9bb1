#include "file/toml.h"

#include <doctest/doctest.h>

#include "text/translation.h"

using namespace stafett;
using namespace stafett::file;

namespace {

std::string refusal(std::string_view bytes) {
  const auto tree = read_toml(bytes);
  return tree ? std::string() : text::told(text::Language::swedish, tree.error().faults.front());
}

}  // namespace

TEST_SUITE("toml") {
  TEST_CASE("a file is a tree in its own order, and every value knows its line") {
    const auto tree = read_toml(
        "# insatsen\n"
        "name = \"Jobbvägen\"\n"
        "from = 2020-09-01\n"
        "active = true\n"
        "share = 0.55\n"
        "at_least = 45\n"
        "[[goal]]\n"
        "id = \"vidare\"\n"
        "counts = { group = [\"work\", \"studies\"] }\n");
    REQUIRE(tree);
    std::string order;
    for (const auto& [key, value] : tree->fields) order += key + std::to_string(value.line) + " ";
    CHECK(order == "name2 from3 active4 share5 at_least6 goal7 ");
    CHECK(tree->find("name")->text == "Jobbvägen");
    CHECK(tree->find("from")->date == Date::of(2020, 9, 1));
    CHECK(tree->find("active")->flag);
    CHECK(tree->find("share")->decimal == doctest::Approx(0.55));
    CHECK(tree->find("at_least")->decimal == doctest::Approx(45));
    CHECK(tree->find("none") == nullptr);
    const auto& goal = tree->find("goal")->items.at(0);
    CHECK(goal.find("counts")->find("group")->items.at(1).text == "studies");
    CHECK(goal.find("counts")->line == 9);
    const auto one_line = read_toml("x = { b = 1, a = 2 }");
    REQUIRE(one_line);
    CHECK(one_line->find("x")->fields.at(0).name == "b");
  }

  TEST_CASE("a slip of the pen is told with its line, and with the key that was probably meant") {
    CHECK(refusal("id = \"a\"\nname = \"b\n").starts_with("Rad 2"));
    CHECK(refusal("id = 1\nid = 2\n").starts_with("Rad 2"));
    CHECK(refusal("a = ]").starts_with("Rad 1"));
    CHECK(refusal("x = \"\xe5\"").find("UTF-8") != std::string::npos);
    CHECK(refusal(std::string(2 << 20, ' ')).find("1 MB") != std::string::npos);
    const auto tree = read_toml("id = 1\nownr = \"x\"\nzzzzzz = 1\n");
    REQUIRE(tree);
    const auto faults = unknown_keys(*tree, {"id", "name", "owner"});
    REQUIRE(faults.size() == 2);
    CHECK(text::told(text::Language::swedish, faults[0]) == "Rad 2: ”ownr” är okänt. Menade du ”owner”?");
    CHECK(faults[1].line == 3);
    CHECK(faults[1].message.key.find("mean") == std::string::npos);
  }

  TEST_CASE("lists within lists have an end") {
    CHECK(refusal("a = " + std::string(100'000, '[')).starts_with("Rad 1"));
  }

  TEST_CASE("a text is written so that it is read back the same") {
    const std::string text = "Jobb \"vägen\" \\ \n\t\x01 åäö";
    const auto tree = read_toml("a = " + toml_quoted(text));
    REQUIRE(tree);
    CHECK(tree->find("a")->text == text);
  }
}
