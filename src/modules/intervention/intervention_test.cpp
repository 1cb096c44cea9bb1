#include "intervention/intervention.h"

#include <doctest/doctest.h>

#include "tests/world.h"

using namespace stafett;
using intervention::Definition;
using intervention::read_definition;

namespace {

World::Fields form(std::string name = "Prova på") {
  return {{"name", std::move(name)},
          {"area", "Samordningsförbundet Provlandet"},
          {"orientation", "individual"},
          {"from", "2024-01-01"},
          {"sites", "Torget\nHamnen\n"},
          {"destination-1-name", "Arbete"},
          {"destination-1-group", "work"},
          {"destination-2-name", ""},
          {"destination-2-group", "work"},
          {"destination-3-name", "Studier"},
          {"destination-3-group", "studies"},
          {"goal-1-text", ""},
          {"goal-2-text", "Minst hälften till arbete"},
          {"goal-2-kind", "share"},
          {"goal-2-of", "closed"},
          {"goal-2-limit", "at_least"},
          {"goal-2-target", "52,5 %"},
          {"goal-2-counts-1-dimension", "destination_group"},
          {"goal-2-counts-1-values", "arbete\r\nstudier"}};
}

void put(World::Fields& fields, const std::string& name, std::string value) {
  for (auto& [field, old] : fields)
    if (field == name) {
      old = std::move(value);
      return;
    }
  fields.emplace_back(name, std::move(value));
}

Definition kept(World& world, const std::string& id) {
  return world.database->read(
      [&](db::Transaction& tx) { return intervention::find(tx, {id}).value().definition; });
}

}  // namespace

TEST_SUITE("intervention") {
  TEST_CASE("a changed file is a new version, the same file is not, and every version is kept") {
    World world;
    auto definition = read_definition(prova).value();
    const auto save = [&] {
      return world.database->write(
          [&](db::Transaction& tx) { return intervention::save(tx, definition, "Bo", world.now); });
    };
    CHECK(save() == intervention::Saved::added);
    CHECK(save() == intervention::Saved::unchanged);
    definition.name = "Prova mer";
    world.now = world.now + 60;
    CHECK(save() == intervention::Saved::changed);
    const auto versions =
        world.database->read([](db::Transaction& tx) { return intervention::versions(tx, {"prova"}); });
    REQUIRE(versions.size() == 2);
    CHECK(versions[0].number == 2);
    CHECK(versions[0].saved_by == "Bo");
    CHECK(versions[0].saved_at == world.now);
    CHECK(read_definition(versions[1].file)->name == "Prova på");
  }

  TEST_CASE("a destination or a site that registrations rest on cannot be taken away, an unused one can") {
    World world;
    auto definition = read_definition(prova).value();
    definition.sites = {"Torget", "Hamnen"};
    definition.destinations.push_back({"Studier", intervention::Group::studies});
    const auto save = [&] {
      return world.database->write(
          [&](db::Transaction& tx) { return intervention::save(tx, definition, "Bo", world.now); });
    };
    REQUIRE(save());
    world.import_participations(
        "insats;plattform;deltagare;start;avslut;avslutad "
        "till\nprova;Torget;A1;2024-02-01;2024-05-01;Arbete\n");
    definition.destinations.pop_back();
    CHECK(save());
    definition.destinations.clear();
    definition.goals.clear();
    definition.sites = {"Hamnen"};
    const auto refused = save();
    REQUIRE_FALSE(refused);
    REQUIRE(refused.error().faults.size() == 2);
    CHECK(refused.error().faults[0].field == "destination");
    CHECK(refused.error().faults[1].field == "sites");
    CHECK(kept(world, "prova").destinations.size() == 1);
  }

  TEST_CASE("a unit head writes an intervention in the form, and finds what was written there again") {
    World world;
    const auto added = world.post(world.bo, "/interventions", form());
    CHECK(location(added) == "/interventions/prova-pa");
    const auto definition = kept(world, "prova-pa");
    CHECK(definition.owner == "Provköpings kommun");
    CHECK(definition.sites == std::vector<std::string>{"Torget", "Hamnen"});
    CHECK(definition.destinations ==
          std::vector<intervention::Outcome>{{"Arbete", intervention::Group::work},
                                             {"Studier", intervention::Group::studies}});
    REQUIRE(definition.goals.size() == 1);
    CHECK(definition.goals[0].at_least == 0.525);
    CHECK(definition.goals[0].id == "minst-halften-till-arbete");
    CHECK(definition.goals[0].counts ==
          std::map<std::string, std::vector<std::string>>{{"destination_group", {"work", "studies"}}});
    const auto page = world.get(world.bo, "/interventions/prova-pa/edit");
    CHECK(has(page, "value=\"52,5\""));
    CHECK(has(page, "arbete\nstudier</textarea>"));
    CHECK(has(page, "value=\"Studier\""));
    CHECK(has(world.get(world.bo, "/interventions"), "Prova på"));
  }

  TEST_CASE(
      "what is wrong in the form is told at its field, in the form's words, and nothing is lost or saved") {
    World world;
    auto fields = form("");
    put(fields, "id", "prova");
    put(fields, "from", "i januari");
    put(fields, "longest_stay_months", "999");
    put(fields, "planned_participants_per_year", "många");
    put(fields, "goal-2-of", "closd");
    put(fields, "goal-2-target", "155");
    put(fields, "destination-3-name", "ARBETE");
    const auto page = world.post(world.bo, "/interventions", fields);
    CHECK(page.status == 422);
    CHECK(has(page, "href=\"#name\">”Namn” är tomt."));
    CHECK(has(page, "href=\"#from\">”i januari” är inte ett datum."));
    CHECK(has(page, "href=\"#longest_stay_months\">”Längsta tid, månader” är 999."));
    CHECK(has(page, "href=\"#planned_participants_per_year\">”många” är inte ett heltal."));
    CHECK(has(page, "href=\"#goal-2-of\">”closd” är okänt."));
    CHECK(has(page, "href=\"#goal-2-text\">Målvärdet för"));
    CHECK(has(page, "href=\"#destination-3-name\">”ARBETE” står två gånger."));
    CHECK(has(page, "value=\"155\""));
    CHECK(has(page, "id=\"goal-2-of-fault\""));
    CHECK_FALSE(has(world.get(world.bo, "/interventions"), "/interventions/prova\""));
  }

  TEST_CASE(
      "a taken short name, an unknown association and a change under one's hands are refused with what to "
      "do") {
    World world;
    world.add_intervention(prova);
    auto fields = form("Prova");
    CHECK(has(world.post(world.bo, "/interventions", fields),
              "Det finns redan en insats med kortnamnet ”prova”."));
    put(fields, "id", "annan");
    put(fields, "area", "Samordningsförbundet Provlande");
    CHECK(
        has(world.post(world.bo, "/interventions", fields), "Menade du ”Samordningsförbundet Provlandet”?"));
    put(fields, "area", "Samordningsförbundet Provlandet");
    put(fields, "version", "1");
    CHECK(location(world.post(world.bo, "/interventions/prova", fields)) == "/interventions/prova");
    CHECK(kept(world, "prova").name == "Prova");
    CHECK(world.post(world.bo, "/interventions/prova", fields).status == 409);
    CHECK(kept(world, "prova").id == "prova");
  }

  TEST_CASE("only a unit head of the owner changes an intervention; others may read it") {
    World world;
    world.add_intervention(prova);
    auto fields = form();
    put(fields, "version", "1");
    for (const auto* other : {&world.anna, &world.cecilia, &world.disa, &world.eva, &world.frej}) {
      CHECK(world.get(*other, "/interventions/prova/edit").status == 403);
      CHECK(world.post(*other, "/interventions/prova", fields).status == 403);
      CHECK(world.send(*other, "/interventions/file", {}, "file", "insats.toml", prova).status == 403);
      CHECK(world.get(*other, "/interventions").status == 200);
      CHECK(world.get(*other, "/interventions/prova/versions").status == 200);
    }
    CHECK(kept(world, "prova").name == "Prova på");
    CHECK(world.get(world.nobody, "/interventions").status == 303);
  }
}
