// Every route, asked for by everyone: docs/rooms.md and the permissions say who may, and nobody else is told
// anything.
#include <doctest/doctest.h>

#include <map>
#include <set>
#include <sstream>

#include "app/modules.h"
#include "tests/cast.h"
#include "tests/exercises.h"

using namespace stafett;
using access::Kind;
using access::Protection;

namespace {

// "GET /imports/:id" -> "exchange.import", from the router itself.
std::map<std::string, std::string, std::less<>> routes(const web::Router& router) {
  std::map<std::string, std::string, std::less<>> routes;
  std::istringstream lines(router.table());
  for (std::string line; std::getline(lines, line);) {
    const auto gap = line.find("  ");
    routes[line.substr(0, gap)] = line.substr(gap + 2);
  }
  return routes;
}

bool has_permission(const Actor& actor, const std::string& permission) {
  if (permission == "anyone") return true;
  if (actor.is_nobody()) return false;
  if (permission == "signed_in") return true;
  // What reaches persons is worth nothing in the association, whatever the role.
  for (const auto* reaching : {"participant.read", "assignment.head", "exchange.import", "retention.dispose", "contact.write"})
    if (permission == reaching && actor.relation == Relation::association) return false;
  for (const auto of_role : app::permissions_of(actor.role))
    if (of_role == permission) return true;
  return false;
}

bool holds(const web::Outgoing& out, std::string_view text) {
  for (const auto& [name, value] : out.headers)
    if (value.find(text) != value.npos) return true;
  return has(out, text);
}

struct Matrix : Cast {
  Actor nobody_here = nobody_at_all();
  std::string import, report;
  const std::map<std::string, std::string, std::less<>> permissions = routes(router);
  int asked = 0, yes = 0;

  Matrix() {
    import = location(send(bo, "/imports",
                           {{ "kind",
                              "participations" }},
                           "file", "lista.csv",
                           "insats;deltagare;start\nprova;KANARIEKOD;2025-02-31\nprova;B2;2025-03-01\n"));
    report = location(post(bo, "/reports",
                           {{"intervention", "prova"},
                            {"form", "stafett-slutrapport-insats"},
                            {"report_title", "Slutrapport"},
                            {"from", "2025-01-01"},
                            {"to", "2025-12-31"},
                            {"author", "Bo"},
                            {"audience", "unit"}}));
    REQUIRE(import.starts_with("/imports/"));
    REQUIRE(report.starts_with("/reports/"));
  }

  std::string filled(std::string_view address) const {
    std::string text(address);
    for (const auto& [mark, value] : {std::pair<std::string, std::string>{"{participant}", participant.text},
                                      {"/imports/{import}", import},
                                      {"/reports/{report}", report},
                                      {"{municipality}", municipality.id.text}})
      if (const auto at = text.find(mark); at != text.npos) text.replace(at, mark.size(), value);
    return text;
  }

  // Somebody without leave was told no, in words that show nothing.
  void check_refused(const Actor& actor, bool is_get, const web::Outgoing& out) {
    if (actor.is_nobody() && is_get)
      CHECK(location(out).starts_with("/sign-in"));
    else
      CHECK(out.status == 403);
  }
  // The address itself may say the participant's id, and nothing more.
  void check_shows_nobody(const web::Outgoing& out) {
    for (const auto* word : {canary.code, canary.personal_number, canary.word}) CHECK_FALSE(holds(out, word));
  }

  void play(const Exercise& exercise, const Actor& actor) {
    ++asked;
    const bool is_get = exercise.route.starts_with("GET ");
    const auto out = ask(actor, is_get ? "GET" : "POST", filled(exercise.address), false, exercise.fields);
    CHECK(out.status < 500);
    const bool is_theirs = actor.facts.asker.organisation == municipality.id;
    if (!has_permission(actor, permissions.find(exercise.route)->second))
      check_refused(actor, is_get, out);
    else if (exercise.reaches == Reaches::own && !is_theirs)
      CHECK((out.status == 403 || out.status == 404));
    else
      ++yes;
    if (exercise.reaches == Reaches::own && exercise.address.starts_with("/imports/") && is_theirs) return;
    // The head is told, by the register's mark, for whom a colleague broke the glass.
    if (exercise.route == "GET /broken-glass" && is_theirs && actor.role == "unit head") return;
    check_shows_nobody(out);
  }
};

// Those whose role and organisation say all that a route without a person asks about.
bool stands_for_the_rest(const Actor& actor) {
  return actor.relation == Relation::colleague || actor.relation == Relation::stranger ||
         actor.relation == Relation::association;
}

// Everyone, for each level of protection, with a fresh proof of who they are and without.
template <class Do>
void each_protection(Matrix& matrix, Do play) {
  auto everyone = matrix.actors;
  everyone.push_back(matrix.nobody_here);
  for (const auto& level : access::protections.all) {
    matrix.protect(level.value);
    for (const auto& actor : everyone)
      for (const bool proved : {false, true}) {
        CAPTURE(level.text);
        CAPTURE(actor.role);
        CAPTURE(name_of(actor.relation));
        CAPTURE(proved);
        play(actor, level.value, proved);
      }
  }
}

}  // namespace

TEST_SUITE("matrix") {
  TEST_CASE("T01: every route stands in the matrix, and nothing else") {
    web::Router router;
    app::add_modules(router);
    std::set<std::string, std::less<>> exercised;
    for (const auto& exercise : exercises()) {
      CAPTURE(exercise.route);
      CHECK(exercised.emplace(exercise.route).second);
      const bool has_person = exercise.route.find("/participants/:id") != exercise.route.npos ||
                              exercise.route.ends_with(":id/participants");
      CHECK(has_person == reaches_persons(exercise));
    }
    const auto all = routes(router);
    for (const auto& [route, permission] : all) {
      INFO("missing in the matrix: " << route);
      CHECK(exercised.contains(route));
    }
    CHECK(exercised.size() == all.size());
  }

  TEST_CASE("T01: each route without a person answers those who have its permission, and shows nobody") {
    Matrix matrix;
    for (const auto& exercise : exercises()) {
      if (reaches_persons(exercise)) continue;
      CAPTURE(exercise.route);
      for (const auto& actor : matrix.actors) {
        if (!stands_for_the_rest(actor)) continue;
        CAPTURE(actor.role);
        CAPTURE(name_of(actor.relation));
        matrix.play(exercise, actor);
      }
      CAPTURE("nobody");
      matrix.play(exercise, matrix.nobody_here);
    }
    CHECK(matrix.yes > 300);
    CHECK(matrix.asked - matrix.yes > 300);
  }

  TEST_CASE(
      "T01: a participant's page answers whom the rules let in, and shows each the kinds they may see") {
    Matrix matrix;
    const auto address = "/participants/" + matrix.participant.text;
    each_protection(matrix, [&](const Actor& actor, Protection protection, bool proved) {
      const bool may = matrix.may_see(actor, protection, proved);
      const auto in_owners = matrix.decided(actor, matrix.municipality, protection, proved);
      for (const auto* accept : {"text/html", "application/json"}) {
        const auto out = matrix.ask(actor, "GET", address, proved, {}, accept);
        CHECK((out.status == 200) == may);
        const auto shows = [&](Kind kind) { return in_owners.kinds.has(kind); };
        CHECK(has(out, canary.code) == in_owners.allowed);
        CHECK(has(out, canary.personal_number) == shows(Kind::contact));
        CHECK(has(out, canary.referrer) == shows(Kind::planning));
        CHECK(has(out, canary.site) == (shows(Kind::planning) && protection == Protection::none));
        CHECK(has(out, canary.income) == (shows(Kind::planning) && shows(Kind::income)));
        CHECK(has(out, canary.decision) == shows(Kind::work));
        CHECK(has(out, canary.word) == (actor.is_of_owner() && in_owners.free_text.has(Kind::planning) &&
                                        in_owners.free_text.has(Kind::income)));
        if (!may && actor.is_nobody()) CHECK(location(out).starts_with("/sign-in"));
        if (!may && !actor.is_nobody() && in_owners.rule != access::Rule::sign_in_again)
          CHECK(out.status == 404);
        matrix.asked += 1;
        matrix.yes += may;
      }
    });
    CHECK(matrix.yes > 60);
    CHECK(matrix.asked - matrix.yes > 600);
  }

  TEST_CASE("T01: what belongs to a participant answers those whom the rules let do it, and nobody else") {
    Matrix matrix;
    for (const auto& exercise : exercises()) {
      if (exercise.reaches != Reaches::record) continue;
      CAPTURE(exercise.route);
      each_protection(matrix, [&](const Actor& actor, Protection protection, bool proved) {
        const bool may = matrix.may(actor, exercise.action, protection, proved) &&
                         (!exercise.owners || actor.is_of_owner()) &&
                         (!exercise.contact ||
                          matrix.decided(actor, matrix.municipality, protection, proved, exercise.action)
                              .kinds.has(Kind::contact));
        const bool is_get = exercise.route.starts_with("GET ");
        const auto out = matrix.ask(actor, is_get ? "GET" : "POST", matrix.filled(exercise.address), proved);
        const bool leads_to_sign_in = location(out).starts_with("/sign-in");
        const bool refused = out.status == 404 || out.status == 403 || leads_to_sign_in;
        const bool asks_for_what_is_not_there = exercise.address.find("finns-inte") != exercise.address.npos;
        CHECK(out.status < 500);
        if (!may) CHECK(refused);
        if (may && !asks_for_what_is_not_there) CHECK_FALSE(refused);
        matrix.asked += 1;
        matrix.yes += may;
      });
    }
    CHECK(matrix.yes > 300);
    CHECK(matrix.asked - matrix.yes > 1000);
  }

  TEST_CASE("T01: a list of participants has in it exactly those whom the rules let its reader know of") {
    Matrix matrix;
    each_protection(matrix, [&](const Actor& actor, Protection protection, bool proved) {
      const auto listed = matrix.listed(actor, protection);
      for (const auto* accept : {"text/html", "application/json"}) {
        const auto out = matrix.ask(actor, "GET", "/interventions/prova/participants", proved, {}, accept);
        CHECK((out.status == 200) == listed.is_open);
        CHECK(has(out, canary.code) == listed.has_participant);
        CHECK(has(out, matrix.participant.text) == listed.has_participant);
        CHECK(has(out, std::string_view(accept) == "text/html" ? ">B2<" : "\"B2\"") == listed.has_others);
        for (const auto* word : {canary.personal_number, canary.word, canary.income, canary.decision})
          CHECK_FALSE(has(out, word));
        matrix.yes += listed.is_open;
      }
    });
    CHECK(matrix.yes > 60);
  }
}
