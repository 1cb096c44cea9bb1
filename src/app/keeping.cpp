// stafett verify, stafett backup, stafett restore
#include <filesystem>
#include <iostream>

#include "app/commands.h"
#include "base/file.h"
#include "text/translation.h"

namespace stafett::app {
namespace {

std::string swedish(const Message& message) { return text::translated(text::Language::swedish, message); }

std::optional<std::string> sqlite_file(const Settings& settings) {
  const auto address = database_address(settings);
  return address.starts_with("sqlite:") ? std::optional(address.substr(7)) : std::nullopt;
}

}  // namespace

int verify(const Settings& settings) {
  const auto database = open_database(settings);
  const auto faults = database->faults();
  for (const auto& fault : faults) std::cerr << "stafett: " << swedish(fault) << "\n";
  if (faults.empty()) std::cout << swedish("The database holds together.") << "\n";
  return faults.empty() ? done : nothing_done;
}

int back_up(const Settings& settings, const std::string& file) {
  const auto database = open_database(settings);
  if (const auto kept = database->back_up(file); !kept) return refuse(kept.error());
  std::cout << swedish({"The backup is in {1}.", file}) << "\n";
  return done;
}

int restore(const Settings& settings, const std::string& file) {
  const auto target = sqlite_file(settings);
  if (!target) return refuse({Problem::Kind::invalid, {{"", "A PostgreSQL database is restored with pg_restore."}}});
  if (std::filesystem::exists(*target))
    return refuse({Problem::Kind::conflict, {{"", {"There is a database in {1} already. Move it away first; nothing was changed.", *target}}}});
  const auto bytes = read_file(file, std::size_t{1} << 40);
  if (!bytes) return refuse(bytes.error());
  if (!bytes->starts_with("SQLite format 3"))
    return refuse({Problem::Kind::invalid, {{"", {"{1} is not a backup made by stafett backup.", file}}}});

  // Tried in a place of its own before it takes the database's.
  const auto trial = *target + ".trial";
  if (const auto written = write_file(trial, *bytes); !written) return refuse(written.error());
  Settings at_trial = settings;
  at_trial.database = "sqlite:" + trial;
  const int sound = verify(at_trial);
  if (sound == done) std::filesystem::rename(trial, *target);
  for (const auto* left : {"", "-wal", "-shm", ".lock"}) std::filesystem::remove(trial + left);
  if (sound == done) std::cout << swedish({"The backup {1} is in place.", file}) << "\n";
  return sound;
}

}  // namespace stafett::app
