#include "access/fresh.h"

#include "access/gate.h"

namespace stafett::access {

Result<> need_recent_proof(const User& user, Moment now) {
  const bool recent = user.proved && *user.proved <= now && now < *user.proved + fresh_seconds;
  if (!recent) return forbidden(sign_in_again);
  return {};
}

Result<> need_fresh_sign_in(const User& user, Moment now) {
  if (user.strength == Strength::password) return forbidden(sign_in_again);
  return need_recent_proof(user, now);
}

}  // namespace stafett::access
