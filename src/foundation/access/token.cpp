#include "access/token.h"

#include <rhonabwy.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <vector>

#include "access/password.h"
#include "base/base64.h"
#include "base/json.h"

namespace stafett::access {
namespace {

constexpr std::size_t largest = 64 << 10;

struct KeyFreed {
  void operator()(jwk_t* key) const { r_jwk_free(key); }
};
struct TokenFreed {
  void operator()(jwt_t* token) const { r_jwt_free(token); }
};
struct TextFreed {
  void operator()(char* text) const { r_free(text); }
};
using Key = std::unique_ptr<jwk_t, KeyFreed>;
using Token = std::unique_ptr<jwt_t, TokenFreed>;
using Text = std::unique_ptr<char, TextFreed>;

void begin() {
  static const int begun = r_global_init();
  if (begun != RHN_OK) throw std::runtime_error("librhonabwy does not begin");
}

Key read_key(const std::string& json) {
  begin();
  jwk_t* key = nullptr;
  if (r_jwk_init(&key) != RHN_OK) throw std::bad_alloc();
  Key held(key);
  if (r_jwk_import_from_json_str(key, json.c_str()) != RHN_OK) return nullptr;
  return held;
}

std::string text_in(const View& view, std::string_view name) {
  const auto* found = view.find(name);
  const auto* text = found ? std::get_if<std::string>(&found->value()) : nullptr;
  return text ? *text : "";
}

struct Algorithm {
  std::string_view name, key_type, curve;
  jwa_alg is;
};
constexpr std::array algorithms{Algorithm{"RS256", "RSA", "", R_JWA_ALG_RS256},
                                Algorithm{"PS256", "RSA", "", R_JWA_ALG_PS256},
                                Algorithm{"ES256", "EC", "P-256", R_JWA_ALG_ES256}};

const Algorithm* algorithm_named(std::string_view name) {
  for (const auto& algorithm : algorithms)
    if (algorithm.name == name) return &algorithm;
  return nullptr;
}

bool is_for(const View& key, const Algorithm& algorithm) {
  const auto use = text_in(key, "use"), alg = text_in(key, "alg");
  return text_in(key, "kty") == algorithm.key_type && text_in(key, "crv") == algorithm.curve &&
         (use.empty() || use == "sig") && (alg.empty() || alg == algorithm.name);
}

// By its name; without one only if there is a single key that it could be.
const View* key_for(const View& keys, const std::string& name, const Algorithm& algorithm, bool& unknown) {
  const auto* list = keys.has_fields() ? keys.find("keys") : nullptr;
  const auto* items = list ? std::get_if<View::Items>(&list->value()) : nullptr;
  if (!items) return nullptr;
  const View* found = nullptr;
  int possible = 0;
  bool named = false;
  for (const auto& key : *items) {
    if (!key.has_fields() || (!name.empty() && text_in(key, "kid") != name)) continue;
    named = true;
    if (!is_for(key, algorithm)) continue;
    ++possible;
    found = &key;
  }
  unknown = !named;
  return possible == 1 ? found : nullptr;
}

bool is_signed_by(const std::string& token, const View& key, const Algorithm& algorithm) {
  const auto known = read_key(key.json());
  jwt_t* made = nullptr;
  if (!known || r_jwt_init(&made) != RHN_OK) return false;
  const Token held(made);
  return r_jwt_advanced_parse(made, token.c_str(), R_PARSE_NONE, 0) == RHN_OK &&
         r_jwt_get_sign_alg(made) == algorithm.is && r_jwt_verify_signature(made, known.get(), 0) == RHN_OK;
}

std::optional<View> json_part(std::string_view part) {
  const auto bytes = from_base64url(part);
  auto view = bytes ? read_json(*bytes) : std::nullopt;
  if (!view || !view->has_fields()) return std::nullopt;
  return view;
}

}  // namespace

Opened open_token(std::string_view token, const View& keys) {
  const auto first = token.find('.'), second = token.find('.', first == token.npos ? first : first + 1);
  if (token.size() > largest || second == token.npos || token.find('.', second + 1) != token.npos) return {};
  const auto header = json_part(token.substr(0, first));
  auto claims = json_part(token.substr(first + 1, second - first - 1));
  if (!header || !claims || header->find("crit") || header->find("b64")) return {};
  const auto* algorithm = algorithm_named(text_in(*header, "alg"));
  if (!algorithm) return {};
  bool unknown = false;
  const auto* key = key_for(keys, text_in(*header, "kid"), *algorithm, unknown);
  if (!key || !is_signed_by(std::string(token), *key, *algorithm)) return {.unknown_key = unknown};
  return {.claims = std::move(claims)};
}

std::string sign_token(const View& claims, const std::string& private_key) {
  const auto key = read_key(private_key);
  const auto jwk = read_json(private_key);
  jwt_t* made = nullptr;
  if (!key || !jwk || r_jwt_init(&made) != RHN_OK)
    throw std::runtime_error("the key file holds no private key");
  const Token held(made);
  const auto name = text_in(*jwk, "kid");
  if (!name.empty()) r_jwt_set_header_str_value(made, "kid", name.c_str());
  const auto algorithm = text_in(*jwk, "kty") == "EC" ? R_JWA_ALG_ES256 : R_JWA_ALG_PS256;
  if (r_jwt_set_full_claims_json_str(made, claims.json().c_str()) != RHN_OK ||
      r_jwt_set_sign_alg(made, algorithm) != RHN_OK)
    throw std::runtime_error("the token could not be made");
  const Text text(r_jwt_serialize_signed(made, key.get(), 0));
  if (!text) throw std::runtime_error("the token could not be signed");
  return text.get();
}

std::string new_private_key() {
  begin();
  jwk_t *own = nullptr, *others = nullptr;
  if (r_jwk_init(&own) != RHN_OK) throw std::bad_alloc();
  const Key held(own);
  if (r_jwk_init(&others) != RHN_OK) throw std::bad_alloc();
  const Key unneeded(others);
  if (r_jwk_generate_key_pair(own, others, R_KEY_TYPE_EC, 256, new_token().substr(0, 16).c_str()) != RHN_OK)
    throw std::runtime_error("no key could be made");
  const Text text(r_jwk_export_to_json_str(own, 0));
  return text.get();
}

std::string public_key_of(const std::string& private_key) {
  const auto all = read_json(private_key);
  View::Fields shown{{"use", "sig"}};
  for (const auto* name : {"kty", "crv", "x", "y", "n", "e", "kid", "alg"})
    if (all && all->has_fields() && all->find(name)) shown[name] = *all->find(name);
  return View(std::move(shown)).json();
}

bool is_private_key(const std::string& jwk) {
  const auto said = read_json(jwk);
  return said && said->has_fields() && said->find("d") && read_key(jwk) != nullptr;
}

}  // namespace stafett::access
