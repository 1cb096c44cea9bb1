#include "text/fold.h"

#include <doctest/doctest.h>

using namespace stafett::text;

TEST_SUITE("fold") {
  TEST_CASE("capitals and spaces do not count") {
    CHECK(folded("  Försörjning \t vid\u00a0START\r\n") == "försörjning vid start");
    CHECK(folded("ÅÄÖ") == "åäö");
    CHECK(folded("   ") == "");
  }

  TEST_CASE("å, ä and ö are letters of their own") {
    CHECK(folded("Hår") != folded("har"));
    CHECK(folded("a\u030a") == "å");  // as a Mac writes it: a and a ring
    CHECK(folded("U\u0308 o\u0308") == "u ö");
  }

  TEST_CASE("other accents do not count") {
    CHECK(folded("André  Müller") == "andre muller");
    CHECK(folded("ÉCOLE") == "ecole");
    CHECK(folded("\ufeffinsats\u00ad") == "insats");  // a byte order mark and a soft hyphen cannot be seen
    CHECK(folded("Straße") == "strasse");
  }

  TEST_CASE("other scripts are folded too") {
    CHECK(folded("ДОБРИЙ  день") == "добрии день");
    CHECK(folded("مرحبا") == "مرحبا");
  }

  TEST_CASE("a text cut in the middle of a character is not UTF-8") {
    CHECK(is_utf8("Hemkommun: Malmö, 10 000 kr, 😀"));
    CHECK(is_utf8(""));
    CHECK_FALSE(is_utf8("Malm\xc3"));
    CHECK_FALSE(is_utf8("Malm\xf6, en stad i Sk\xe5ne"));
    CHECK_FALSE(is_utf8("\xc0\xaf"));          // an overlong slash
    CHECK_FALSE(is_utf8("\xe0\x80\xaf"));      // the same in three
    CHECK_FALSE(is_utf8("\xed\xa0\x80"));      // half a surrogate pair
    CHECK_FALSE(is_utf8("\xf4\x90\x80\x80"));  // beyond Unicode
    CHECK_FALSE(is_utf8("\xff"));
  }

  TEST_CASE("an old spreadsheet's letters are read as what they were") {
    CHECK(from_windows_1252("k\xf6n; \xc5\xe4; 5 \x80; \x93ja\x94") == "kön; Åä; 5 €; “ja”");
    CHECK(from_windows_1252("\x81") == "\ufffd");
  }

  TEST_CASE("length is counted in characters") {
    CHECK(length("Åre") == 3);
    CHECK(length("😀") == 1);
  }

  TEST_CASE("only what stands around a text is trimmed away") {
    CHECK(trimmed("\u00a0 \tAnna  Berg\r\n\u00a0") == "Anna  Berg");
    CHECK(trimmed("\u00a0") == "");
    CHECK(trimmed("Å") == "Å");
  }
}
