#include "access/keys.h"

#include <doctest/doctest.h>

#include <random>
#include <set>

#include "base/base64.h"
#include "tests/databases.h"

using namespace stafett;
using access::DataKey;
using access::Place;

namespace {

const auto today = *Moment::read("2026-03-02 09:00:00");
const Id<organisation::Organisation> municipality{"0000000000000000000000mun1"},
    region{"0000000000000000000000reg1"};
const Id<participant::Participant> kim{"0000000000000000000000kim1"}, sam{"0000000000000000000000sam1"};

bool opens(const DataKey& key, const Place& place, std::string_view sealed) {
  try {
    access::unseal(key, place, sealed);
    return true;
  } catch (const db::Failure& failure) {
    CHECK(failure.kind == db::Failure::Kind::damaged);
    return false;
  }
}

}  // namespace

TEST_SUITE("keys") {
  TEST_CASE("what is sealed is read again by whoever has the key, and never lies there in clear") {
    const auto database = empty_database();
    database->write([](db::Transaction& tx) {
      const auto key = access::data_key_or_new(tx, municipality, kim, today);
      for (const auto* text : {"", "a", "Kim trivs på praktiken. Ringer på måndag. åäö"}) {
        const auto sealed = access::seal(key, {"note", "text", "n1"}, text);
        CHECK(access::unseal(access::data_key(tx, municipality, kim).value(), {"note", "text", "n1"},
                             sealed) == text);
        CHECK(from_base64(sealed).value().find("praktiken") == std::string::npos);
        CHECK(sealed != access::seal(key, {"note", "text", "n1"}, text));
      }
    });
  }

  TEST_CASE(
      "T40: a sealed text that is moved to another row, column, table, person or organisation does not "
      "open") {
    const auto database = empty_database();
    database->write([](db::Transaction& tx) {
      std::mt19937 chance(40);
      std::vector<DataKey> keys;
      for (const auto& room : {municipality, region})
        for (const auto& person : {kim, sam})
          keys.push_back(access::data_key_or_new(tx, room, person, today));
      const std::vector<std::string> tables{"note", "identity"}, columns{"text", "name"},
          rows{"r1", "r2", "r1|text"};
      struct At {
        std::size_t key;
        std::string table, column, row;
        auto operator<=>(const At&) const = default;
      };
      const auto somewhere = [&] {
        return At{chance() % keys.size(), tables[chance() % 2], columns[chance() % 2], rows[chance() % 3]};
      };
      int moved = 0;
      for (int i = 0; i != 5000; ++i) {
        const auto from = somewhere(), to = somewhere();
        const auto sealed =
            access::seal(keys[from.key], {from.table, from.column, from.row}, "text " + std::to_string(i));
        REQUIRE(opens(keys[to.key], {to.table, to.column, to.row}, sealed) == (from == to));
        moved += from != to;
      }
      CHECK(moved > 4000);
    });
  }

  TEST_CASE("T40: a sealed text of which one bit has changed does not open, its version included") {
    const auto database = empty_database();
    database->write([](db::Transaction& tx) {
      const auto key = access::data_key_or_new(tx, municipality, kim, today);
      const Place place{"note", "text", "n1"};
      const auto bytes = from_base64(access::seal(key, place, "Kim mår bättre")).value();
      for (std::size_t bit = 0; bit != bytes.size() * 8; ++bit) {
        auto changed = bytes;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
        REQUIRE_FALSE(opens(key, place, base64(changed)));
      }
      for (std::size_t size = 0; size != bytes.size(); ++size)
        REQUIRE_FALSE(opens(key, place, base64(bytes.substr(0, size))));
    });
  }

  TEST_CASE("T40: a data key that is moved to another organisation or person does not open") {
    const auto database = empty_database();
    database->write([](db::Transaction& tx) { access::data_key_or_new(tx, municipality, kim, today); });
    const auto moved = [&](const std::string& change, const auto& room, const auto& person) {
      return database->write([&](db::Transaction& tx) -> Result<> {
        tx.execute("update data_key set " + change);
        CHECK_THROWS_AS(access::data_key(tx, room, person), db::Failure);
        return conflict("undone");
      });
    };
    CHECK_FALSE(moved("organisation_id = '" + region.text + "'", region, kim));
    CHECK_FALSE(moved("participant_id = '" + sam.text + "'", municipality, sam));
    CHECK_FALSE(moved("id = '0000000000000000000000oth1'", municipality, kim));
    CHECK_FALSE(moved("top_key = '0000000000000000'", municipality, kim));
    database->read([](db::Transaction& tx) { CHECK(access::data_key(tx, municipality, kim)); });
  }

  TEST_CASE("no two seals have the same nonce") {
    const auto database = empty_database();
    database->write([](db::Transaction& tx) {
      const auto key = access::data_key_or_new(tx, municipality, kim, today);
      std::set<std::string> nonces;
      for (int i = 0; i != 100'000; ++i)
        nonces.insert(from_base64(access::seal(key, {"note", "text", "n1"}, "")).value().substr(27, 24));
      CHECK(nonces.size() == 100'000);
    });
  }

  TEST_CASE("a number has one mark in an organisation, and another in every other") {
    const auto database = empty_database();
    database->write([](db::Transaction& tx) {
      const auto ours = access::data_key_or_new(tx, municipality, {}, today);
      const auto theirs = access::data_key_or_new(tx, region, {}, today);
      const auto mark = access::number_mark(ours, "196408233234");
      CHECK(mark == access::number_mark(access::data_key(tx, municipality, {}).value(), "196408233234"));
      CHECK(mark != access::number_mark(ours, "196408233235"));
      CHECK(mark != access::number_mark(theirs, "196408233234"));
    });
  }
}
