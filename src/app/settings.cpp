#include "app/settings.h"

#include <algorithm>

#include "base/file.h"
#include "file/toml.h"

namespace stafett::app {

namespace {

using Kind = file::Toml::Kind;

// Reads values of one table; one of another kind is a fault at its line.
struct Reading {
  const file::Toml& table;
  std::vector<Fault>& faults;

  template <class Use>
  void take(std::string_view name, Kind kind, Use use) const {
    const auto* value = table.find(name);
    if (value && value->kind == kind)
      use(*value);
    else if (value)
      faults.push_back({"",
                        {"“{1}” is not written as it should. See docs/operation.md.", std::string(name)},
                        value->line});
  }
  void complain(const char* name, Message why) const {
    const auto* value = table.find(name);
    faults.push_back({"", std::move(why), value ? value->line : table.line});
  }
};

// One [[provider]]. Everything but claim and inside is needed.
Settings::SignIn read_provider(const file::Toml& table, std::vector<Fault>& faults) {
  Settings::SignIn one;
  auto& provider = one.provider;
  std::string key;
  for (auto& fault :
       file::unknown_keys(table, {"id", "name", "issuer", "client_id", "key", "lowest", "claim", "inside"}))
    faults.push_back(std::move(fault));
  const Reading reading{table, faults};
  reading.take("inside", Kind::flag, [&](auto& value) { one.inside = value.flag; });
  for (const auto& [name, to] : {std::pair{"id", &provider.id},
                                 {"name", &provider.name},
                                 {"issuer", &provider.issuer},
                                 {"client_id", &provider.client_id},
                                 {"key", &key},
                                 {"lowest", &provider.lowest},
                                 {"claim", &provider.claim}}) {
    reading.take(name, Kind::text, [to = to](auto& value) { *to = value.text; });
    const auto* value = table.find(name);
    const bool is_said = !value || value->kind == Kind::text;
    if (to->empty() && is_said)
      reading.complain(name, {"A provider needs “{1}”. See docs/operation.md.", name});
  }
  if (provider.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != provider.id.npos)
    reading.complain("id", {"“{1}” is no id of a provider. Use a to z, digits and hyphens.", provider.id});
  const bool here = one.inside && provider.issuer.starts_with("http://127.0.0.1:");
  if (!provider.issuer.empty() && !provider.issuer.starts_with("https://") && !here)
    reading.complain("issuer", {"The issuer “{1}” does not begin with https.", provider.issuer});
  if (const auto bytes = key.empty() ? Result<std::string>("") : read_file(key);
      bytes && access::is_private_key(*bytes))
    provider.private_key = *bytes;
  else if (!key.empty())
    reading.complain("key", {"There is no private key (JWK) in {1}.", key});
  return one;
}

}  // namespace

Result<> read_settings(const std::string& file, Settings& settings) {
  const auto bytes = TRY(read_file(file));
  const auto table = TRY(file::read_toml(bytes));
  auto faults = file::unknown_keys(table, {"data", "database", "keys", "listen", "hosts", "https", "proxies",
                                           "workers", "provider", "backup_key"});
  const Reading reading{table, faults};
  const auto take = [&](std::string_view name, Kind kind, auto use) { reading.take(name, kind, use); };
  take("data", Kind::text, [&](auto& value) { settings.data = value.text; });
  take("database", Kind::text, [&](auto& value) { settings.database = value.text; });
  take("keys", Kind::text, [&](auto& value) { settings.keys = value.text; });
  take("listen", Kind::text, [&](auto& value) { settings.listen = value.text; });
  take("https", Kind::flag, [&](auto& value) { settings.https = value.flag; });
  take("backup_key", Kind::text, [&](auto& value) {
    settings.backup_key = access::PublicKey::read(value.text);
    if (!settings.backup_key)
      reading.complain("backup_key",
                       "“backup_key” is not a public key for backups. Copy the whole line that "
                       "stafett keys --for-backups printed.");
  });
  take("workers", Kind::whole, [&](auto& value) { settings.workers = static_cast<int>(value.whole); });
  for (const auto& [name, texts] :
       {std::pair{"hosts", &settings.hosts}, std::pair{"proxies", &settings.proxies}})
    take(name, Kind::list, [texts](auto& value) {
      for (const auto& item : value.items) texts->push_back(item.text);
    });
  take("provider", Kind::list, [&](auto& value) {
    for (const auto& item : value.items) {
      auto one = read_provider(item, faults);
      const bool twice = std::ranges::any_of(
          settings.providers, [&](const auto& other) { return other.provider.id == one.provider.id; });
      if (twice)
        faults.push_back(
            {"", {"There are two providers “{1}”. Give one another id.", one.provider.id}, item.line});
      settings.providers.push_back(std::move(one));
    }
  });
  if (settings.workers < 1 || settings.workers > 64)
    reading.complain("workers", "“workers” must be from 1 to 64.");
  if (!faults.empty()) return invalid(std::move(faults));
  return {};
}

}  // namespace stafett::app
