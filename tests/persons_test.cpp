// What reaches a person in ways that a route's permission does not tell of: another kind, another's list, an
// id put where it does not belong, an answer that differs.
#include <doctest/doctest.h>

#include <algorithm>

#include "app/modules.h"
#include "assignment/assignment.h"
#include "decision/decision.h"
#include "exchange/exchange.h"
#include "participation/participation.h"
#include "statistics/statistics.h"
#include "tests/cast.h"

using namespace stafett;
using access::Kind;
using access::Kinds;

namespace {

// What stands in the field for each kind; health, social matters, assessment and violence have no page yet.
const std::vector<std::pair<Kind, std::vector<std::string>>> fields{
    {Kind::contact, {canary.personal_number}},
    {Kind::planning, {canary.referrer, canary.site}},
    {Kind::work, {canary.decision}},
    {Kind::income, {}},  // of a stay: with planning alone
    {Kind::health, {}},
    {Kind::social, {}},
    {Kind::assessment, {}},
    {Kind::violence, {}}};

void check_shows_only(const web::Outgoing& out, Kinds kinds) {
  for (const auto& [kind, words] : fields)
    for (const auto& word : words) {
      CAPTURE(word);
      CHECK(has(out, word) == kinds.has(kind));
    }
  CHECK(has(out, canary.income) == kinds.has_all({Kind::planning, Kind::income}));
}

}  // namespace

TEST_SUITE("persons") {
  TEST_CASE("T05: a door for one kind shows nothing of the others, on the page, in lists or in files") {
    Cast cast;
    for (const auto kind : access::every_kind) {
      CAPTURE(access::kinds.of(kind));
      const auto reader = cast.through_a_door_for({kind});
      const auto address = "/participants/" + cast.participant.text;
      for (const auto* accept : {"text/html", "application/json"})
        check_shows_only(cast.ask(reader, "GET", address, false, {}, accept), {kind});
      for (const auto* elsewhere :
           {"/", "/interventions/prova", "/interventions/prova/participants",
            "/interventions/prova/participants?page=1", "/statistics?measure=closed&by=destination&by=sex",
            "/statistics/table.csv?measure=closed&by=sex",
            "/statistics/table.xlsx?measure=decisions&by=decision", "/imports", "/reports"}) {
        CAPTURE(elsewhere);
        const auto out = cast.ask(reader, "GET", elsewhere);
        for (const auto* word :
             {canary.code, canary.personal_number, canary.word, cast.participant.text.c_str()})
          CHECK_FALSE(has(out, word));
      }
    }
  }

  TEST_CASE("T05: at home too one sees the kinds one is assigned, on the page and in the list") {
    Cast cast;
    for (const auto kind : access::every_kind) {
      CAPTURE(access::kinds.of(kind));
      const auto handler = cast.at_home_for({kind});
      check_shows_only(cast.ask(handler, "GET", "/participants/" + cast.participant.text), {kind});
      const auto list = cast.ask(handler, "GET", "/interventions/prova/participants");
      CHECK(has(list, canary.code));
      CHECK(has(list, "1 februari 2025") == (kind == Kind::planning));  // when the stay began
    }
  }

  TEST_CASE("T06: two parties look through a hundred lists each and never meet the other's participants") {
    Cast cast;
    cast.add_intervention(prova_but(
        {{"\"prova\"", "\"andra\""}, {"Prova på", "Andra"}, {cast.municipality.name, cast.region.name}}));
    std::string rows[2];
    for (int number = 0; number != 120; ++number) {
      rows[0] += "prova;EGEN" + std::to_string(number) + ";2025-01-01\n";
      rows[1] += "andra;ANNAN" + std::to_string(number) + ";2025-01-01\n";
    }
    for (const auto& some : rows) cast.import_participations("insats;deltagare;start\n" + some);
    const struct {
      const World::Person* person;
      std::string own, foreign, mine, theirs;
    } sides[] = {{&cast.bo, "prova", "andra", "EGEN", "ANNAN"},
                 {&cast.cecilia, "andra", "prova", "ANNAN", "EGEN"}};
    const auto ids = [&](const std::string& intervention) {
      return cast.database->read([&](db::Transaction& tx) {
        return tx.list([](const db::Row& row) { return row.text("id"); },
                       "select id from participant where intervention_id = :id", {{"id", intervention}});
      });
    };
    for (const auto& side : sides) {
      const auto foreign_ids = ids(side.foreign);
      REQUIRE(foreign_ids.size() >= 120);
      int lists = 0, foreign = 0, mine = 0;
      for (const auto* accept : {"text/html", "application/json"})
        for (const auto& of : {side.own, side.foreign})
          for (int page = 0; page != 25; ++page) {
            const auto out = cast.get(*side.person,
                                      "/interventions/" + of + "/participants?page=" + std::to_string(page) +
                                          "&intervention=" + side.foreign,
                                      accept);
            ++lists;
            mine += has(out, side.mine);
            foreign += has(out, side.theirs) ||
                       std::ranges::any_of(foreign_ids, [&](auto& id) { return has(out, id); });
          }
      CHECK(lists == 100);
      CHECK(mine == 50);
      CHECK(foreign == 0);
    }
  }

  TEST_CASE("T07: what the statistics read of persons has no name, code or number in it") {
    for (const auto sql : {participant::facts, participation::facts, decision::facts})
      for (const auto* column : {"code", "personal_number", "written", "name", "*", "protection"}) {
        CAPTURE(column);
        CHECK(sql.find(column) == sql.npos);
      }
    CHECK(participant::protected_ones.starts_with("select id from"));  // whether somebody is protected, never how
  }

  TEST_CASE("T07: no page, list or file shows the association a person, consented and assigned or not") {
    Cast cast;
    for (const auto& actor : cast.actors) {
      if (actor.relation != Relation::association) continue;
      CAPTURE(actor.role);
      for (const std::string& address : std::vector<std::string>{
               "/", "/interventions/prova", "/interventions/prova/participants",
               "/participants/" + cast.participant.text, "/statistics?measure=closed&by=sex",
               "/statistics/table.csv?measure=closed&by=sex",
               "/statistics/table.json?measure=decisions&by=decision", "/imports", "/reports",
               "/organisations"})
        for (const auto* accept : {"text/html", "application/json"}) {
          const auto out = cast.ask(actor, "GET", address, true, {}, accept);
          CAPTURE(address);
          if (address.ends_with(cast.participant.text))
            CHECK(out.status == 404);  // the address itself has the id
          else
            for (const auto* word :
                 {canary.code, canary.personal_number, canary.word, cast.participant.text.c_str()}) {
              CAPTURE(word);
              CHECK_FALSE(has(out, word));
            }
        }
    }
  }

  TEST_CASE("T08: an administrator has no permission that reaches a person, and gets in by no relation") {
    for (const auto permission : app::permissions_of("administrator"))
      for (const auto reaching : {participant::may_read.name, assignment::may_head.name,
                                  exchange::may_import.name, statistics::may_ask_unit.name})
        CHECK(permission != reaching);
    Cast cast;
    for (const auto& actor : cast.actors) {
      if (actor.role != "administrator") continue;
      CAPTURE(name_of(actor.relation));
      CHECK(cast.ask(actor, "GET", "/participants/" + cast.participant.text, true).status == 404);
      CHECK(cast.ask(actor, "GET", "/interventions/prova/participants", true).status == 404);
    }
  }
}
