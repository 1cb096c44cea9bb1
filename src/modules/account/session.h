// Session (inloggning): signed in from one browser. It ends after fifteen minutes without use (an
// administrator's after five) or ten hours in all, and at once when its owner ends it or the account is
// closed. Its token is in the browser; we keep only the fingerprint.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/user.h"
#include "base/date.h"
#include "base/words.h"
#include "db/database.h"

namespace stafett::account {

inline constexpr std::int64_t idle_seconds = 15 * 60, idle_seconds_of_administrator = 5 * 60,
                              longest_seconds = 10 * 60 * 60;

// By what someone has shown who they are.
enum class Means { password, code, recovery_code, passkey, provider };
inline constexpr Words<Means, 5> all_means{{{Means::password, "password"},
                                            {Means::code, "code"},
                                            {Means::recovery_code, "recovery code"},
                                            {Means::passkey, "passkey"},
                                            {Means::provider, "provider"}}};
Message name_of(Means);

struct Proof {
  Means means = Means::password;
  access::Strength strength = access::Strength::password;
  std::optional<Moment> shown{};  // when, if not just now
};
inline constexpr Proof by_password{};
inline constexpr Proof by_code{Means::code, access::Strength::two_factors};
inline constexpr Proof by_recovery_code{Means::recovery_code, access::Strength::two_factors};
inline constexpr Proof by_passkey{Means::passkey, access::Strength::strong};

std::string begin_session(db::Transaction&, const Id<access::Account>&, Moment now,
                          Proof = by_password);  // its token
// Proved once more who they are: the same session under a new token. None if the session is not that
// account's.
std::optional<std::string> prove_again(db::Transaction&, const std::string& fingerprint,
                                       const Id<access::Account>&, Proof, Moment now);
void sign_out(db::Transaction&, const std::string& token);

// Role -> what it may do; app/roles.cpp fills it in.
using PermissionsOf = std::vector<std::string_view> (*)(std::string_view role);
// Who holds this session; nobody if it has ended.
access::User who(db::Transaction&, const std::string& token, Moment now, PermissionsOf);
// Marks the session as used, at most once a minute.
void touch(db::Transaction&, const std::string& token, Moment now);

struct Session {
  std::string mark;  // the start of its fingerprint
  Proof proof;
  Moment begun, seen;
};
std::vector<Session> sessions_of(db::Transaction&, const Id<access::Account>&, Moment now);  // newest first
void end_session(db::Transaction&, const Id<access::Account>&, const std::string& mark);
void end_sessions(db::Transaction&, const Id<access::Account>&, const std::string& except_mark = {});

}  // namespace stafett::account
