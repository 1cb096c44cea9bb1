#include "access/log.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>
#include <stdexcept>

#include "base/file.h"

namespace stafett::access {
namespace {

struct Head {
  std::int64_t number = 0;
  std::string hash;
};

Head head_of(db::Transaction& tx, std::string_view chain) {
  const auto from_row = [](const db::Row& row) {
    Head head;
    head.number = row.number("number");
    head.hash = row.text("hash");
    return head;
  };
  return tx
      .find(from_row,
            "select number, hash from access_log where chain_id = :chain order by number desc limit 1",
            {{"chain", chain}})
      .value_or(Head{});
}

// Who is of no organisation has no room, and is refused in a chain of its own.
const std::string& chain_of(const Entry& entry) {
  static const std::string nobodys = "nobody";
  return entry.chain.text.empty() ? nobodys : entry.chain.text;
}

// The same at writing and when it is read back.
std::string line_of(const Entry& entry, std::int64_t number) {
  return log_line({chain_of(entry), std::to_string(number), entry.at.text(), entry.account.text,
                   entry.organisation.text, entry.unit, entry.session, actions.of(entry.action),
                   entry.participant.text, entry.object, std::to_string(entry.kinds.bits()),
                   purposes.of(entry.purpose), entry.allowed ? "1" : "0", rules.of(entry.rule),
                   entry.consent});
}

Written written(const db::Row& row) {
  Written entry;
  entry.chain = row.text("chain_id");
  entry.number = row.number("number");
  entry.line = log_line({entry.chain, std::to_string(entry.number), row.text("at"), row.text("account_id"),
                         row.text("organisation_id"), row.text("unit_id"), row.text("session"),
                         row.text("action"), row.text("participant_id"), row.text("object"),
                         std::to_string(row.number("kinds")), row.text("purpose"),
                         std::to_string(row.number("allowed")), row.text("rule"), row.text("consent_id")});
  entry.hash = row.text("hash");
  return entry;
}

std::optional<LogKey>& told_key() {
  static std::optional<LogKey> key;
  return key;
}

// Whole or not at all; if somebody else made one meanwhile, theirs is the one.
bool is_there(const std::string& file, const std::string& text) {
  const auto begun = file + "." + new_key();
  const int made = open(begun.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0) return false;
  const bool whole =
      ::write(made, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(made) == 0;
  close(made);
  const bool kept = whole && (link(begun.c_str(), file.c_str()) == 0 || errno == EEXIST);
  unlink(begun.c_str());
  return kept;
}

}  // namespace

void write(db::Transaction& tx, const Entry& entry) {
  const auto head = head_of(tx, chain_of(entry));
  const auto number = head.number + 1;
  tx.execute(R"(
    insert into access_log (chain_id, number, at, account_id, organisation_id, unit_id, session, action, participant_id,
                            object, kinds, purpose, allowed, rule, consent_id, hash)
    values (:chain, :number, :at, :account, :organisation, :unit, :session, :action, :participant,
            :object, :kinds, :purpose, :allowed, :rule, :consent, :hash))",
             {{"chain", chain_of(entry)},
              {"number", number},
              {"at", entry.at},
              {"account", entry.account},
              {"organisation", entry.organisation},
              {"unit", entry.unit},
              {"session", entry.session},
              {"action", actions.of(entry.action)},
              {"participant", entry.participant},
              {"object", entry.object},
              {"kinds", entry.kinds.bits()},
              {"purpose", purposes.of(entry.purpose)},
              {"allowed", entry.allowed},
              {"rule", rules.of(entry.rule)},
              {"consent", entry.consent},
              {"hash", next_hash(log_key(), head.hash, line_of(entry, number))}});
}

const LogKey& log_key() {
  if (!told_key()) throw std::logic_error("the log has no key");
  return *told_key();
}
void use_log_key(LogKey key) { told_key() = std::move(key); }

Result<LogKey> kept_log_key(const std::string& file) {
  if (!std::filesystem::exists(file) && !is_there(file, text_of(new_log_key())))
    return conflict(
        Message{"The key of the log cannot be made in {1}. Check that you may write there.", file});
  const auto text = TRY(read_file(file));
  return read_log_key(text);
}

bool fits(db::Transaction& tx, const LogKey& key) {
  const auto last = tx.list(written, R"(
    select chain_id, number, at, account_id, organisation_id, unit_id, session, action, participant_id, object, kinds,
           purpose, allowed, rule, consent_id, hash
    from access_log
    where chain_id = (select chain_id from access_log order by chain_id limit 1)
    order by number desc
    limit 2)");
  if (last.empty()) return true;
  return last.front().hash == next_hash(key, last.size() == 2 ? last.back().hash : "", last.front().line);
}

void each_written(db::Transaction& tx, const std::function<void(const Written&)>& see) {
  constexpr std::int64_t at_a_time = 10'000;  // PostgreSQL sends an answer whole
  std::string chain;
  std::int64_t number = 0, seen = at_a_time;
  while (seen == at_a_time) {
    seen = 0;
    tx.each(R"(
      select chain_id, number, at, account_id, organisation_id, unit_id, session, action, participant_id, object, kinds,
             purpose, allowed, rule, consent_id, hash
      from access_log
      where (chain_id, number) > (:chain, :number)
      order by chain_id, number
      limit :most)",
            {{"chain", chain}, {"number", number}, {"most", at_a_time}}, [&](const db::Row& row) {
              const auto entry = written(row);
              see(entry);
              chain = entry.chain;
              number = entry.number;
              ++seen;
            });
  }
}

}  // namespace stafett::access
