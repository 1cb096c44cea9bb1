#include "text/translation.h"

#include <doctest/doctest.h>

using namespace stafett;
using namespace stafett::text;

TEST_SUITE("translation") {
  TEST_CASE("a text is shown in Swedish, and in English as it was written") {
    CHECK(translated(Language::swedish, "all time") == "hela tiden");
    CHECK(translated(Language::english, "all time") == "all time");
  }

  TEST_CASE("a text without Swedish is shown in English") {
    CHECK(translated(Language::swedish, "no such text") == "no such text");
    CHECK(translated(Language::swedish, "") == "");
  }

  TEST_CASE("what a message is about is put in its place") {
    CHECK(translated(Language::swedish, Message{"from {1}", "1 maj 2025"}) == "från och med 1 maj 2025");
    CHECK(translated(Language::english, Message{"from {1}", "1 May 2025"}) == "from 1 May 2025");
  }

  TEST_CASE("the language is the one the browser wants most, of ours") {
    CHECK(preferred("en-GB,en;q=0.9") == Language::english);
    CHECK(preferred("sv-SE,sv;q=0.9,en;q=0.8") == Language::swedish);
    CHECK(preferred("sv;q=0.3, EN ; q=0.7") == Language::english);
    CHECK(preferred("de, en;q=0.1") == Language::english);
  }

  TEST_CASE("Swedish is spoken to whoever asks for neither") {
    CHECK(preferred("") == Language::swedish);
    CHECK(preferred("ar, so;q=0.5") == Language::swedish);
    CHECK(preferred("en;q=0") == Language::swedish);
    CHECK(preferred(";;,,=,q=x;en-") == Language::swedish);
    CHECK(preferred("entirely wrong") == Language::swedish);
  }

  TEST_CASE("a page says which language it is in") {
    CHECK(code(Language::swedish) == "sv");
    CHECK(code(Language::english) == "en");
  }
}
