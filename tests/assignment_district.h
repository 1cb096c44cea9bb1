// A district where heads decide who works with whom, for the tests of assignments and conflicts.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/world.h"

namespace stafett {

// A1 and B2 are the municipality's participants. Bo heads there, Hanna and Ivar are coaches; Cecilia heads at
// the region, where Rut is a coach.
struct AssignmentDistrict : World {
  std::string address;
  Person hanna, ivar, rut;

  AssignmentDistrict() {
    add_intervention(prova);
    import_participations(
        "insats;deltagare;kön;födelseår;start\nprova;A1;kvinna;1980;2025-01-01\nprova;B2;man;1970;2025-01-"
        "01\n");
    import_decisions("insats;deltagare;datum;beslut;form\nprova;A1;2025-06-01;lönebidrag;ny\n");
    address = "/participants/" + participant("prova", "A1").text;
    hanna = sign_in("hanna", municipality, {"coach"});
    ivar = sign_in("ivar", municipality, {"coach"});
    rut = sign_in("rut", region, {"coach"});
    prove(bo);
    prove(cecilia);
  }

  web::Outgoing give(const Person& head, const Person& to, std::vector<std::string> kinds,
                     const std::string& where, Fields changes = {}) {
    Fields fields{
        {"colleague", to.user.account.text}, {"duty", "coach"}, {"from", "2026-03-02"}, {"until", ""}};
    for (const auto& [name, value] : changes)
      for (auto& field : fields)
        if (field.first == name) field.second = value;
    for (auto& kind : kinds) fields.emplace_back("kinds", kind);
    return post(head, where + "/assignments", fields);
  }
  web::Outgoing give(const Person& head, const Person& to,
                     std::vector<std::string> kinds = {"planning", "work"}) {
    return give(head, to, std::move(kinds), address);
  }
  int keep_away(const Person& head, const Person& from, const std::string& reason = "Deltagarens bror") {
    return post(head, address + "/conflicts", {{"person", from.user.account.text}, {"reason", reason}})
        .status;
  }
  // The municipality may tell the region what is planned.
  void open_door() {
    assign(ivar, "prova", "A1");
    REQUIRE(post(ivar, address + "/consents",
                 {{"to", region.id.text},
                  {"purpose", "coordination"},
                  {"opens", "2026-03-01"},
                  {"closes", "2026-08-31"},
                  {"language", "svenska"},
                  {"form", "paper"},
                  {"evidence", "pärm 4"},
                  {"kinds", "planning"}})
                .status == 303);
  }
  std::string one(const std::string& sql) {
    return database->read([&](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.text("x"); }, sql).value_or("");
    });
  }
};

}  // namespace stafett
