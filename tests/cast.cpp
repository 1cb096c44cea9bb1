#include "tests/cast.h"

#include <doctest/doctest.h>

#include "account/account.h"
#include "app/modules.h"
#include "tests/databases.h"
#include "web/form.h"

namespace stafett {
namespace {

using access::Kind;
using access::Kinds;

constexpr const char* names[] = {"by name",      "with everyone",  "once by name", "in conflict",
                                 "glass broken", "glass whole",    "colleague",    "open door",
                                 "narrow door",  "withdrawn door", "expired door", "purpose door",
                                 "idle door",    "no door",        "stranger",     "association"};
static_assert(std::size(names) == relations);

bool works_with_persons(const std::string& role) { return role == "coach" || role == "participant keeper" || role == "unit head"; }

std::string form_token(World& world, const World::Person& person) {
  const auto page = world.get(person, person.session.empty() ? "/sign-in" : "/about");
  constexpr std::string_view mark = "name=\"token\" value=\"";
  const auto start = page.body.find(mark) + mark.size();
  return page.body.substr(start, page.body.find('"', start) - start);
}

}  // namespace

std::string name_of(Relation relation) { return names[static_cast<int>(relation)]; }

Cast::Cast() {
  add_intervention(prova_but({{"lönebidrag", canary.decision}}));
  import_participations(
      "insats;deltagare;personnummer;kön;födelseår;start;avslut;avslutad till\n"
      "prova;KANARIEKOD;191212121212;kvinna;1912;2025-02-01;2025-09-01;Arbete\n"
      "prova;B2;;man;1980;2025-02-01;;\n");
  import_decisions("insats;deltagare;datum;beslut;form\nprova;KANARIEKOD;2025-06-01;KANARIEBESLUT;ny\n");
  participant = World::participant("prova", canary.code);
  database->write([&](db::Transaction& tx) {
    tx.execute(R"(
      update participation
      set referrer = 'KANARIEREMITTENT', site = 'KANARIEPLATS', income_start = 'KANARIEINKOMST', written = :word
      where participant_id = :id)",
               {{"id", participant}, {"word", "{\"kön\": \"KANARIEORD\"}"}});
  });
  giver_ = sign_in("givare", municipality, {"coach"});
  assign(giver_, "prova", canary.code);
  for (int number = 0; number != relations; ++number) {
    const auto relation = static_cast<Relation>(number);
    const auto of = organisation_of(relation);
    const auto doors = doors_of(relation, of);
    auto roles = app::roles();
    roles.push_back("");
    for (const auto role : roles) actors.push_back(actor(std::string(role), relation, of, doors));
  }
}

// A door is opened to an organisation, so each kind of door leads to one of its own.
organisation::Organisation Cast::organisation_of(Relation relation) {
  if (relation <= Relation::colleague) return municipality;
  if (relation == Relation::association) return association;
  return database->write([&](db::Transaction& tx) {
    return organisation::add(tx, "Part " + name_of(relation), organisation::Kind::municipality).value();
  });
}

consent::Consent Cast::a_consent(const organisation::Organisation& to) const {
  return {.id = new_id<consent::Consent>(),
          .intervention = {"prova"},
          .from = municipality.id,
          .to = to.id,
          .kinds = Kinds::all(),
          .opens = now + -60,
          .closes = now + 60,
          .language = "svenska",
          .evidence = "pärm 1",
          .recorded = now};
}

// Noted by one of the owner's people, as the gate and consent::record do it.
std::vector<access::Door> Cast::doors_of(Relation relation, const organisation::Organisation& to) {
  auto given = a_consent(to);
  switch (relation) {
    case Relation::open_door:
      given.kinds = {Kind::planning, Kind::income};
      given.closes = now + 1;
      break;
    case Relation::narrow_door:
      given.kinds = {Kind::health};
      break;
    case Relation::expired_door:
      given.closes = now;
      break;
    case Relation::purpose_door:
      given.purpose = access::Purpose::follow_up;
      break;
    case Relation::withdrawn_door:
    case Relation::idle_door:
    case Relation::association:
      break;
    default:
      return {};
  }
  return {note(std::move(given), relation == Relation::withdrawn_door)};
}

access::Door Cast::note(consent::Consent given, bool withdrawn) {
  const auto kept = database->write([&](db::Transaction& tx) -> Result<> {
    const auto permit = TRY(
        access::admit(tx, giver_.user, {.participant = participant, .action = access::Action::consent}, now));
    consent::record(tx, permit, given, giver_.user.account);
    if (!withdrawn) return {};
    return consent::withdraw(tx, permit, given.id, {.kinds = Kinds::all(), .at = now}, giver_.user.account);
  });
  REQUIRE(kept);
  return {.consent = given.id.text,
          .from = given.from,
          .to = given.to,
          .intervention = given.intervention,
          .kinds = given.kinds,
          .purpose = given.purpose,
          .opens = given.opens,
          .closes = given.closes,
          .withdrawn = withdrawn ? std::optional(now) : std::nullopt};
}

Actor Cast::through_a_door_for(Kinds kinds) {
  const auto to = database->write([&](db::Transaction& tx) {
    return organisation::add(tx, "Part " + std::to_string(actors.size()), organisation::Kind::municipality)
        .value();
  });
  auto one = actor("coach", Relation::stranger, to, {});
  work(one, true, Kinds::all(), {});
  auto given = a_consent(to);
  given.kinds = kinds;
  one.facts.doors = {note(std::move(given), false)};
  actors.push_back(one);
  return one;
}

Actor Cast::at_home_for(Kinds kinds) {
  auto one = actor("coach", Relation::colleague, municipality, {});
  work(one, true, kinds, {});
  actors.push_back(one);
  return one;
}

Actor Cast::nobody_at_all() {
  Actor one{.relation = Relation::stranger, .person = nobody, .token = form_token(*this, nobody)};
  one.facts.person = {.exists = true, .owner = municipality.id, .intervention = {"prova"}};
  one.facts.now = now;
  return one;
}

Actor Cast::actor(const std::string& role, Relation relation, const organisation::Organisation& of,
                  const std::vector<access::Door>& doors) {
  Actor one{.role = role, .relation = relation};
  one.person = sign_in("spelare " + std::to_string(actors.size()), of,
                       role.empty() ? std::vector<std::string>{} : std::vector{role});
  one.token = form_token(*this, one.person);
  one.facts.now = now;
  one.facts.asker = {.signed_in = true,
                     .of_association = relation == Relation::association,
                     .works_with_persons = works_with_persons(role),
                     .heads_unit = role == "unit head",
                     .organisation = of.id};
  one.facts.person = {.exists = true, .owner = municipality.id, .intervention = {"prova"}};
  one.facts.doors = doors;
  relate(one);
  return one;
}

// Gives somebody what their relation says, in the database and in what is told to the model.
void Cast::relate(Actor& one) {
  switch (one.relation) {
    case Relation::colleague:
    case Relation::idle_door:
    case Relation::stranger:
      return;
    case Relation::with_everyone:
      return work(one, false, {Kind::contact, Kind::planning}, {});
    case Relation::once_by_name:
      return work(one, true, Kinds::all(), now);
    case Relation::in_conflict:
      work(one, false, Kinds::all(), {});
      one.facts.in_conflict = true;
      return insert("insert into conflict (participant_id, account_id) values (:participant, :account)", one);
    case Relation::glass_broken:
    case Relation::glass_whole:
      one.facts.glass_until = now + (one.relation == Relation::glass_broken ? 1 : 0);
      return insert(R"(
        insert into broken_glass (id, account_id, participant_id, reason, broken_at, until_at)
        values (:id, :account, :participant, '', :until, :until))",
                    one);
    case Relation::by_name:
    case Relation::open_door:
    case Relation::narrow_door:
    case Relation::withdrawn_door:
    case Relation::expired_door:
    case Relation::purpose_door:
    case Relation::no_door:
    case Relation::association:
      return work(one, true, Kinds::all(), {});
  }
}

void Cast::insert(std::string_view sql, const Actor& one) {
  const auto id = new_key();
  database->write([&](db::Transaction& tx) {
    if (one.relation == Relation::in_conflict)
      tx.execute(sql, {{"participant", participant}, {"account", one.person.user.account}});
    else
      tx.execute(sql, {{"id", id},
                       {"participant", participant},
                       {"account", one.person.user.account},
                       {"until", one.facts.glass_until}});
  });
}

void Cast::work(Actor& one, bool by_name, Kinds kinds, std::optional<Moment> until) {
  assignment::Assignment given{.id = new_id<assignment::Assignment>(),
                               .organisation = one.facts.asker.organisation,
                               .account = one.person.user.account,
                               .intervention = {"prova"},
                               .duty = "coach",
                               .kinds = kinds,
                               .from = now + -60,
                               .until = until};
  if (by_name) given.participant = participant;
  database->write([&](db::Transaction& tx) { assignment::give(tx, given, bo.user.account); });
  one.facts.assignments.push_back({kinds, by_name, given.from, until});
}

void Cast::protect(access::Protection level) {
  database->write([&](db::Transaction& tx) {
    tx.execute("update participant set protection = :level where id = :id",
               {{"level", access::protections.of(level)}, {"id", participant}});
  });
}

web::Outgoing Cast::ask(const Actor& one, std::string_view method, std::string_view address, bool proved,
                        Fields fields, std::string_view accept) {
  web::Incoming in;
  in.method = method;
  in.path = address.substr(0, address.find('?'));
  in.query = address.size() > in.path.size() ? address.substr(in.path.size() + 1) : "";
  in.headers = {{"host", "127.0.0.1:8080"},
                {"accept", std::string(accept)},
                {"accept-language", "sv"},
                {"cookie", one.is_nobody() ? "visitor=someone" : "sid=" + one.person.session}};
  in.network = "127.0.0.1";
  if (method == "POST") {
    in.headers["content-type"] = "application/x-www-form-urlencoded";
    fields.emplace_back("token", one.token);
    for (const auto& [name, value] : fields)
      in.body += (in.body.empty() ? "" : "&") + web::urlencoded(name) + "=" + web::urlencoded(value);
  }
  const auto who = [&](db::Transaction& tx, const std::string& session, Moment now) {
    auto user = account::who(tx, session, now, app::permissions_of);
    user.strength = proved ? access::Strength::strong : access::Strength::password;
    user.proved = proved ? std::optional(now) : std::nullopt;
    return user;
  };
  const AsServed as_served(*database);
  return router.answer({*database, who, account::touch, [this] { return now; }}, in);
}

}  // namespace stafett
