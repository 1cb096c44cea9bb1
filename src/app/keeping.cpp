// stafett verify, stafett log, stafett backup, stafett restore
#include <filesystem>
#include <fstream>
#include <iostream>

#include "access/checkpoint.h"
#include "access/log.h"
#include "access/sealed_file.h"
#include "app/commands.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/file.h"
#include "report/report.h"

namespace stafett::app {
namespace {

// Rows that no rule of ours could have made: each question should have the answer nought.
struct Question {
  Message fault;
  std::string_view sql;
};
const Question questions[] = {
    {"{1} participants have another owner than their intervention.", R"(
    select count(*) as found
    from participant
    join intervention on intervention.id = participant.intervention_id
    where participant.owner_id <> intervention.owner_id)"},
    {"{1} participations have another owner or intervention than their participant.", R"(
    select count(*) as found
    from participation
    join participant on participant.id = participation.participant_id
    where participation.owner_id <> participant.owner_id or participation.intervention_id <> participant.intervention_id)"},
    {"{1} decisions have another owner or intervention than their participant.", R"(
    select count(*) as found
    from decision
    join participant on participant.id = decision.participant_id
    where decision.owner_id <> participant.owner_id or decision.intervention_id <> participant.intervention_id)"},
    {"{1} participations end before they start.", R"(
    select count(*) as found from participation where ended_on < started_on)"},
    {"{1} participations went to a destination that their intervention does not have.", R"(
    select count(*) as found
    from participation
    where destination <> '' and not exists (
      select 1 from intervention_destination
      where intervention_destination.intervention_id = participation.intervention_id
        and intervention_destination.name = participation.destination))"},
    {"{1} participants have their name or number in another organisation's room.", R"(
    select count(*) as found
    from identity
    join participant on participant.id = identity.participant_id
    where participant.owner_id <> identity.owner_id)"},
    {"{1} notes, meetings or identities have no data key, and cannot be read.", R"(
    select count(*) as found
    from (select organisation_id, participant_id from note
          union all
          select organisation_id, participant_id from meeting
          union all
          select owner_id as organisation_id, participant_id from identity) as sealed
    where not exists (
      select 1 from data_key
      where data_key.organisation_id = sealed.organisation_id and data_key.participant_id = sealed.participant_id))"},
    {"{1} protected participants still have a name, or something that tells where they are.", R"(
    select count(*) as found
    from participant
    where protection <> ''
      and (exists (select 1 from identity where identity.participant_id = participant.id)
           or exists (select 1 from participation
                      where participation.participant_id = participant.id
                        and (site <> '' or municipality <> '' or referrer <> '' or written <> ''))))"},
    {"{1} erased participants still have a name, a note, a consent or a key.", R"(
    select count(*) as found
    from participant
    where erased_at is not null
      and (exists (select 1 from identity where identity.participant_id = participant.id)
           or exists (select 1 from note where note.participant_id = participant.id)
           or exists (select 1 from meeting where meeting.participant_id = participant.id)
           or exists (select 1 from consent where consent.participant_id = participant.id)
           or exists (select 1 from data_key where data_key.participant_id = participant.id)))"},
};

// What SQLite itself finds in its file: damaged pages, links to rows that are not there.
std::vector<Message> damage(db::Transaction& tx) {
  std::vector<Message> faults;
  tx.each("pragma integrity_check", {}, [&](const db::Row& row) {
    if (const auto& found = row.text("integrity_check"); found != "ok") faults.push_back({"The file is damaged: {1}. Restore a backup.", found});
  });
  tx.each("pragma foreign_key_check", {}, [&](const db::Row& row) {
    faults.push_back({"A row of {1} points at one of {2} that is not there. Restore a backup.", row.text("table"), row.text("parent")});
  });
  return faults;
}

}  // namespace

// One for each database: beside an SQLite file, or in the data folder by the database's name.
std::string checkpoints_file(const Settings& settings) {
  const auto address = database_address(settings);
  constexpr std::string_view sqlite = "sqlite:";
  if (address.starts_with(sqlite))
    return std::filesystem::path(address.substr(sqlite.size())).replace_extension(".checkpoints.log").string();
  const auto name = address.substr(0, address.find('?'));
  return settings.data + "/" + name.substr(name.rfind('/') + 1) + ".checkpoints.log";
}

int verify(const Settings& settings, const std::string& sent) {
  const auto database = open_database(settings);
  std::vector<access::Checkpoint> checkpoints;
  const auto file = sent.empty() ? checkpoints_file(settings) : sent;
  if (!sent.empty() || std::filesystem::exists(file)) {
    const auto text = read_file(file);
    if (!text) return refuse(text.error(), file);
    checkpoints = access::read_checkpoints(*text);
  }
  const auto faults = database->read([&](db::Transaction& tx) {
    auto faults = database->address().starts_with("sqlite:") ? damage(tx) : std::vector<Message>{};
    for (const auto& question : questions) {
      const auto rows = tx.find([](const db::Row& row) { return row.number("found"); }, question.sql).value_or(0);
      if (rows > 0) faults.push_back({question.fault.key.c_str(), std::to_string(rows)});
    }
    for (auto& fault : report::faults(tx)) faults.push_back(std::move(fault));
    for (auto& fault : access::log_faults(tx, access::log_key(), checkpoints)) faults.push_back(std::move(fault));
    return faults;
  });
  for (const auto& fault : faults) std::cerr << "stafett: " << swedish(fault) << "\n";
  if (faults.empty()) std::cout << swedish("The database holds together.") << "\n";
  return faults.empty() ? done : nothing_done;
}

int write_log(const Settings& settings, const LogWish& wish) {
  const auto database = open_database(settings);
  std::ofstream out(wish.out, std::ios::binary);
  database->read([&](db::Transaction& tx) { access::write_log(tx, [&](std::string_view line) { out << line; }); });
  if (!out.flush()) return refuse({Problem::Kind::conflict, {{"", {"The log could not be written to {1}.", wish.out}}}});
  if (!wish.key.empty())
    if (const auto kept = write_private_file(wish.key, access::text_for_proving(access::log_key())); !kept) return refuse(kept.error());
  std::cout << swedish({"The access log is in {1}.", wish.out}) << "\n";
  return done;
}

namespace {

// Beside a copy, as sha256sum writes it: a database does not know every byte of itself again, this does.
std::string digest_file(const std::string& file) { return file + ".sha256"; }

Result<> keep_digest(const std::string& file) {
  const auto digest = TRY(sha256_of_file(file));
  return write_private_file(digest_file(file), digest + "  " + std::filesystem::path(file).filename().string() + "\n");
}

// Copies from before there were digests have none.
Result<> as_it_was_written(const std::string& file) {
  if (!std::filesystem::exists(digest_file(file))) return {};
  const auto digest = TRY(sha256_of_file(file));
  const auto kept = TRY(read_file(digest_file(file)));
  if (kept.starts_with(digest + " ")) return {};
  return conflict(Message{"{1} is not as it was written: {2} says otherwise. Choose another copy.", file, digest_file(file)});
}

Result<> write_backup(const Settings& settings, db::Database& database, const std::string& file) {
  if (settings.backup_key)
    TRY(access::seal_file(file, *settings.backup_key, [&](const Take& take) { return database.back_up(take); }));
  else
    TRY(database.back_up(file));
  return keep_digest(file);
}

Result<> take_backup(const Settings& settings, const std::string& file, const std::string& key_file) {
  TRY(as_it_was_written(file));
  if (key_file.empty()) {
    if (access::is_sealed(file))
      return conflict(Message{"{1} is sealed. Say in which file its private key is: stafett restore {1} --key FILE", file});
    return db::Database(database_address(settings)).restore(file);
  }
  const auto key = TRY(access::PrivateKey::read(key_file));
  return db::Database(database_address(settings)).restore(file, [&](const Take& take) { return access::unseal_file(file, key, take); });
}

}  // namespace

int back_up(const Settings& settings, const std::string& file) {
  auto database = db::Database::beside(database_address(settings));  // which a server may be using
  if (const auto kept = write_backup(settings, database, file); !kept) return refuse(kept.error());
  std::cout << swedish({settings.backup_key ? "The sealed backup is in {1}." : "The backup is in {1}.", file}) << "\n";
  return done;
}

int restore(const Settings& settings, const std::string& file, const std::string& key_file) {
  if (const auto taken = take_backup(settings, file, key_file); !taken) return refuse(taken.error());
  std::cout << swedish({"The backup {1} is in place.", file}) << "\n";
  return verify(settings);
}

}  // namespace stafett::app
