// The log that was meddled with: found out, by the program and by the small one that shares nothing with it.
#include "access/chain.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "access/checkpoint.h"
#include "access/log.h"
#include "tests/databases.h"
#include "tests/folder.h"
#include "verify/verify.h"

using namespace stafett;
using namespace stafett::access;

namespace {

const std::vector<std::string> chains{"kommunen", "regionen", "staten"};

// A log of three organisations, with three rounds of checkpoints, and what was sent elsewhere.
struct Log {
  std::shared_ptr<db::Database> database = empty_database();
  Folder folder;
  Moment now = *Moment::read("2026-03-02 09:00:00");
  std::vector<std::string> lines;  // as `stafett log` writes it

  Log() {
    for (int round = 0; round != 3; ++round) {
      for (int i = 0; i != 10; ++i)
        for (std::size_t chain = 0; chain != chains.size(); ++chain)
          if (i % (chain + 1) == 0) add(chains[chain], i);
      now = now + checkpoint_seconds;
      make_checkpoints(*database, sent(), now);
    }
    add(chains[0], 100);  // after the last checkpoint
    database->read([&](db::Transaction& tx) {
      write_log(tx, [&](std::string_view line) { lines.emplace_back(line); });
    });
  }

  void add(const std::string& chain, int i) {
    database->write([&](db::Transaction& tx) {
      write(tx, {.chain = {chain},
                 .at = now + i,
                 .account = {"bo"},
                 .organisation = {chain},
                 .unit = i % 2 == 0 ? "norr" : "",
                 .session = "a\tb\\c\nd",
                 .participant = {"p" + std::to_string(i)},
                 .object = "participant",
                 .kinds = Kinds::all(),
                 .allowed = i % 3 != 0,
                 .rule = Rule::own_room});
    });
  }
  std::string sent() const { return folder.file("checkpoints.log"); }
  std::string sent_text() const {
    std::ifstream in(sent());
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::size_t faults(const std::string& sent_text) {
    return database->read(
        [&](db::Transaction& tx) { return log_faults(tx, log_key(), read_checkpoints(sent_text)).size(); });
  }
  std::size_t faults() { return faults(sent_text()); }
  std::int64_t execute(std::string_view sql, db::Bindings bindings = {}) {
    return database->write([&](db::Transaction& tx) { return tx.execute(sql, bindings); });
  }
};

std::size_t proved(const std::vector<std::string>& lines, const std::string& sent) {
  std::string all;
  for (const auto& line : lines) all += line;
  std::istringstream log(all), checkpoints(sent), key(text_for_proving(log_key()));
  return verify::prove(log, checkpoints, verify::read_key(key)).faults.size();
}

// Numbers that are the same in every run.
struct Chance {
  std::mt19937 numbers{7};
  std::size_t below(std::size_t end) { return numbers() % end; }
};

}  // namespace

TEST_SUITE("access_log") {
  TEST_CASE("a log that nobody touched holds, with its checkpoints and without") {
    Log log;
    CHECK(log.faults() == 0);
    CHECK(log.faults("") == 0);
    CHECK(log.lines.size() == 58 + 9);
    CHECK(proved(log.lines, log.sent_text()) == 0);
    CHECK(proved(log.lines, "") == 0);
  }

  TEST_CASE("a checkpoint is made when something was written, and not else") {
    Log log;
    CHECK(make_checkpoints(*log.database, log.sent(), log.now) == 1);
    CHECK(make_checkpoints(*log.database, log.sent(), log.now) == 0);
    std::filesystem::remove(log.sent());
    make_checkpoints(*log.database, log.sent(), log.now);
    CHECK(read_checkpoints(log.sent_text()).size() == 10);  // a file that was lost is made whole
    CHECK(log.faults() == 0);
  }

  TEST_CASE(
      "T46: a thousand times something is changed, taken, put in or moved in a log, and found each time") {
    Log log;
    Chance chance;
    // The last entry of the first chain came after its checkpoint, and can be cut off unseen for five
    // minutes.
    const std::size_t unproved = 30;
    CHECK(log.lines[unproved].starts_with("entry\tkommunen\t31\t"));
    std::vector<std::string> missed;
    for (int time = 0; time != 1000; ++time) {
      auto lines = log.lines;
      const auto entries = lines.size() - 9;
      const auto one = chance.below(entries), other = (one + 1 + chance.below(entries - 1)) % entries;
      std::string kind;
      switch (time % 7) {
        case 0: {
          kind = "edited";
          const auto at = 6 + chance.below(lines[one].size() - 7);
          lines[one][at] = lines[one][at] == 'x' ? 'y' : 'x';
          break;
        }
        case 1:
          kind = "deleted";
          lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(one == unproved ? 0 : one));
          break;
        case 2:
          kind = "inserted";
          lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(other), lines[one]);
          break;
        case 3:
          kind = "swapped";
          std::swap(lines[one], lines[other]);
          break;
        case 4:
          kind = "truncated";  // at any length, to before the first checkpoints too
          lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(chance.below(entries - 1)),
                      lines.begin() + static_cast<std::ptrdiff_t>(entries));
          break;
        case 5: {
          kind = "checkpoint forged";
          auto& line = lines[entries + chance.below(9)];
          const auto at = 11 + chance.below(line.size() - 12);
          line[at] = line[at] == '1' ? '2' : '1';
          break;
        }
        case 6:
          kind = "checkpoint replayed";
          lines[entries + 1 + chance.below(8)] = lines[entries + chance.below(1)];
          break;
      }
      if (proved(lines, log.sent_text()) == 0) missed.push_back(kind);
    }
    CHECK(missed == std::vector<std::string>{});
  }

  TEST_CASE("T46: the same in the database") {
    const auto found = [](std::string_view meddling) {
      Log fresh;
      REQUIRE(fresh.faults() == 0);
      REQUIRE(fresh.execute(meddling) > 0);
      return fresh.faults() > 0;
    };
    CHECK(found("update access_log set account_id = 'cecilia' where chain_id = 'regionen' and number = 3"));
    CHECK(found("update access_log set allowed = 1 - allowed where chain_id = 'kommunen' and number = 7"));
    CHECK(found("update access_log set at = '2026-03-01 09:00:00' where chain_id = 'staten' and number = 1"));
    CHECK(found("delete from access_log where chain_id = 'regionen' and number = 3"));
    CHECK(found("delete from access_log where chain_id = 'regionen' and number = 1"));
    CHECK(found("delete from access_log where chain_id = 'regionen' and number > 7"));
    CHECK(found("delete from access_log where chain_id = 'regionen'"));
    CHECK(found("update access_log set chain_id = 'landstinget' where chain_id = 'regionen'"));
    CHECK(found("update access_log set number = number + 1000 where chain_id = 'regionen' and number = 15"));
    CHECK(found("delete from log_checkpoint where serial = 5"));
    CHECK(found("delete from log_checkpoint where serial > 6"));
    CHECK(found("update log_checkpoint set number = number - 1 where serial = 6"));
  }

  TEST_CASE(
      "T46: a chain that was made anew from somewhere, with the right key, is not the one that was sent "
      "away") {
    Log log;
    const auto sent = log.sent_text();
    log.execute("delete from access_log where chain_id = 'kommunen' and number > 12");
    log.execute("delete from log_checkpoint where serial > 3");
    for (int i = 0; i != 30; ++i) log.add("kommunen", i);
    std::filesystem::remove(log.sent());
    make_checkpoints(*log.database, log.sent(), log.now + 60);
    CHECK(log.faults() == 0);     // by itself it holds …
    CHECK(log.faults(sent) > 0);  // … and not against what others have
  }

  TEST_CASE("T46: another key neither makes nor proves a log") {
    Log log;
    CHECK(log.database->read([](db::Transaction& tx) { return log_faults(tx, new_log_key()).size(); }) > 0);
    auto key = log_key();
    key.signing = new_log_key().signing;
    auto forged = read_checkpoints(log.sent_text());
    for (auto& checkpoint : forged) checkpoint = signed_checkpoint(key, checkpoint);
    std::string text;
    for (const auto& checkpoint : forged) text += line_of(checkpoint) + "\n";
    CHECK(log.faults(text) > 0);
    CHECK(proved(log.lines, text) > 0);
    std::istringstream nonsense("stafett log proving key 1\nabc\n");
    CHECK(verify::read_key(nonsense).chain.empty());
  }

  TEST_CASE("the key that the log was written with is known from another") {
    Log log;
    const auto fits_log = [&](const LogKey& key) {
      return log.database->read([&](db::Transaction& tx) { return fits(tx, key); });
    };
    CHECK(fits_log(log_key()));
    CHECK_FALSE(fits_log(new_log_key()));
    log.execute("delete from access_log where number > 1");
    CHECK(fits_log(log_key()));
    CHECK_FALSE(fits_log(new_log_key()));
    log.execute("delete from access_log");
    CHECK(fits_log(new_log_key()));
  }

  TEST_CASE("the key is made once, for its owner alone, and a damaged one is not used") {
    Log log;
    const auto file = log.folder.file("log.key");
    const auto key = kept_log_key(file).value();
    CHECK(kept_log_key(file).value().chain == key.chain);
    CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms::mask) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    std::ofstream(file) << "stafett log key 1\nabc\n";
    CHECK_FALSE(kept_log_key(file));
    CHECK_FALSE(kept_log_key(log.folder.file("none/log.key")));
    CHECK(text_for_proving(key).find(text_of(key).substr(18 + 65, 64)) == std::string::npos);  // cannot sign
  }
}
