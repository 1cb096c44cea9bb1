// Every route, asked for by everyone: docs/rooms.md and the permissions say who may, and nobody else is told
// anything.
#include <doctest/doctest.h>

#include <map>
#include <set>
#include <sstream>

#include "app/modules.h"
#include "tests/cast.h"

using namespace stafett;
using access::Kind;
using access::Protection;

namespace {

// What a route reaches, and so who may: the permission alone, the owner's people who have it, or what the
// rules of rooms and doors say.
enum class Reaches { nobody, own, participant, participants, record };

struct Exercise {
  std::string_view route;    // as the router's table has it
  std::string_view address;  // {participant}, {import} and {report} are filled in
  Reaches reaches = Reaches::nobody;
  World::Fields fields = {};
  access::Action action = access::Action::see;  // with a participant's record
  bool contact = false;                         // and only who may see the owner's contact with them
  bool owners = false;                          // and only the owner's people
};

Exercise on(std::string_view route, std::string_view address, access::Action action, bool contact = false) {
  return {route, address, Reaches::record, {}, action, contact};
}
Exercise protecting(std::string_view route, std::string_view address) {
  auto one = on(route, address, access::Action::protect);
  one.owners = true;
  return one;
}

// A new route has its line here, or the test fails. What has a participant in its path reaches one.
const std::vector<Exercise>& exercises() {
  static const std::vector<Exercise> all{
      {"GET /", "/"},
      {"GET /about", "/about"},
      {"GET /interventions/:id", "/interventions/prova"},
      {"GET /interventions/:id/participants", "/interventions/prova/participants", Reaches::participants},
      {"GET /participants/:id", "/participants/{participant}", Reaches::participant},
      {"GET /sign-in", "/sign-in?next=/participants/{participant}"},
      {"POST /sign-in", "/sign-in", Reaches::nobody, {{"account", "ingen"}, {"password", "fel"}}},
      {"GET /language/:language", "/language/sv?next=/participants/{participant}"},
      {"GET /interventions", "/interventions"},
      {"POST /interventions", "/interventions"},
      {"GET /interventions/new", "/interventions/new"},
      {"GET /interventions/file", "/interventions/file"},
      {"POST /interventions/file", "/interventions/file"},
      {"GET /interventions/:id/edit", "/interventions/prova/edit", Reaches::own},
      {"POST /interventions/:id", "/interventions/prova", Reaches::own},
      {"GET /interventions/:id/file", "/interventions/prova/file"},
      {"GET /interventions/:id/versions", "/interventions/prova/versions"},
      {"GET /statistics", "/statistics?measure=closed&by=sex"},
      {"GET /statistics/:file", "/statistics/table.csv?measure=closed&by=sex"},
      {"GET /definitions", "/definitions"},
      {"GET /imports", "/imports"},
      {"POST /imports", "/imports"},
      {"GET /imports/:id", "/imports/{import}", Reaches::own},
      {"GET /imports/:id/rejects", "/imports/{import}/rejects", Reaches::own},
      {"POST /imports/:id/confirmation", "/imports/{import}/confirmation", Reaches::own},
      {"GET /reports", "/reports"},
      {"GET /reports/:id", "/reports/{report}", Reaches::own},
      {"POST /reports/:id/texts", "/reports/{report}/texts", Reaches::own},
      {"POST /reports/:id/freezing", "/reports/{report}/freezing", Reaches::own},
      {"GET /reports/:id/word", "/reports/{report}/word", Reaches::own},
      {"GET /reports/:id/pdf", "/reports/finns-inte/pdf"},  // made by another program, in seconds
      {"GET /reports/new", "/reports/new"},
      {"POST /reports", "/reports"},
      {"GET /reports/:id/choices", "/reports/{report}/choices", Reaches::own},
      {"POST /reports/:id/choices", "/reports/{report}/choices", Reaches::own},
      {"GET /report-forms", "/report-forms"},
      {"POST /report-forms", "/report-forms"},
      {"GET /report-forms/:id", "/report-forms/finns-inte"},
      {"GET /report-forms/:id/file", "/report-forms/finns-inte/file"},
      {"GET /organisations", "/organisations"},
      {"POST /organisations", "/organisations"},
      {"GET /organisations/:id", "/organisations/{municipality}"},
      {"POST /organisations/:id/units", "/organisations/{municipality}/units"},
      {"POST /organisations/:id/members", "/organisations/{municipality}/members"},
      {"GET /account", "/account"},
      {"GET /account/codes", "/account/codes"},
      {"POST /account/codes", "/account/codes"},
      {"POST /account/codes/recovery", "/account/codes/recovery"},
      {"POST /account/codes/end", "/account/codes/end"},
      {"POST /account/sessions/:mark/end", "/account/sessions/finns-inte/end"},
      {"POST /account/sessions/others/end", "/account/sessions/others/end"},
      {"GET /sign-in/code", "/sign-in/code"},
      {"POST /sign-in/code", "/sign-in/code"},
      {"GET /sign-in/again", "/sign-in/again?next=/participants/{participant}"},
      {"POST /sign-in/again", "/sign-in/again"},
      {"GET /account/passkeys", "/account/passkeys"},
      {"POST /account/passkeys", "/account/passkeys"},
      {"POST /account/passkeys/:id/end", "/account/passkeys/finns-inte/end"},
      {"POST /passkeys/challenge", "/passkeys/challenge"},
      {"POST /sign-in/passkey", "/sign-in/passkey"},
      {"POST /sign-in/again/passkey", "/sign-in/again/passkey"},
      {"GET /sign-in/with/:provider", "/sign-in/with/finns-inte"},
      {"GET /sign-in/with/:provider/callback", "/sign-in/with/finns-inte/callback"},
      {"POST /invitations/:id/with/:provider", "/invitations/finns-inte/with/finns-inte"},
      {"GET /invitations/:id", "/invitations/finns-inte"},
      {"POST /invitations/:id", "/invitations/finns-inte"},
      {"GET /colleagues", "/colleagues"},
      {"POST /colleagues", "/colleagues"},
      {"GET /colleagues/new", "/colleagues/new"},
      {"GET /colleagues/:id", "/colleagues/finns-inte"},
      {"POST /colleagues/:id/roles", "/colleagues/finns-inte/roles"},
      {"POST /colleagues/:id/roles/end", "/colleagues/finns-inte/roles/end"},
      {"POST /colleagues/:id/roles/confirmation", "/colleagues/finns-inte/roles/confirmation"},
      {"POST /colleagues/:id/invitation", "/colleagues/finns-inte/invitation"},
      {"GET /colleagues/:id/leaving", "/colleagues/finns-inte/leaving"},
      {"POST /colleagues/:id/leaving", "/colleagues/finns-inte/leaving"},
      {"GET /broken-glass", "/broken-glass?participant={participant}"},
      {"POST /broken-glass", "/broken-glass"},
      {"POST /broken-glass/:id/review", "/broken-glass/finns-inte/review"},
      {"GET /disposals", "/disposals"},
      {"POST /disposals/rules", "/disposals/rules"},
      {"POST /disposals/rules/:id/removal", "/disposals/rules/finns-inte/removal"},
      {"POST /disposals/exemptions", "/disposals/exemptions"},
      {"POST /disposals/exemptions/:id/removal", "/disposals/exemptions/finns-inte/removal"},
      {"GET /access-log", "/access-log"},
      {"POST /access-log/search", "/access-log/search"},
      {"POST /access-log/samples", "/access-log/samples"},
      {"GET /access-log/samples/:id", "/access-log/samples/finns-inte"},
      {"POST /access-log/samples/:id", "/access-log/samples/finns-inte"},
      {"GET /interventions/:id/anonymous-participants", "/interventions/prova/anonymous-participants"},
      {"POST /interventions/:id/anonymous-participants", "/interventions/prova/anonymous-participants"},
      {"POST /interventions/:id/anonymous-participants/removal", "/interventions/prova/anonymous-participants/removal"},
      {"GET /protections", "/protections"},
      {"POST /protections/:proposal/confirmation", "/protections/finns-inte/confirmation"},
      {"GET /consents", "/consents"},
      {"GET /participants", "/participants"},
      {"POST /participants", "/participants", Reaches::nobody, {{"personal_number", "196408233234"}}},
      on("GET /participants/:id/consents", "/participants/{participant}/consents", access::Action::see),
      on("GET /participants/:id/consents/new", "/participants/{participant}/consents/new", access::Action::consent),
      on("POST /participants/:id/consents", "/participants/{participant}/consents", access::Action::consent),
      on("POST /participants/:id/consents/:consent/withdrawal",
         "/participants/{participant}/consents/finns-inte/withdrawal", access::Action::consent),
      on("GET /participants/:id/identity", "/participants/{participant}/identity", access::Action::write, true),
      on("POST /participants/:id/identity", "/participants/{participant}/identity", access::Action::write, true),
      on("POST /participants/:id/notes", "/participants/{participant}/notes", access::Action::write),
      {"GET /assignments", "/assignments"},
      {"GET /interventions/:id/assignments", "/interventions/prova/assignments", Reaches::own},
      {"POST /interventions/:id/assignments", "/interventions/prova/assignments", Reaches::own},
      {"POST /interventions/:id/assignments/:assignment/end", "/interventions/prova/assignments/finns-inte/end", Reaches::own},
      on("GET /participants/:id/assignments", "/participants/{participant}/assignments", access::Action::assign),
      on("POST /participants/:id/assignments", "/participants/{participant}/assignments", access::Action::assign),
      on("POST /participants/:id/assignments/:assignment/end", "/participants/{participant}/assignments/finns-inte/end",
         access::Action::assign),
      on("POST /participants/:id/conflicts", "/participants/{participant}/conflicts", access::Action::assign),
      on("POST /participants/:id/conflicts/:account/end", "/participants/{participant}/conflicts/finns-inte/end",
         access::Action::assign),
      on("GET /participants/:id/log", "/participants/{participant}/log", access::Action::review),
      on("GET /participants/:id/disposal", "/participants/{participant}/disposal", access::Action::see),
      on("GET /participants/:id/disposal/file", "/participants/{participant}/disposal/file", access::Action::print),
      on("POST /participants/:id/disposal", "/participants/{participant}/disposal", access::Action::erase),
      on("POST /participants/:id/disposal/confirmation", "/participants/{participant}/disposal/confirmation", access::Action::erase),
      on("POST /participants/:id/disposal/erasure", "/participants/{participant}/disposal/erasure", access::Action::erase),
      on("POST /participants/:id/disposal/hold", "/participants/{participant}/disposal/hold", access::Action::erase),
      on("POST /participants/:id/disposal/hold/end", "/participants/{participant}/disposal/hold/end", access::Action::erase),
      on("POST /participants/:id/disposal/withdrawal", "/participants/{participant}/disposal/withdrawal", access::Action::erase),
      protecting("GET /participants/:id/protection", "/participants/{participant}/protection"),
      protecting("POST /participants/:id/protection", "/participants/{participant}/protection"),  // of no level
      protecting("POST /participants/:id/protection/handlers", "/participants/{participant}/protection/handlers"),
      protecting("POST /participants/:id/protection/handlers/end",
                 "/participants/{participant}/protection/handlers/end"),
      protecting("POST /participants/:id/protection/end", "/participants/{participant}/protection/end"),
      protecting("POST /participants/:id/protection/end/withdrawal", "/participants/{participant}/protection/end/withdrawal"),
      {"POST /sign-out", "/sign-out"},  // the last: it ends the session
  };
  return all;
}

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
  for (const auto* reaching : {"participant.read", "assignment.head", "exchange.import", "retention.dispose"})
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

bool reaches_persons(const Exercise& exercise) {
  return exercise.reaches == Reaches::participant || exercise.reaches == Reaches::participants ||
         exercise.reaches == Reaches::record;
}

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
