#include "app/commands.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "access/keys.h"
#include "access/log.h"
#include "access_log/access_log.h"
#include "account/account.h"
#include "account/code.h"
#include "app/commands_words.h"
#include "app/modules.h"
#include "base/log.h"
#include "broken_glass/broken_glass.h"
#include "consent/consent.h"
#include "participant/identity.h"
#include "text/translation.h"

namespace stafett::app {
namespace {

const char* const version = "0.1.0";

// What was asked for: filled in by the parser, run when it has read all of it.
struct Wishes {
  Settings settings;
  std::string settings_file;
  Asking asking;
  DemoWish demo;
  std::vector<std::string> intervention_files;
  ImportWish import;
  TableWish table;
  GoalsWish goals;
  ReportWish report;
  LogWish log;
  KeysWish keys;
  InviteWish invite;
  std::string backup_file, backup_key, checkpoints_file;
};

CLI::Option* audience(CLI::App* command, std::string& into) {
  return command->add_option("--audience", into, "public: små tal skyddas; unit: exakta tal, för enheten själv")
      ->check(CLI::IsMember({"public", "unit"}))
      ->capture_default_str();
}

void period(CLI::App* command, std::string& from, std::string& to) {
  command->add_option("--from", from, "första dagen, 2024-01-01");
  command->add_option("--to", to, "sista dagen, 2024-12-31");
}

void add_register_commands(CLI::App& program, Wishes& wishes) {
  auto* demo = program.add_subcommand("demo", "fyller en tom databas med ett demoområde");
  demo->add_option("--participations", wishes.demo.participations, "i stället: så många påhittade deltaganden");
  demo->add_option("--seed", wishes.demo.seed, "samma frö ger samma deltaganden")->capture_default_str();

  auto* intervention = program.add_subcommand("intervention", "lägger till eller ändrar insatser från deras filer");
  intervention->add_option("FIL", wishes.intervention_files, "insatsens fil (TOML)")->required();

  auto* import = program.add_subcommand("import", "läser in register");
  import->add_option("SORT", wishes.import.kind, "participations (deltaganden), decisions (beslut) eller contacts (kontakter)")
      ->required()
      ->check(CLI::IsMember({"participations", "decisions", "contacts"}));
  import->add_option("FIL", wishes.import.files, "registret (CSV eller XLSX)")->required();
  import->add_flag("--dry-run", wishes.import.dry_run, "visa vad som skulle hända, ändra ingenting");
  import->add_option("--rejects", wishes.import.rejects, "skriv avvisade rader till den här filen");
}

void add_figure_commands(CLI::App& program, Wishes& wishes) {
  auto* table = program.add_subcommand("table", "räknar ett mått, fördelat");
  table->add_option("MÅTT", wishes.table.measure, "started, closed, active, stay …")->required();
  table->add_option("--by", wishes.table.by, "fördela efter, högst tre: sex,destination")->delimiter(',');
  table->add_option("--where", wishes.table.where, "begränsa till: sex=kvinna,man")->take_all();
  period(table, wishes.table.from, wishes.table.to);
  audience(table, wishes.table.audience);
  table->add_option("--format", wishes.table.format)
      ->check(CLI::IsMember({"text", "json-stat", "csv", "xlsx", "px"}))
      ->capture_default_str();

  auto* goals = program.add_subcommand("goals", "prövar en insats mål");
  goals->add_option("INSATS", wishes.goals.intervention)->required();
  period(goals, wishes.goals.from, wishes.goals.to);
  audience(goals, wishes.goals.audience);
  goals->add_option("--format", wishes.goals.format)->check(CLI::IsMember({"text", "json"}))->capture_default_str();

  auto* report = program.add_subcommand("report", "fyller i en rapport");
  report->add_option("INSATS", wishes.report.intervention)->required();
  report->add_option("--form", wishes.report.form, "organisationens mall (DOCX)")->required();
  report->add_option("--from", wishes.report.from, "första dagen, 2024-01-01")->required();
  report->add_option("--to", wishes.report.to, "sista dagen, 2024-12-31")->required();
  report->add_option("--out", wishes.report.out, "rapporten (.docx eller .pdf)")->required();
  audience(report, wishes.report.audience);
}

void add_keeping_commands(CLI::App& program, Wishes& wishes) {
  auto* serve = program.add_subcommand("serve", "visar sidorna i en webbläsare");
  serve->add_option("--listen", wishes.settings.listen, "adress och port")->capture_default_str();
  auto* invite = program.add_subcommand("invite", "bjuder in en administratör, den första eller en som tappat sin väg in");
  invite->add_option("KONTO", wishes.invite.account, "det som skrivs vid inloggning")->required();
  invite->add_option("--organisation", wishes.invite.organisation, "den organisation som kontot hör till");
  invite->add_option("--name", wishes.invite.full_name, "personens namn");
  auto* keys = program.add_subcommand("keys", "visar toppnycklarna, eller byter dem");
  keys->add_flag("--rotate", wishes.keys.rotate, "lägg till en ny toppnyckel och lås om allt med den");
  keys->add_flag("--forget-old", wishes.keys.forget_old, "ta bort toppnycklar som inget är låst med; äldre säkerhetskopior går sedan inte att läsa");
  keys->add_option("--for-provider", wishes.keys.for_provider, "skapa vår nyckel för arbetsgivarens inloggning i den här filen, och visa dess öppna del")
      ->excludes("--rotate")
      ->excludes("--forget-old");
  keys->add_option("--for-backups", wishes.keys.for_backups, "skapa nycklarna för säkerhetskopior: den privata i den här filen, den öppna visas")
      ->excludes("--rotate")
      ->excludes("--forget-old")
      ->excludes("--for-provider");
  program.add_subcommand("verify", "prövar att databasen och åtkomstloggen håller ihop")
      ->add_option("--checkpoints", wishes.checkpoints_file, "loggens avstämningar, hämtade dit de skickats");
  auto* log = program.add_subcommand("log", "skriver åtkomstloggen till en fil, för stafett-verify");
  log->add_option("--out", wishes.log.out, "loggen")->required();
  log->add_option("--key", wishes.log.key, "nyckeln som prövar loggen men inte kan skriva i den");
  program.add_subcommand("backup", "sparar en säkerhetskopia")->add_option("FIL", wishes.backup_file)->required();
  auto* restore = program.add_subcommand("restore", "lägger tillbaka en säkerhetskopia");
  restore->add_option("FIL", wishes.backup_file)->required();
  restore->add_option("--key", wishes.backup_key, "filen med den privata nyckeln, om kopian är förseglad");
}

// From before there were seals.
void seal_what_is_in_clear(db::Database& database) {
  constexpr std::size_t at_a_time = 1000;
  for (const auto* one : {&participant::numbers_in_clear, &account::secrets_in_clear, &broken_glass::reasons_in_clear,
                          &consent::notes_in_clear, &access_log::remarks_in_clear}) {
    while (database.write([&](db::Transaction& tx) { return access::seal_some(tx, *one, at_a_time, now()); }) != 0) {
    }
    if (const auto purged = access::purge_traces(database, *one); !purged)  // tried again at the next start
      log::warn(std::string(one->mark) + ": traces are still in the database's files: " + purged.error().message().key);
  }
}

int run(const CLI::App& program, const Wishes& wishes) {
  const auto& settings = wishes.settings;
  const auto wanted = program.get_subcommands().front()->get_name();
  if (wanted == "serve") return serve(settings);
  if (wanted == "demo") return demo(settings, wishes.demo);
  if (wanted == "intervention") return add_interventions(settings, wishes.asking, wishes.intervention_files);
  if (wanted == "import") return import(settings, wishes.asking, wishes.import);
  if (wanted == "table") return table(settings, wishes.asking, wishes.table);
  if (wanted == "goals") return goals(settings, wishes.asking, wishes.goals);
  if (wanted == "report") return report(settings, wishes.asking, wishes.report);
  if (wanted == "keys" && !wishes.keys.for_provider.empty()) return make_provider_key(wishes.keys.for_provider);
  if (wanted == "keys" && !wishes.keys.for_backups.empty()) return make_backup_key(wishes.keys.for_backups);
  if (wanted == "invite") return invite(settings, wishes.invite);
  if (wanted == "keys") return keys(settings, wishes.keys);
  if (wanted == "verify") return verify(settings, wishes.checkpoints_file);
  if (wanted == "log") return write_log(settings, wishes.log);
  if (wanted == "backup") return back_up(settings, wishes.backup_file);
  return restore(settings, wishes.backup_file, wishes.backup_key);
}

}  // namespace

int run(int argc, char** argv) {
  Wishes wishes;
  CLI::App program{"Stafett – samverkan kring vägen tillbaka till arbete eller studier", "stafett"};
  program.set_version_flag("--version", std::string("stafett ") + version, "visar programmets version");
  program.require_subcommand(1);
  program.fallthrough();
  program.add_option("--data", wishes.settings.data, "mappen för databasen")->capture_default_str()->envname("STAFETT_DATA");
  program.add_option("--database", wishes.settings.database, "sqlite:FIL eller postgresql://…")->envname("STAFETT_DATABASE");
  program.add_option("--config", wishes.settings_file, "inställningar (TOML)");
  program.add_option("--as", wishes.asking.account, "handla som det här kontot");
  add_keeping_commands(program, wishes);
  add_register_commands(program, wishes);
  add_figure_commands(program, wishes);
  speak_swedish(program);

  try {
    program.parse(argc, argv);
    if (!wishes.settings_file.empty()) {
      // The file comes last in rank: read it, then let the command line speak again.
      Settings from_file;
      if (const auto read = read_settings(wishes.settings_file, from_file); !read) return refuse(read.error());
      wishes.settings = from_file;
      program.parse(argc, argv);
    }
  } catch (const CLI::ParseError& fault) {
    if (fault.get_exit_code() == 0) return program.exit(fault);
    std::cerr << "stafett: " << swedish(told(program, fault)) << " (stafett --help visar hur kommandona skrivs)\n";
    return nothing_done;
  }
  return run(program, wishes);
}

std::string swedish(const Message& message) { return text::translated(text::Language::swedish, message); }

int refuse(const Problem& problem, const std::string& file) {
  for (const auto& fault : problem.faults)
    std::cerr << "stafett: " << file << (file.empty() ? "" : ": ") << text::told(text::Language::swedish, fault) << "\n";
  return nothing_done;
}

std::unique_ptr<db::Database> open_database(const Settings& settings, int readers) {
  std::filesystem::create_directories(settings.data);
  tell_log_key(settings);
  auto database = std::make_unique<db::Database>(database_address(settings), readers);
  database->begin_with_every_room(true);
  access::take_keys(*database, key_file(settings), now());  // before anything is changed
  database->migrate(now());
  seal_what_is_in_clear(*database);
  return database;
}

void tell_log_key(const Settings& settings) {
  auto key = access::kept_log_key(settings.data + "/log.key");
  if (!key) throw db::Failure(db::Failure::Kind::refused, key.error().faults.front().message);
  access::use_log_key(std::move(*key));
}

Result<std::optional<access::User>> user_asking(db::Database& database, const Asking& asking) {
  if (asking.account.empty()) return std::optional<access::User>();
  auto user = database.read([&](db::Transaction& tx) { return account::named(tx, asking.account, now(), permissions_of); });
  if (!user) return not_found({"There is no account “{1}”.", asking.account});
  return user;
}

std::string database_address(const Settings& settings) {
  return settings.database.empty() ? "sqlite:" + settings.data + "/stafett.db" : settings.database;
}

// Beside the database's file, whatever it is called: never in it, and never in a copy of it.
std::string key_file(const Settings& settings) {
  constexpr std::string_view sqlite = "sqlite:";
  if (!settings.keys.empty()) return settings.keys;
  if (!settings.database.starts_with(sqlite)) return settings.data + "/stafett.keys";
  return std::filesystem::path(settings.database.substr(sqlite.size())).replace_extension(".keys").string();
}

}  // namespace stafett::app
