#include "access/token.h"

#include <doctest/doctest.h>
#include <rhonabwy.h>

#include <map>

#include "access/provider.h"
#include "base/base64.h"
#include "base/json.h"

using namespace stafett;

namespace {

const Moment today{1'800'000'000};

View with(View claims, const std::string& name, View value) {
  claims.set(name, std::move(value));
  return claims;
}

// A provider that answers as it should, until a test says otherwise.
struct Employer {
  std::string key = access::new_private_key();
  access::Provider provider{.id = "kommunen",
                            .issuer = "https://inloggning.example.se",
                            .client_id = "stafett",
                            .private_key = access::new_private_key(),
                            .lowest = "http://id.elegnamnden.se/loa/1.0/loa3"};
  View keys() const { return {{"keys", View::Items{*read_json(access::public_key_of(key))}}}; }
  View claims() const {
    return {{"iss", provider.issuer},
            {"sub", "u-anna"},
            {"aud", "stafett"},
            {"nonce", "n"},
            {"iat", today.seconds},
            {"exp", today.seconds + 300},
            {"auth_time", today.seconds - 10},
            {"acr", "http://id.elegnamnden.se/loa/1.0/loa3"}};
  }
  bool holds(const View& claims) const {
    return access::id_token_holds(provider, claims, "n", today) && access::level_is_enough(provider, claims);
  }
};

// Signed in whatever way the attacker likes: header, claims, and a key of their own.
std::string forged(const std::string& header, const std::string& claims, const std::string& signature) {
  return base64url(header) + "." + base64url(claims) + "." + base64url(signature);
}

std::string signed_by_secret(const std::string& secret, const std::string& claims, const char* kid) {
  jwt_t* token = nullptr;
  r_jwt_init(&token);
  jwk_t* key = nullptr;
  r_jwk_init(&key);
  r_jwk_import_from_symmetric_key(key, reinterpret_cast<const unsigned char*>(secret.data()), secret.size());
  r_jwt_set_header_str_value(token, "kid", kid);
  r_jwt_set_full_claims_json_str(token, claims.c_str());
  r_jwt_set_sign_alg(token, R_JWA_ALG_HS256);
  char* text = r_jwt_serialize_signed(token, key, 0);
  const std::string made = text;
  r_free(text);
  r_jwk_free(key);
  r_jwt_free(token);
  return made;
}

std::string kid_of(const std::string& key) {
  return std::get<std::string>(read_json(key)->find("kid")->value());
}

}  // namespace

TEST_SUITE("access") {
  TEST_CASE("T29: a token signed with the provider's key is opened, and what it says is what was signed") {
    const Employer employer;
    const auto opened =
        access::open_token(access::sign_token(employer.claims(), employer.key), employer.keys());
    REQUIRE(opened.claims);
    CHECK(employer.holds(*opened.claims));
  }

  TEST_CASE("T29: a valid token signed by another key is refused, also when it brings its key along") {
    const Employer employer, stranger;
    const auto claims = employer.claims();
    auto opened = access::open_token(access::sign_token(claims, stranger.key), employer.keys());
    CHECK_FALSE(opened.claims);
    CHECK(opened.unknown_key);
    // Under the name of the right key.
    auto impostor = *read_json(stranger.key);
    impostor.set("kid", kid_of(employer.key));
    opened = access::open_token(access::sign_token(claims, impostor.json()), employer.keys());
    CHECK_FALSE(opened.claims);
    CHECK_FALSE(opened.unknown_key);
    // And with the key in its own header.
    jwt_t* token = nullptr;
    r_jwt_init(&token);
    jwk_t* key = nullptr;
    r_jwk_init(&key);
    r_jwk_import_from_json_str(key, impostor.json().c_str());
    const auto brought = access::public_key_of(impostor.json());
    r_jwt_set_full_header_json_str(
        token, ("{\"jwk\":" + brought + ",\"kid\":\"" + kid_of(employer.key) + "\"}").c_str());
    r_jwt_set_full_claims_json_str(token, claims.json().c_str());
    r_jwt_set_sign_alg(token, R_JWA_ALG_ES256);
    char* text = r_jwt_serialize_signed(token, key, 0);
    REQUIRE(text);
    CHECK_FALSE(access::open_token(text, employer.keys()).claims);
    r_free(text);
    r_jwk_free(key);
    r_jwt_free(token);
  }

  TEST_CASE("T29: alg none, and HS256 with the public key as its secret, are refused") {
    const Employer employer;
    const auto claims = employer.claims().json();
    const auto kid = kid_of(employer.key);
    for (const auto* none : {"none", "None", "NONE", ""})
      CHECK_FALSE(access::open_token(
                      forged("{\"alg\":\"" + std::string(none) + "\",\"kid\":\"" + kid + "\"}", claims, ""),
                      employer.keys())
                      .claims);
    CHECK_FALSE(access::open_token(signed_by_secret(access::public_key_of(employer.key), claims, kid.c_str()),
                                   employer.keys())
                    .claims);
    // Not even if the provider's own list should hold a shared secret.
    const View shared{{"keys", View::Items{{{"kty", "oct"}, {"kid", kid}, {"k", base64url("secret")}}}}};
    CHECK_FALSE(access::open_token(signed_by_secret("secret", claims, kid.c_str()), shared).claims);
  }

  TEST_CASE("T29: any changed letter of a token, and half of one, is refused") {
    const Employer employer;
    const auto token = access::sign_token(employer.claims(), employer.key);
    for (std::size_t at = 0; at < token.size() - 1; at += 3) {  // the last letter has bits that mean nothing
      auto changed = token;
      changed[at] = changed[at] == 'A' ? 'B' : 'A';
      if (changed != token) CHECK_FALSE(access::open_token(changed, employer.keys()).claims);
    }
    for (std::size_t size = 0; size < token.size(); size += 7)
      CHECK_FALSE(access::open_token(token.substr(0, size), employer.keys()).claims);
    for (const auto* not_token : {"", ".", "..", "...", "a.b.c", "e30.e30.e30", "e30.e30.e30.e30.e30"})
      CHECK_FALSE(access::open_token(not_token, employer.keys()).claims);
    CHECK_FALSE(access::open_token(token, View{{"keys", View::Items{}}}).claims);
    CHECK_FALSE(access::open_token(token, View{}).claims);
  }

  TEST_CASE("T29: a token that wants something understood that we do not understand is refused") {
    const Employer employer;
    const auto header =
        "{\"alg\":\"ES256\",\"crit\":[\"x\"],\"x\":1,\"kid\":\"" + kid_of(employer.key) + "\"}";
    CHECK_FALSE(
        access::open_token(forged(header, employer.claims().json(), std::string(64, 'a')), employer.keys())
            .claims);
  }

  TEST_CASE("T29: wrong iss, aud, azp, nonce, exp, iat, auth_time, sub or level is refused, each by itself") {
    const Employer employer;
    const auto good = employer.claims();
    REQUIRE(employer.holds(good));
    CHECK_FALSE(employer.holds(with(good, "iss", "https://inloggning.example.se/")));
    CHECK_FALSE(employer.holds(with(good, "iss", "https://elsewhere.example")));
    CHECK_FALSE(employer.holds(with(good, "aud", "another")));
    CHECK_FALSE(employer.holds(with(good, "aud", nullptr)));
    CHECK_FALSE(employer.holds(with(good, "aud", View::Items{"another"})));
    CHECK_FALSE(employer.holds(with(good, "aud", View::Items{"stafett", "another"})));
    CHECK(employer.holds(with(good, "aud", View::Items{"stafett"})));
    CHECK(employer.holds(with(with(good, "aud", View::Items{"stafett", "another"}), "azp", "stafett")));
    CHECK_FALSE(employer.holds(with(good, "azp", "another")));
    CHECK_FALSE(employer.holds(with(good, "azp", 7)));
    CHECK_FALSE(employer.holds(with(good, "nonce", "another")));
    CHECK_FALSE(access::id_token_holds(employer.provider, with(good, "nonce", ""), "", today));
    CHECK_FALSE(employer.holds(with(good, "exp", today.seconds - 60)));
    CHECK(employer.holds(with(good, "exp", today.seconds + 1)));
    CHECK_FALSE(employer.holds(with(good, "exp", "2030-01-01")));
    CHECK_FALSE(employer.holds(with(good, "iat", today.seconds + 61)));
    CHECK_FALSE(employer.holds(with(good, "iat", today.seconds - 3600)));
    CHECK_FALSE(employer.holds(with(good, "auth_time", nullptr)));
    CHECK_FALSE(employer.holds(with(good, "auth_time", today.seconds + 61)));
    CHECK(employer.holds(with(good, "auth_time", today.seconds - access::longest_at_provider_seconds)));
    CHECK_FALSE(
        employer.holds(with(good, "auth_time", today.seconds - access::longest_at_provider_seconds - 60)));
    CHECK_FALSE(employer.holds(with(good, "sub", "")));
    CHECK_FALSE(employer.holds(with(good, "acr", "http://id.elegnamnden.se/loa/1.0/loa2")));
    CHECK_FALSE(employer.holds(with(good, "acr", "http://id.elegnamnden.se/loa/1.0/loa5")));
    CHECK_FALSE(employer.holds(with(good, "acr", nullptr)));
    CHECK(employer.holds(with(good, "acr", "http://id.elegnamnden.se/loa/1.0/loa4")));
  }

  TEST_CASE(
      "T29: the signed answer about the person must be about the same person, by the same provider, for us") {
    Employer employer;
    const auto claims = employer.claims();
    CHECK(access::identity_in(employer.provider, claims, claims)->subject == "u-anna");
    CHECK(access::identity_in(employer.provider, claims, claims)->strength == access::Strength::strong);
    CHECK(access::identity_in(employer.provider, claims, claims)->proved == today + -10);
    CHECK_FALSE(access::identity_in(employer.provider, claims, with(claims, "sub", "u-bo")));
    CHECK_FALSE(
        access::identity_in(employer.provider, claims, with(claims, "iss", "https://elsewhere.example")));
    CHECK_FALSE(access::identity_in(employer.provider, claims, with(claims, "aud", "another")));
    employer.provider.claim = "https://id.oidc.se/claim/orgAffiliation";
    CHECK_FALSE(access::identity_in(employer.provider, claims, claims));
    CHECK(access::identity_in(employer.provider, claims,
                              with(claims, employer.provider.claim, "annak@2120000357"))
              ->subject == "annak@2120000357");
  }

  TEST_CASE("T29: a provider that says it is another, or sends us elsewhere for its keys, is not believed") {
    const Employer employer;
    const auto place = employer.provider.issuer;
    const View good{{"issuer", place},
                    {"authorization_endpoint", place + "/auth"},
                    {"token_endpoint", place + "/token"},
                    {"userinfo_endpoint", place + "/me"},
                    {"jwks_uri", place + "/jwks"}};
    CHECK(access::endpoints_in(employer.provider, good));
    CHECK_FALSE(access::endpoints_in(employer.provider, with(good, "issuer", "https://elsewhere.example")));
    for (const auto* name : {"token_endpoint", "userinfo_endpoint", "jwks_uri"})
      for (const auto* elsewhere :
           {"https://elsewhere.example/x", "http://inloggning.example.se/x", "http://169.254.169.254/x",
            "https://inloggning.example.se.elsewhere.example/x",
            "https://inloggning.example.se@elsewhere.example/x", ""})
        CHECK_FALSE(access::endpoints_in(employer.provider, with(good, name, elsewhere)));
    CHECK_FALSE(
        access::endpoints_in(employer.provider, with(good, "authorization_endpoint", "javascript:alert(1)")));
  }

  TEST_CASE("our own request is signed, and names neither secret nor verifier to the browser") {
    const Employer employer;
    const access::Endpoints endpoints{employer.provider.issuer + "/auth", "", "", ""};
    const auto begun = access::begin_at_provider(false);
    const auto address = access::address_at_provider(employer.provider, endpoints, begun,
                                                     "https://stafett.example.se/callback");
    CHECK(address.find("code_challenge_method=S256") != address.npos);
    CHECK(address.find(begun.state) != address.npos);
    CHECK(address.find(begun.verifier) == address.npos);
    CHECK(address.find("&max_age=36000") != address.npos);
    CHECK(address.find("prompt=") == address.npos);
    const auto anew = access::address_at_provider(
        employer.provider, endpoints, access::begin_at_provider(true), "https://stafett.example.se/callback");
    CHECK(anew.find("&prompt=login&max_age=0") != anew.npos);
    const auto request = access::token_request(employer.provider, endpoints, begun, "code",
                                               "https://stafett.example.se/callback", today);
    const auto at = request.find("client_assertion=") + 17;
    const View ours{{"keys", View::Items{*read_json(access::public_key_of(employer.provider.private_key))}}};
    CHECK(access::open_token(request.substr(at), ours).claims);
    CHECK(access::public_key_of(employer.provider.private_key).find("\"d\"") == std::string::npos);
    CHECK(access::is_private_key(employer.provider.private_key));
    CHECK_FALSE(access::is_private_key(access::public_key_of(employer.provider.private_key)));
  }
}
