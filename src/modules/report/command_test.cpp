// The command that writes a report to a file.
#include <doctest/doctest.h>

#include <iostream>
#include <sstream>

#include "app/commands.h"
#include "base/assets.h"
#include "base/file.h"
#include "tests/folder.h"
#include "tests/gotland.h"

using namespace stafett;

namespace {

// What commands say goes here and not among the tests' results.
struct Silence {
  std::ostringstream said;
  std::streambuf* const out = std::cout.rdbuf(said.rdbuf());
  std::streambuf* const err = std::cerr.rdbuf(said.rdbuf());
  ~Silence() {
    std::cout.rdbuf(out);
    std::cerr.rdbuf(err);
  }
};

}  // namespace

TEST_SUITE("report") {
  TEST_CASE("the command writes the report to a file, and nothing when it cannot") {
    const Silence silence;
    const Folder folder;
    app::Settings settings{.database = folder.address()};
    for (const auto* name : {"insats.toml", "deltagare.csv"})
      REQUIRE(write_file(folder.file(name), asset("assets/demo/gotland/" + std::string(name))));
    REQUIRE(
        write_file(folder.file("form.docx"), form_with({"{{#mal}}{{mal.utfall}}{{/mal}}", "{{text.eget}}"})));
    REQUIRE(app::add_interventions(settings, {}, {folder.file("insats.toml")}) == app::done);
    REQUIRE(app::import(settings, {}, {.kind = "participations", .files = {folder.file("deltagare.csv")}}) ==
            app::done);

    app::ReportWish wish{"jobbvagen-ar", folder.file("form.docx"), "2024-01-01", "2025-05-31",
                         folder.file("report.docx")};
    CHECK(app::report(settings, {}, wish) == app::done);
    CHECK(holds(silence.said.str(), "inget kunde fyllas i: text.eget"));
    const auto made = read_file(wish.out);
    REQUIRE(made);
    CHECK(words_in(*made) == "43,1\u00a0% (28 av 65) 45,9 (65 på 17 månader) [saknas: text.eget] ");

    const auto refused = [&](std::string app::ReportWish::*part, std::string value) {
      auto other = wish;
      other.out = folder.file("other.docx");
      other.*part = std::move(value);
      return app::report(settings, {}, other) == app::nothing_done && !read_file(folder.file("other.docx"));
    };
    CHECK(refused(&app::ReportWish::intervention, "jobbvagen"));
    CHECK(refused(&app::ReportWish::form, folder.file("insats.toml")));
    CHECK(refused(&app::ReportWish::form, folder.file("finns-inte.docx")));
    CHECK(refused(&app::ReportWish::from, "i våras"));
    CHECK(refused(&app::ReportWish::to, "2023-01-01"));
    CHECK(refused(&app::ReportWish::out, folder.file("report.odt")));
  }
}
