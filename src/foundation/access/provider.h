// Provider (leverantör av inloggning): the employer's own sign-in, by OpenID Connect and the Swedish OpenID
// Connect Profile 1.0. What is asked of it, and what must hold of what it answers; no network (fetch.h) and
// no database here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/information.h"
#include "access/token.h"
#include "base/date.h"
#include "base/result.h"

namespace stafett::access {

struct Provider {
  std::string id;      // in addresses: "kommunen"
  std::string name;    // on the button
  std::string issuer;  // exactly as its tokens say it
  std::string client_id;
  std::string private_key;    // a JWK; its public part is known to the provider
  std::string lowest;         // level of assurance: http://id.elegnamnden.se/loa/1.0/loa3
  std::string claim = "sub";  // what an account is known by: sub, employeeHsaId, …/orgAffiliation
};

// Where to ask, from /.well-known/openid-configuration; all but `authorization` at the issuer's own host.
struct Endpoints {
  std::string authorization, token, userinfo, keys;
};
std::optional<Endpoints> endpoints_in(const Provider&, const View& configuration);

// Whoever signed in at the provider longer ago than a session of ours lasts is asked anew there.
inline constexpr std::int64_t longest_at_provider_seconds = 10 * 60 * 60;

// One sign-in under way; `state` and `nonce` come back, `verifier` proves that it was we who began (PKCE).
struct Begun {
  std::string state, nonce, verifier;
  bool anew = false;  // whoever it is shows once more who they are, signed in there or not
};
Begun begin_at_provider(bool anew);
std::string address_at_provider(const Provider&, const Endpoints&, const Begun&,
                                const std::string& our_address);
// The form that changes the code for tokens, signed as ours (private_key_jwt).
std::string token_request(const Provider&, const Endpoints&, const Begun&, const std::string& code,
                          const std::string& our_address, Moment now);

// Whoever it was, if everything holds: issuer, audience, times and nonce of the ID token, its level, and that
// the signed answer about the person is about the same one.
struct Identity {
  std::string subject;  // the claim's value
  Strength strength = Strength::password;
  Moment proved;  // when they showed it: before now if they were signed in there already
};
bool id_token_holds(const Provider&, const View& claims, const std::string& nonce, Moment now);
bool level_is_enough(const Provider&, const View& id_claims);
std::optional<Identity> identity_in(const Provider&, const View& id_claims, const View& userinfo_claims);

// Level 2 of the Swedish framework is two factors, 3 and 4 strong; others are as good as a password, whatever
// they say.
Strength strength_of_level(const std::string& level);
bool is_at_least(const std::string& level, const std::string& lowest);

}  // namespace stafett::access
