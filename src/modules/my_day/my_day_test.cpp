#include "my_day/my_day.h"

#include "tests/relay.h"

using namespace stafett;

namespace {

// The lines of a group, by its heading, as they stand in the page; "" if the group is not there.
std::string group(const web::Outgoing& page, const std::string& heading) {
  const auto begin = page.body.find("<h2>" + heading + "</h2>");
  if (begin == page.body.npos) return {};
  return page.body.substr(begin, page.body.find("</section>", begin) - begin);
}
bool holds(const std::string& text, std::string_view word) { return text.find(word) != text.npos; }

}  // namespace

TEST_SUITE("my_day") {
  TEST_CASE("who holds a baton sees the next step, the earliest first, and what is late") {
    Relay road;
    REQUIRE(road.takes(road.hanna, "ringer vårdcentralen", "2026-03-05").status == 303);
    const auto first = group(road.get(road.hanna, "/my-day"), "Att göra inom en vecka");
    CHECK(holds(first, "href=\"" + road.page + "\">ringer vårdcentralen</a>"));
    CHECK(holds(first, "Ditt nästa steg för A1."));
    CHECK(holds(first, "5 mars 2026"));
    road.later(9);
    CHECK(holds(group(road.get(road.hanna, "/my-day"), "Att göra inom en vecka"), "late\">förfallen 6 dagar"));
    CHECK_FALSE(has(road.get(road.karin, "/my-day"), "vårdcentralen"));
  }

  TEST_CASE("what is far off stands by itself, and a line is gone when its reason is") {
    Relay road;
    REQUIRE(road.takes(road.hanna, "skriver plan", "2026-05-05").status == 303);
    CHECK(holds(group(road.get(road.hanna, "/my-day"), "Längre fram"), "skriver plan"));
    road.import_participations("insats;deltagare;start;avslut;avslutad till\nprova;A1;2025-01-01;2026-03-02;Arbete\n");
    CHECK_FALSE(has(road.get(road.hanna, "/my-day"), "skriver plan"));
    CHECK(has(road.get(road.hanna, "/my-day"), "Inget att göra här i dag"));
  }

  TEST_CASE("who is offered a baton sees it, who offered it sees whom they wait for, and for how long") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    REQUIRE(road.offers(road.hanna).status == 303);
    road.later(4);
    const auto asked = group(road.get(road.gun, "/my-day"), "Väntar på svar");
    CHECK(holds(asked, road.page + "/handovers/" + road.open()));
    CHECK(holds(asked, "Ta emot pinnen för A1?"));
    CHECK(holds(asked, "4 dagar"));
    CHECK(holds(group(road.get(road.hanna, "/my-day"), "Du väntar på"), "Svar från " + road.region.name));
    REQUIRE(road.accepts(road.gun).status == 303);
    CHECK(group(road.get(road.hanna, "/my-day"), "Du väntar på").empty());
    CHECK(holds(group(road.get(road.gun, "/my-day"), "Längre fram"), "bokar möte"));
  }

  TEST_CASE("when the receiver is away, the unit sees after five days that nobody has answered, and its head what to do; not whom it is about") {
    Relay road;
    const auto lisa = road.sign_in("lisa", road.region, {"coach"});
    REQUIRE(road.takes(road.hanna).status == 303);
    REQUIRE(road.offers(road.hanna).status == 303);
    CHECK(group(road.get(lisa, "/my-day"), "Väntar på svar").empty());
    road.later(5);
    const auto unit = road.get(lisa, "/my-day");
    CHECK(holds(group(unit, "Väntar på svar"), "Provköpings kommun erbjuder en pinne i Prova på"));
    CHECK_FALSE(has(unit, "A1"));
    CHECK_FALSE(has(unit, road.a1.text));
    const auto head = group(road.get(road.cecilia, "/my-day"), "Väntar på svar");
    CHECK(holds(head, "href=\"/assignments\""));
    CHECK_FALSE(holds(head, "late"));
    road.later(5);
    CHECK(holds(group(road.get(road.cecilia, "/my-day"), "Väntar på svar"), "late\">10 dagar"));
    CHECK(holds(group(road.get(road.gun, "/my-day"), "Väntar på svar"), "Ta emot pinnen för A1?"));
    CHECK_FALSE(holds(group(road.get(road.gun, "/my-day"), "Väntar på svar"), "erbjuder en pinne"));
  }

  TEST_CASE("an open case that one works with by name and nobody holds is on the list") {
    Relay road;
    CHECK(holds(group(road.get(road.hanna, "/my-day"), "Ärenden som ingen håller"), "Ingen håller pinnen för A1"));
    CHECK(group(road.get(road.gun, "/my-day"), "Ärenden som ingen håller").empty());  // it is not theirs to take
    REQUIRE(road.takes(road.karin).status == 303);
    CHECK(group(road.get(road.hanna, "/my-day"), "Ärenden som ingen håller").empty());
  }

  TEST_CASE("what was agreed at meetings is on the list: by us to do, by others to wait for, and gone when it is done") {
    Relay road;
    const auto written = road.post(road.hanna, road.page + "/meetings",
                                   {{"kind", "network"}, {"form", "room"}, {"about", "planning"}, {"date", "2026-03-02"},
                                    {"time", "08:30"}, {"present", "participant"}, {"rows", "2"},
                                    {"what-1", "Ringa kaféet"}, {"who-1", road.municipality.id.text}, {"due-1", "2026-03-04"},
                                    {"what-2", "Pröva bussen"}, {"who-2", "participant"}, {"due-2", "2026-03-03"}});
    REQUIRE(written.status == 303);
    road.later(3);
    const auto page = road.get(road.hanna, "/my-day");
    CHECK(holds(group(page, "Att göra inom en vecka"), "Ringa kaféet</a><span class=\"much late\">förfallen 1 dag"));
    CHECK(holds(group(page, "Du väntar på"), "Pröva bussen</a><span class=\"much late\">förfallen 2 dagar"));
    CHECK(holds(group(page, "Du väntar på"), "Deltagaren gör det, A1"));
    road.execute("update agreement set state = 'done'");
    CHECK_FALSE(has(road.get(road.hanna, "/my-day"), "kaféet"));
    shut_doors(road);
    CHECK_FALSE(has(road.get(road.gun, "/my-day"), "kaféet"));
  }

  TEST_CASE("a planned meeting is on the list within a week, and is to be written down when its time has passed") {
    Relay road;
    REQUIRE(road.post(road.hanna, road.page + "/meetings",
                      {{"kind", "follow-up"}, {"form", "phone"}, {"about", "planning"}, {"date", "2026-03-12"}, {"time", "10:00"},
                       {"invited", "participant"}, {"rows", "1"}}).status == 303);
    CHECK(group(road.get(road.hanna, "/my-day"), "Möten").empty());
    road.later(4);
    CHECK(holds(group(road.get(road.hanna, "/my-day"), "Möten"), "uppföljningsmöte, A1</a><span class=\"much\">12 mars 2026 10:00"));
    road.later(7);
    const auto page = road.get(road.hanna, "/my-day");
    CHECK(group(page, "Möten").empty());
    CHECK(holds(group(page, "Att göra inom en vecka"), "/edit\">Skriv ner mötet: uppföljningsmöte, A1</a>"));
  }

  TEST_CASE("the list is one line in the own room's log, and one for each person another room tells of") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    REQUIRE(road.offers(road.hanna).status == 303);
    const auto before = road.count("access_log");
    REQUIRE(road.get(road.hanna, "/my-day").status == 200);
    CHECK(road.count("access_log") == before + 1);
    CHECK(road.word("select object as x from access_log order by at desc, number desc limit 1") == "my day, 1 participants");
    REQUIRE(road.get(road.gun, "/my-day").status == 200);
    CHECK(road.count("access_log where object = 'my day' and rule = 'door' and consent_id <> '' and participant_id <> ''") == 1);
  }

  TEST_CASE("T15: a protected person is on the list of those who are named, and silence about them is not told") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    REQUIRE(road.offers(road.hanna).status == 303);
    road.execute("update participant set protection = 'marked'");
    road.later(20);
    CHECK_FALSE(has(road.get(road.cecilia, "/my-day"), "erbjuder en pinne"));
    CHECK_FALSE(has(road.get(road.hanna, "/my-day"), "vårdcentralen"));  // not without a fresh sign-in
    road.proved_again = true;
    CHECK(has(road.get(road.hanna, "/my-day"), "vårdcentralen"));
  }

  TEST_CASE("the outsider's list is empty, and the referrer, the director and the administrator have none") {
    Relay road;
    REQUIRE(road.takes(road.hanna).status == 303);
    const auto outsider = road.sign_in("ulla", road.insurance_agency, {"coach"});
    const auto page = road.get(outsider, "/my-day");
    CHECK(page.status == 200);
    CHECK_FALSE(has(page, "A1"));
    for (const auto* person : {&road.anna, &road.disa, &road.eva, &road.frej}) CHECK(road.get(*person, "/my-day").status == 403);
  }
}
