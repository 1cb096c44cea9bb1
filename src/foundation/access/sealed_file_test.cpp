#include "access/sealed_file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "base/file.h"
#include "file/temporary.h"

using namespace stafett;
using access::PrivateKey;
using access::PublicKey;

namespace {

constexpr std::size_t piece = 64 << 10, over = 17, beginning = 15 + 1 + 80 + 24;

// A folder with files sealed for a key.
struct Safe {
  file::TemporaryFolder folder;
  PrivateKey key = PrivateKey::made();
  std::string file = at("kopia");

  std::string at(const std::string& name) const { return (folder.path() / name).string(); }
  // Sealed from pieces of another size than the file's own.
  Result<> seal(const std::string& text, std::size_t each = 10'000) const {
    return access::seal_file(file, key.public_key(), [&](const Take& take) -> Result<> {
      for (std::size_t from = 0; from < text.size(); from += each) TRY(take(text.substr(from, each)));
      return {};
    });
  }
  std::string sealed(const std::string& text) const {
    REQUIRE(seal(text));
    return file::bytes_of(file);
  }
  void write(const std::string& bytes) const { std::ofstream(file, std::ios::binary) << bytes; }
  Result<std::string> opened(const PrivateKey& with) const {
    std::string text;
    const auto given = access::unseal_file(file, with, [&](std::string_view more) -> Result<> {
      text += more;
      return {};
    });
    if (!given) return tl::unexpected(given.error());
    return text;
  }
  Result<std::string> opened() const { return opened(key); }
  std::string refusal() const {
    const auto text = opened();
    return text ? "" : text.error().message().key;
  }
  bool opens(const std::string& bytes) const {
    write(bytes);
    return opened().has_value();
  }
  std::size_t files() const {
    using Each = std::filesystem::directory_iterator;
    return static_cast<std::size_t>(std::distance(Each(folder.path()), Each()));
  }
};

// No two pieces of it are alike.
std::string text_of(std::size_t length) {
  std::string text;
  while (text.size() < length) text += "deltagare " + std::to_string(text.size()) + "\n";
  return text.substr(0, length);
}

}  // namespace

TEST_SUITE("sealed_file") {
  TEST_CASE("T44: what was sealed comes back with the private key, whatever its size") {
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, piece - 1, piece, piece + 1, 2 * piece, 5 * piece + 7})
      for (const std::size_t each : {std::size_t{777}, piece, std::size_t{1} << 20}) {
        const Safe safe;
        REQUIRE(safe.seal(text_of(size), each));
        CHECK(safe.opened().value() == text_of(size));
        const auto pieces = size == 0 ? 1 : (size + piece - 1) / piece;
        CHECK(std::filesystem::file_size(safe.file) == beginning + size + pieces * over);
        CHECK(access::is_sealed(safe.file));
      }
  }

  TEST_CASE(
      "T44: nothing of what was sealed can be read in the file, and it is never sealed in the same way "
      "twice") {
    const Safe safe, again;
    const auto sealed = safe.sealed(text_of(100'000));
    for (const auto* text : {"deltagare", "delta", "9999"}) CHECK(sealed.find(text) == sealed.npos);
    CHECK(sealed.substr(beginning, 64) != again.sealed(text_of(100'000)).substr(beginning, 64));
    CHECK((std::filesystem::status(safe.file).permissions() & std::filesystem::perms(077)) ==
          std::filesystem::perms::none);
  }

  TEST_CASE("T44: another private key opens nothing, nor does the public one") {
    const Safe safe;
    safe.sealed("hemligt");
    CHECK_FALSE(safe.opened(PrivateKey::made()));
    std::ofstream(safe.at("public")) << safe.key.public_key().text() << "\n";
    CHECK_FALSE(PrivateKey::read(safe.at("public")));
    const auto refused = safe.opened(PrivateKey::made());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message().key.find("does not open with this private key") != std::string::npos);
  }

  TEST_CASE("T44: a sealed file that is cut off anywhere does not open") {
    const Safe safe;
    const auto small = safe.sealed(text_of(200));
    for (std::size_t length = 0; length != small.size(); ++length)
      CHECK_FALSE(safe.opens(small.substr(0, length)));
    CHECK(safe.opens(small));
    CHECK_FALSE(safe.opens(small + '\0'));
    CHECK_FALSE(safe.opens(small + small));

    std::filesystem::remove(safe.file);
    const auto large = safe.sealed(text_of(3 * piece));
    for (std::size_t length = 500; length < large.size(); length += 5000)
      CHECK_FALSE(safe.opens(large.substr(0, length)));
    for (const std::size_t pieces : {0, 1, 2})  // between two pieces
      CHECK_FALSE(safe.opens(large.substr(0, beginning + pieces * (piece + over))));
    CHECK(safe.refusal().find("is not as it was sealed") != std::string::npos);
    CHECK(safe.opens(large));
  }

  TEST_CASE("T44: a sealed file of which a byte has changed does not open") {
    const Safe safe;
    auto small = safe.sealed(text_of(200));
    for (auto& byte : small) {
      byte = static_cast<char>(byte ^ 1);
      CHECK_FALSE(safe.opens(small));
      byte = static_cast<char>(byte ^ 1);
    }
    std::filesystem::remove(safe.file);
    auto large = safe.sealed(text_of(3 * piece + 100));
    for (std::size_t place = 0; place < large.size(); place += 1000) {
      large[place] = static_cast<char>(large[place] ^ 0x80);
      CHECK_FALSE(safe.opens(large));
      large[place] = static_cast<char>(large[place] ^ 0x80);
    }
    CHECK(safe.opens(large));
  }

  TEST_CASE("T44: pieces that are swapped, dropped, repeated or another file's do not open") {
    const Safe safe;
    const auto text = text_of(4 * piece);
    const auto sealed = safe.sealed(text);
    std::filesystem::remove(safe.file);
    const auto other = safe.sealed(text);
    const auto part = [](const std::string& of, std::size_t number) {
      return of.substr(beginning + number * (piece + over), piece + over);
    };
    const auto start = sealed.substr(0, beginning);
    const auto a = part(sealed, 0), b = part(sealed, 1), c = part(sealed, 2), d = part(sealed, 3);
    REQUIRE(safe.opens(start + a + b + c + d));
    for (const auto& bytes :
         {b + a + c + d, a + c + b + d, a + b + d, b + c + d, a + b + c, d, a + a + b + c + d,
          a + b + c + d + d, a + part(other, 1) + c + d, a + b + c + part(other, 3)})
      CHECK_FALSE(safe.opens(start + bytes));
    CHECK_FALSE(safe.opens(other.substr(0, beginning) + a + b + c + d));
  }

  TEST_CASE("T44: what is not sealed is told from what is") {
    const Safe safe;
    safe.write("SQLite format 3");
    CHECK_FALSE(access::is_sealed(safe.file));
    CHECK(safe.refusal().find("is not sealed") != std::string::npos);
    CHECK_FALSE(access::is_sealed(safe.at("none")));
    safe.write("stafett sealed\n2");
    CHECK(access::is_sealed(safe.file));
    CHECK(safe.refusal().find("by a newer Stafett") != std::string::npos);
  }

  TEST_CASE("T44: what fails or is killed while it is sealed leaves no file, or one that nobody can read") {
    const Safe safe;
    const auto text = text_of(5 * piece);
    const auto failed =
        access::seal_file(safe.file, safe.key.public_key(), [&](const Take& take) -> Result<> {
          TRY(take(text));
          return conflict("no more");
        });
    CHECK_FALSE(failed);
    CHECK(safe.files() == 0);
    CHECK_THROWS_AS(access::seal_file(safe.file, safe.key.public_key(),
                                      [&](const Take& take) -> Result<> {
                                        TRY(take(text));
                                        throw std::runtime_error("gone");
                                      }),
                    std::runtime_error);
    CHECK(safe.files() == 0);

    const auto child = fork();
    if (child == 0) {
      (void)access::seal_file(safe.file, safe.key.public_key(), [&](const Take& take) -> Result<> {
        TRY(take(text));
        raise(SIGKILL);
        return {};
      });
      _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    CHECK_FALSE(std::filesystem::exists(safe.file));
    const auto left = file::bytes_of(safe.file + ".part");
    CHECK(left.size() > piece);
    CHECK(left.find("deltagare") == left.npos);
    CHECK(safe.seal(text));  // what was left behind is in nobody's way
    CHECK(safe.opened().value() == text);
  }

  TEST_CASE("a sealed file never takes the place of another, and says where it cannot be written") {
    const Safe safe;
    safe.write("något annat");
    CHECK_FALSE(safe.seal("hemligt"));
    CHECK(file::bytes_of(safe.file) == "något annat");
    // Nor of one that came meanwhile.
    std::filesystem::remove(safe.file);
    const auto late = access::seal_file(safe.file, safe.key.public_key(), [&](const Take&) -> Result<> {
      safe.write("något annat");
      return {};
    });
    REQUIRE_FALSE(late);
    CHECK(late.error().message().key == "There is already a file {1}. Choose another name.");
    CHECK(file::bytes_of(safe.file) == "något annat");
    const auto nowhere = access::seal_file(safe.at("ingen/kopia"), safe.key.public_key(),
                                           [](const Take&) { return Result<>(); });
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().message().key.find("cannot be written") != std::string::npos);
  }

  TEST_CASE("a private key is kept in a file for its owner, and never in the place of another") {
    const Safe safe;
    const auto file = safe.at("privat");
    REQUIRE(safe.key.write(file));
    struct stat about {};
    REQUIRE(stat(file.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    CHECK(PrivateKey::read(file).value().bytes() == safe.key.bytes());
    CHECK_FALSE(PrivateKey::made().write(file));
    CHECK(PrivateKey::read(file).value().bytes() == safe.key.bytes());
    // Written off from paper, on another machine.
    const auto text = file::bytes_of(file);
    safe.write("\r\n" + text.substr(text.rfind('\n', text.size() - 2) + 1, 80) + "\r\n");
    CHECK(PrivateKey::read(safe.file).value().bytes() == safe.key.bytes());
    CHECK_FALSE(PrivateKey::read(safe.at("none")));
  }

  TEST_CASE("a slip in writing a key is found, and a private key is not taken for a public one") {
    const Safe safe;
    const auto key = safe.key.public_key().text();
    CHECK(key.size() == 80);
    CHECK(PublicKey::read(key)->bytes == safe.key.public_key().bytes);
    for (std::size_t place = 0; place != key.size(); ++place) {
      auto slip = key;
      slip[place] = slip[place] == '7' ? '1' : '7';
      CHECK_FALSE(PublicKey::read(slip));
    }
    for (const auto& text :
         {std::string(), key.substr(1), key + "0", std::string(80, 'x'), std::string(80, '0')})
      CHECK_FALSE(PublicKey::read(text));
    REQUIRE(safe.key.write(safe.at("privat")));
    const auto text = file::bytes_of(safe.at("privat"));
    CHECK_FALSE(PublicKey::read(text.substr(text.size() - 81, 80)));
  }
}
