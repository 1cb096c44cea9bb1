#include "app/settings.h"

#include <doctest/doctest.h>

#include <fstream>

#include "access/token.h"
#include "file/temporary.h"
#include "text/translation.h"

using namespace stafett;

namespace {

// A settings file beside a key of ours.
struct Files {
  file::TemporaryFolder folder;
  std::string key = write("kommunen.jwk", access::new_private_key());

  std::string write(const std::string& name, const std::string& text) const {
    const auto file = folder.path() / name;
    std::ofstream(file) << text;
    return file.string();
  }
  // A provider as it should be, a line for each key from the second on; with one of them written otherwise.
  std::string provider(const std::string& name = "", const std::string& line = "") const {
    std::string text = "[[provider]]\n";
    for (const auto& [known, value] : std::initializer_list<std::pair<std::string, std::string>>{
             {"id", "\"kommunen\""},
             {"name", "\"Provköpings kommun\""},
             {"issuer", "\"https://inloggning.example.se\""},
             {"client_id", "\"stafett\""},
             {"key", "\"" + key + "\""},
             {"lowest", "\"http://id.elegnamnden.se/loa/1.0/loa3\""}})
      text += (known == name ? line : known + " = " + value) + "\n";
    return text;
  }
  // What is wrong with the file, as it is told: a line for each fault.
  std::string faults(const std::string& text) const {
    app::Settings settings;
    const auto read = app::read_settings(write("stafett.toml", text), settings);
    std::string told;
    if (!read)
      for (const auto& fault : read.error().faults) told += text::told(text::Language::swedish, fault) + "\n";
    return told;
  }
};

}  // namespace

TEST_SUITE("settings") {
  TEST_CASE("the employer's sign-in is read from the settings file, with our key for it") {
    const Files files;
    app::Settings settings;
    REQUIRE(app::read_settings(
        files.write("stafett.toml", "https = true\n" + files.provider() + "inside = true\n"), settings));
    REQUIRE(settings.providers.size() == 1);
    const auto& [provider, inside] = settings.providers.front();
    CHECK(provider.id == "kommunen");
    CHECK(provider.name == "Provköpings kommun");
    CHECK(provider.issuer == "https://inloggning.example.se");
    CHECK(provider.client_id == "stafett");
    CHECK(provider.lowest == "http://id.elegnamnden.se/loa/1.0/loa3");
    CHECK(provider.claim == "sub");
    CHECK(access::is_private_key(provider.private_key));
    CHECK(inside);
    CHECK(settings.https);
  }

  TEST_CASE("someone may be known at their employer's by another claim, and several employers may sign in") {
    const Files files;
    app::Settings settings;
    const auto both =
        files.provider() + files.provider("id", "id = \"regionen\"") + "claim = \"employeeHsaId\"\n";
    REQUIRE(app::read_settings(files.write("stafett.toml", both), settings));
    REQUIRE(settings.providers.size() == 2);
    CHECK(settings.providers[0].provider.claim == "sub");
    CHECK_FALSE(settings.providers[0].inside);
    CHECK(settings.providers[1].provider.claim == "employeeHsaId");
  }

  TEST_CASE("what a provider lacks is said, at the line where it begins") {
    const Files files;
    for (const std::string name : {"id", "name", "issuer", "client_id", "key", "lowest"})
      CHECK(files.faults("https = true\n" + files.provider(name, "")) ==
            "Rad 2: En leverantör av inloggning behöver ”" + name + "”. Se docs/operation.md.\n");
    CHECK(files.faults(files.provider("name", "name = \"\"")) ==
          "Rad 3: En leverantör av inloggning behöver ”name”. Se docs/operation.md.\n");
    CHECK(files.faults(files.provider() + "claim = \"\"\n") ==
          "Rad 8: En leverantör av inloggning behöver ”claim”. Se docs/operation.md.\n");
  }

  TEST_CASE("what is written wrong about a provider is said at its own line, once") {
    const Files files;
    CHECK(files.faults(files.provider("id", "id = \"Kommunen!\"")) ==
          "Rad 2: ”Kommunen!” är inget id för en leverantör. Använd a till z, siffror och bindestreck.\n");
    CHECK(files.faults(files.provider("name", "name = 7")) ==
          "Rad 3: ”name” är inte skrivet som det ska. Se docs/operation.md.\n");
    CHECK(files.faults(files.provider("key", "key = \"/nowhere/kommunen.jwk\"")) ==
          "Rad 6: Det finns ingen privat nyckel (JWK) i /nowhere/kommunen.jwk.\n");
    CHECK(files.faults(files.provider() + "inside = \"ja\"\n") ==
          "Rad 8: ”inside” är inte skrivet som det ska. Se docs/operation.md.\n");
    CHECK(files.faults(files.provider() + "issure = \"x\"\n").starts_with("Rad 8: "));
    CHECK(files.faults(files.provider() + files.provider()) ==
          "Rad 8: Det finns två leverantörer ”kommunen”. Ge en av dem ett annat id.\n");
    CHECK(files.faults("[provider]\nid = \"kommunen\"\n")
              .starts_with("Rad 1: ”provider” är inte skrivet som det ska."));
  }

  TEST_CASE("a key that others are to see is not taken for the private one") {
    const Files files;
    const auto open = files.write("open.jwk", access::public_key_of(access::new_private_key()));
    CHECK(files.faults(files.provider("key", "key = \"" + open + "\""))
              .starts_with("Rad 6: Det finns ingen privat nyckel"));
    const auto empty = files.write("empty.jwk", "");
    CHECK(files.faults(files.provider("key", "key = \"" + empty + "\""))
              .starts_with("Rad 6: Det finns ingen privat nyckel"));
  }

  TEST_CASE("a provider is asked over TLS, except on this very machine and when the settings say so") {
    const Files files;
    CHECK(files.faults(files.provider("issuer", "issuer = \"http://inloggning.example.se\"") +
                       "inside = true\n") ==
          "Rad 4: Utfärdaren ”http://inloggning.example.se” börjar inte med https.\n");
    const auto here = files.provider("issuer", "issuer = \"http://127.0.0.1:9000\"");
    CHECK(files.faults(here) == "Rad 4: Utfärdaren ”http://127.0.0.1:9000” börjar inte med https.\n");
    CHECK(files.faults(here + "inside = true\n") == "");
  }

  TEST_CASE("T44: the key that backups are sealed for is read, and one that is not right is refused") {
    const Files files;
    const auto key = access::PrivateKey::made();
    const auto line = "backup_key = \"" + key.public_key().text() + "\"\n";
    app::Settings settings;
    REQUIRE(app::read_settings(files.write("stafett.toml", line), settings));
    REQUIRE(settings.backup_key);
    CHECK(settings.backup_key->bytes == key.public_key().bytes);

    const auto wrong =
        "”backup_key” är ingen öppen nyckel för säkerhetskopior. Kopiera hela raden som stafett keys "
        "--for-backups skrev.\n";
    auto slip = line;
    slip[40] = slip[40] == '7' ? '1' : '7';
    CHECK(files.faults("https = true\n" + slip) == "Rad 2: " + std::string(wrong));
    CHECK(files.faults("backup_key = \"\"\n") == "Rad 1: " + std::string(wrong));
    REQUIRE(key.write((files.folder.path() / "privat").string()));
    const auto kept = file::bytes_of(files.folder.path() / "privat");
    CHECK(files.faults("backup_key = \"" + kept.substr(kept.size() - 81, 80) + "\"\n") ==
          "Rad 1: " + std::string(wrong));
    CHECK(files.faults("backup_key = true\n") ==
          "Rad 1: ”backup_key” är inte skrivet som det ska. Se docs/operation.md.\n");
  }
}
