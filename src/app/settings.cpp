#include "app/settings.h"

#include "base/file.h"
#include "file/toml.h"

namespace stafett::app {

Result<> read_settings(const std::string& file, Settings& settings) {
  const auto bytes = TRY(read_file(file));
  const auto table = TRY(file::read_toml(bytes));
  auto faults = file::unknown_keys(table, {"data", "database", "keys", "listen", "hosts", "https", "proxies", "workers"});
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
  if (settings.workers < 1 || settings.workers > 64) faults.push_back({"", "“workers” must be from 1 to 64."});
  if (!faults.empty()) return invalid(std::move(faults));
  return {};
}

}  // namespace stafett::app
