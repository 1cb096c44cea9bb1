// The employer's sign-in, from beginning to end: which providers there are, one sign-in under way, and whose
// account it opens. An account is bound to (issuer, subject) by an invitation: whoever has its address and
// code and signs in at the provider.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "access/fetch.h"
#include "access/provider.h"
#include "account/invitation.h"
#include "account/sign_in.h"

namespace stafett::account {

// A provider and what we remember of it: its addresses and keys. A key that is not known is looked for again
// at most once a minute, and one that did not answer is left alone for half a minute.
class KnownProvider {
 public:
  explicit KnownProvider(access::Provider provider, bool inside)
      : provider_(std::move(provider)), inside_(inside) {}
  const access::Provider& provider() const { return provider_; }

  std::optional<access::Endpoints> endpoints(Moment now);
  std::optional<View> open(const std::string& token, Moment now);
  std::optional<std::string> ask(access::Fetch, Moment now);

 private:
  std::optional<View> keys(bool anew, Moment now);

  access::Provider provider_;
  bool inside_;
  std::mutex mutex_;
  std::optional<access::Endpoints> endpoints_;
  std::optional<View> keys_;
  Moment endpoints_at_, keys_at_, silent_until_;
};

// Those of the settings, told once before anyone is served.
void know_providers(std::vector<std::unique_ptr<KnownProvider>>);
const std::vector<std::unique_ptr<KnownProvider>>& providers();
KnownProvider* provider_called(std::string_view id);
bool is_known_at_provider(db::Transaction&, const Id<access::Account>&);

inline constexpr std::int64_t at_provider_seconds = 10 * 60;
// What the browser goes away with: an address, and a cookie by which we know it again, once.
struct Away {
  std::string address, cookie;
};
struct Departure {
  std::string our_address, next;
  std::string session;     // proves once more who they are: the session's fingerprint
  std::string invitation;  // is to be bound by it
};
Result<Away> go_to_provider(db::Database&, KnownProvider&, const Departure&, Moment now);

struct Back {
  std::string cookie, state, issuer, code;
  std::string error;  // instead of a code: they broke off, or could not do what we asked for
  std::string our_address;
  From from;
};
struct Home {
  Entry entry;
  std::string next;
};
Result<Home> come_back(db::Database&, KnownProvider&, const Back&, Moment now);

}  // namespace stafett::account
