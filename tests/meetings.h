// A1 of the municipality's intervention, with whom Bo of the municipality and Cecilia of the region work, and
// meetings. The outsider is Anna.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "meeting/meeting.h"
#include "tests/doors.h"
#include "tests/world.h"

namespace stafett {

struct Meetings : World {
  std::string kim;

  Meetings() {
    add_intervention(prova);
    import_participations("insats;deltagare;start\nprova;A1;2025-01-01\nprova;A2;2025-01-01\n");
    assign(bo, "prova");
    assign(cecilia, "prova");
    kim = "/participants/" + participant("prova", "A1").text;
  }

  // A network meeting this morning with two agreements; what is given here stands instead, or too.
  Fields a_meeting(Fields other = {}) {
    Fields fields{{"kind", "network"},
                  {"form", "room"},
                  {"about", "planning"},
                  {"date", "2026-03-02"},
                  {"time", "08:30"},
                  {"place", "Ekrummet"},
                  {"invited", "participant"},
                  {"invited", region.id.text},
                  {"present", "participant"},
                  {"notes", "Vill prova kaféet.\nOroar sig för bussen."},
                  {"rows", "3"},
                  {"what-1", "Ringa kaféet"},
                  {"who-1", municipality.id.text},
                  {"due-1", "2026-03-09"},
                  {"what-2", "Pröva bussen"},
                  {"who-2", "participant"},
                  {"due-2", "2026-03-04"}};
    for (const auto& one : other)
      std::erase_if(fields, [&](const auto& field) { return field.first == one.first; });
    fields.insert(fields.end(), other.begin(), other.end());
    return fields;
  }
  int write(const Person& by, Fields other = {}) {
    return post(by, kim + "/meetings", a_meeting(std::move(other))).status;
  }
  std::string text(const std::string& sql) {
    return database->read([&](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.text("x"); }, sql).value_or("");
    });
  }
  std::string meeting_address() {
    return kim + "/meetings/" + text("select id as x from meeting order by id desc limit 1");
  }
  std::string outcome_address(const std::string& due) {
    return kim + "/agreements/" + text("select id as x from agreement where due_on = '" + due + "'") +
           "/outcome";
  }

  // The participant lets the municipality tell the region these kinds.
  void open_door(access::Kinds kinds, bool free_text) {
    stafett::open_door(*this, World::participant("prova", "A1"), municipality, region, kinds, free_text);
  }
};

}  // namespace stafett
