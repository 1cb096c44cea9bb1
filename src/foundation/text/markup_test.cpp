#include "text/markup.h"

#include <doctest/doctest.h>

using stafett::text::escaped;

TEST_SUITE("markup") {
  TEST_CASE("a name that looks like markup is shown as it is written") {
    CHECK(escaped("<b>Åsa & \"Bo\"</b>") == "&lt;b&gt;Åsa &amp; &quot;Bo&quot;&lt;/b&gt;");
    CHECK(escaped("O'Brien") == "O&apos;Brien");
    CHECK(escaped("rad\tett\nrad två") == "rad\tett\nrad två");
  }

  TEST_CASE("a control character from an old system does not spoil a document") {
    CHECK(escaped("Anna\x01\x1f.") == "Anna  .");
  }
}
