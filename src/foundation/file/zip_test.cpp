#include "file/zip.h"

#include <doctest/doctest.h>

using namespace stafett;
using namespace stafett::file;

namespace {

bool refused(const std::string& bytes, const ZipLimits& limits, std::string_view words) {
  const auto archive = Archive::open(bytes, limits);
  if (archive) return false;
  INFO(filled(archive.error().message().key, archive.error().message().arguments));
  return filled(archive.error().message().key, archive.error().message().arguments).find(words) !=
         std::string::npos;
}

std::string noise(std::size_t size) {
  std::string text(size, ' ');
  std::uint64_t seed = 1;
  for (auto& c : text)
    c = static_cast<char>('a' +
                          (seed = seed * 6364136223846793005u + 1442695040888963407u) / 0x1000000000000000u);
  return text;
}

}  // namespace

TEST_SUITE("zip") {
  TEST_CASE("what is packed is unpacked the same, in the same order") {
    const std::string all("\0 everything \xff", 14);
    const auto bytes = zipped({{"b/å.xml", all}, {"a", ""}});
    auto archive = Archive::open(bytes, {});
    REQUIRE(archive);
    CHECK(archive->names() == std::vector<std::string>{"b/å.xml", "a"});
    const auto text = archive->read("b/å.xml");
    REQUIRE(text);
    CHECK(*text == all);
    CHECK_FALSE(archive->read("c"));
  }

  TEST_CASE("every limit refuses") {
    const auto bytes = zipped({{"a", noise(900'000)}, {"b", noise(900'000)}});
    CHECK(Archive::open(bytes, {.megabytes = 2}));
    CHECK(refused(bytes, {.megabytes = 1}, "1 MB unpacked"));
    CHECK(refused(bytes, {.entries = 1}, "holds 2 files"));
    CHECK(refused(zipped({{"a", std::string(2 << 20, 'a')}}), {}, "attack"));
    CHECK(refused(zipped({{"a/../../b", ""}}), {}, "leads out"));
    CHECK(refused(zipped({{"C:\\b", ""}}), {}, "leads out"));
  }

  TEST_CASE("an archive that lies about the size of what it holds is damaged") {
    const std::string text = noise(5'000);
    auto bytes = zipped({{"a", text}});
    const auto directory = bytes.find("PK\1\2");
    REQUIRE(directory != std::string::npos);
    bytes[directory + 24] = 7;  // its size, in the archive's list of contents
    bytes[directory + 25] = 0;
    auto archive = Archive::open(bytes, {});
    if (archive) CHECK_FALSE(archive->read("a"));
  }
}
