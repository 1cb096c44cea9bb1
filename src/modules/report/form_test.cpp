#include "report/form.h"

#include <doctest/doctest.h>

#include "base/assets.h"
#include "tests/gotland.h"

using namespace stafett;

TEST_SUITE("report") {
  TEST_CASE(
      "a form of one's own: unknown names are listed with the nearest, and a new version leaves drafts as "
      "they are") {
    Gotland world;
    const auto first = form_with({"{{insats.nam}} {{insats.namn}} {{text.eget}} {{raknebok}}"});
    const auto added =
        world.send(world.gun, "/report-forms", {{"name", "Vår mall"}}, "form", "mall.docx", first);
    REQUIRE(added.status == 303);
    const auto page = world.get(world.gun, location(added));
    CHECK(has(page, "insats.nam (menade du insats.namn?)"));
    CHECK(has(page, "raknebok"));
    const auto report = world.begin("public", location(added).substr(std::string("/report-forms/").size()));
    CHECK(has(world.get(world.gun, report), "insats.nam (menade du insats.namn?)"));
    CHECK(holds(words_in(world.get(world.gun, report + "/word").body),
                "[saknas: insats.nam] Jobbvägen AR [saknas: text.eget] [saknas: raknebok]"));

    const auto again =
        world.send(world.gun, "/report-forms", {{"name", "Vår mall"}}, "form", "mall.docx", first);
    CHECK(location(again) == location(added));
    const auto second = world.send(world.gun, "/report-forms", {{"name", "Vår mall"}}, "form", "mall.docx",
                                   form_with({"{{insats.namn}}"}));
    CHECK(location(second) != location(added));
    CHECK(has(world.get(world.gun, "/report-forms"), "version 2"));
    CHECK(has(world.get(world.gun, report), "insats.nam (menade du insats.namn?)"));
    CHECK(world.get(world.gun, location(added) + "/file").body == first);

    CHECK(world.get(world.cecilia, location(added)).status == 404);
    CHECK(world.get(world.cecilia, location(added) + "/file").status == 404);
    CHECK(world.get(world.director, "/report-forms").status == 403);
  }

  TEST_CASE("a file that is no form is refused with what to do, and nothing is kept") {
    Gotland world;
    const auto refused = world.send(world.gun, "/report-forms", {{"name", "Vår mall"}}, "form", "mall.docx",
                                    "%PDF-1.7 inget Wordformulär");
    CHECK(refused.status == 422);
    CHECK(has(refused, "PDF"));
    CHECK(has(refused, "value=\"Vår mall\""));
    CHECK_FALSE(has(world.get(world.gun, "/report-forms"), "Vår mall"));
    CHECK(world.send(world.gun, "/report-forms", {{"name", " "}}, "form", "mall.docx", form_with({"a"}))
              .status == 422);
  }

  TEST_CASE("the forms that come with Stafett ask for nothing that it does not know") {
    for (const auto* name : {"slutrapport-insats", "projektrapport"}) {
      const auto form = file::read_form(asset("assets/forms/" + std::string(name) + ".docx"));
      REQUIRE(form);
      const auto check = report::check(*form);
      CHECK(check.unknown.empty());
      CHECK(check.questions.size() > 10);
      CHECK(check.questions[0].label == "Sammanfattning");
    }
  }
}
