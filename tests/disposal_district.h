// A district where what is kept of somebody is to be disposed of, for the tests of retention.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "account/session.h"
#include "tests/databases.h"
#include "tests/folder.h"
#include "tests/world.h"

namespace stafett {

// One who left in 2020 and one who is still there. Bo works with both; Inga is a head too. All have just
// signed in.
struct DisposalDistrict : World {
  // What nobody must be able to read afterwards: the number, name, phone, address, e-mail, notes, words and
  // code.
  inline static const std::vector<std::string> secrets{"196408233234",
                                                       "Kim Provare",
                                                       "070-174 06 05",
                                                       "Storgatan 17",
                                                       "kim@provare.example",
                                                       "Trivs på praktiken hos Almgrens",
                                                       "Sover dåligt om nätterna",
                                                       "ARBETE i registrets ord",
                                                       "KOD-174-06"};

  Person inga;
  Folder folder;
  std::string kim;  // the address of the one who left

  DisposalDistrict() {
    add_intervention(prova);
    import_participations(
        "insats;deltagare;kön;födelseår;start;avslut;avslutad till;personnummer\n"
        "prova;KOD-174-06;KVINNA ;1964;2019-01-01;2020-01-31;ARBETE;640823-3234\n"
        "prova;A2;man;1980;2025-01-01;;;\n");
    database->write([](db::Transaction& tx) {
      tx.execute("update participation set written = '{\"avslutad till\":\"ARBETE i registrets ord\"}'");
    });
    import_decisions("insats;deltagare;datum;beslut;form\nprova;KOD-174-06;2019-06-01;lönebidrag;ny\n");
    assign(bo, "prova");
    inga = sign_in("inga", municipality, {"unit head"});
    proved_again = true;
    kim = "/participants/" + participant("prova", "KOD-174-06").text;
    const Fields form{{"name", secrets[1]},
                      {"personal_number", "640823-3234"},
                      {"phone", secrets[2]},
                      {"address", secrets[3]},
                      {"email", secrets[4]}};
    REQUIRE(post(bo, kim + "/identity", form).status == 303);
    REQUIRE(post(bo, kim + "/notes", {{"kind", "work"}, {"text", secrets[5]}}).status == 303);
    REQUIRE(post(bo, kim + "/notes", {{"kind", "health"}, {"text", secrets[6]}}).status == 303);
  }
  ~DisposalDistrict() { database = empty_database(); }  // the file is closed before its folder goes

  void later(int days) {
    now = now + days * 86400LL;
    for (auto* person : {&anna, &bo, &cecilia, &disa, &eva, &frej, &inga})
      person->session = database->write(
          [&](db::Transaction& tx) { return account::begin_session(tx, person->user.account, now); });
  }
  void rule(const std::string& kinds = "255", const std::string& months = "12",
            const std::string& export_first = "no") {
    REQUIRE(post(bo, "/disposals/rules",
                 {{"kinds", kinds},
                  {"months", months},
                  {"from", "last entry"},
                  {"export_first", export_first},
                  {"ground", "Nämndens beslut 2026-01-15 § 12"}})
                .status == 303);
  }
  int step(const Person& by, const std::string& what) { return post(by, kim + "/disposal" + what).status; }
};

}  // namespace stafett
