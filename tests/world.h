// One small district, the same in every test. Named, so that tests read as stories.
//   Anna      Försäkringskassan, refers                       Cecilia   the region: the outsider
//   Bo        the municipality, unit head: owns the intervention   Disa   the municipality, no role at all
//   Eva       director of the samordningsförbund: numbers only     Frej   administrator
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "access/user.h"
#include "account/session.h"
#include "assignment/assignment.h"
#include "db/database.h"
#include "intervention/intervention.h"
#include "organisation/organisation.h"
#include "tests/folder.h"
#include "web/router.h"

namespace stafett {

// The file of “Prova på”, the municipality's intervention that most tests are about.
inline constexpr std::string_view prova = R"(id = "prova"
name = "Prova på"
area = "Samordningsförbundet Provlandet"
owner = "Provköpings kommun"
from = 2018-01-01
sites = ["Hamnen"]
[[destination]]
name = "Arbete"
group = "work"
[[decision]]
name = "lönebidrag"
group = "subsidised work"
)";
// Of one like it, with other words in place of these.
std::string prova_but(const std::vector<std::pair<std::string_view, std::string_view>>& words);

struct World {
  struct Person {
    access::User user;
    std::string session;
  };

  std::shared_ptr<db::Database> database;
  web::Router router;
  Moment now;  // a Monday morning in March 2026; time stands still unless a test moves it
  organisation::Organisation association, insurance_agency, municipality, region;
  bool proved_again = false;  // everyone who asks has just proved who they are, with two factors
  Person anna, bo, cecilia, disa, eva, frej, nobody;

  World();

  // A page, a file, or a form sent with its token. Addresses as a browser would have them: "/statistics?measure=closed".
  using Fields = std::vector<std::pair<std::string, std::string>>;
  web::Outgoing get(const Person&, std::string_view address, std::string_view accept = "text/html");
  web::Outgoing post(const Person&, std::string_view address, Fields = {});
  // A form with one file in it.
  web::Outgoing send(const Person&, std::string_view address, Fields, std::string_view field, std::string_view file_name,
                     std::string_view bytes);
  web::Outgoing answer(const web::Incoming&);

  // Reads an intervention's file and a register into the district; the owner it names is made the municipality's
  // name only if it says so. Fails the test if anything is refused.
  void add_intervention(std::string_view toml);
  void import_participations(std::string_view csv);
  void import_decisions(std::string_view csv);

  // The intervention and the register of a report, as in assets/demo: "gotland", "sundsvall".
  void add_register(const std::string& name);

  // Gives someone work: with a participant (by its mark), or with everyone in the intervention if there is none.
  void assign(const Person&, const std::string& intervention, const std::string& code = {},
              access::Kinds = access::Kinds::all());
  void execute(std::string_view sql);
  std::int64_t count(const std::string& what);  // rows: "note where kind = 'health'"
  // The database lies in a file from now on, as the program has it; on PostgreSQL it stays where it is.
  void move_to(const Folder&);
  Id<participant::Participant> participant(const std::string& intervention, const std::string& code);

  // Has just proved once more who they are, in this way: what needs a fresh sign-in is open for five minutes.
  void prove(Person&, account::Proof = account::by_code);

  // Someone new with these roles, signed in.
  Person sign_in(const std::string& name, const organisation::Organisation&, std::vector<std::string> roles);

 private:
  web::Incoming request(const Person&, std::string method, std::string_view address);
  std::string token_for(const Person&);
};

// Where a reply leads: its Location, or "".
std::string location(const web::Outgoing&);
bool has(const web::Outgoing&, std::string_view text);  // its body holds the text

}  // namespace stafett
