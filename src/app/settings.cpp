#include "app/settings.h"

#include <algorithm>

#include "base/file.h"
#include "file/toml.h"

namespace stafett::app {

namespace {

// One [[provider]]. Everything but claim and inside is needed.
Settings::SignIn read_provider(const file::Toml& table, std::vector<Fault>& faults) {
  Settings::SignIn one;
  auto& provider = one.provider;
  std::string key;
  for (auto& fault : file::unknown_keys(table, {"id", "name", "issuer", "client_id", "key", "lowest", "claim", "inside"}))
    faults.push_back(std::move(fault));
  for (const auto& [name, to] : {std::pair{"id", &provider.id}, {"name", &provider.name}, {"issuer", &provider.issuer},
                                 {"client_id", &provider.client_id}, {"key", &key}, {"lowest", &provider.lowest},
                                 {"claim", &provider.claim}}) {
    const auto* value = table.find(name);
    if (value && value->kind == file::Toml::Kind::text) *to = value->text;
    if (to->empty()) faults.push_back({"", {"A provider needs “{1}”. See docs/operation.md.", name}, table.line});
  }
  const auto* inside = table.find("inside");
  one.inside = inside && inside->kind == file::Toml::Kind::flag && inside->flag;
  if (provider.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != provider.id.npos)
    faults.push_back({"", {"“{1}” is no id of a provider. Use a to z, digits and hyphens.", provider.id}, table.line});
  if (!provider.issuer.starts_with("https://") && !(one.inside && provider.issuer.starts_with("http://127.0.0.1:")))
    faults.push_back({"", {"The issuer “{1}” does not begin with https.", provider.issuer}, table.line});
  if (const auto bytes = key.empty() ? Result<std::string>("") : read_file(key); bytes && access::is_private_key(*bytes))
    provider.private_key = *bytes;
  else if (!key.empty())
    faults.push_back({"", {"There is no private key (JWK) in {1}.", key}, table.line});
  return one;
}

}  // namespace

Result<> read_settings(const std::string& file, Settings& settings) {
  const auto bytes = TRY(read_file(file));
  const auto table = TRY(file::read_toml(bytes));
  auto faults = file::unknown_keys(table, {"data", "database", "keys", "listen", "hosts", "https", "proxies", "workers", "provider"});
  const auto take = [&](std::string_view name, file::Toml::Kind kind, auto use) {
    const auto* value = table.find(name);
    if (value && value->kind == kind)
      use(*value);
    else if (value)
      faults.push_back({"", {"“{1}” is not written as it should. See docs/operation.md.", std::string(name)}, value->line});
  };
  using Kind = file::Toml::Kind;
  take("data", Kind::text, [&](auto& value) { settings.data = value.text; });
  take("database", Kind::text, [&](auto& value) { settings.database = value.text; });
  take("keys", Kind::text, [&](auto& value) { settings.keys = value.text; });
  take("listen", Kind::text, [&](auto& value) { settings.listen = value.text; });
  take("https", Kind::flag, [&](auto& value) { settings.https = value.flag; });
  take("workers", Kind::whole, [&](auto& value) { settings.workers = static_cast<int>(value.whole); });
  for (const auto& [name, texts] : {std::pair{"hosts", &settings.hosts}, std::pair{"proxies", &settings.proxies}})
    take(name, Kind::list, [texts](auto& value) {
      for (const auto& item : value.items) texts->push_back(item.text);
    });
  take("provider", Kind::list, [&](auto& value) {
    for (const auto& item : value.items) {
      auto one = read_provider(item, faults);
      const bool twice = std::ranges::any_of(settings.providers, [&](const auto& other) { return other.provider.id == one.provider.id; });
      if (twice) faults.push_back({"", {"There are two providers “{1}”. Give one another id.", one.provider.id}, item.line});
      settings.providers.push_back(std::move(one));
    }
  });
  if (settings.workers < 1 || settings.workers > 64) faults.push_back({"", "“workers” must be from 1 to 64."});
  if (!faults.empty()) return invalid(std::move(faults));
  return {};
}

}  // namespace stafett::app
