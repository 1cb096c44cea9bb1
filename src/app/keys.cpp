// stafett keys: the top keys, our key for the employer's sign-in, and the pair of keys for backups.
#include "access/keys.h"

#include <filesystem>
#include <iostream>

#include "access/backup_key.h"
#include "access/token.h"
#include "app/commands.h"
#include "base/file.h"

namespace stafett::app {
int make_provider_key(const std::string& file) {
  const auto key = access::new_private_key();
  if (std::filesystem::exists(file))
    return refuse(
        {Problem::Kind::conflict, {{"", {"There is a file {1} already. Choose another name.", file}}}});
  if (const auto written = write_private_file(file, key + "\n"); !written) return refuse(written.error());
  std::cout << access::public_key_of(key) << "\n";
  return done;
}

int make_backup_key(const std::string& file) {
  const auto key = access::PrivateKey::made();
  if (const auto written = key.write(file); !written) return refuse(written.error());
  std::cout << "backup_key = \"" << key.public_key().text() << "\"\n";
  return done;
}

int keys(const Settings& settings, const KeysWish& wish) {
  const auto database = open_database(settings);
  if (wish.rotate) {
    const auto wrapped = access::rotate_top_key(*database, now());
    if (!wrapped) return refuse(wrapped.error());
    std::cout << swedish({"There is a new top key, and {1} data keys are locked with it. Put a copy of {2} "
                          "in the safe.",
                          std::to_string(*wrapped), key_file(settings)})
              << "\n";
  }
  if (wish.forget_old) {
    const auto wrapped = access::wrap_again(*database);
    if (!wrapped) return refuse(wrapped.error());
    const auto forgotten = access::forget_old_top_keys(*database);
    if (!forgotten) return refuse(forgotten.error());
    std::cout << swedish({"{1} old top keys are gone.", std::to_string(*forgotten)}) << "\n";
  }
  for (const auto& key : access::top_keys(*database)) {
    const auto number = std::to_string(key.data_keys);
    std::cout << key.mark << "  " << key.made.text() << "  "
              << swedish(key.is_current ? Message{"in use, locks {1} data keys", number}
                                        : Message{"old, locks {1} data keys", number})
              << "\n";
  }
  return done;
}

}  // namespace stafett::app
