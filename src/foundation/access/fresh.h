// Step-up: what takes persons' records out of here, or changes who may reach them or how one signs in, is
// only for someone who has proved who they are within the last minutes.
#pragma once

#include "access/user.h"
#include "base/result.h"

namespace stafett::access {

// A Problem saying access::sign_in_again if not; the router leads to /sign-in/again.
// With two factors, or with one that is as good.
Result<> need_fresh_sign_in(const User&, Moment now);
// In whatever way they sign in: enough for whoever has nothing but a password, and wants more.
Result<> need_recent_proof(const User&, Moment now);

}  // namespace stafett::access
