#include "base/json.h"

#include <doctest/doctest.h>

#include "base/base64.h"

TEST_SUITE_BEGIN("json");
using namespace stafett;

TEST_CASE("what was written as JSON is read back the same") {
  const View view = {{"namn", "Jobbvägen \"AR\"\n\t\\"},
                     {"antal", 65},
                     {"andel", 0.5},
                     {"saknas", nullptr},
                     {"ja", true},
                     {"mål", View::Items{{{"text", "å"}}, View::Items{}, View::Fields{}}}};
  const auto read = read_json(view.json());
  REQUIRE(read);
  CHECK(read->json() == view.json());
}

TEST_CASE("letters may be written as their number, also those beyond the first sixteen bits") {
  const auto read = read_json(R"( { "a" : "\u00e5\ud83d\ude00\/" } )");
  REQUIRE(read);
  CHECK(std::get<std::string>(read->find("a")->value()) == "å😀/");
}

TEST_CASE("what is not JSON is not read") {
  for (const auto* text :
       {"", "{", "[1,]", "{\"a\"}", "\"a", "tru", "1 2", "\"\\ud800\"", "\"\\x\"", "{a:1}", "--1"})
    CHECK_FALSE_MESSAGE(read_json(text), text);
  CHECK_FALSE(read_json(std::string(100, '[') + std::string(100, ']')));
}

TEST_CASE("bytes become text and are the same bytes again") {
  std::string bytes;
  for (int i = 0; i != 256; ++i) {
    CHECK(from_base64(base64(bytes)) == bytes);
    bytes += static_cast<char>(i);
  }
  CHECK(base64("Man") == "TWFu");  // RFC 4648
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("f") == "Zg==");
  CHECK_FALSE(from_base64("Zg="));
  CHECK_FALSE(from_base64("Z*=="));
}

TEST_SUITE_END();
