// Three hundred words that stand nowhere else, one in each secret field of twenty participants. When everyone has asked
// every address, they are where they belong and nowhere else: in no answer to others, no table in clear, no file beside it.
#include <doctest/doctest.h>
#include <unistd.h>

#include <sstream>

#include "access/checkpoint.h"
#include "base/file.h"
#include "tests/cast.h"
#include "tests/databases.h"

using namespace stafett;

namespace {

using Texts = std::vector<std::string>;

constexpr int participants = 20;
const Texts kinds_of_notes{"planning", "work", "health", "social", "assessment", "violence"};

// Of somebody born in 1912, with the last digit that makes it hold (SKV 704).
std::string personal_number(int one) {
  auto number = "19120101" + std::to_string(100 + one);
  int sum = 0;
  for (std::size_t i = 2; i != number.size(); ++i) {
    const int twice = (number[i] - '0') * (i % 2 == 0 ? 2 : 1);
    sum += twice / 10 + twice % 10;
  }
  return number + std::to_string((10 - sum % 10) % 10);
}

struct Canaries : Cast {
  struct One {
    std::string address;
    Texts sealed;         // in no table in clear
    std::string written;  // as the register had it
    std::string meeting;
  };
  std::vector<One> all;
  Person writer;

  Canaries() {
    proved_again = true;
    writer = sign_in("skrivare", municipality, {"coach"});
    for (int one = 0; one != participants; ++one) plant(one);
  }

  void plant(int one) {
    const auto number = std::to_string(100 + one);
    const auto word = [&](const std::string& field) { return "Kanarie" + number + field; };
    import_participations("insats;deltagare;start\nprova;K" + number + ";2025-02-01\n");
    assign(writer, "prova", "K" + number);
    const auto id = World::participant("prova", "K" + number);
    One planted{"/participants/" + id.text, {word("namn"), personal_number(one), "0701" + number + "77", word("gata"), word("post") + "@example.se"}, word("ord")};
    const Fields identity{{"name", planted.sealed[0]}, {"personal_number", planted.sealed[1]}, {"phone", planted.sealed[2]},
                          {"address", planted.sealed[3]}, {"email", planted.sealed[4]}};
    REQUIRE(post(writer, planted.address + "/identity", identity).status == 303);
    for (const auto& kind : kinds_of_notes) {
      planted.sealed.push_back(word(kind));
      REQUIRE(post(writer, planted.address + "/notes", {{"kind", kind}, {"text", planted.sealed.back()}}).status == 303);
    }
    for (const auto* field : {"samtal", "avtal", "hinder"}) planted.sealed.push_back(word(field));
    REQUIRE(post(writer, planted.address + "/meetings",
                 {{"kind", "network"}, {"form", "room"}, {"about", "planning"}, {"date", "2026-03-02"}, {"time", "08:30"}, {"notes", word("samtal")},
                  {"what-1", word("avtal")}, {"who-1", "participant"}, {"due-1", "2026-03-09"}})
                .status == 303);
    planted.meeting = only("select id as x from meeting", id);
    REQUIRE(post(writer, planted.address + "/agreements/" + only("select id as x from agreement", id) + "/outcome",
                 {{"state", "not done"}, {"was", "open"}, {"why", word("hinder")}})
                .status == 303);
    database->write([&](db::Transaction& tx) {
      tx.execute("update participation set written = :written where participant_id = :id",
                 {{"id", id}, {"written", "{\"kön\": \"" + planted.written + "\"}"}});
    });
    all.push_back(std::move(planted));
  }

  std::string only(const std::string& sql, const Id<participant::Participant>& id) {
    return database->read([&](db::Transaction& tx) {
      return tx.find([](const db::Row& row) { return row.text("x"); }, sql + " where participant_id = :id", {{"id", id}}).value();
    });
  }

  // How many of the three hundred a text has in it.
  std::size_t in(const std::string& text) const {
    std::size_t found = 0;
    for (const auto& one : all) {
      for (const auto& word : one.sealed) found += text.find(word) != text.npos;
      found += text.find(one.written) != text.npos;
    }
    return found;
  }
};

// Every address that only shows something, with a participant where it has one.
Texts addresses(const Canaries& world) {
  Texts all;
  std::istringstream lines(world.router.table());
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("GET ")) continue;
    auto address = line.substr(4, line.find("  ") - 4);
    const bool of_participant = address.starts_with("/participants/:id");
    if (of_participant) address = address.substr(std::string_view("/participants/:id").size());
    for (const auto& [mark, value] : {std::pair<std::string, std::string>{"/interventions/:id", "/interventions/prova"}, {":file", "table.csv?measure=started&by=sex"}})
      if (const auto at = address.find(mark); at != address.npos) address.replace(at, mark.size(), value);
    if (!of_participant)
      all.push_back(address);
    else
      for (const auto& one : world.all) {
        auto of_one = one.address + address;
        if (const auto at = of_one.find(":meeting"); at != of_one.npos) of_one.replace(at, 8, one.meeting);
        all.push_back(of_one);
      }
  }
  return all;
}

// What the program writes to whoever runs it, while it is listened to.
struct Overheard {
  std::string file;
  int before = dup(STDERR_FILENO);
  explicit Overheard(std::string file) : file(std::move(file)) {
    if (!std::freopen(this->file.c_str(), "w", stderr)) throw std::runtime_error("nothing to listen with");
  }
  std::string text() {
    std::fflush(stderr);
    return read_file(file).value();
  }
  ~Overheard() {
    std::fflush(stderr);
    dup2(before, STDERR_FILENO);
    close(before);
  }
};

// The whole database as somebody sees it who has its files.
std::string dump(db::Database& database, const std::string& file) {
  if (!on_postgresql()) {
    REQUIRE(database.back_up(file));
    return read_file(file).value();
  }
  return database.read([](db::Transaction& tx) {
    std::string all;
    for (const auto& table : tx.list([](const db::Row& row) { return row.text("name"); },
                                     "select tablename as name from pg_tables where schemaname = current_schema()"))
      tx.each("select cast(whole as text) as line from " + table + " as whole", {},
              [&](const db::Row& row) { all += row.text("line") + "\n"; });
    return all;
  });
}

}  // namespace

TEST_SUITE("canaries") {
  TEST_CASE("T12: three hundred canaries are seen by those they are for, and found nowhere outside their place") {
    Canaries world;
    const Folder folder;
    Overheard overheard(folder.file("said"));

    std::size_t planted = 0, seen = 0;
    for (const auto& one : world.all) {
      planted += one.sealed.size() + 1;
      seen += world.in(world.get(world.writer, one.address).body);
    }
    CHECK(planted == 300);
    CHECK(seen == 300);

    std::size_t asked = 0;
    const auto all = addresses(world);
    for (const auto& actor : world.actors) {
      const bool is_outside = actor.relation == Relation::stranger || actor.relation == Relation::association ||
                              (actor.relation == Relation::colleague && actor.role != "unit head");
      if (!is_outside) continue;
      CAPTURE(actor.role);
      CAPTURE(name_of(actor.relation));
      for (const auto& address : all) {
        const auto out = world.ask(actor, "GET", address, true);
        ++asked;
        std::string headers;
        for (const auto& [name, value] : out.headers) headers += name + value;
        if (world.in(out.body) + world.in(headers) == 0) continue;
        CAPTURE(address);
        FAIL_CHECK("a canary was found");
      }
    }
    CHECK(asked > 5000);

    const auto kept = dump(*world.database, folder.file("copy.db"));
    for (const auto& one : world.all) {
      for (const auto& word : one.sealed) CHECK(kept.find(word) == kept.npos);
      CHECK(kept.find(one.written) != kept.npos);  // the register's own words lie in clear, so a word would be found
    }
    access::make_checkpoints(*world.database, folder.file("checkpoints"), world.now);
    std::string log;
    world.database->read([&](db::Transaction& tx) { access::write_log(tx, [&](std::string_view line) { log += line; }); });
    CHECK(log.size() > 100'000);
    CHECK(world.in(log) == 0);
    CHECK(world.in(read_file(folder.file("checkpoints")).value()) == 0);
    CHECK(world.in(overheard.text()) == 0);
  }
}
