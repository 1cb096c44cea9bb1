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
#include "baton/handover.h"
#include "base/assets.h"
#include "consent/consent.h"
#include "exchange/exchange.h"
#include "meeting/meeting.h"
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

// The coach has met a participant: a start meeting, a follow-up, and a SIP to come.
void write_meetings(db::Transaction& tx, const access::User& coach, const access::Permit& permit, Moment now) {
  using namespace meeting;
  const auto employment_service = organisation::named_or_added(tx, "Arbetsförmedlingen").id.text;
  const auto day = [&](int days) { return now.date() + days; };
  const auto at = [&](int days) { return Moment{(now.seconds / 86400 + days) * 86400 + 9 * 3600}; };
  Meeting start{.kind = meeting::Kind::start, .starts = at(-96)};
  start.parties = {{coach.organisation.text, true, true}, {std::string(the_participant), true, true}, {employment_service, true, false}};
  start.notes = "Vill arbeta med händerna, helst inte på morgonen.\nFörst några veckor på Återbruket, sedan samtal om lönebidrag.";
  start.agreements = {{.who = coach.organisation.text, .due = day(-80), .what = "Ringa Återbruket om en plats"},
                      {.who = std::string(the_participant), .due = day(-75), .what = "Ta med intyg från vårdcentralen"}};
  Meeting follow_up{.kind = meeting::Kind::follow_up, .starts = at(-4), .outcome = Outcome::step_taken};
  follow_up.parties = {{coach.organisation.text, true, true}, {std::string(the_participant), true, true}};
  follow_up.notes = "Tio timmar i veckan går bra. Bussen är det svåra.";
  follow_up.agreements = {{.who = employment_service, .due = day(10), .what = "Boka samtal om lönebidrag"}};
  Meeting sip{.kind = meeting::Kind::sip, .starts = at(12), .form = Form::video, .purpose = Purpose::work_or_studies};
  sip.initiator = sip.leader = coach.organisation;
  sip.parties = {{coach.organisation.text, true, false}, {employment_service, true, false}};
  sip.agenda = "Härnäst: vem gör vad, och när?";
  must(add(tx, permit, coach, start));
  must(add(tx, permit, coach, follow_up));
  must(add(tx, permit, coach, sip));
  const auto first = agreements(tx, permit).front();
  must(settle(tx, permit, coach, first.id, {.was = Done::open, .state = Done::done}));
}
void write_meetings(db::Transaction& tx, const char* intervention, Moment now) {
  const auto coach = account_called(tx, "coach", now);
  const auto found = must(intervention::find(tx, {intervention}));
  for (const auto& participant : participant::list(tx, scope_of(tx, found, now), {.most = 3}))
    write_meetings(tx, coach,
                   must(access::admit(
                       tx, coach,
                       {.participant = participant.id, .action = access::Action::write, .object = "meeting"}, now)),
                   now);
}

// A participant lets one party tell another, for half a year.
void let_tell(db::Transaction& tx, const access::User& by, const Id<participant::Participant>& participant, const char* to, Moment now) {
  const auto permit = must(access::admit(tx, by, {.participant = participant, .action = access::Action::consent, .object = "consent"}, now));
  consent::record(tx, permit,
                  {.id = new_id<consent::Consent>(),
                   .participant = participant,
                   .intervention = permit.intervention(),
                   .from = by.organisation,
                   .to = organisation::named_or_added(tx, to).id,
                   .kinds = {access::Kind::planning, access::Kind::work},
                   .free_text = true,
                   .opens = now + -60,
                   .closes = now + 180LL * 86400,
                   .language = "svenska",
                   .evidence = "pärm 3 i arkivet",
                   .recorded = now},
                  by.account);
}

// The coach holds the batons of the first in an intervention, with something to do soon, and offers two of them to the
// employment service.
void hold_batons(db::Transaction& tx, const intervention::Intervention& intervention, Moment now) {
  constexpr const char* steps[] = {"ringer vårdcentralen om läkarutlåtandet", "bokar trepartssamtal", "följer upp arbetsträningen",
                                   "skriver planen tillsammans med deltagaren", "frågar arbetsgivaren om fler timmar"};
  const auto coach = account_called(tx, "coach", now), receiver = account_called(tx, "af-coach", now);
  int number = 0;
  for (const auto& participant : participant::list(tx, scope_of(tx, intervention, now), {.most = 400})) {
    const auto writing = must(access::admit(tx, coach, {.participant = participant.id, .action = access::Action::write, .object = "baton"}, now));
    if (!baton::of(tx, writing).is_open) continue;
    must(baton::take(tx, writing, coach, {steps[number % 5], now.date() + number}, {}));
    if (number < 3) write_meetings(tx, coach, writing, now);
    if (number < 2) {
      let_tell(tx, coach, participant.id, "Arbetsförmedlingen", now);
      assign(tx, "af-coach", "af-chef", intervention.id, participant.id, now);
      must(baton::offer(tx, writing, coach,
                        {.to = receiver.organisation, .message = "Klar för praktik. Vi kan ses hos er.", .meeting_on = now.date() + 9, .support_until = now.date() + 90}));
    }
    if (++number == 12) return;
  }
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
    hold_batons(tx, forsteg, now);
    const auto narmare = add_intervention(tx, "narmare", now);
    make_up_stays(tx, narmare, 3, Date::of(2025, 9, 1), now);
    assign_coach(tx, narmare, now);
    make_up_contacts(tx, "coach", 160, forsteg.id, now);
    make_up_contacts(tx, "af-coach", 60, forsteg.id, now);
  });
  using exchange::Kind;
  read_register(database, Kind::participations, "gotland/deltagare.csv", now);
  database.write([&](db::Transaction& tx) { assign_coach_of_another(tx, "jobbvagen-ar", now); });
  database.write([&](db::Transaction& tx) { write_meetings(tx, "jobbvagen-ar", now); });
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
