#include "account/provider.h"

#include <algorithm>
#include <memory>

#include "base/json.h"

namespace stafett::account {
namespace {

constexpr std::int64_t keys_seconds = 60, endpoints_seconds = 60 * 60, silence_seconds = 30;
constexpr auto not_now =
    "Your employer's sign-in does not answer just now. Wait a little, or sign in in another way.";
constexpr auto not_believed =
    "Your employer's sign-in gave an answer that does not hold. Begin anew, and tell your administrator if "
    "it goes on.";
constexpr auto too_late = "It took too long. Sign in from the beginning.";
constexpr auto too_weak =
    "How you signed in at your employer's is not safe enough for Stafett. Sign in again, and choose an "
    "e-identification or your service card there.";
constexpr auto broken_off = "You were not signed in at your employer's. Sign in again, or in another way.";
constexpr auto not_anew =
    "Your employer's sign-in did not ask you once more who you are. Sign out there, and sign in again.";

std::vector<std::unique_ptr<KnownProvider>>& known() {
  static std::vector<std::unique_ptr<KnownProvider>> all;
  return all;
}

std::string text_in(const View& view, std::string_view name) {
  const auto* found = view.has_fields() ? view.find(name) : nullptr;
  const auto* text = found ? std::get_if<std::string>(&found->value()) : nullptr;
  return text ? *text : "";
}

// A sign-in under way, as it was when the browser left.
struct Left {
  access::Begun begun;
  std::string session, invitation, next;
  Moment begun_at;
};

void remember(db::Transaction& tx, const std::string& cookie, const std::string& provider, const Left& left,
              Moment now) {
  tx.execute("delete from at_provider where begun_at <= :before", {{"before", now + -at_provider_seconds}});
  tx.execute(R"(
    insert into at_provider (fingerprint, provider, state, nonce, verifier, session, invitation, next, begun_at)
    values (:mark, :provider, :state, :nonce, :verifier, :session, :invitation, :next, :now))",
             {{"mark", access::fingerprint(cookie)},
              {"provider", provider},
              {"state", left.begun.state},
              {"nonce", left.begun.nonce},
              {"verifier", left.begun.verifier},
              {"session", left.session},
              {"invitation", left.invitation},
              {"next", left.next},
              {"now", now}});
}

// Once: it is gone whatever comes of it.
std::optional<Left> recall(db::Transaction& tx, const std::string& cookie, const std::string& provider,
                           Moment now) {
  auto left = tx.find(
      [](const db::Row& row) {
        const auto session = row.text("session");
        return Left{{row.text("state"), row.text("nonce"), row.text("verifier"), !session.empty()},
                    session,
                    row.text("invitation"),
                    row.text("next"),
                    row.moment("begun_at")};
      },
      R"(
    select state, nonce, verifier, session, invitation, next, begun_at
    from at_provider
    where fingerprint = :mark and provider = :provider and begun_at > :oldest)",
      {{"mark", access::fingerprint(cookie)},
       {"provider", provider},
       {"oldest", now + -at_provider_seconds}});
  tx.execute("delete from at_provider where fingerprint = :mark", {{"mark", access::fingerprint(cookie)}});
  return left;
}

Result<access::Identity> identity_at(KnownProvider& known, const Left& left, const Back& back, Moment now) {
  const auto& provider = known.provider();
  const auto endpoints = known.endpoints(now);
  if (!endpoints) return busy(not_now);
  const auto answer = known.ask(
      {.address = endpoints->token,
       .form = access::token_request(provider, *endpoints, left.begun, back.code, back.our_address, now)},
      now);
  const auto tokens = answer ? read_json(*answer) : std::nullopt;
  if (!tokens) return conflict(not_believed);
  const auto id = known.open(text_in(*tokens, "id_token"), now);
  if (!id || !access::id_token_holds(provider, *id, left.begun.nonce, now)) return conflict(not_believed);
  if (!access::level_is_enough(provider, *id)) return conflict(too_weak);
  const auto about =
      known.ask({.address = endpoints->userinfo, .bearer = text_in(*tokens, "access_token")}, now);
  const auto claims = about ? known.open(*about, now) : std::nullopt;
  auto identity = claims ? access::identity_in(provider, *id, *claims) : std::nullopt;
  if (!identity) return conflict(not_believed);
  constexpr std::int64_t clocks_apart = 60;
  if (left.begun.anew && identity->proved < left.begun_at + -clocks_apart) return conflict(not_anew);
  return *std::move(identity);
}

std::optional<Id<access::Account>> account_of(db::Transaction& tx, const std::string& issuer,
                                              const std::string& subject) {
  return tx.find([](const db::Row& row) { return row.id<access::Account>("account_id"); }, R"(
    select provider_identity.account_id
    from provider_identity
    join account on account.id = provider_identity.account_id
    where provider_identity.issuer = :issuer and provider_identity.subject = :subject and account.closed_at is null)",
                 {{"issuer", issuer}, {"subject", subject}});
}

// The invitation is used up, and whoever it was for signs in this way from now on.
Result<Id<access::Account>> bind(db::Transaction& tx, const std::string& invitation,
                                 const std::string& issuer, const std::string& subject, Moment now) {
  const auto found = TRY(find_invitation(tx, {invitation}, now));
  if (account_of(tx, issuer, subject)) return conflict("You have an account here already. Sign in with it.");
  tx.execute("delete from invitation where id = :id", {{"id", invitation}});
  tx.execute("delete from provider_identity where issuer = :issuer and subject = :subject",
             {{"issuer", issuer}, {"subject", subject}});
  tx.execute(
      "insert into provider_identity (issuer, subject, account_id, since) values (:issuer, :subject, "
      ":account, :now)",
      {{"issuer", issuer}, {"subject", subject}, {"account", found.account}, {"now", now}});
  note(tx, found.account, found.account, "bound to the employer's sign-in", issuer, now);
  return found.account;
}

}  // namespace

void know_providers(std::vector<std::unique_ptr<KnownProvider>> all) { known() = std::move(all); }
const std::vector<std::unique_ptr<KnownProvider>>& providers() { return known(); }
KnownProvider* provider_called(std::string_view id) {
  for (const auto& one : known())
    if (one->provider().id == id) return one.get();
  return nullptr;
}

bool is_known_at_provider(db::Transaction& tx, const Id<access::Account>& account) {
  return tx
      .find([](const db::Row& row) { return row.text("account_id"); },
            "select account_id from provider_identity where account_id = :account limit 1",
            {{"account", account}})
      .has_value();
}

std::optional<std::string> KnownProvider::ask(access::Fetch wanted, Moment now) {
  {
    const std::lock_guard lock(mutex_);
    if (now < silent_until_) return std::nullopt;
  }
  wanted.inside = inside_;
  auto answer = access::fetched(wanted);
  return answer;
}

std::optional<access::Endpoints> KnownProvider::endpoints(Moment now) {
  {
    const std::lock_guard lock(mutex_);
    if (endpoints_ && now < endpoints_at_ + endpoints_seconds) return endpoints_;
  }
  const auto answer = ask({.address = provider_.issuer + "/.well-known/openid-configuration"}, now);
  const auto said = answer ? read_json(*answer) : std::nullopt;
  auto found = said ? access::endpoints_in(provider_, *said) : std::nullopt;
  const std::lock_guard lock(mutex_);
  if (!found) silent_until_ = now + silence_seconds;
  endpoints_ = found;
  endpoints_at_ = now;
  return found;
}

std::optional<View> KnownProvider::keys(bool anew, Moment now) {
  {
    const std::lock_guard lock(mutex_);
    if (keys_ && !anew) return keys_;
    if (keys_at_.seconds != 0 && now < keys_at_ + keys_seconds) return keys_;
    keys_at_ = now;
  }
  const auto found = endpoints(now);
  const auto answer = found ? ask({.address = found->keys}, now) : std::nullopt;
  auto said = answer ? read_json(*answer) : std::nullopt;
  const std::lock_guard lock(mutex_);
  if (said) keys_ = std::move(said);
  return keys_;
}

std::optional<View> KnownProvider::open(const std::string& token, Moment now) {
  const auto known = keys(false, now);
  if (!known) return std::nullopt;
  auto opened = access::open_token(token, *known);
  if (opened.unknown_key)
    if (const auto newer = keys(true, now)) opened = access::open_token(token, *newer);
  return opened.claims;
}

Result<Away> go_to_provider(db::Database& database, KnownProvider& known, const Departure& departure,
                            Moment now) {
  const auto endpoints = known.endpoints(now);
  if (!endpoints) return busy(not_now);
  const auto cookie = access::new_token();
  const Left left{access::begin_at_provider(!departure.session.empty()), departure.session,
                  departure.invitation, departure.next, now};
  database.write([&](db::Transaction& tx) { remember(tx, cookie, known.provider().id, left, now); });
  return Away{access::address_at_provider(known.provider(), *endpoints, left.begun, departure.our_address),
              cookie};
}

Result<Home> come_back(db::Database& database, KnownProvider& known, const Back& back, Moment now) {
  const auto& provider = known.provider();
  const auto left =
      database.write([&](db::Transaction& tx) { return recall(tx, back.cookie, provider.id, now); });
  if (!left) return conflict(too_late);
  // The wrong issuer here is a mix-up: another provider's answer, sent on to us.
  if (back.state != left->begun.state || back.issuer != provider.issuer) return conflict(not_believed);
  const bool is_weak = back.error == "unmet_authentication_requirements";
  if (back.code.empty()) return conflict(is_weak ? too_weak : broken_off);
  const auto identity = TRY(identity_at(known, *left, back, now));
  const Proof proof{Means::provider, identity.strength, std::min(identity.proved, now)};
  return database.write([&](db::Transaction& tx) -> Result<Home> {
    auto account = account_of(tx, provider.issuer, identity.subject);
    if (!left->invitation.empty())
      account = TRY(bind(tx, left->invitation, provider.issuer, identity.subject, now));
    if (!account) return conflict("You have no account here yet. Ask your unit head for an invitation.");
    if (left->session.empty()) return Home{enter(tx, *account, proof, back.from, now), left->next};
    auto token = prove_again(tx, left->session, *account, proof, now);
    if (!token) return conflict("That is not the account you are signed in with. Sign out first.");
    return Home{
        {.session = std::move(*token), .device = remember_device(tx, back.from.device, *account, now)},
        left->next};
  });
}

}  // namespace stafett::account
