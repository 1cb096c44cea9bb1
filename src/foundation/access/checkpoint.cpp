#include "access/checkpoint.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <stdexcept>

#include "access/log.h"
#include "base/file.h"

namespace stafett::access {
namespace {

constexpr std::size_t most_faults = 100;  // more of them say no more

Checkpoint from_row(const db::Row& row) {
  Checkpoint checkpoint;
  checkpoint.serial = row.number("serial");
  checkpoint.chain = row.text("chain_id");
  checkpoint.number = row.number("number");
  checkpoint.head = row.text("head");
  checkpoint.at = row.text("at");
  checkpoint.signature = row.text("signature");
  return checkpoint;
}

std::vector<Checkpoint> checkpoints_after(db::Transaction& tx, std::int64_t serial) {
  return tx.list(from_row, R"(
    select serial, chain_id, number, head, at, signature from log_checkpoint where serial > :serial order by serial)",
                 {{"serial", serial}});
}

// Each chain's last entry. One look-up a chain: the log is long.
std::vector<Checkpoint> heads(db::Transaction& tx) {
  std::vector<Checkpoint> heads;
  const auto next = [&] {
    return tx.find([](const db::Row& row) { return row.text("chain_id"); },
                   "select chain_id from access_log where chain_id > :chain order by chain_id limit 1",
                   {{"chain", heads.empty() ? std::string() : heads.back().chain}});
  };
  for (auto chain = next(); chain; chain = next()) {
    const auto last = [&](const db::Row& row) {
      Checkpoint head;
      head.chain = *chain;
      head.number = row.number("number");
      head.head = row.text("hash");
      return head;
    };
    heads.push_back(*tx.find(
        last, "select number, hash from access_log where chain_id = :chain order by number desc limit 1",
        {{"chain", *chain}}));
  }
  return heads;
}

std::int64_t one_number(db::Transaction& tx, std::string_view sql, db::Bindings bindings = {}) {
  return tx.find([](const db::Row& row) { return row.number("number"); }, sql, bindings).value_or(0);
}

std::size_t keep_new(db::Transaction& tx, Moment now) {
  auto serial = one_number(tx, "select serial as number from log_checkpoint order by serial desc limit 1");
  std::size_t made = 0;
  for (auto& head : heads(tx)) {
    const auto before = one_number(
        tx, "select number from log_checkpoint where chain_id = :chain order by number desc limit 1",
        {{"chain", head.chain}});
    if (head.number <= before) continue;
    head.serial = ++serial;
    head.at = now.text();
    const auto signed_one = signed_checkpoint(log_key(), std::move(head));
    tx.execute(R"(
      insert into log_checkpoint (serial, chain_id, number, head, at, signature)
      values (:serial, :chain, :number, :head, :at, :signature))",
               {{"serial", signed_one.serial},
                {"chain", signed_one.chain},
                {"number", signed_one.number},
                {"head", signed_one.head},
                {"at", now},
                {"signature", signed_one.signature}});
    ++made;
  }
  return made;
}

void append(const std::string& file, const std::string& text) {
  const int end = open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  const bool whole = end >= 0 &&
                     ::write(end, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                     fsync(end) == 0;
  if (end >= 0) close(end);
  if (!whole) throw std::runtime_error("the checkpoints of the log cannot be written to " + file);
}

std::string place_of(const std::string& chain, std::int64_t number) {
  return chain + ":" + std::to_string(number);
}

// What the checkpoints say of the entries they were made at, and what is wrong with the checkpoints
// themselves.
struct Said {
  std::map<std::string, std::string> heads;     // place -> hash
  std::map<std::string, std::int64_t> longest;  // chain -> number
  std::vector<Message> faults;

  void take(const Checkpoint& checkpoint, const LogKey& key) {
    if (!is_signed(checkpoint, key.verifying()))
      return faults.push_back(
          {"Nobody signed checkpoint {1} of the log.", std::to_string(checkpoint.serial)});
    const auto place = place_of(checkpoint.chain, checkpoint.number);
    const auto [known, is_new] = heads.emplace(place, checkpoint.head);
    if (!is_new && known->second != checkpoint.head)
      faults.push_back({"Two checkpoints say different things of entry {1} in the log.", place});
    auto& longest_one = longest[checkpoint.chain];
    longest_one = std::max(longest_one, checkpoint.number);
  }

  // Those that were kept in one place, in their order: none may be missing, and no chain may have grown
  // shorter.
  void take(const std::vector<Checkpoint>& all, const LogKey& key) {
    std::int64_t serial = 0;
    std::map<std::string, std::int64_t> number;
    for (const auto& checkpoint : all) {
      if (checkpoint.serial != serial + 1)
        faults.push_back({"Checkpoint {1} of the log is missing, or stands where it should not.",
                          std::to_string(serial + 1)});
      serial = checkpoint.serial;
      if (checkpoint.number <= number[checkpoint.chain])
        faults.push_back({"Checkpoint {1} of the log says less than one before it.", std::to_string(serial)});
      number[checkpoint.chain] = std::max(number[checkpoint.chain], checkpoint.number);
      take(checkpoint, key);
    }
  }
};

}  // namespace

std::size_t make_checkpoints(db::Database& database, const std::string& file, Moment now) {
  const auto made = database.write([&](db::Transaction& tx) { return keep_new(tx, now); });
  std::int64_t last = 0;
  if (std::filesystem::exists(file))
    if (const auto text = read_file(file))
      for (const auto& checkpoint : read_checkpoints(*text)) last = std::max(last, checkpoint.serial);
  std::string lines;
  for (const auto& checkpoint :
       database.read([&](db::Transaction& tx) { return checkpoints_after(tx, last); }))
    lines += line_of(checkpoint) + "\n";
  if (!lines.empty()) append(file, lines);
  return made;
}

std::vector<Message> log_faults(db::Transaction& tx, const LogKey& key,
                                const std::vector<Checkpoint>& elsewhere) {
  Said said;
  const auto kept = checkpoints_after(tx, 0);
  said.take(kept, key);
  said.take(elsewhere, key);
  if (kept.size() < elsewhere.size())
    said.faults.push_back(
        {"Checkpoint {1} of the log was sent away, and is not kept here.", std::to_string(kept.size() + 1)});
  auto faults = std::move(said.faults);
  const auto add = [&](const char* what, const std::string& place) {
    if (faults.size() < most_faults) faults.push_back({what, place});
  };

  Written before;
  std::map<std::string, std::int64_t> reached;
  each_written(tx, [&](const Written& entry) {
    if (entry.chain != before.chain) before = {.chain = entry.chain};
    const auto place = place_of(entry.chain, entry.number);
    if (entry.number != before.number + 1) add("Before entry {1} of the log something is missing.", place);
    if (entry.hash != next_hash(key, before.hash, entry.line))
      add("Entry {1} of the log was changed, or is not where it was written.", place);
    if (const auto known = said.heads.find(place); known != said.heads.end() && known->second != entry.hash)
      add("Entry {1} of the log is not the one that the checkpoint was made at.", place);
    reached[entry.chain] = entry.number;
    before = entry;
  });
  for (const auto& [chain, number] : said.longest)
    if (reached[chain] < number)
      add("The log ends before entry {1}, which a checkpoint was made at.", place_of(chain, number));
  return faults;
}

void write_log(db::Transaction& tx, const std::function<void(std::string_view line)>& write) {
  each_written(tx, [&](const Written& entry) { write("entry\t" + entry.line + "\t" + entry.hash + "\n"); });
  for (const auto& checkpoint : checkpoints_after(tx, 0)) write("checkpoint\t" + line_of(checkpoint) + "\n");
}

}  // namespace stafett::access
