#include <doctest/doctest.h>

#include "base/assets.h"
#include "web/template.h"

using namespace stafett;

namespace {

std::string shown(std::string_view part, const View& view) {
  return web::render(text::Language::swedish, part, view);
}

bool has(const std::string& page, std::string_view words) { return page.find(words) != page.npos; }

View frame() {
  return {{"language", "sv"},
          {"version", "abc"},
          {"title", "Jobbvägen <AR>"},
          {"signed_in", true},
          {"name", "Karin Åström"},
          {"organisation", "Region Gotland"},
          {"content", "<p>x</p>"},
          {"nav", View::Items{{{"label", "Insatser"}, {"address", "/interventions"}, {"current", true}}}}};
}

}  // namespace

TEST_SUITE("parts") {
  TEST_CASE("Every part of a page can be read, and says nothing untrue when it has nothing to say") {
    auto page = asset("src/foundation/web/web.html");
    constexpr std::string_view mark = "<!-- page: ";
    int parts = 0;
    for (auto at = page.find(mark); at != page.npos; at = page.find(mark)) {
      page.remove_prefix(at + mark.size());
      const auto part = "web/" + std::string(page.substr(0, page.find(" -->")));
      CAPTURE(part);
      const auto nothing = shown(part, {});
      CHECK_FALSE(has(nothing, "{{"));
      CHECK_FALSE(has(nothing, "}}"));
      ++parts;
    }
    CHECK(parts > 10);
  }

  TEST_CASE("The frame shows who is signed in, where they are, and the page as it was made") {
    const auto page = shown("web/frame", frame());
    CHECK(has(page, "<title>Jobbvägen &lt;AR&gt; – Stafett</title>"));
    CHECK(has(page, "<a href=\"/interventions\" aria-current=\"page\">Insatser</a>"));
    CHECK(has(page, "<b>Karin Åström</b></a><span> · Region Gotland</span>"));
    CHECK(has(page, "<p>x</p>"));
  }

  TEST_CASE("A form that came back says so first in the title") {
    auto view = frame();
    view.set("refused", true);
    CHECK(has(shown("web/frame", view), "<title>Fel: Jobbvägen"));
  }

  TEST_CASE("Who has not signed in sees no menu") {
    auto view = frame();
    view.set("signed_in", false);
    const auto page = shown("web/frame", view);
    CHECK_FALSE(has(page, "/interventions"));
    CHECK_FALSE(has(page, "/sign-out"));
  }

  TEST_CASE(
      "A table's rows have names, its numbers stand to the right, and what is protected is told apart") {
    const auto table = shown(
        "web/table",
        {{"caption", "Avslutade"},
         {"heads", View::Items{{{"text", "Avslutad till"}}, {{"text", "Alla"}, {"number", true}}}},
         {"rows", View::Items{{{"cells", View::Items{{{"text", "Arbete"}, {"head", true}},
                                                     {{"text", ".."}, {"number", true}, {"none", true}}}}}}},
         {"sum",
          {{"cells", View::Items{{{"text", "Alla"}, {"head", true}}, {{"text", 65}, {"number", true}}}}}}});
    CHECK(has(table, "<th scope=\"col\" class=\"number\">Alla</th>"));
    CHECK(has(table, "<th scope=\"row\">Arbete</th>"));
    CHECK(has(table, "<td class=\"number none\">..</td>"));
    CHECK(
        has(table.substr(table.find("<tfoot>")), "<th scope=\"row\">Alla</th><td class=\"number\">65</td>"));
  }

  TEST_CASE("What is wrong with a form leads to its field, and without faults nothing is said") {
    const auto faults =
        shown("web/faults", {{"refused", true},
                             {"faults", View::Items{{{"field", "start"}, {"message", "Skriv en dag."}},
                                                    {{"field", ""}, {"message", "Välj en fil."}}}}});
    CHECK(has(faults, "<a href=\"#start\">Skriv en dag.</a>"));
    CHECK(has(faults, "<li>Välj en fil.</li>"));
    CHECK_FALSE(has(shown("web/faults", {}), "<h2"));
  }

  TEST_CASE("A field that is wrong says so to those who hear the page") {
    const auto field = shown("web/field", {{"id", "start"},
                                           {"label", "Start"},
                                           {"type", "date"},
                                           {"hint", "En dag."},
                                           {"fault", "Dagen finns inte."}});
    CHECK(has(field, "aria-invalid=\"true\" aria-describedby=\"start-hint start-fault\""));
    CHECK(has(field, "id=\"start-fault\">Dagen finns inte.</p>"));
    CHECK_FALSE(has(shown("web/field", {{"id", "start"}, {"label", "Start"}}), "aria-"));
  }
}
