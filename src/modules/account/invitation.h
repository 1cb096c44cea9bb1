// Invitation (inbjudan): how an account gets its password. Whoever invites hands over an address and, by
// another way, a code; together they set a password once, within some days. The same way in is given to
// someone who has lost everything they sign in with: what they had before then no longer opens.
#pragma once

#include <optional>
#include <string>

#include "account/account.h"
#include "account/guess.h"

namespace stafett::account {

inline constexpr std::int64_t invitation_seconds = 7 * 24 * 60 * 60;

struct Invitation {
  Id<Invitation> id;
  Id<access::Account> account;
  std::string name, full_name, organisation;  // of the account
  Moment until;
};

struct Invited {
  Id<Invitation> id;
  std::string code;  // shown once
};
Invited invite(db::Transaction&, const Id<access::Account>&, const Id<access::Account>& by, Moment now,
               std::int64_t seconds = invitation_seconds);
// Unused and in time; whoever has the address may know that much.
Result<Invitation> find_invitation(db::Transaction&, const Id<Invitation>&, Moment now);
bool is_invited(db::Transaction&, const Id<access::Account>&, Moment now);

// Noted as a guess if it is wrong.
Result<> check_code(db::Database&, const Id<Invitation>&, const std::string& code, const From&, Moment now);

// Sets the password; everything else that opened the account is taken away, and all its sessions end.
struct Answer {
  Id<Invitation> invitation;
  std::string code, password, once_more;
  From from;
};
Result<> answer(db::Database&, const Answer&, Moment now, access::Cost = access::Cost::full);

}  // namespace stafett::account
