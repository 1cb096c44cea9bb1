// stafett demo: two real interventions whose registers add up to the published totals, two made-up ones that are going
// on, their organisations, and an account for each role.
#include <cstdlib>
#include <iostream>
#include <stdexcept>

#include "account/account.h"
#include "app/commands.h"
#include "app/made_up.h"
#include "app/modules.h"
#include "assignment/assignment.h"
#include "base/assets.h"
#include "exchange/exchange.h"
#include "organisation/organisation.h"
#include "text/translation.h"

namespace stafett::app {
namespace {

using organisation::Kind;

// What we ship must hold; if it does not, that is our fault.
template <class T>
T must(Result<T> result) {
  if (!result) throw std::logic_error("the demo area: " + text::told(text::Language::english, result.error().faults.front()));
  return value_taken_from(std::move(result));
}


intervention::Intervention add_intervention(db::Transaction& tx, const std::string& folder, Moment now) {
  const auto definition = must(intervention::read_definition(asset("assets/demo/" + folder + "/insats.toml")));
  must(intervention::save(tx, definition, "demo", now));
  return must(intervention::find(tx, {definition.id}));
}

void read_register(db::Database& database, exchange::Kind kind, const std::string& file, Moment now) {
  const auto table = must(file::read_table(std::string(asset("assets/demo/" + file))));
  must(exchange::import(database, table, {kind, nullptr, now}));
}

access::Scope scope_of(db::Transaction& tx, const intervention::Intervention& intervention, Moment now) {
  return access::admit_operator(tx, {intervention.id, intervention.owner, access::Action::import, "made-up register"}, now);
}

void keep(db::Transaction& tx, const access::Scope& scope, const MadeUp& made) {
  participant::add(tx, scope, made.participant);
  participation::add(tx, scope, made.stay);
  for (const auto& decision : made.decisions) decision::add(tx, scope, decision);
}

void make_up_stays(db::Transaction& tx, const intervention::Intervention& intervention, std::size_t count, Date first, Moment now) {
  Chance chance(count);
  const auto scope = scope_of(tx, intervention, now);
  for (std::size_t number = 1; number <= count; ++number)
    keep(tx, scope, make_up(chance, intervention, number, first, now.date()));
}

// Gotland is both municipality and region, so the shares are a half and a half; Sundsvall's are those of the law.
void add_organisations(db::Transaction& tx) {
  struct Share {
    const char* member;
    Kind kind;
    std::int64_t parts, of;
  };
  const auto association = [&](const char* name, std::initializer_list<Share> shares) {
    const auto association = organisation::named_or_added(tx, name, Kind::association);
    for (const auto& share : shares) {
      const auto member = organisation::named_or_added(tx, share.member, share.kind);
      must(organisation::join(tx, {association.id, member.id, {}, {}, Date::of(2016, 1, 1), {}, share.parts, share.of}));
    }
  };
  association("FinsamGotland", {{"Arbetsförmedlingen", Kind::employment_service, 1, 4},
                                {"Försäkringskassan", Kind::insurance_agency, 1, 4},
                                {"Region Gotland", Kind::municipality, 1, 2}});
  association("Samordningsförbundet Sundsvall", {{"Arbetsförmedlingen", Kind::employment_service, 1, 4},
                                                 {"Försäkringskassan", Kind::insurance_agency, 1, 4},
                                                 {"Region Västernorrland", Kind::region, 1, 4},
                                                 {"Sundsvalls kommun", Kind::municipality, 1, 4}});
  const auto gotland = organisation::named_or_added(tx, "Region Gotland");
  for (const auto* unit : {"Arbetsmarknadsenheten", "Socialförvaltningen"}) must(organisation::add_unit(tx, gotland.id, unit));
}

struct DemoAccount {
  const char *name, *full_name, *organisation, *role;
};
const DemoAccount accounts[] = {
    {"remittent", "Rut Remittent", "Försäkringskassan", "referrer"},
    {"coach", "Cajsa Coach", "Region Gotland", "coach"},
    {"enhetschef", "Elsa Enhetschef", "Region Gotland", "unit head"},
    {"af-chef", "Arne Chef", "Arbetsförmedlingen", "unit head"},
    {"af-coach", "Agda Arbetsförmedlare", "Arbetsförmedlingen", "coach"},
    {"utomstaende", "Ulla Utomstående", "Region Västernorrland", "staff"},
    {"forbundschef", "Fia Förbundschef", "FinsamGotland", "director"},
    {"administrator", "Adam Administratör", "Region Gotland", "administrator"},
};

void open_accounts(db::Transaction& tx, const std::string& hash) {
  for (const auto& account : accounts)
    must(account::open(tx, {account.name, account.full_name, organisation::named_or_added(tx, account.organisation).id, {account.role}, hash}));
}

void print_accounts(const std::string& password) {
  std::cout << swedish({"Demo accounts, all with the password {1}:", password}) << "\n";
  for (const auto& account : accounts) std::cout << "  " << account.name << " – " << account.organisation << "\n";
}

access::User account_called(db::Transaction& tx, const char* name, Moment now) {
  const auto user = account::named(tx, name, now, permissions_of);
  if (!user) throw std::logic_error("the demo area: no such account");
  return *user;
}

void assign(db::Transaction& tx, const char* coach, const char* head,
            const Id<intervention::Intervention>& intervention, const Id<participant::Participant>& participant,
            Moment now) {
  const auto user = account_called(tx, coach, now);
  assignment::give(tx,
                   {.id = new_id<assignment::Assignment>(),
                    .organisation = user.organisation,
                    .account = user.account,
                    .intervention = intervention,
                    .participant = participant,
                    .duty = "coach",
                    .kinds = access::Kinds::all(),
                    .from = now},
                   account_called(tx, head, now).account);
}

// The coach works with everyone in the interventions of Gotland.
void assign_coach(db::Transaction& tx, const intervention::Intervention& intervention, Moment now) {
  assign(tx, "coach", "enhetschef", intervention.id, {}, now);
}

// The employment service's works with the first of the register, whose consent decides what Region Gotland tells.
void assign_coach_of_another(db::Transaction& tx, const char* intervention, Moment now) {
  const auto found = must(intervention::find(tx, {intervention}));
  for (const auto& participant : participant::list(tx, scope_of(tx, found, now), {.most = 1}))
    assign(tx, "af-coach", "af-chef", found.id, participant.id, now);
}

void make_up_contacts(db::Transaction& tx, const char* writer, int count, const Id<intervention::Intervention>& intervention, Moment now) {
  Chance chance(static_cast<std::uint64_t>(count));
  const auto user = account_called(tx, writer, now);
  for (int number = 0; number != count; ++number) contact::add(tx, make_up_contact(chance, user, intervention, now));
}

// The area that every page is worth a look with.
void fill_area(db::Database& database, const std::string& hash, Moment now) {
  database.write([&](db::Transaction& tx) {
    add_organisations(tx);
    open_accounts(tx, hash);
    assign_coach(tx, add_intervention(tx, "gotland", now), now);
    add_intervention(tx, "sundsvall", now);
    const auto forsteg = add_intervention(tx, "forsteg", now);
    make_up_stays(tx, forsteg, 260, Date::of(2023, 1, 10), now);
    assign_coach(tx, forsteg, now);
    const auto narmare = add_intervention(tx, "narmare", now);
    make_up_stays(tx, narmare, 3, Date::of(2025, 9, 1), now);
    assign_coach(tx, narmare, now);
    make_up_contacts(tx, "coach", 160, forsteg.id, now);
    make_up_contacts(tx, "af-coach", 60, forsteg.id, now);
  });
  using exchange::Kind;
  read_register(database, Kind::participations, "gotland/deltagare.csv", now);
  database.write([&](db::Transaction& tx) { assign_coach_of_another(tx, "jobbvagen-ar", now); });
  read_register(database, Kind::participations, "sundsvall/deltagare.csv", now);
  read_register(database, Kind::decisions, "sundsvall/beslut.csv", now);
}

void fill_for_measuring(db::Database& database, const DemoWish& wish, const std::string& hash, Moment now) {
  constexpr std::size_t at_once = 100'000;
  std::vector<intervention::Intervention> interventions;
  database.write([&](db::Transaction& tx) {
    add_organisations(tx);
    open_accounts(tx, hash);
    for (const auto& definition : made_up_interventions(24)) {
      must(intervention::save(tx, definition, "demo", now));
      interventions.push_back(must(intervention::find(tx, {definition.id})));
    }
  });
  Chance chance(wish.seed);
  for (std::size_t from = 0; from < wish.participations; from += at_once)
    database.write([&](db::Transaction& tx) {
      std::vector<access::Scope> scopes;
      for (const auto& intervention : interventions) scopes.push_back(scope_of(tx, intervention, now));
      for (auto number = from; number != std::min(wish.participations, from + at_once); ++number)
        keep(tx, scopes[number % scopes.size()],
             make_up(chance, interventions[number % interventions.size()], number + 1, Date::of(2016, 1, 4), now.date()));
    });
}

}  // namespace

int demo(const Settings& settings, const DemoWish& wish) {
  const auto database = open_database(settings);
  const bool is_empty = database->read([](db::Transaction& tx) {
    return !tx.find([](const db::Row& row) { return row.text("id"); }, "select id from organisation limit 1");
  });
  if (!is_empty) return refuse({Problem::Kind::conflict, {{"", "There is something in the database already. The demo area needs an empty one; nothing was changed."}}});

  const char* given = std::getenv("STAFETT_DEMO_PASSWORD");
  const auto password = given && *given ? std::string(given) : access::new_token().substr(0, 20);
  const auto hash = access::hashed(password);
  if (!hash) return refuse(hash.error());
  if (wish.participations > 0)
    fill_for_measuring(*database, wish, *hash, now());
  else
    fill_area(*database, *hash, now());
  print_accounts(password);
  return done;
}

}  // namespace stafett::app
