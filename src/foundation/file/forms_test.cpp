#include <doctest/doctest.h>

#include <set>

#include "base/assets.h"
#include "file/docx.h"

using namespace stafett;
using namespace stafett::file;

namespace {

std::set<std::string> names_in(const Form& form) {
  static constexpr std::pair<Field::Kind, std::string_view> marks[] = {{Field::Kind::value, ""},
                                                                       {Field::Kind::control, ""},
                                                                       {Field::Kind::loop, "#"},
                                                                       {Field::Kind::picture, "bild:"},
                                                                       {Field::Kind::table, "tabell:"}};
  std::set<std::string> names;
  for (const auto& field : fields(form))
    for (const auto& [kind, mark] : marks)
      if (kind == field.kind) names.insert(std::string(mark) + field.name);
  return names;
}

// What the report knows of an intervention. A form of ours asks for nothing else.
const std::set<std::string> known{"insats.namn",
                                  "insats.agare",
                                  "insats.omrade",
                                  "insats.malgrupp",
                                  "insats.start",
                                  "insats.slut",
                                  "period.fran",
                                  "period.till",
                                  "rapport.datum",
                                  "rapport.forfattare",
                                  "rapport.siffror",
                                  "rapport.markning",
                                  "antal.avslutade",
                                  "antal.kvinnor",
                                  "antal.man",
                                  "antal.startade",
                                  "antal.aktiva",
                                  "tid.medel",
                                  "tid.median",
                                  "#mal",
                                  "mal.text",
                                  "mal.uppnatt",
                                  "mal.utfall",
                                  "mal.antal",
                                  "mal.av",
                                  "mal.kvinnor",
                                  "mal.man",
                                  "tabell:resultat",
                                  "bild:flode",
                                  "bild:mal",
                                  "text.sammanfattning",
                                  "text.bakgrund",
                                  "text.syfte",
                                  "text.genomforande",
                                  "text.arbetssatt",
                                  "text.avvikelser",
                                  "text.uppfoljning",
                                  "text.effekter",
                                  "text.samverkan",
                                  "text.lardomar",
                                  "text.implementering",
                                  "text.systemfel",
                                  "text.ekonomi",
                                  "text.styrning",
                                  "text.overlamning",
                                  "text.erfarenheter",
                                  "text.referenser",
                                  "text.underskrift"};

}  // namespace

TEST_SUITE("forms") {
  TEST_CASE("the forms that come with Stafett are sound, and ask only for what it knows") {
    for (const auto name : {"assets/forms/slutrapport-insats.docx", "assets/forms/projektrapport.docx"}) {
      INFO(name);
      const auto form = read_form(asset(name));
      REQUIRE(form);
      const auto names = names_in(*form);
      for (const auto& one : names) {
        INFO(one);
        CHECK(known.contains(one));
      }
      for (const auto* const needed : {"#mal", "tabell:resultat", "bild:flode", "bild:mal", "text.ekonomi",
                                       "text.underskrift", "antal.kvinnor"}) {
        INFO(needed);
        CHECK(names.contains(needed));
      }
    }
  }

  TEST_CASE("a report about nothing shows all that is missing, and can still be made") {
    const auto form = read_form(asset("assets/forms/slutrapport-insats.docx"));
    REQUIRE(form);
    const auto filled = fill(*form, {});
    REQUIRE(filled);
    CHECK(filled->missing.empty());
    CHECK(filled->unknown.size() == names_in(*form).size());
  }
}
