#include "access/provider.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "access/passkey.h"
#include "base/base64.h"

namespace stafett::access {
namespace {

constexpr std::int64_t leeway = 60, longest_life = 5 * 60;
constexpr std::string_view swedish_level = "http://id.elegnamnden.se/loa/1.0/loa";

std::string text_in(const View& view, std::string_view name) {
  const auto* found = view.find(name);
  const auto* text = found ? std::get_if<std::string>(&found->value()) : nullptr;
  return text ? *text : "";
}
std::optional<std::int64_t> number_in(const View& view, std::string_view name) {
  const auto* found = view.find(name);
  const auto* number = found ? std::get_if<std::int64_t>(&found->value()) : nullptr;
  return number ? std::optional(*number) : std::nullopt;
}

// "https://example.se:8443" of an address.
std::string_view place_of(std::string_view address) {
  const auto host = address.find("://");
  return host == address.npos ? "" : address.substr(0, address.find_first_of("/?#", host + 3));
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const unsigned char c : text)
    if (std::isalnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += static_cast<char>(c);
    } else {
      out += '%';
      out += "0123456789ABCDEF"[c >> 4];
      out += "0123456789ABCDEF"[c & 15];
    }
  return out;
}

std::string form(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  std::string text;
  for (const auto& [name, value] : fields)
    (((text += text.empty() ? "" : "&") += name) += '=') += escaped(value);
  return text;
}

// To us, and if to others too, said to be for us (azp).
bool is_for_us(const View& claims, const std::string& client) {
  const auto* audience = claims.find("aud");
  if (!audience) return false;
  const auto azp = text_in(claims, "azp");
  if (claims.find("azp") && azp != client) return false;
  if (const auto* one = std::get_if<std::string>(&audience->value())) return *one == client;
  const auto* all = std::get_if<View::Items>(&audience->value());
  if (!all) return false;
  const bool named = std::ranges::any_of(*all, [&](const View& one) {
    const auto* text = std::get_if<std::string>(&one.value());
    return text && *text == client;
  });
  return named && (all->size() == 1 || azp == client);
}

int swedish_level_of(const std::string& level) {
  if (level.size() != swedish_level.size() + 1 || !level.starts_with(swedish_level)) return 0;
  const char digit = level.back();
  return digit >= '1' && digit <= '4' ? digit - '0' : 0;
}

}  // namespace

std::optional<Endpoints> endpoints_in(const Provider& provider, const View& configuration) {
  if (!configuration.has_fields() || text_in(configuration, "issuer") != provider.issuer) return std::nullopt;
  Endpoints found{text_in(configuration, "authorization_endpoint"), text_in(configuration, "token_endpoint"),
                  text_in(configuration, "userinfo_endpoint"), text_in(configuration, "jwks_uri")};
  const auto own = place_of(provider.issuer);
  for (const auto& address : {found.token, found.userinfo, found.keys})
    if (place_of(address) != own) return std::nullopt;
  if (!found.authorization.starts_with("https://") && place_of(found.authorization) != own)
    return std::nullopt;
  return found;
}

Begun begin_at_provider(bool anew) { return {new_challenge(), new_challenge(), new_challenge(), anew}; }

std::string address_at_provider(const Provider& provider, const Endpoints& endpoints, const Begun& begun,
                                const std::string& our_address) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(begun.verifier.data()),
                     begun.verifier.size());
  const auto challenge = base64url({reinterpret_cast<const char*>(hash.data()), hash.size()});
  const bool by_organisation = provider.claim.ends_with("/orgAffiliation");
  return endpoints.authorization + (endpoints.authorization.find('?') == std::string::npos ? "?" : "&") +
         form({{"response_type", "code"},
               {"client_id", provider.client_id},
               {"redirect_uri", our_address},
               {"scope", by_organisation ? "openid https://id.oidc.se/scope/naturalPersonOrgId" : "openid"},
               {"state", begun.state},
               {"nonce", begun.nonce},
               {"code_challenge", challenge},
               {"code_challenge_method", "S256"},
               {"acr_values", provider.lowest},
               {"ui_locales", "sv"}}) +
         (begun.anew ? "&prompt=login&max_age=0" : "&max_age=" + std::to_string(longest_at_provider_seconds));
}

std::string token_request(const Provider& provider, const Endpoints& endpoints, const Begun& begun,
                          const std::string& code, const std::string& our_address, Moment now) {
  (void)endpoints;
  const auto ours = sign_token({{"iss", provider.client_id},
                                {"sub", provider.client_id},
                                {"aud", provider.issuer},
                                {"jti", new_challenge()},
                                {"iat", now.seconds},
                                {"exp", now.seconds + leeway}},
                               provider.private_key);
  return form({{"grant_type", "authorization_code"},
               {"code", code},
               {"redirect_uri", our_address},
               {"client_id", provider.client_id},
               {"code_verifier", begun.verifier},
               {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
               {"client_assertion", ours}});
}

bool id_token_holds(const Provider& provider, const View& claims, const std::string& nonce, Moment now) {
  const auto issued = number_in(claims, "iat"), expires = number_in(claims, "exp");
  const auto proved = number_in(claims, "auth_time");
  return text_in(claims, "iss") == provider.issuer && is_for_us(claims, provider.client_id) && issued &&
         expires && *issued <= now.seconds + leeway && *issued > now.seconds - longest_life - leeway &&
         *expires > now.seconds - leeway && *expires > *issued && proved && *proved <= now.seconds + leeway &&
         *proved > now.seconds - longest_at_provider_seconds - leeway && !nonce.empty() &&
         text_in(claims, "nonce") == nonce && !text_in(claims, "sub").empty();
}

bool level_is_enough(const Provider& provider, const View& id_claims) {
  return is_at_least(text_in(id_claims, "acr"), provider.lowest);
}

std::optional<Identity> identity_in(const Provider& provider, const View& id_claims,
                                    const View& userinfo_claims) {
  // The signed answer says by whom and for whom it is, and is about whoever signed in.
  if (text_in(userinfo_claims, "sub") != text_in(id_claims, "sub") ||
      text_in(userinfo_claims, "iss") != provider.issuer || !is_for_us(userinfo_claims, provider.client_id))
    return std::nullopt;
  Identity identity{text_in(userinfo_claims, provider.claim),
                    strength_of_level(text_in(id_claims, "acr")),
                    {number_in(id_claims, "auth_time").value_or(0)}};
  if (identity.subject.empty() || identity.subject.size() > 255) return std::nullopt;
  return identity;
}

Strength strength_of_level(const std::string& level) {
  const int swedish = swedish_level_of(level);
  return swedish >= 3 ? Strength::strong : swedish == 2 ? Strength::two_factors : Strength::password;
}

bool is_at_least(const std::string& level, const std::string& lowest) {
  if (lowest.empty() || level.empty()) return false;
  const int has = swedish_level_of(level), needs = swedish_level_of(lowest);
  return needs > 0 ? has >= needs : level == lowest;
}

}  // namespace stafett::access
