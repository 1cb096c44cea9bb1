// A district where somebody is to be protected, for the tests of protection.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/databases.h"
#include "tests/folder.h"
#include "tests/world.h"

namespace stafett {

inline const std::string register_of_two =
    "insats;deltagare;kön;födelseår;start;plattform;hemkommun;personnummer\n"
    "prova;KOD-174-06;kvinna;1964;2025-01-07;Hamnen;0980;640823-3234\n"
    "prova;A2;man;1980;2025-01-01;Hamnen;0980;\n";

// What nobody must be able to read afterwards.
inline const std::vector<std::string> secrets{"196408233234",        "Kim Provare",
                                              "070-174 06 05",       "Storgatan 17",
                                              "kim@provare.example", "Ringer helst till grannen",
                                              "KOD-174-06"};

// Karin and Lena of one unit work with everyone, Sven is of another unit, Bo heads them all. Everyone has
// just signed in once more.
struct ProtectedDistrict : World {
  Person karin, lena, sven;
  organisation::Unit near, far;
  Folder folder;
  Id<participant::Participant> id;
  std::string kim, address;

  ProtectedDistrict() {
    add_intervention(prova);
    import_participations(register_of_two);
    import_decisions("insats;deltagare;datum;beslut;form\nprova;KOD-174-06;2025-06-01;lönebidrag;ny\n");
    near = unit("Enheten här");
    far = unit("Enheten där");
    karin = of_unit("karin", near);
    lena = of_unit("lena", near);
    sven = of_unit("sven", far);
    for (const auto* one : {&karin, &lena, &bo}) assign(*one, "prova");
    end_work(bo);  // a head who does not handle the cases
    proved_again = true;
    id = participant("prova", "KOD-174-06");
    kim = "/participants/" + id.text;
    address = kim + "/protection";
    REQUIRE(post(karin, kim + "/identity",
                 {{"name", secrets[1]},
                  {"personal_number", "640823-3234"},
                  {"phone", secrets[2]},
                  {"address", secrets[3]},
                  {"email", secrets[4]}})
                .status == 303);
    note("contact", secrets[5]);
    note("work", "Trivs på praktiken");
    open_door();
  }
  ~ProtectedDistrict() { database = empty_database(); }  // the file is closed before its folder goes

  organisation::Unit unit(const std::string& name) {
    return database->write(
        [&](db::Transaction& tx) { return organisation::add_unit(tx, municipality.id, name).value(); });
  }
  Person of_unit(const std::string& name, const organisation::Unit& unit) {
    auto person = sign_in(name, municipality, {"coach"});
    execute("update account_role set unit_id = '" + unit.id.text + "' where account_id = '" +
            person.user.account.text + "'");
    person.user.unit = unit.id;
    return person;
  }
  void end_work(const Person& person) {
    execute("update assignment set until_at = from_at where account_id = '" + person.user.account.text + "'");
  }
  void note(const std::string& kind, const std::string& text) {
    REQUIRE(post(karin, kim + "/notes", {{"kind", kind}, {"text", text}}).status == 303);
  }
  void open_door() {
    REQUIRE(post(karin, kim + "/consents",
                 {{"to", region.id.text},
                  {"kinds", "planning"},
                  {"kinds", "work"},
                  {"free_text", "yes"},
                  {"purpose", "coordination"},
                  {"opens", now.date().text()},
                  {"closes", (now.date() + 100).text()},
                  {"language", "svenska"},
                  {"form", "paper"},
                  {"evidence", "pärm 1"}})
                .status == 303);
    assign(cecilia, "prova", "KOD-174-06");
  }

  web::Outgoing protect(const Person& by, const std::string& level = "marked",
                        const std::string& handler = "") {
    return post(by, address, {{"level", level}, {"handler", handler}});
  }
  std::string text(const std::string& sql) {
    return database->read([&](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.text("x"); }, sql).value_or("");
    });
  }
  std::string pseudonym() { return text("select code as x from participant where id = '" + id.text + "'"); }
  std::string protection() {
    return text("select protection as x from participant where id = '" + id.text + "'");
  }
  std::string proposal() {
    return text("select id as x from protection_proposal order by proposed_at desc, id desc limit 1");
  }
  int propose(const Person& by) {
    return post(by, address + "/end", {{"reason", "lifted by authority"}}).status;
  }
  int confirm(const Person& by) { return post(by, "/protections/" + proposal() + "/confirmation").status; }
};

// A page without what differs between two askings: the form's token, and the address that was asked for.
inline std::string without_token(std::string page, const std::string& asked = {}) {
  for (auto at = page.find(asked); !asked.empty() && at != page.npos; at = page.find(asked))
    page.erase(at, asked.size());
  const std::string before = "name=\"token\" value=\"";
  for (auto at = page.find(before); at != page.npos; at = page.find(before, at + 1)) {
    const auto start = at + before.size();
    page.erase(start, page.find('"', start) - start);
  }
  return page;
}

}  // namespace stafett
