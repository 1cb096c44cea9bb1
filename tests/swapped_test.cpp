// Ids put where they do not belong, answers that may not differ, and forms with more in them than was asked
// for.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/cast.h"

using namespace stafett;

namespace {

using Fields = World::Fields;

const Actor& one(const Cast& cast, std::string_view role, Relation relation) {
  return *std::ranges::find_if(cast.actors,
                               [&](auto& actor) { return actor.role == role && actor.relation == relation; });
}

// Everything about who may what, and about persons: nothing sent with a form may change it on the side.
std::string kept(World& world) {
  std::string all;
  world.database->read([&](db::Transaction& tx) {
    for (const auto* sql :
         {"select id || name || full_name || organisation_id || password || case when closed_at is null then "
          "'' else 'x' end as line from account order by 1",
          "select account_id || role as line from account_role order by 1",
          "select id || organisation_id || account_id || cast(kinds as text) as line from assignment order "
          "by 1",
          "select id || from_id || to_id || cast(kinds as text) as line from consent order by 1",
          "select id || consent_id as line from consent_withdrawal order by 1",
          "select participant_id || account_id as line from conflict order by 1",
          "select id || account_id || cast(until_at as text) as line from broken_glass order by 1",
          "select id || owner_id || code || protection || sex as line from participant order by 1",
          "select id || owner_id || participant_id || destination as line from participation order by 1",
          "select id || owner_id as line from decision order by 1",
          "select id || owner_id as line from intervention order by 1"})
      for (const auto& line : tx.list([](const db::Row& row) { return row.text("line"); }, sql))
        all += line + "\n";
  });
  return all;
}

// What differs between two answers only because the address does.
std::string without(std::string text, const std::string& id) {
  for (auto at = text.find(id); at != text.npos; at = text.find(id, at)) text.replace(at, id.size(), "*");
  return text;
}

std::string told(const web::Outgoing& out, const std::string& id) {
  std::string text = std::to_string(out.status) + "\n" + out.content_type + "\n";
  for (const auto& [name, value] : out.headers) text += name + ": " + value + "\n";
  return without(text + "\n" + out.body, id);
}

// The region has an intervention of its own, with a participant, beside the municipality's.
struct Two : Cast {
  Id<participant::Participant> theirs;

  Two() {
    add_intervention(
        prova_but({{"\"prova\"", "\"andra\""}, {"Prova på", "Andra"}, {municipality.name, region.name}}));
    import_participations("insats;deltagare;start\nandra;R1;2025-01-01\n");
    theirs = World::participant("andra", "R1");
    assign(cecilia, "andra");
  }
  std::string stay() {
    return database->read([&](db::Transaction& tx) {
      return tx
          .find([](const db::Row& row) { return row.text("id"); },
                "select id from participation where participant_id = :id", {{"id", participant}})
          .value();
    });
  }
};

}  // namespace

TEST_SUITE("persons") {
  TEST_CASE("T09: an id swapped in the path leads to nothing") {
    Two world;
    CHECK(world.get(world.cecilia, "/participants/" + world.theirs.text).status == 200);
    const auto own = "/participants/" + world.theirs.text;
    for (const std::string& swapped :
         std::vector<std::string>{"/participants/" + world.participant.text, "/participants/" + world.stay(),
                                  "/participants/prova", "/participants/" + world.municipality.id.text,
                                  "/interventions/prova/participants",
                                  "/interventions/" + world.participant.text + "/participants",
                                  "/interventions/" + world.theirs.text + "/participants"}) {
      CAPTURE(swapped);
      CHECK(world.get(world.cecilia, swapped).status == 404);
    }
    for (const std::string& beside : std::vector<std::string>{"?id=", "?participant=", "?participant_id="}) {
      const auto page = world.get(world.cecilia, own + beside + world.participant.text, "application/json");
      CHECK(has(page, "\"R1\""));
      CHECK_FALSE(has(page, canary.code));
    }
  }

  TEST_CASE(
      "T09: a file or a form that names another's intervention, report or import changes nothing of theirs") {
    Two world;
    const auto before = kept(world);
    const auto file = world.get(world.bo, "/interventions/prova/file").body;

    const auto sent = world.send(world.cecilia, "/imports", {{"kind", "participations"}}, "file", "a.csv",
                                 "insats;deltagare;kön;start\nprova;KANARIEKOD;man;2025-03-01\n");
    CHECK(location(world.post(world.cecilia, location(sent) + "/confirmation")) == location(sent));

    const auto theirs = world.send(world.bo, "/imports", {{"kind", "participations"}}, "file", "b.csv",
                                   "insats;deltagare;kön;start\nprova;NY;man;2025-03-01\n");
    CHECK(world.post(world.cecilia, location(theirs) + "/confirmation").status == 404);
    CHECK(world.get(world.cecilia, location(theirs)).status == 404);

    const Fields report{{"intervention", "prova"}, {"form", "stafett-slutrapport-insats"},
                        {"report_title", "R"},     {"from", "2025-01-01"},
                        {"to", "2025-12-31"},      {"audience", "unit"}};
    CHECK(world.post(world.cecilia, "/reports", report).status >= 400);
    auto own = report;
    own[0].second = "andra";
    const auto mine = location(world.post(world.cecilia, "/reports", own));
    REQUIRE(mine.starts_with("/reports/"));
    CHECK(world.post(world.cecilia, mine + "/choices", report).status >= 400);

    for (const auto* swapped : {"/interventions/prova", "/interventions/andra"})
      CHECK(world
                .post(world.cecilia, swapped,
                      {{"id", "prova"}, {"owner", world.municipality.name}, {"name", "Min"}})
                .status >= 400);
    CHECK(world.get(world.bo, "/interventions/prova/file").body == file);
    CHECK(kept(world) == before);
  }

  TEST_CASE("T09: a register says nothing of and changes nothing for those whom its sender may not reach") {
    Cast cast;
    const auto try_as_head = [&](std::string_view kind, std::string_view rows, std::string_view answer) {
      const auto before = kept(cast);
      const auto sent =
          location(cast.send(cast.bo, "/imports", {{"kind", std::string(kind)}}, "file", "a.csv", rows));
      const auto seen = cast.get(cast.bo, sent).body + cast.get(cast.bo, sent + "/rejects").body;
      cast.post(cast.bo, sent + "/confirmation");
      CHECK(kept(cast) == before);
      CHECK(seen.find(answer) != seen.npos);
      for (const auto* told : {"2025-02-01", "2025-09-01", "är redan i insatsen"})
        CHECK(seen.find(told) == seen.npos);
    };
    const auto try_all = [&] {
      // As of a stay that is here already, and of a decision for somebody who is not here.
      try_as_head("participations", "insats;deltagare;kön;start\nprova;KANARIEKOD;man;2025-03-01\n",
                  "<dt>Oförändrade</dt><dd>1</dd>");
      try_as_head("decisions",
                  "insats;deltagare;datum;beslut;form\nprova;KANARIEKOD;2025-07-01;KANARIEBESLUT;ny\n",
                  "finns inte i insatsen");
    };
    for (const auto& level : access::protections.all) {
      if (level.value == access::Protection::none) continue;
      CAPTURE(level.text);
      cast.protect(level.value);
      try_all();
    }
    cast.protect(access::Protection::none);
    const auto change = [&](std::string_view sql) {
      cast.database->write([&](db::Transaction& tx) { tx.execute(sql, {{"id", cast.participant}}); });
    };
    change("update participant set erased_at = '2026-03-01 00:00:00' where id = :id");
    try_all();
    change("update participant set erased_at = null where id = :id");
    cast.database->write([&](db::Transaction& tx) {
      tx.execute("insert into conflict (participant_id, account_id) values (:participant, :account)",
                 {{"participant", cast.participant}, {"account", cast.bo.user.account}});
    });
    try_all();
  }

  TEST_CASE("T10: a participant one may not see and one who does not exist are told of in the same bytes") {
    Cast cast;
    const std::string absent(cast.participant.text.size(), '0');
    for (const auto& level : access::protections.all) {
      cast.protect(level.value);
      CAPTURE(level.text);
      int compared = 0;
      for (const auto& actor : cast.actors) {
        CAPTURE(actor.role);
        CAPTURE(name_of(actor.relation));
        for (const auto* accept : {"text/html", "application/json", "text/csv"}) {
          const auto answer =
              cast.ask(actor, "GET", "/participants/" + cast.participant.text, false, {}, accept);
          if (answer.status != 404) continue;
          ++compared;
          CHECK(told(answer, cast.participant.text) ==
                told(cast.ask(actor, "GET", "/participants/" + absent, false, {}, accept), absent));
        }
      }
      CHECK(compared > 200);
    }
  }

  TEST_CASE("T10: the log too says of somebody who is not there that nobody is there") {
    Cast cast;
    cast.ask(one(cast, "coach", Relation::colleague), "GET", "/participants/" + std::string(26, '0'));
    const auto rules = cast.database->read([&](db::Transaction& tx) {
      return tx.list([](const db::Row& row) { return row.text("rule"); },
                     "select rule from access_log where participant_id = '' and allowed = 0");
    });
    CHECK(rules == std::vector<std::string>{"nobody there"});
  }

  TEST_CASE("T11: fields a form does not have, and those nobody may set, change nothing") {
    Two world;
    const Fields forbidden{{"id", world.participant.text},
                           {"owner", world.region.name},
                           {"owner_id", world.region.id.text},
                           {"organisation", world.region.id.text},
                           {"organisation_id", world.region.id.text},
                           {"unit_id", "x"},
                           {"account_id", world.cecilia.user.account.text},
                           {"role", "administrator"},
                           {"roles", "unit head"},
                           {"of_association", "0"},
                           {"participant_id", world.participant.text},
                           {"code", "NY"},
                           {"protection", ""},
                           {"erased_at", "2026-01-01"},
                           {"kinds", "255"},
                           {"to_id", world.region.id.text},
                           {"free_text", "1"},
                           {"until_at", "2030-01-01 00:00:00"},
                           {"allowed", "1"},
                           {"permission", "participant.read"},
                           {"proved", "2026-03-02 09:00:00"},
                           {"strength", "strong"},
                           {"__proto__", "x"},
                           {"kinds[]", "255"}};
    const auto before = kept(world);
    for (const auto& actor : world.actors) {
      if (actor.relation != Relation::colleague && actor.relation != Relation::stranger) continue;
      CAPTURE(actor.role);
      for (const auto* form :
           {"/interventions", "/interventions/prova", "/interventions/andra", "/interventions/file",
            "/imports", "/reports", "/report-forms", "/organisations", "/sign-in"}) {
        CAPTURE(form);
        CHECK(world.ask(actor, "POST", form, false, forbidden).status < 500);
      }
      for (const auto* none : {"/participants", "/assignments", "/consents", "/accounts"})
        CHECK(world.ask(actor, "POST", none, false, forbidden).status >= 400);
      CHECK(world.ask(actor, "POST", "/participants/" + world.participant.text, false, forbidden).status >=
            400);
      CHECK(
          world
              .ask(actor, "POST", "/organisations/" + world.municipality.id.text + "/units", false, forbidden)
              .status < 500);
    }
    CHECK(kept(world) == before);
  }

  TEST_CASE("T11: a unit is added to the organisation of the address, whatever else the form says") {
    Cast cast;
    const auto& administrator = one(cast, "administrator", Relation::colleague);
    const auto place = "/organisations/" + cast.municipality.id.text;
    cast.ask(administrator, "POST", place + "/units", false,
             {{"unit", "Växthuset"}, {"organisation_id", cast.region.id.text}, {"id", cast.region.id.text}});
    CHECK(has(cast.ask(administrator, "GET", place), "Växthuset"));
    CHECK_FALSE(has(cast.ask(administrator, "GET", "/organisations/" + cast.region.id.text), "Växthuset"));
  }
}
