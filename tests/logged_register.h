// A register whose readers are noted, for the tests of the access log.
#pragma once

#include <string>

#include "tests/databases.h"
#include "tests/world.h"

namespace stafett {

// Two participants in an intervention of the municipality; Karin works with the first, Disa is a colleague
// who does not.
struct LoggedRegister {
  World world;
  World::Person karin, lena;
  std::string first, second;

  LoggedRegister() {
    world.add_intervention(prova);
    world.import_participations(
        "insats;deltagare;kön;start\nprova;A-1;kvinna;2026-01-10\nprova;A-2;man;2026-01-12\n");
    karin = world.sign_in("karin", world.municipality, {"coach"});
    lena = world.sign_in("lena", world.municipality, {"coach"});
    world.assign(karin, "prova", "A-1");
    first = world.participant("prova", "A-1").text;
    second = world.participant("prova", "A-2").text;
  }

  std::int64_t entries(const std::string& condition = "1 = 1") {
    return world.count("access_log where " + condition);
  }
  std::int64_t execute(std::string_view sql, db::Bindings bindings = {}) {
    return world.database->write([&](db::Transaction& tx) { return tx.execute(sql, bindings); });
  }
  void change(std::string_view tables) {
    world.database->write([&](db::Transaction& tx) {
      step_out_of_wall(tx);
      tx.execute(tables);
    });
  }
  std::string page_of(const std::string& participant) { return "/participants/" + participant; }
};

inline std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

}  // namespace stafett
