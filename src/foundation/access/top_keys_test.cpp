#include "access/top_keys.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "access/keys.h"
#include "base/file.h"
#include "tests/folder.h"
#include "tests/keys.h"

using namespace stafett;

namespace {

const auto today = *Moment::read("2026-03-02 09:00:00");
const Id<organisation::Organisation> municipality{"0000000000000000000000mun1"};
const Id<participant::Participant> kim{"0000000000000000000000kim1"};

// A database in a file with a key file beside it, and afterwards the key of the other tests again.
struct Desk {
  Folder folder;
  std::string file = folder.file("stafett.keys");
  std::unique_ptr<db::Database> database;

  ~Desk() {
    database.reset();
    access::take_keys(test_keys());
  }
  void start() {
    database.reset();
    database = std::make_unique<db::Database>(folder.address(), 2);
    access::take_keys(*database, file, today);
    database->migrate(today);
  }
  std::string why_not() {
    try {
      start();
    } catch (const db::Failure& failure) {
      CHECK(failure.kind == db::Failure::Kind::refused);
      return failure.what();
    }
    return "it started";
  }
  std::string sealed_note() {
    return database->write([](db::Transaction& tx) {
      return access::seal(access::data_key_or_new(tx, municipality, kim, today), {"note", "text", "n1"},
                          "hemligt");
    });
  }
  std::string opened(const std::string& sealed) {
    return database->read([&](db::Transaction& tx) {
      return access::unseal(access::data_key(tx, municipality, kim).value(), {"note", "text", "n1"}, sealed);
    });
  }
  std::string bytes(const std::string& name) { return read_file(folder.file(name)).value_or(""); }
};

}  // namespace

TEST_SUITE("keys") {
  TEST_CASE("T41: while the top key is changed everybody goes on reading") {
    Desk desk;
    desk.start();
    const auto sealed = desk.sealed_note();
    constexpr int persons = 3000;
    desk.database->write([](db::Transaction& tx) {
      for (int i = 0; i != persons; ++i)
        access::data_key_or_new(tx, municipality, {"p" + std::to_string(i)}, today);
    });
    std::atomic<bool> done = false;
    std::atomic<int> reads = 0, failures = 0;
    std::thread reader([&] {
      while (!done || reads < 100) try {
          failures += desk.opened(sealed) != "hemligt";
          ++reads;
        } catch (const std::exception&) {
          ++failures;
          ++reads;
        }
    });
    const auto old = access::top_keys(*desk.database).front().mark;
    CHECK(access::rotate_top_key(*desk.database, today).value() == persons + 1);
    CHECK(access::rotate_top_key(*desk.database, today).value() == persons + 1);
    done = true;
    reader.join();
    CHECK(failures == 0);

    CHECK(access::forget_old_top_keys(*desk.database).value() == 2);
    CHECK(desk.bytes("stafett.keys").find(old) == std::string::npos);
    desk.start();
    CHECK(desk.opened(sealed) == "hemligt");
  }

  TEST_CASE("a change of top key that was broken off halfway is read all the same, and is finished") {
    Desk desk;
    desk.start();
    const auto sealed = desk.sealed_note();
    access::rotate_top_key(*desk.database, today).value();
    const auto all = access::top_keys(*desk.database);
    auto keys = access::read_key_file(desk.file).value();
    keys.add(today.date());  // written down, and then the power went
    REQUIRE(keys.write(desk.file));
    desk.start();
    CHECK(desk.opened(sealed) == "hemligt");
    CHECK(access::wrap_again(*desk.database).value() == 1);
    CHECK(desk.opened(sealed) == "hemligt");
  }

  TEST_CASE("a server that was running while another process changed the top key reads the new file") {
    Desk desk;
    desk.start();
    const auto sealed = desk.sealed_note();
    const auto before = desk.bytes("stafett.keys");
    access::rotate_top_key(*desk.database, today).value();
    const auto after = desk.bytes("stafett.keys");
    REQUIRE(write_private_file(desk.file, before));
    desk.database->write(
        [](db::Transaction& tx) { tx.execute("update data_key set organisation_id = organisation_id"); });
    CHECK(desk.why_not().find("has no key") != std::string::npos);
    REQUIRE(write_private_file(desk.file, after));
    desk.start();
    CHECK(desk.opened(sealed) == "hemligt");
  }

  TEST_CASE("T42: the key file is made at the first start, for its owner alone") {
    Desk desk;
    desk.start();
    struct stat about {};
    REQUIRE(stat(desk.file.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    const auto before = desk.bytes("stafett.keys");
    desk.start();
    CHECK(desk.bytes("stafett.keys") == before);
  }

  TEST_CASE(
      "T42: without its key file, with another's or with a damaged one it does not start, says why, and "
      "changes nothing") {
    Desk desk;
    desk.start();
    const auto sealed = desk.sealed_note();
    desk.database.reset();
    const auto right = desk.bytes("stafett.keys");
    const auto before = desk.bytes("stafett.db");

    std::filesystem::remove(desk.file);
    CHECK(desk.why_not().find("There is no key file") == 0);
    CHECK_FALSE(std::filesystem::exists(desk.file));

    REQUIRE(write_private_file(desk.file, test_key_file));
    CHECK(desk.why_not().find("is not the one that the database is locked with") != std::string::npos);

    for (std::size_t at = right.find('\n', right.find('\n') + 1) + 1; at < right.size(); ++at) {
      auto damaged = right;
      damaged[at] = damaged[at] == 'a' ? 'b' : 'a';
      REQUIRE(write_private_file(desk.file, damaged));
      REQUIRE(desk.why_not() != "it started");
    }
    REQUIRE(write_private_file(desk.file, "# no key at all\n"));
    CHECK(desk.why_not().find("There is no key in the key file") == 0);

    REQUIRE(write_private_file(desk.file, right));
    REQUIRE(chmod(desk.file.c_str(), 0640) == 0);
    CHECK(desk.why_not().find("Others than its owner") == 0);
    desk.database.reset();
    CHECK(desk.bytes("stafett.db") == before);

    REQUIRE(chmod(desk.file.c_str(), 0600) == 0);
    desk.start();
    CHECK(desk.opened(sealed) == "hemligt");
  }

  TEST_CASE("the key file is never in a backup") {
    Desk desk;
    desk.start();
    desk.sealed_note();
    const auto secret = desk.bytes("stafett.keys").substr(desk.bytes("stafett.keys").size() - 65, 64);
    REQUIRE(desk.database->back_up(desk.folder.file("copy.db")));
    CHECK(desk.bytes("copy.db").find(secret) == std::string::npos);
    CHECK(desk.bytes("stafett.db").find(secret) == std::string::npos);
  }
}
