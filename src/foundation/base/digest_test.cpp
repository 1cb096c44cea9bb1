#include "base/digest.h"

#include <doctest/doctest.h>

TEST_SUITE("digest") {
  TEST_CASE("a digest is the one that the standard's own examples give") {
    CHECK(stafett::sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(stafett::sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }
}
