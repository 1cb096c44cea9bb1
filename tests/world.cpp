#include "tests/world.h"

#include <doctest/doctest.h>

#include "account/account.h"
#include "app/modules.h"
#include "base/assets.h"
#include "exchange/exchange.h"
#include "file/table.h"
#include "tests/databases.h"
#include "web/form.h"

namespace stafett {
namespace {

void import(World& world, exchange::Kind kind, std::string_view csv) {
  const auto table = file::read_table(std::string(csv));
  REQUIRE(table);
  const auto report = exchange::import(*world.database, *table, {kind, nullptr, world.now});
  REQUIRE(report);
  REQUIRE(report->refused.empty());
}

}  // namespace

std::string prova_but(const std::vector<std::pair<std::string_view, std::string_view>>& words) {
  std::string toml(prova);
  for (const auto& [old, other] : words)
    toml.replace(toml.find(old), old.size(), other);  // throws if it is not there
  return toml;
}

World::World() : database(empty_database()), now(*Moment::read("2026-03-02 09:00:00")) {
  app::add_modules(router);
  database->write([&](db::Transaction& tx) {
    using organisation::Kind;
    association = organisation::add(tx, "Samordningsförbundet Provlandet", Kind::association).value();
    insurance_agency = organisation::add(tx, "Försäkringskassan", Kind::insurance_agency).value();
    municipality = organisation::add(tx, "Provköpings kommun", Kind::municipality).value();
    region = organisation::add(tx, "Region Provlandet", Kind::region).value();
  });
  anna = sign_in("anna", insurance_agency, {"referrer"});
  bo = sign_in("bo", municipality, {"unit head"});
  cecilia = sign_in("cecilia", region, {"unit head"});
  disa = sign_in("disa", municipality, {});
  eva = sign_in("eva", association, {"director"});
  frej = sign_in("frej", municipality, {"administrator"});
}

World::Person World::sign_in(const std::string& name, const organisation::Organisation& organisation, std::vector<std::string> roles) {
  Person person;
  database->write([&](db::Transaction& tx) {
    static const auto hash = access::hashed("ett långt lösenord", access::Cost::cheap).value();
    const auto account = account::open(tx, {name, name, organisation.id, std::move(roles), hash}).value();
    person.session = account::begin_session(tx, account, now);
    person.user = account::who(tx, person.session, now, app::permissions_of);
  });
  return person;
}

void World::prove(Person& person, account::Proof proof) {
  database->write([&](db::Transaction& tx) {
    person.session = account::prove_again(tx, access::fingerprint(person.session), person.user.account, proof, now).value();
    person.user = account::who(tx, person.session, now, app::permissions_of);
  });
}

web::Outgoing World::answer(const web::Incoming& in) {
  const AsServed as_served(*database);
  const web::Router::World world{
      *database,
      [this](db::Transaction& tx, const std::string& session, Moment now) {
        auto user = account::who(tx, session, now, app::permissions_of);
        if (proved_again) {
          user.strength = access::Strength::two_factors;
          user.proved = now;
        }
        return user;
      },
      account::touch, [this] { return now; }};
  return router.answer(world, in);
}

web::Incoming World::request(const Person& person, std::string method, std::string_view address) {
  web::Incoming in;
  in.method = std::move(method);
  in.path = address.substr(0, address.find('?'));
  in.query = address.size() > in.path.size() ? address.substr(in.path.size() + 1) : "";
  in.headers["host"] = "127.0.0.1:8080";
  in.headers["accept-language"] = "sv";
  in.headers["cookie"] = person.session.empty() ? "visitor=someone" : "sid=" + person.session;
  in.network = "127.0.0.1";
  return in;
}

// Read off a page, as a browser does: every page has the form for signing out, or the one for signing in.
std::string World::token_for(const Person& person) {
  const auto page = get(person, person.session.empty() ? "/sign-in" : "/about");
  constexpr std::string_view mark = "name=\"token\" value=\"";
  const auto at = page.body.find(mark);
  REQUIRE(at != page.body.npos);
  const auto start = at + mark.size();
  return page.body.substr(start, page.body.find('"', start) - start);
}

web::Outgoing World::get(const Person& person, std::string_view address, std::string_view accept) {
  auto in = request(person, "GET", address);
  in.headers["accept"] = accept;
  return answer(in);
}

web::Outgoing World::post(const Person& person, std::string_view address, Fields fields) {
  auto in = request(person, "POST", address);
  in.headers["content-type"] = "application/x-www-form-urlencoded";
  fields.emplace_back("token", token_for(person));
  for (const auto& [name, value] : fields) in.body += (in.body.empty() ? "" : "&") + web::urlencoded(name) + "=" + web::urlencoded(value);
  return answer(in);
}

web::Outgoing World::send(const Person& person, std::string_view address, Fields fields, std::string_view field,
                          std::string_view file_name, std::string_view bytes) {
  auto in = request(person, "POST", address);
  const std::string boundary = "----a-boundary-that-no-register-has";
  in.headers["content-type"] = "multipart/form-data; boundary=" + boundary;
  fields.emplace_back("token", token_for(person));
  for (const auto& [name, value] : fields)
    in.body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  in.body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + std::string(field) + "\"; filename=\"" +
             std::string(file_name) + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + std::string(bytes) + "\r\n--" + boundary + "--\r\n";
  return answer(in);
}

void World::add_intervention(std::string_view toml) {
  const auto definition = intervention::read_definition(toml);
  REQUIRE(definition);
  const auto saved = database->write([&](db::Transaction& tx) { return intervention::save(tx, *definition, "test", now); });
  REQUIRE(saved);
}

void World::import_participations(std::string_view csv) { import(*this, exchange::Kind::participations, csv); }
void World::import_decisions(std::string_view csv) { import(*this, exchange::Kind::decisions, csv); }

void World::add_register(const std::string& name) {
  const auto folder = "assets/demo/" + name + "/";
  add_intervention(asset(folder + "insats.toml"));
  import_participations(asset(folder + "deltagare.csv"));
  if (name == "sundsvall") import_decisions(asset(folder + "beslut.csv"));
}

Id<participant::Participant> World::participant(const std::string& intervention, const std::string& code) {
  return database->read([&](db::Transaction& tx) {
    return tx.find([](const db::Row& row) { return row.id<participant::Participant>("id"); },
                   "select id from participant where intervention_id = :intervention and code = :code",
                   {{"intervention", intervention}, {"code", code}})
        .value();
  });
}

void World::execute(std::string_view sql) {
  database->write([&](db::Transaction& tx) { tx.execute(sql); });
}

std::int64_t World::count(const std::string& what) { return stafett::count(*database, what); }

void World::move_to(const Folder& folder) {
  if (on_postgresql()) return;
  REQUIRE(database->back_up(folder.file()));
  database = std::make_shared<db::Database>(folder.address());
}

void World::assign(const Person& person, const std::string& intervention, const std::string& code, access::Kinds kinds) {
  assignment::Assignment given{.id = new_id<assignment::Assignment>(),
                               .organisation = person.user.organisation,
                               .account = person.user.account,
                               .intervention = {intervention},
                               .duty = "coach",
                               .kinds = kinds,
                               .from = now + -60};
  if (!code.empty()) given.participant = participant(intervention, code);
  database->write([&](db::Transaction& tx) { assignment::give(tx, given, bo.user.account); });
}

std::string location(const web::Outgoing& out) {
  for (const auto& [name, value] : out.headers)
    if (name == "Location") return value;
  return {};
}

bool has(const web::Outgoing& out, std::string_view text) { return out.body.find(text) != out.body.npos; }

}  // namespace stafett
