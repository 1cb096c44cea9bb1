// The head of a reply: its status, the headers that every reply has (docs/server.md says why), those of this
// reply, and how it is framed.
#pragma once

#include <string>

#include "base/date.h"
#include "web/http.h"

namespace stafett::web {

// Cache-Control is no-store unless the reply sets another. Throws std::logic_error for a header of the reply
// that would break the head: control characters in it.
std::string head(const Outgoing&, bool https, bool keep_alive, Moment now);

inline std::string_view content(const Outgoing& out) { return out.file.empty() ? out.body : out.file; }

}  // namespace stafett::web
