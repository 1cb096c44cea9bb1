#include "web/once.h"

#include "access/password.h"

namespace stafett::web {

bool is_first(Request& request) {
  const auto once = request.field("once");
  if (once.empty()) return true;
  const auto mark = access::fingerprint(request.user.account.text + " " + once);
  request.tx.execute("delete from once where at < :old", {{"old", request.now + -seconds_once}});
  return request.tx.execute("insert into once (mark, at) values (:mark, :now) on conflict (mark) do nothing",
                            {{"mark", mark}, {"now", request.now}}) == 1;
}

}  // namespace stafett::web
