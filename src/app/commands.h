// The program's commands, one function each. They return the exit code: 0 done, 1 some input was refused (the rest is
// in), 2 nothing was done; what went wrong is one line on standard error, in Swedish.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/user.h"
#include "app/settings.h"
#include "base/message.h"
#include "base/result.h"
#include "db/database.h"

namespace stafett::app {

inline constexpr int done = 0, some_refused = 1, nothing_done = 2;

// Reads the arguments and runs the command they name. The only door to CLI11.
int run(int argc, char** argv);

std::string swedish(const Message&);

// Says a Problem on standard error, a line for each fault; `file` is what it is about, if it is one.
int refuse(const Problem&, const std::string& file = "");

// Opens the database and brings it up to date. Throws db::Failure.
std::unique_ptr<db::Database> open_database(const Settings&, int readers = 2);

// The key of the access log, from its file in `data`. Throws db::Failure.
void tell_log_key(const Settings&);
std::string checkpoints_file(const Settings&);

struct Asking {
  std::string account;  // --as; empty: whoever can read the database file, who may see all of it
};
// Nobody for an empty account; a Problem for one that is not there.
Result<std::optional<access::User>> user_asking(db::Database&, const Asking&);

int serve(const Settings&);

struct InviteWish {
  std::string account, full_name, organisation;
};
int invite(const Settings&, const InviteWish&);  // the first administrators

struct DemoWish {
  std::size_t participations = 0;  // 0: the demo area; else made-up participations from a seed, for measuring
  unsigned seed = 1;
};
int demo(const Settings&, const DemoWish&);

int add_interventions(const Settings&, const Asking&, const std::vector<std::string>& files);

struct ImportWish {
  std::string kind;
  std::vector<std::string> files;
  bool dry_run = false;
  std::string rejects;  // a file to write, or empty
};
int import(const Settings&, const Asking&, const ImportWish&);

struct TableWish {
  std::string measure, from, to, audience = "public", format = "text";
  std::vector<std::string> by, where;
};
int table(const Settings&, const Asking&, const TableWish&);

struct GoalsWish {
  std::string intervention, from, to, audience = "public", format = "text";
};
int goals(const Settings&, const Asking&, const GoalsWish&);

struct ReportWish {
  std::string intervention, form, from, to, out, audience = "public";
};
int report(const Settings&, const Asking&, const ReportWish&);

int verify(const Settings&, const std::string& checkpoints_file = "");  // from where they were sent to; or none
struct LogWish {
  std::string out, key;
};
int write_log(const Settings&, const LogWish&);
struct KeysWish {
  bool rotate = false, forget_old = false;
  std::string for_provider, for_backups;  // a file to write
};
int keys(const Settings&, const KeysWish&);  // lists the top keys; changes them first if asked to
// Writes our private key (JWK) for the employer's sign-in, where there is no file yet, and says its public part.
int make_provider_key(const std::string& file);
// Writes the private key for backups to a new file, and says the public one as a line for the settings file.
int make_backup_key(const std::string& file);

int back_up(const Settings&, const std::string& file);  // sealed, if the settings say for which key
int restore(const Settings&, const std::string& file, const std::string& key_file);  // the private key's, of a sealed one

}  // namespace stafett::app
