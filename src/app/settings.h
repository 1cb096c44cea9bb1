// What a run of the program is told: on the command line, in the environment (STAFETT_DATABASE,
// STAFETT_DATA), in a settings file. The command line goes first, then the environment, then the file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/backup_key.h"
#include "access/provider.h"
#include "base/result.h"

namespace stafett::app {

struct Settings {
  std::string data = "./data";  // the folder of the default database and of what else is kept in files
  std::string database;         // "sqlite:FILE" or "postgresql://…"; empty: sqlite:stafett.db in `data`
  std::string keys;             // the file of top keys; empty: beside the database, or stafett.keys in `data`
  std::string listen = "127.0.0.1:8080";
  std::vector<std::string> hosts;    // names that browsers may call us by, besides `listen`
  bool https = false;                // a proxy in front speaks TLS
  std::vector<std::string> proxies;  // addresses whose X-Forwarded-For is believed
  int workers = 64;
  struct SignIn {
    access::Provider provider;
    bool inside = false;  // its address may be inside our own network
  };
  std::vector<SignIn> providers;                // employers' sign-in: [[provider]]
  std::optional<access::PublicKey> backup_key;  // backups are sealed for it
};

// Fills in what a settings file says; every fault with its line.
Result<> read_settings(const std::string& file, Settings&);

std::string database_address(const Settings&);
std::string key_file(const Settings&);

}  // namespace stafett::app
