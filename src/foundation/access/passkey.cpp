#include "access/passkey.h"

#include <cbor.h>
#include <fido.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <sodium.h>

#include <array>
#include <memory>
#include <optional>
#include <string_view>

#include "base/base64.h"
#include "base/json.h"

namespace stafett::access {
namespace {

constexpr auto not_taken = "The passkey could not be used here. Try again, or sign in in another way.";
constexpr std::size_t largest = 16 << 10, flags_at = 32;
constexpr unsigned char present = 1, verified = 4;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::array<unsigned char, crypto_hash_sha256_BYTES> digest(std::string_view bytes) {
  static const bool begun = (fido_init(0), true);
  (void)begun;
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256(hash.data(), bytes_of(bytes), bytes.size());
  return hash;
}

std::string text_in(const View& view, std::string_view name) {
  const auto* found = view.find(name);
  const auto* text = found ? std::get_if<std::string>(&found->value()) : nullptr;
  return text ? *text : "";
}

// §7.1 steps 7–11, §7.2 steps 11–14.
bool client_data_holds(const Site& site, const std::string& challenge, std::string_view type,
                       std::string_view json) {
  const auto said = json.size() <= largest ? read_json(json) : std::nullopt;
  if (!said || !said->has_fields() || challenge.empty()) return false;
  const auto* cross = said->find("crossOrigin");
  const auto* is_cross = cross ? std::get_if<bool>(&cross->value()) : nullptr;
  return text_in(*said, "type") == type && text_in(*said, "challenge") == challenge &&
         text_in(*said, "origin") == site.origin && !(is_cross && *is_cross);
}

bool is_for(const Site& site, std::string_view authenticator_data) {
  const auto hash = digest(site.id);
  return authenticator_data.size() > flags_at &&
         sodium_memcmp(authenticator_data.data(), hash.data(), hash.size()) == 0;
}
bool someone_was_verified(std::string_view authenticator_data) {
  const auto flags = static_cast<unsigned char>(authenticator_data[flags_at]);
  return (flags & present) && (flags & verified);
}

struct CborFreed {
  void operator()(cbor_item_t* item) const { cbor_decref(&item); }
};

// The authenticator's part of what it sent: "authData" of a CBOR map.
std::optional<std::string> authenticator_data_in(std::string_view attestation) {
  if (attestation.size() > largest) return std::nullopt;
  cbor_load_result loaded;
  const std::unique_ptr<cbor_item_t, CborFreed> map(
      cbor_load(bytes_of(attestation), attestation.size(), &loaded));
  if (!map || !cbor_isa_map(map.get())) return std::nullopt;
  for (std::size_t i = 0; i != cbor_map_size(map.get()); ++i) {
    const auto& [key, value] = cbor_map_handle(map.get())[i];
    if (!cbor_isa_string(key) || !cbor_string_is_definite(key) || !cbor_isa_bytestring(value) ||
        !cbor_bytestring_is_definite(value))
      continue;
    if (std::string_view(reinterpret_cast<const char*>(cbor_string_handle(key)), cbor_string_length(key)) ==
        "authData")
      return std::string(reinterpret_cast<const char*>(cbor_bytestring_handle(value)),
                         cbor_bytestring_length(value));
  }
  return std::nullopt;
}

struct CredFreed {
  void operator()(fido_cred_t* cred) const { fido_cred_free(&cred); }
};
struct AssertFreed {
  void operator()(fido_assert_t* assertion) const { fido_assert_free(&assertion); }
};

std::optional<Passkey> read_new(std::string_view authenticator_data, int algorithm) {
  const std::unique_ptr<fido_cred_t, CredFreed> cred(fido_cred_new());
  if (!cred || fido_cred_set_type(cred.get(), algorithm) != FIDO_OK ||
      fido_cred_set_authdata_raw(cred.get(), bytes_of(authenticator_data), authenticator_data.size()) !=
          FIDO_OK)
    return std::nullopt;
  const auto text = [](const unsigned char* bytes, std::size_t size) {
    return bytes ? std::string(reinterpret_cast<const char*>(bytes), size) : std::string();
  };
  Passkey key{base64url(text(fido_cred_id_ptr(cred.get()), fido_cred_id_len(cred.get()))), algorithm,
              text(fido_cred_pubkey_ptr(cred.get()), fido_cred_pubkey_len(cred.get())),
              fido_cred_sigcount(cred.get())};
  if (key.credential.empty() || key.public_key.empty()) return std::nullopt;
  return key;
}

bool signed_with(const Passkey& key, const fido_assert_t* assertion) {
  const auto* bytes = key.public_key.data();
  if (key.algorithm == COSE_ES256) {
    const std::unique_ptr<es256_pk_t, void (*)(es256_pk_t*)> known(es256_pk_new(),
                                                                   [](es256_pk_t* k) { es256_pk_free(&k); });
    return es256_pk_from_ptr(known.get(), bytes, key.public_key.size()) == FIDO_OK &&
           fido_assert_verify(assertion, 0, COSE_ES256, known.get()) == FIDO_OK;
  }
  const std::unique_ptr<rs256_pk_t, void (*)(rs256_pk_t*)> known(rs256_pk_new(),
                                                                 [](rs256_pk_t* k) { rs256_pk_free(&k); });
  return key.algorithm == COSE_RS256 &&
         rs256_pk_from_ptr(known.get(), bytes, key.public_key.size()) == FIDO_OK &&
         fido_assert_verify(assertion, 0, COSE_RS256, known.get()) == FIDO_OK;
}

}  // namespace

std::string challenge_in(const std::string& client_data) {
  const auto said = client_data.size() <= largest ? read_json(client_data) : std::nullopt;
  return said && said->has_fields() ? text_in(*said, "challenge") : "";
}

Result<Passkey> passkey_made(const Site& site, const std::string& challenge, const Made& made) {
  const auto data = authenticator_data_in(made.attestation);
  if (!client_data_holds(site, challenge, "webauthn.create", made.client_data) || !data ||
      !is_for(site, *data) || !someone_was_verified(*data))
    return invalid("", not_taken);
  for (const int algorithm : {COSE_ES256, COSE_RS256})
    if (auto key = read_new(*data, algorithm)) return *std::move(key);
  return invalid("", not_taken);
}

Result<std::int64_t> passkey_used(const Site& site, const std::string& challenge, const Passkey& key,
                                  const Used& used) {
  const auto& data = used.authenticator_data;
  if (!client_data_holds(site, challenge, "webauthn.get", used.client_data) || !is_for(site, data) ||
      !someone_was_verified(data))
    return invalid("", not_taken);
  const auto hash = digest(used.client_data);
  const std::unique_ptr<fido_assert_t, AssertFreed> assertion(fido_assert_new());
  auto* one = assertion.get();
  const bool read = one && fido_assert_set_rp(one, site.id.c_str()) == FIDO_OK &&
                    fido_assert_set_clientdata_hash(one, hash.data(), hash.size()) == FIDO_OK &&
                    fido_assert_set_count(one, 1) == FIDO_OK &&
                    fido_assert_set_authdata_raw(one, 0, bytes_of(data), data.size()) == FIDO_OK &&
                    fido_assert_set_sig(one, 0, bytes_of(used.signature), used.signature.size()) == FIDO_OK &&
                    fido_assert_set_up(one, FIDO_OPT_TRUE) == FIDO_OK &&
                    fido_assert_set_uv(one, FIDO_OPT_TRUE) == FIDO_OK;
  if (!read || !signed_with(key, one)) return invalid("", not_taken);
  const std::int64_t counter = fido_assert_sigcount(one, 0);
  if ((counter != 0 || key.counter != 0) && counter <= key.counter)
    return invalid(
        "",
        "This passkey seems to have been copied. Sign in in another way, take the passkey away and tell "
        "your administrator.");
  return counter;
}

std::string new_challenge() {
  std::array<char, 32> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  return base64url({bytes.data(), bytes.size()});
}

}  // namespace stafett::access
