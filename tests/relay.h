// A road across three organisations, for the tests of the baton: A1 of “Prova på”, whom Hanna and Karin of the
// municipality work with, and Gun of the region; the participant lets the municipality tell the region of planning.
#pragma once

#include <doctest/doctest.h>

#include "baton/handover.h"
#include "tests/doors.h"
#include "tests/world.h"

namespace stafett {

struct Relay : World {
  Person hanna, karin, gun;
  Id<participant::Participant> a1;
  std::string page;

  Relay() {
    add_intervention(prova);
    import_participations("insats;deltagare;start\nprova;A1;2025-01-01\nprova;A2;2025-01-01\n");
    hanna = sign_in("hanna", municipality, {"coach"});
    karin = sign_in("karin", municipality, {"coach"});
    gun = sign_in("gun", region, {"coach"});
    for (const auto* one : {&hanna, &karin, &gun}) assign(*one, "prova", "A1");
    a1 = World::participant("prova", "A1");
    page = "/participants/" + a1.text;
    open_door(*this, a1, municipality, region, {access::Kind::planning, access::Kind::work}, true);
  }

  // Days later, and everyone is still signed in.
  void later(int days) {
    now = now + days * 86400LL;
    database->write([&](db::Transaction& tx) {
      tx.execute("update session set begun_at = :now, seen_at = :now", {{"now", now}});
    });
  }

  web::Outgoing takes(const Person& person, const std::string& step = "ringer vårdcentralen", const std::string& day = "2026-03-20",
                      std::optional<std::string> seen = {}) {
    return post(person, page + "/baton", {{"step", step}, {"step_on", day}, {"seen", seen.value_or(held())}});
  }
  web::Outgoing offers(const Person& person, Fields fields = {}) {
    if (fields.empty()) fields = {{"to", region.id.text + " "}, {"message", "Klar för praktik."}};
    return post(person, page + "/handovers", std::move(fields));
  }
  web::Outgoing accepts(const Person& person) {
    return post(person, page + "/handovers/" + open() + "/acceptance", {{"step", "bokar möte"}, {"step_on", "2026-03-25"}});
  }
  web::Outgoing refuses(const Person& person, const std::string& reason, const std::string& words = {}) {
    return post(person, page + "/handovers/" + open() + "/refusal", {{"reason", reason}, {"answer", words}});
  }
  web::Outgoing withdraws(const Person& person) { return post(person, page + "/handovers/" + open() + "/withdrawal"); }

  std::string held() { return word("select id as x from holding where until_at is null"); }
  std::string open() { return word("select id as x from handover where outcome = ''"); }
  std::string word(const std::string& sql) {
    return database
        ->read([&](db::Transaction& tx) { return tx.find([](const db::Row& row) { return row.text("x"); }, sql); })
        .value_or("");
  }
  // "Hanna of Provköpings kommun": what the page says of who holds it.
  std::string holder() {
    return word("select full_name as x from holding join account on account.id = account_id where until_at is null");
  }
};

}  // namespace stafett
