#include "contact/contact.h"

#include <doctest/doctest.h>

#include "tests/databases.h"
#include "tests/world.h"

using namespace stafett;

namespace {

struct District : World {
  Person karin;  // a coach of the municipality

  District() {
    add_intervention(prova);
    karin = sign_in("karin", municipality, {"coach"});
  }
  // A line as it is typed, with some fields otherwise.
  Fields line(const Fields& other = {}) {
    Fields fields{{"day", "2026-03-02"},       {"asked_by", "af"},       {"kind", "consultation"},
                  {"municipality", "Gotland"}, {"theme", "sjukpenning"}, {"minutes", "20"}};
    for (const auto& [name, value] : other) {
      std::erase_if(fields, [&](const auto& field) { return field.first == name; });
      fields.emplace_back(name, value);
    }
    return fields;
  }
  int write(const Person& by, const Fields& other = {}) { return post(by, "/contacts", line(other)).status; }
  std::string text(const std::string& column) {
    return database->read([&](db::Transaction& tx) {
      return tx
          .find([](const db::Row& row) { return row.text("x"); }, "select " + column + " as x from contact")
          .value();
    });
  }
};

// What stands between two words of a page.
std::string between(const std::string& page, const std::string& from, const std::string& to) {
  const auto start = page.find(from);
  REQUIRE(start != page.npos);
  const auto begin = start + from.size();
  return page.substr(begin, page.find(to, begin) - begin);
}
std::size_t times(const std::string& page, const std::string& word) {
  std::size_t n = 0;
  for (auto at = page.find(word); at != page.npos; at = page.find(word, at + 1)) ++n;
  return n;
}

// The field that the cursor stands in when the page opens, and the fields of the form in the order that Tab
// takes them.
std::string focused(const std::string& page) {
  CHECK(times(page, " autofocus") == 1);
  const auto before = page.substr(0, page.find(" autofocus"));
  return between(before.substr(before.rfind("<input")), "id=\"", "\"");
}
std::vector<std::string> tab_order(const std::string& page) {
  const auto form = between(page, "action=\"/contacts\" novalidate", "<button");
  std::vector<std::string> ids;
  for (auto at = form.find(" id=\""); at != form.npos; at = form.find(" id=\"", at + 1)) {
    const auto id = form.substr(at + 5, form.find('"', at + 5) - at - 5);
    if (form[form.rfind('<', at) + 1] != 'p') ids.push_back(id);
  }
  return ids;
}

}  // namespace

TEST_SUITE("contact") {
  TEST_CASE("a consultation is written down in one line: who asked, kind, theme, municipality and time") {
    District world;
    CHECK(location(world.post(world.karin, "/contacts", world.line({{"intervention", "prova"}}))) ==
          "/contacts");
    const auto page = world.get(world.karin, "/contacts");
    for (const auto* cell : {"<time>2026-03-02</time>", "<td>Arbetsförmedlingen<form",
                             "<td>konsultation</td>", "<td>sjukpenning</td>", "<td>Gotland</td>",
                             "<td class=\"number\">20</td>", "<td>Prova på</td>", "<td>karin</td>"})
      CHECK(has(page, cell));
    CHECK(world.text("municipality") == "0980");
    CHECK(world.text("organisation_id") == world.municipality.id.text);
  }

  TEST_CASE(
      "the next contact takes a theme, a Tab, the minutes and Enter: the rest stands there as last time") {
    District world;
    const auto first = world.get(world.karin, "/contacts").body;
    CHECK(focused(first) == "asked_by");
    CHECK(has(world.get(world.karin, "/contacts"),
              "id=\"day\" name=\"day\" type=\"date\" value=\"2026-03-02\""));
    CHECK(tab_order(first) == std::vector<std::string>{"day", "asked_by", "kind", "municipality", "theme",
                                                       "minutes", "intervention"});

    REQUIRE(world.write(world.karin) == 303);
    const auto next = world.get(world.karin, "/contacts").body;
    CHECK(focused(next) == "theme");
    CHECK(has(world.get(world.karin, "/contacts"),
              "name=\"asked_by\" type=\"text\" list=\"askers\" value=\"Arbetsförmedlingen\""));
    CHECK(between(next, "id=\"theme\" name=\"theme\" type=\"text\" list=\"themes\" maxlength=\"60\" value=\"",
                  "\"")
              .empty());
    CHECK(between(next, "id=\"minutes\" name=\"minutes\" type=\"text\" inputmode=\"numeric\" value=\"", "\"")
              .empty());

    // As a browser would send it: what the page holds, and the two that were typed.
    const auto form = between(next, "action=\"/contacts\" novalidate", "</form>");
    World::Fields sent{{"theme", "arbetsträning"}, {"minutes", "5"}};
    for (const auto* id : {"day", "asked_by", "municipality", "once"})
      sent.emplace_back(
          id, between(form.substr(form.find("name=\"" + std::string(id) + "\"")), "value=\"", "\""));
    sent.emplace_back("kind", between(form.substr(0, form.find("\" selected"))
                                          .substr(form.substr(0, form.find("\" selected")).rfind("<option ")),
                                      "value=\"", "!"));
    const int tabs = 1, enter = 1;
    CHECK(std::string("5").size() + tabs + enter == 3);  // beyond the theme's own letters
    CHECK(world.post(world.karin, "/contacts", sent).status == 303);
    CHECK(world.count("contact where kind = 'consultation' and asked_by = 'Arbetsförmedlingen' and "
                      "municipality = '0980'") == 2);
  }

  TEST_CASE(
      "a line that does not hold is told with all that is wrong, and can be sent again with the same key") {
    District world;
    const auto reply = world.post(world.karin, "/contacts",
                                  world.line({{"day", "2026-03-03"},
                                              {"asked_by", "Arbetsförmedligen"},
                                              {"kind", ""},
                                              {"municipality", "Gotlnd"},
                                              {"minutes", "en kvart"},
                                              {"once", "nyckel"}}));
    CHECK(reply.status == 422);
    for (const auto* words : {"Datumet (2026-03-03) har inte varit än.", "Menade du ”Arbetsförmedlingen”?",
                              "Välj vilket slags kontakt det var.", "”Gotlnd” är okänt. Menade du ”Gotland”?",
                              "Skriv tiden i hela minuter"})
      CHECK(has(reply, words));
    CHECK(has(reply, "value=\"sjukpenning\""));  // what was typed stands there
    CHECK_FALSE(has(reply, " autofocus"));       // the summary of faults has it
    CHECK(world.count("contact") == 0);
    CHECK(world.write(world.karin, {{"once", "nyckel"}}) == 303);
    CHECK(world.count("contact") == 1);
  }

  TEST_CASE(
      "a personal number, or what looks like one, is refused in every field, and a name is no one who "
      "asked") {
    District world;
    for (const std::string number : {"19640823-3234", "640823-3234", "6408233234", "196408233235",
                                     "64 08 23 - 3234", "640823+3234", "Eva 640823 3234", "070-123 45 67"})
      for (const std::string field : {"theme", "asked_by"}) {
        CAPTURE(number);
        CAPTURE(field);
        const auto reply = world.post(world.karin, "/contacts", world.line({{field, number}}));
        CHECK(reply.status == 422);
        CHECK(has(reply, "Det här ser ut som ett personnummer. En kontakt säger aldrig vem den gällde."));
      }
    for (const auto* field : {"municipality", "minutes", "day", "kind", "intervention"})
      CHECK(world.write(world.karin, {{field, "640823-3234"}}) == 422);
    CHECK(world.write(world.karin, {{"asked_by", "Eva Andersson"}}) == 422);
    CHECK(world.write(world.karin, {{"theme", "eva@example.se"}}) == 422);
    CHECK(world.write(world.karin, {{"theme", std::string(61, 'x')}}) == 422);
    CHECK(world.count("contact") == 0);
    CHECK(world.write(world.karin, {{"theme", "regler 2026, 18–24 år"}}) == 303);
    CHECK(world.write(world.karin, {{"theme", "AFS 2020:5 och 6 kap. 1 §"}}) == 303);
    CHECK(world.write(world.karin, {{"asked_by", "provköpings KOMMUN"}}) == 303);
    CHECK(world.count("contact where asked_by = 'Provköpings kommun'") == 1);
  }

  TEST_CASE("what one has just written is taken back by oneself, for a day, and by nobody else") {
    District world;
    REQUIRE(world.write(world.karin) == 303);
    const auto address = "/contacts/" + world.text("id") + "/removal";
    CHECK(has(world.get(world.karin, "/contacts"), address));
    CHECK_FALSE(has(world.get(world.bo, "/contacts"), address));
    for (const auto* other : {&world.bo, &world.cecilia}) CHECK(world.post(*other, address).status == 404);
    world.execute("update contact set written_at = '2026-03-01 09:00:00'");  // a day ago to the second
    CHECK_FALSE(has(world.get(world.karin, "/contacts"), address));
    CHECK(world.post(world.karin, address).status == 404);
    CHECK(world.count("contact") == 1);
    world.execute("update contact set written_at = '2026-03-01 09:00:01'");
    CHECK(world.post(world.karin, address).status == 303);
    CHECK(world.count("contact") == 0);
    CHECK(world.post(world.karin, address).status == 404);
  }

  TEST_CASE(
      "the sums say how many of each kind there are this month, this year and in the period that is asked "
      "for") {
    District world;
    for (const auto* day : {"2026-03-01", "2026-03-02", "2026-02-28", "2026-01-01", "2025-12-31"})
      REQUIRE(world.write(world.karin, {{"day", day}}) == 303);
    REQUIRE(world.write(world.karin, {{"kind", "sip"}, {"minutes", ""}}) == 303);
    const auto row = [&](const std::string& address, const std::string& head) {
      auto cells =
          between(world.get(world.karin, address).body, "<th scope=\"row\">" + head + "</th>", "</tr>");
      for (const auto* tag : {"<td class=\"number\">", "</td>"})
        for (auto at = cells.find(tag); at != cells.npos; at = cells.find(tag))
          cells.replace(at, std::string(tag).size(), tag[1] == '/' ? " " : "");
      std::erase(cells, '\n');
      return cells;
    };
    CHECK(row("/contacts", "konsultation") == "2 4 ");
    CHECK(row("/contacts", "SIP") == "1 1 ");
    CHECK(row("/contacts", "Tillsammans") == "3 5 ");
    CHECK(row("/contacts", "Timmar") == "0,7 1,3 ");
    CHECK(row("/contacts?from=2025-12-01&to=2026-02-28", "konsultation") == "2 4 3 ");
    const auto page = world.get(world.karin, "/contacts?from=2025-12-01&to=2025-12-31").body;
    CHECK(has(world.get(world.karin, "/contacts?from=2025-12-01&to=2025-12-31"), "31 december 2025"));
    CHECK(times(page, "<td>konsultation</td>") == 1);
    CHECK(world.get(world.karin, "/contacts?from=2026-02-01&to=2026-01-01").status == 422);
  }

  TEST_CASE(
      "themes are offered by those of the own unit, and each sees the own unit's contacts first and the "
      "others when asked for") {
    District world;
    const auto units = world.database->write([&](db::Transaction& tx) {
      return std::pair{organisation::add_unit(tx, world.municipality.id, "Vuxna").value().id,
                       organisation::add_unit(tx, world.municipality.id, "Unga").value().id};
    });
    const auto move_to = [&](const World::Person& person, const Id<organisation::Unit>& unit) {
      world.execute("update account_role set unit_id = '" + unit.text + "' where account_id = '" +
                    person.user.account.text + "'");
    };
    move_to(world.karin, units.first);
    const auto per = world.sign_in("per", world.municipality, {"participant keeper"});
    move_to(per, units.second);
    REQUIRE(world.write(world.karin, {{"theme", "skuldsanering"}}) == 303);
    REQUIRE(world.write(per, {{"theme", "studier"}}) == 303);
    const auto offered = [&](const World::Person& person, const std::string& theme) {
      return between(world.get(person, "/contacts").body, "<datalist id=\"themes\">", "</datalist>")
                 .find(theme) != std::string::npos;
    };
    CHECK(offered(world.karin, "skuldsanering"));
    CHECK_FALSE(offered(world.karin, "studier"));
    CHECK(offered(per, "studier"));
    CHECK_FALSE(has(world.get(per, "/contacts"), "skuldsanering"));
    CHECK(has(world.get(per, "/contacts?unit="), "skuldsanering"));
    CHECK(has(world.get(per, "/contacts?unit=" + units.first.text), "<td>skuldsanering</td>"));
  }

  TEST_CASE(
      "the outsider's organisation sees nothing of them, and the director, the administrator and who has no "
      "role never come in") {
    District world;
    REQUIRE(world.write(world.karin, {{"theme", "skuldsanering"}}) == 303);
    CHECK(has(world.get(world.bo, "/contacts"), "skuldsanering"));
    CHECK(world.get(world.cecilia, "/contacts").status == 200);
    for (const auto* address : {"/contacts", "/contacts?unit=", "/contacts?from=2020-01-01"}) {
      CHECK_FALSE(has(world.get(world.cecilia, address), "skuldsanering"));
      CHECK_FALSE(has(world.get(world.cecilia, address), "karin"));
    }
    const auto staff = world.sign_in("stina", world.municipality, {"staff"});
    const auto keeper = world.sign_in("kim", world.association, {"coach", "participant keeper", "unit head"});
    for (const World::Person* other : std::vector<const World::Person*>{&world.anna, &world.disa, &world.eva,
                                                                        &world.frej, &staff, &keeper}) {
      CAPTURE(other->user.name);
      CHECK(world.get(*other, "/contacts").status == 403);
      CHECK(world.write(*other) == 403);
      CHECK_FALSE(has(world.get(*other, "/statistics"), "href=\"/contacts\""));
    }
    CHECK(has(world.get(world.karin, "/statistics"), "href=\"/contacts\""));
    CHECK(world.count("contact") == 1);
  }

  TEST_CASE("T64: whoever works for the association reads neither themes nor who wrote (PostgreSQL)") {
    if (!on_postgresql()) return;
    District world;
    REQUIRE(world.write(world.karin) == 303);
    db::Database served(world.database->address(), 1);
    served.migrate(world.now);
    for (const auto* column : {"theme", "account_id", "unit_id", "minutes", "written_at"}) {
      CAPTURE(column);
      const auto sql = "select " + std::string(column) + " from contact";
      CHECK_THROWS_AS(served.write([&](db::Transaction& tx) {
        tx.leave_persons_out();
        tx.execute(sql);
      }),
                      std::logic_error);
    }
    CHECK(served.write([&](db::Transaction& tx) {
      tx.leave_persons_out();
      return tx.list([](const db::Row& row) { return row.text("kind"); }, contact::facts).size();
    }) == 1);
  }
}
