#include "access/passkey.h"

#include <doctest/doctest.h>

#include "access/passkey_samples.h"
#include "base/base64.h"

using namespace stafett;

namespace {

const access::Site here{"http://localhost:9090", "localhost"};

std::string bytes(const char* text) { return from_base64url(text).value(); }

Result<access::Passkey> made(const recorded::Key& key, const access::Site& site = here) {
  return access::passkey_made(site, key.challenge, {bytes(key.client_data), bytes(key.attestation)});
}

access::Used used(const recorded::Use& use) {
  return {bytes(use.client_data), bytes(use.data), bytes(use.signature)};
}

// The client data with one thing said otherwise.
std::string instead(std::string text, const std::string& of, const std::string& other) {
  const auto at = text.find(of);
  REQUIRE(at != text.npos);
  return text.replace(at, of.size(), other);
}

}  // namespace

TEST_SUITE("access") {
  TEST_CASE("T28: a passkey is made and used, in both kinds of signature") {
    for (const auto& key : {recorded::es256, recorded::rs256}) {
      auto passkey = made(key);
      REQUIRE(passkey);
      CHECK(passkey->credential == key.credential);
      CHECK(passkey->counter == 1);
      CHECK(access::challenge_in(bytes(key.first.client_data)) == key.first.challenge);
      CHECK(access::passkey_used(here, key.first.challenge, *passkey, used(key.first)).value() == 2);
      passkey->counter = 2;
      CHECK(access::passkey_used(here, key.second.challenge, *passkey, used(key.second)).value() == 3);
    }
  }

  TEST_CASE("T28: what was used before is refused, and so is a copy whose counter stands still") {
    auto passkey = made(recorded::es256).value();
    passkey.counter = 2;
    CHECK_FALSE(
        access::passkey_used(here, recorded::es256.first.challenge, passkey, used(recorded::es256.first)));
    passkey.counter = 3;
    CHECK_FALSE(
        access::passkey_used(here, recorded::es256.second.challenge, passkey, used(recorded::es256.second)));
    CHECK_FALSE(access::passkey_used(here, recorded::es256.second.challenge, made(recorded::es256).value(),
                                     used(recorded::es256.first)));
  }

  TEST_CASE("T28: a passkey of another place is refused, whether its address or its name differs") {
    const auto passkey = made(recorded::es256).value();
    for (const access::Site& other : {access::Site{"https://localhost:9090", "localhost"},
                                      {"http://localhost:9091", "localhost"},
                                      {"http://localhost:9090", "stafett.example.se"},
                                      {"http://localhost:9090", ""}}) {
      CHECK_FALSE(
          access::passkey_used(other, recorded::es256.first.challenge, passkey, used(recorded::es256.first)));
      CHECK_FALSE(made(recorded::es256, other));
    }
  }

  TEST_CASE("T28: an authenticator that verified nobody is refused, when a key is made and when it is used") {
    CHECK_FALSE(made(recorded::unverified));
    auto passkey = made(recorded::es256).value();
    CHECK_FALSE(access::passkey_used(here, recorded::unverified.first.challenge, passkey,
                                     used(recorded::unverified.first)));
    // Nor does it help to say so afterwards: the signature is of what was said.
    auto lie = used(recorded::es256.first);
    lie.authenticator_data[32] = static_cast<char>(lie.authenticator_data[32] ^ 0x40);
    CHECK_FALSE(access::passkey_used(here, recorded::es256.first.challenge, passkey, lie));
  }

  TEST_CASE("T28: any changed byte of what was said is refused") {
    const auto passkey = made(recorded::es256).value();
    const auto whole = used(recorded::es256.first);
    for (std::size_t at = 0; at != whole.authenticator_data.size(); ++at) {
      auto changed = whole;
      changed.authenticator_data[at] = static_cast<char>(changed.authenticator_data[at] ^ 1);
      CHECK_FALSE(access::passkey_used(here, recorded::es256.first.challenge, passkey, changed));
    }
    for (std::size_t at = 0; at != whole.signature.size(); ++at) {
      auto changed = whole;
      changed.signature[at] = static_cast<char>(changed.signature[at] ^ 1);
      CHECK_FALSE(access::passkey_used(here, recorded::es256.first.challenge, passkey, changed));
    }
    for (std::size_t at = 0; at != whole.client_data.size(); ++at) {
      auto changed = whole;
      changed.client_data[at] = static_cast<char>(changed.client_data[at] ^ 1);
      CHECK_FALSE(access::passkey_used(here, recorded::es256.first.challenge, passkey, changed));
    }
  }

  TEST_CASE("T28: what was said for something else is refused") {
    const auto passkey = made(recorded::es256).value();
    const auto client_data = bytes(recorded::es256.client_data),
               attestation = bytes(recorded::es256.attestation);
    const auto* challenge = recorded::es256.challenge;
    const auto refused = [&](const std::string& said) {
      return !access::passkey_made(here, challenge, {said, attestation});
    };
    CHECK(refused(instead(client_data, "webauthn.create", "webauthn.get")));
    CHECK(refused(instead(client_data, "\"crossOrigin\":false", "\"crossOrigin\":true")));
    CHECK(refused(instead(client_data, "http://localhost:9090", "http://localhost:9090.example.se")));
    CHECK(refused(instead(client_data, "BwcH", "AAAA")));
    for (const auto* said :
         {"", "{}", "[]", "null", "{\"type\":1,\"challenge\":[],\"origin\":{}}", "not json"})
      CHECK(refused(said));
    CHECK_FALSE(access::passkey_made(here, "", {client_data, attestation}));
    CHECK_FALSE(access::passkey_made(here, access::new_challenge(), {client_data, attestation}));
  }

  TEST_CASE("T28: half an attestation, and bytes that are none, are refused and harm nothing") {
    const auto client_data = bytes(recorded::es256.client_data),
               attestation = bytes(recorded::es256.attestation);
    for (std::size_t size = 0; size != attestation.size(); ++size)
      CHECK_FALSE(
          access::passkey_made(here, recorded::es256.challenge, {client_data, attestation.substr(0, size)}));
    CHECK_FALSE(
        access::passkey_made(here, recorded::es256.challenge, {client_data, std::string(100, '\x9f')}));
    CHECK_FALSE(
        access::passkey_made(here, recorded::es256.challenge, {client_data, std::string(20 << 10, 'a')}));
  }

  TEST_CASE("T28: another's key opens nothing") {
    auto anothers = made(recorded::rs256).value();
    CHECK_FALSE(
        access::passkey_used(here, recorded::es256.first.challenge, anothers, used(recorded::es256.first)));
    anothers.algorithm = -8;
    CHECK_FALSE(
        access::passkey_used(here, recorded::rs256.first.challenge, anothers, used(recorded::rs256.first)));
    anothers.public_key.clear();
    anothers.algorithm = -257;
    CHECK_FALSE(
        access::passkey_used(here, recorded::rs256.first.challenge, anothers, used(recorded::rs256.first)));
  }
}
