#include "protection/protection.h"

#include "statistics/statistics.h"
#include "tests/protected_district.h"

using namespace stafett;
using District = ProtectedDistrict;

TEST_SUITE("protection") {
  TEST_CASE("T15: marked while a page is open, each of its forms answers as if there were nobody") {
    District world;
    const World::Fields meeting{{"kind", "network"}, {"form", "room"},      {"about", "work"},         {"date", "2026-03-02"},
                                {"time", "08:30"},   {"what-1", "Ringa"},   {"who-1", "participant"}, {"due-1", "2026-03-09"}};
    REQUIRE(world.post(world.karin, world.kim + "/meetings", meeting).status == 303);
    const std::vector<std::pair<std::string, World::Fields>> forms{
        {"", {}},
        {"/identity", {{"name", "Kim"}}},
        {"/baton", {{"step", "x"}, {"step_on", "2026-04-01"}}},
        {"/handovers", {{"to", world.region.id.text}}},
        {"/handovers/ingen/acceptance", {{"step", "x"}}},
        {"/handovers/ingen/refusal", {{"reason", "not now"}}},
        {"/handovers/ingen/withdrawal", {}},
        {"/notes", {{"kind", "work"}, {"text", "x"}}},
        {"/meetings", meeting},
        {"/meetings/" + world.text("select id as x from meeting"), meeting},
        {"/agreements/" + world.text("select id as x from agreement") + "/outcome", {{"state", "done"}, {"was", "open"}}},
        {"/consents", {{"to", world.region.id.text}}},
        {"/consents/" + world.text("select id as x from consent") + "/withdrawal",
         {{"kinds", "work"}, {"form", "paper"}}},
        {"/protection", {{"level", "marked"}}},
        {"/protection/handlers", {{"handler", world.lena.user.account.text}}},
        {"/protection/handlers/end", {{"handler", world.karin.user.account.text}}},
        {"/protection/end", {{"reason", "mistake"}}},
        {"/protection/end/withdrawal", {}},
        {"/disposal", {}},
        {"/disposal/confirmation", {}},
        {"/disposal/withdrawal", {}},
        {"/disposal/hold", {{"reason", "x"}}},
        {"/disposal/hold/end", {}},
        {"/disposal/erasure", {}}};
    for (const auto* person : {&world.lena, &world.bo}) CHECK(world.get(*person, world.kim).status == 200);
    REQUIRE(world.protect(world.karin).status == 303);
    const auto notes = world.count("note"), withdrawals = world.count("consent_withdrawal");
    for (const auto* person : {&world.lena, &world.bo})
      for (const auto& [form, fields] : forms) {
        if (form.empty()) continue;
        CAPTURE(person->user.name);
        CAPTURE(form);
        const auto hidden = world.post(*person, world.kim + form, fields),
                   nobody = world.post(*person, "/participants/finns-inte" + form, fields);
        CHECK(hidden.status == 404);
        const bool is_same =
            without_token(hidden.body, world.id.text) == without_token(nobody.body, "finns-inte");
        CHECK(is_same);
      }
    CHECK(world.count("note") == notes);
    CHECK(world.count("consent_withdrawal") == withdrawals);
    CHECK(world.count("meeting") == 1);
    CHECK(world.count("agreement where state = 'open'") == 1);
    CHECK(world.count("retention_hold") == 0);
  }

  TEST_CASE("T15: who is protected is in no page of a colleague, a head, another party or the association") {
    District world;
    REQUIRE(
        world
            .post(
                world.sven, "/broken-glass",
                {{"intervention", "prova"}, {"participant", "KOD-174-06"}, {"reason", "ringer akut nu idag"}})
            .status == 303);
    REQUIRE(world
                .post(world.bo, "/disposals/rules",
                      {{"kinds", "255"},
                       {"months", "1"},
                       {"from", "last entry"},
                       {"export_first", "no"},
                       {"ground", "x"}})
                .status == 303);
    world.execute("update participation set ended_on = '2025-02-01'");
    world.execute("update note set written_at = '2025-02-01 10:00:00'");
    REQUIRE(world.post(world.bo, world.kim + "/disposal").status == 303);
    CHECK(has(world.get(world.bo, "/"), "Nödöppningar att granska: 1"));
    CHECK(has(world.get(world.bo, "/disposals"), world.id.text));
    REQUIRE(world.protect(world.karin, "new identity").status == 303);
    const auto shows = [&](const web::Outgoing& out) {
      return has(out, world.id.text) || has(out, world.pseudonym()) || has(out, "KOD-174-06") ||
             has(out, "ringer akut nu");
    };
    const std::vector<std::string> pages{"/",
                                         "/interventions/prova",
                                         "/interventions/prova/participants",
                                         "/interventions/prova/participants?page=2",
                                         "/participants",
                                         "/consents",
                                         "/disposals",
                                         "/broken-glass",
                                         "/access-log",
                                         "/imports",
                                         "/protections",
                                         "/reports",
                                         "/colleagues",
                                         "/colleagues/" + world.karin.user.account.text,
                                         "/colleagues/" + world.karin.user.account.text + "/leaving",
                                         "/statistics?measure=started&by=municipality&audience=unit",
                                         "/statistics?measure=started&by=site&audience=unit",
                                         "/participants/" + world.participant("prova", "A2").text + "/log",
                                         "/participants/" + world.participant("prova", "A2").text};
    for (const auto* person : {&world.lena, &world.bo, &world.sven, &world.cecilia, &world.anna, &world.disa,
                               &world.eva, &world.frej})
      for (const auto& page : pages)
        for (const auto* accept : {"text/html", "application/json"}) {
          CAPTURE(person->user.name);
          CAPTURE(page);
          CHECK_FALSE(shows(world.get(*person, page, accept)));
        }
    CHECK_FALSE(has(world.get(world.bo, "/"), "Nödöppningar att granska"));
    CHECK(has(world.get(world.lena, "/interventions/prova/participants"), "Prova på · 1<"));
    CHECK(has(world.get(world.karin, "/interventions/prova/participants"), "Prova på · 2<"));
    for (const auto* person : {&world.lena, &world.bo, &world.karin})
      CHECK(has(world.post(*person, "/participants", {{"personnummer", "640823-3234"}}),
                "Du arbetar inte med någon"));
    for (const auto& code : {world.pseudonym(), std::string("KOD-174-06")})
      CHECK(has(world.post(world.bo, "/access-log/search", {{"participant", code}}), "Inga träffar"));
    for (const auto& code : {world.pseudonym(), std::string("KOD-174-06")}) {
      const auto broken = [&](const std::string& of) {
        return world.post(
            world.sven, "/broken-glass",
            {{"intervention", "prova"}, {"participant", of}, {"reason", "ringer akut igen idag"}});
      };
      const bool is_same = without_token(broken(code).body) == without_token(broken("finns-inte").body);
      CHECK(is_same);
    }
  }

  TEST_CASE(
      "T15: the statistics count who is protected in totals, and in no site, municipality or referrer") {
    District world;
    const auto count = [&](const std::string& by, const std::string& value) {
      const auto table = world.database->read([&](db::Transaction& tx) {
        return statistics::ask(tx, &world.karin.user, {"started", {by}, {}, {}, statistics::Audience::unit})
            .value();
      });
      for (std::size_t i = 0; i != table.axes[0].values.size(); ++i)
        if (table.axes[0].values[i].word == value) return table.cells[i].count;
      return value == "all" ? table.total().count : 0;
    };
    CHECK(count("municipality", "0980") == 2);
    world.execute("update participant set protection = 'marked' where id = '" + world.id.text + "'");
    world.database->write([](db::Transaction& tx) { tx.changed("participant"); });
    CHECK(count("municipality", "0980") == 1);
    CHECK(count("municipality", "") == 1);
    CHECK(count("site", "Hamnen") == 1);
    CHECK(count("sex", "woman") == 1);
    CHECK(count("sex", "all") == 2);
  }
}
