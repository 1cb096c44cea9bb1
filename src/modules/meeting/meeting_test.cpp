#include "meeting/meeting.h"

#include "tests/meetings.h"
#include "text/clock.h"

using namespace stafett;

TEST_SUITE("meeting") {
  TEST_CASE("a meeting and what was agreed are written on one page, and stand on the participant's") {
    Meetings world;
    CHECK(world.write(world.bo) == 303);
    const auto shown = world.get(world.bo, world.kim);
    CHECK(has(shown, ">nätverksmöte</a>"));
    CHECK(has(shown, "2 mars 2026 kl. 08.30 · bo, Provköpings kommun"));
    CHECK(has(shown, "<p>Vill prova kaféet.</p>"));
    CHECK(has(shown, "<p>Oroar sig för bussen.</p>"));
    CHECK(has(shown, "Med: deltagaren"));
    CHECK(has(shown, "Kom inte: Region Provlandet"));
    CHECK(has(shown, "Ringa kaféet"));
    CHECK(has(shown, "Provköpings kommun, senast 9 mars 2026 · 2 mars 2026, bo, Provköpings kommun"));
    CHECK(has(shown, "deltagaren, senast 4 mars 2026"));
    CHECK(shown.body.find("Pröva bussen") < shown.body.find("Ringa kaféet"));  // what is to be done first
  }

  TEST_CASE("the form is filled in with now, what one chose last, the own organisation and the participant") {
    Meetings world;
    const auto first = world.get(world.bo, world.kim + "/meetings/new");
    CHECK(has(first, "<span class=\"quiet\">A1</span>"));
    CHECK(has(first, "<option value=\"network\" selected>"));
    CHECK(has(first, "type=\"date\" value=\"" + text::local_time(world.now).day.text() + "\""));
    CHECK(has(first, "type=\"time\" value=\"" + text::local_time(world.now).clock + "\""));
    CHECK(has(first, "value=\"" + world.municipality.id.text + "\" checked"));
    CHECK(has(first, "name=\"what-3\""));
    CHECK_FALSE(has(first, "name=\"what-4\""));
    REQUIRE(world.write(world.bo, {{"kind", "follow-up"}, {"form", "phone"}}) == 303);
    const auto next = world.get(world.bo, world.kim + "/meetings/new");
    CHECK(has(next, "<option value=\"follow-up\" selected>"));
    CHECK(has(next, "<option value=\"phone\" selected>"));
  }

  TEST_CASE("more rows for agreements lose nothing that was written") {
    Meetings world;
    auto fields = world.a_meeting({{"more", "yes"}});
    const auto shown = world.post(world.bo, world.kim + "/meetings", fields);
    CHECK(shown.status == 200);
    CHECK(world.count("meeting") == 0);
    for (const auto* text : {"name=\"what-6\"", "value=\"Ringa kaféet\"", "Oroar sig för bussen.</textarea>",
                             "value=\"Ekrummet\"", "value=\"2026-03-09\"", "name=\"rows\" value=\"6\""})
      CHECK(has(shown, text));
    CHECK_FALSE(has(shown, "name=\"what-7\""));
  }

  TEST_CASE("what is missing is said at its field, and nothing written is lost") {
    Meetings world;
    const auto refused =
        world.post(world.bo, world.kim + "/meetings",
                   world.a_meeting({{"what-1", ""}, {"due-1", ""}, {"who-2", ""}, {"due-2", ""}}));
    CHECK(refused.status == 422);  // the empty row is left out, and the second is the first
    CHECK(has(refused, "<a href=\"#who-1\">Välj vem som gör det.</a>"));
    CHECK(has(refused, "id=\"due-1-fault\">Skriv senaste dag som 2026-03-01.</p>"));
    CHECK(has(refused, "value=\"Pröva bussen\""));
    CHECK(world.write(world.bo, {{"time", "25:00"}}) == 422);
    CHECK(world.write(world.bo, {{"date", "2062-03-02"}}) == 422);
    CHECK(world.write(world.bo, {{"kind", "party"}}) == 422);
    CHECK(world.write(world.bo, {{"notes", std::string(meeting::longest + 1, 'x')}}) == 422);
    CHECK(world.write(world.bo, {{"due-1", "2026-03-01"}}) == 422);  // before the meeting
    CHECK(world.count("meeting") == 0);
    CHECK(world.count("agreement") == 0);
  }

  TEST_CASE("a form that is sent twice is one meeting") {
    Meetings world;
    const auto once = world.a_meeting({{"once", "samma"}});
    for (int time = 0; time != 2; ++time)
      CHECK(location(world.post(world.bo, world.kim + "/meetings", once)) == world.kim);
    CHECK(world.count("meeting") == 1);
    CHECK(world.count("agreement") == 2);
  }

  TEST_CASE("an agreement is done with one press, taken back with another, or not done and why") {
    Meetings world;
    REQUIRE(world.write(world.bo) == 303);
    const auto bus = world.outcome_address("2026-03-04"), cafe = world.outcome_address("2026-03-09");
    CHECK(has(world.get(world.bo, world.kim), "action=\"" + bus + "\""));
    CHECK(location(world.post(world.bo, bus, {{"state", "done"}, {"was", "open"}})) == world.kim);
    CHECK(world.post(world.bo, bus, {{"state", "done"}, {"was", "open"}}).status == 303);  // a second press
    CHECK(has(world.get(world.bo, world.kim), "gjort 2 mars 2026, bo"));
    CHECK(world.post(world.bo, bus, {{"state", "open"}, {"was", "done"}}).status == 303);
    CHECK_FALSE(has(world.get(world.bo, world.kim), "gjort 2 mars 2026"));

    const auto refused = world.post(world.bo, cafe, {{"state", "not done"}, {"was", "open"}});
    CHECK(refused.status == 422);
    CHECK(has(refused, "Skriv varför det inte blev gjort."));
    CHECK(world.post(world.bo, cafe, {{"state", "not done"}, {"was", "open"}, {"why", "Kaféet har stängt."}})
              .status == 303);
    CHECK(has(world.get(world.bo, world.kim), "inte gjort 2 mars 2026"));
    CHECK(has(world.get(world.bo, world.kim), "Kaféet har stängt."));
    // Somebody who still sees it as it was does not write over that.
    CHECK(world.post(world.bo, cafe, {{"state", "done"}, {"was", "open"}}).status == 409);
    CHECK(location(world.post(world.bo, bus, {{"state", "done"}, {"was", "open"}, {"next", "/consents"}})) ==
          "/consents");
    CHECK(location(world.post(world.bo, bus,
                              {{"state", "open"}, {"was", "done"}, {"next", "//elsewhere"}})) == "/");
  }

  TEST_CASE("what was to be done yesterday is late") {
    Meetings world;
    REQUIRE(world.write(world.bo) == 303);
    CHECK_FALSE(has(world.get(world.bo, world.kim), "försenat"));
    world.execute("update agreement set due_on = '2026-03-01' where due_on = '2026-03-04'");
    CHECK(has(world.get(world.bo, world.kim), "försenat"));
  }

  TEST_CASE("a meeting to come is planned, and waits to be written down when its time has passed") {
    Meetings world;
    REQUIRE(world.write(world.bo, {{"date", "2026-03-03"}, {"time", "10:00"}, {"present", "participant"}}) ==
            303);
    CHECK(has(world.get(world.bo, world.kim), ">planerat</span>"));
    CHECK(has(world.get(world.bo, world.kim), "Bjudna: Region Provlandet, deltagaren"));
    world.now = world.now + 2 * 86400;
    const auto later = world.sign_in("berit", world.municipality, {"coach"});
    world.assign(later, "prova");
    CHECK(has(world.get(later, world.kim), "inte skrivet än"));
    const auto form = world.get(later, world.meeting_address() + "/edit");
    CHECK(has(form, "name=\"version\" value=\"1\""));
    REQUIRE(world
                .post(later, world.meeting_address(),
                      world.a_meeting({{"version", "1"},
                                       {"date", "2026-03-03"},
                                       {"time", "10:00"},
                                       {"rows", "0"},
                                       {"what-1", ""},
                                       {"due-1", ""},
                                       {"what-2", ""},
                                       {"due-2", ""}}))
                .status == 303);
    CHECK(world.text("select state as x from meeting") == "held");
    CHECK(world.count("agreement") == 2);
  }

  TEST_CASE("a meeting that is moved says to when and why, and the new time is a meeting of its own") {
    Meetings world;
    const World::Fields to_come{{"date", "2026-03-03"}, {"time", "10:00"}, {"agenda", "Vad bussen kostar"}};
    REQUIRE(world.write(world.bo, to_come) == 303);
    const auto address = world.meeting_address();
    auto fields = world.a_meeting(to_come);
    fields.insert(fields.end(), {{"version", "1"}, {"state", "moved"}});
    const auto refused = world.post(world.bo, address, fields);
    CHECK(refused.status == 422);
    CHECK(has(refused, "Välj varför."));
    CHECK(has(refused, "Skriv ny dag och tid"));
    fields.insert(fields.end(),
                  {{"reason", "illness"}, {"moved_date", "2026-03-10"}, {"moved_time", "13:15"}});
    REQUIRE(world.post(world.bo, address, fields).status == 303);
    const auto moved = world.get(world.bo, address);
    CHECK(has(moved, "10 mars 2026 kl. 13.15"));
    CHECK(has(moved, "sjukdom"));
    CHECK(world.count("meeting where state = 'planned' and starts_at = '2026-03-10 12:15:00'") == 1);
    CHECK(has(world.get(world.bo, world.meeting_address()), "Vad bussen kostar"));
    CHECK(world.get(world.bo, address + "/edit").status == 409);
    CHECK(world.post(world.bo, address, fields).status == 409);
  }

  TEST_CASE("a meeting that is cancelled says by whom and why, in own words where the list has no word") {
    Meetings world;
    CHECK(world.write(world.bo, {{"state", "cancelled"}, {"reason", "did not come"}}) == 422);
    CHECK(world.write(world.bo, {{"state", "cancelled"}, {"reason", "other"}, {"cancelled_by", "party"}}) ==
          422);
    CHECK(world.write(world.bo, {{"state", "cancelled"},
                                 {"reason", "other"},
                                 {"cancelled_by", "party"},
                                 {"why", "Lokalen var upptagen"}}) == 303);
    const auto shown = world.get(world.bo, world.kim);
    CHECK(has(shown, ">inställt</span>"));
    CHECK(has(shown, "Inställt av en part: Lokalen var upptagen"));
    CHECK_FALSE(has(shown, "Med: "));
  }

  TEST_CASE(
      "a follow-up says what it came to; a SIP who asked for it, whose leader, for what and the problem") {
    Meetings world;
    REQUIRE(world.write(world.bo,
                        {{"kind", "follow-up"}, {"outcome", "step taken"}, {"problem", "Sömnen"}}) == 303);
    CHECK(has(world.get(world.bo, world.kim), "Resultat: steg taget"));
    CHECK_FALSE(has(world.get(world.bo, world.meeting_address()), "Sömnen"));  // no SIP
    REQUIRE(world.write(world.bo, {{"kind", "sip"},
                                   {"outcome", "step taken"},
                                   {"purpose", "pre-step"},
                                   {"problem", "Sömnen"},
                                   {"initiator", world.region.id.text},
                                   {"leader", world.region.id.text}}) == 303);
    const auto sip = world.get(world.bo, world.meeting_address());
    CHECK(has(sip, "<dd>försteg</dd>"));
    CHECK(has(sip, "<dd>Region Provlandet, lånad</dd>"));
    CHECK(has(sip, "<p>Sömnen</p>"));
    CHECK_FALSE(has(sip, "steg taget"));
  }

  TEST_CASE("two who change a meeting at once both see both texts, and neither is lost in silence") {
    Meetings world;
    REQUIRE(world.write(world.bo) == 303);
    const auto address = world.meeting_address();
    const auto id = [&](const std::string& due) {
      return world.text("select id as x from agreement where due_on = '" + due + "'");
    };
    const auto changed = [&](const std::string& version, const std::string& notes) {
      return world.a_meeting({{"version", version},
                              {"notes", notes},
                              {"agreement-1", id("2026-03-09")},
                              {"agreement-2", id("2026-03-04")}});
    };
    CHECK(location(world.post(world.bo, address, changed("1", "Det första."))) == address);
    const auto both = world.post(world.bo, address, changed("1", "Det andra."));
    CHECK(both.status == 409);
    CHECK(has(both, "<p>Det första.</p>"));
    CHECK(has(both, "Det andra.</textarea>"));
    CHECK_FALSE(has(both, "<h3>Problemet</h3>"));  // of a meeting that is no SIP
    CHECK(has(both, "name=\"version\" value=\"2\""));
    CHECK(has(world.get(world.bo, address), "Det första."));
    CHECK(world.post(world.bo, address, changed("2", "Det första. Det andra.")).status == 303);
    CHECK(has(world.get(world.bo, address), "Det första. Det andra."));
    CHECK(has(world.get(world.bo, address), "ändrat 2 mars 2026"));
    CHECK(world.count("agreement") == 2);
  }

  TEST_CASE("an agreement is not taken away by emptying its row") {
    Meetings world;
    REQUIRE(world.write(world.bo) == 303);
    const auto id = world.text("select id as x from agreement where due_on = '2026-03-09'");
    const auto out = world.post(world.bo, world.meeting_address(),
                                world.a_meeting({{"version", "1"}, {"agreement-1", id}, {"what-1", ""}}));
    CHECK(out.status == 422);
    CHECK(has(out, "En överenskommelse tas inte bort."));
  }
}
