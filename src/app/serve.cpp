// stafett serve
#include <algorithm>
#include <chrono>
#include <iostream>
#include <thread>

#include "access/checkpoint.h"
#include "access/log.h"
#include "account/account.h"
#include "account/provider.h"
#include "app/clockwork.h"
#include "app/commands.h"
#include "app/modules.h"
#include "base/log.h"
#include "exchange/sent_file.h"
#include "protection/protection.h"
#include "text/translation.h"
#include "web/router.h"
#include "web/server.h"

namespace stafett::app {
namespace {

struct Place {
  std::string address;
  unsigned short port;
};

// "127.0.0.1:8080" or "[::1]:8080"
std::optional<Place> place_of(const std::string& listen) {
  const auto colon = listen.rfind(':');
  if (colon == listen.npos || colon == 0) return std::nullopt;
  const auto port = listen.substr(colon + 1);
  if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != port.npos || std::stoi(port) > 65535) return std::nullopt;
  auto address = listen.substr(0, colon);
  if (address.front() == '[' && address.back() == ']') address = address.substr(1, address.size() - 2);
  if (address == "localhost") address = "127.0.0.1";
  return Place{address, static_cast<unsigned short>(std::stoi(port))};
}

// Workers mostly wait for a commit; readers work, so more of them than processors only take memory.
int readers_for(int workers) {
  const int processors = static_cast<int>(std::thread::hardware_concurrency());
  return std::clamp(processors, 2, std::max(workers, 2));
}

bool is_loopback(const std::string& address) { return address.starts_with("127.") || address == "::1"; }

}  // namespace

int serve(const Settings& settings) {
  const auto place = place_of(settings.listen);
  if (!place) return refuse({Problem::Kind::invalid, {{"", {"{1} is not an address to listen on. Write it as 127.0.0.1:8080.", settings.listen}}}});
  if (!is_loopback(place->address) && !settings.https)
    return refuse({Problem::Kind::invalid,
                   {{"", "Others may only reach the pages through TLS. Put a proxy in front and set https = true in the settings file."}}});

  const auto database = open_database(settings, readers_for(settings.workers));
  if (!database->read([](db::Transaction& tx) { return access::fits(tx, access::log_key()); }))
    return refuse({Problem::Kind::conflict,
                   {{"", {"The key in {1} is not the one that this database's access log was written with. Put back the right one.",
                          settings.data + "/log.key"}}}});
  database->begin_with_every_room(false);
  if (database->lacks_roles()) log::warn("the roles of the second wall are missing in PostgreSQL: see docs/operation.md");
  std::vector<std::unique_ptr<account::KnownProvider>> providers;
  for (const auto& one : settings.providers)
    providers.push_back(std::make_unique<account::KnownProvider>(one.provider, one.inside));
  account::know_providers(std::move(providers));
  web::Router router;
  add_modules(router);
  const web::Router::World world{
      *database,
      [](db::Transaction& tx, const std::string& session, Moment now) { return account::who(tx, session, now, permissions_of); },
      account::touch, now, settings.https};

  web::ServerSettings server{.address = place->address, .port = place->port, .workers = settings.workers, .hosts = settings.hosts, .https = settings.https};
  server.proxies = settings.proxies;
  const web::Answerer answerer{
      [&](const web::Incoming& in) { return router.answer(world, in); },
      [&](std::string_view method, std::string_view path) { return router.largest_body(method, path); }};
  const Clockwork checkpoints("checkpoints of the log", std::chrono::seconds(access::checkpoint_seconds),
                              [&] { access::make_checkpoints(*database, checkpoints_file(settings), now()); });
  const Clockwork old_files("files kept too long", std::chrono::minutes(10), [&] {
    database->write([](db::Transaction& tx) {
      tx.in_every_room([&] { exchange::forget_old_files(tx, now()); });
    });
  });
  const Clockwork traces("what protected persons left behind", std::chrono::minutes(1), [&] {
    if (const auto left = protection::leave_nothing(*database); !left)
      log::error("protection: " + text::told(text::Language::english, left.error().faults.front()));
  });
  web::serve(server, answerer, [&](unsigned short port) {
    std::cout << "Stafett: http://" << place->address << ":" << port << std::endl;
  });
  return done;
}

}  // namespace stafett::app
