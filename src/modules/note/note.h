// Note (anteckning): what somebody who works with a participant writes in free words, in their own
// organisation's room. One kind of information each, sealed with the room's data key. Another party reads it
// only through a door that has free text; what was written stands, and is followed by another note if it was
// wrong.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/gate.h"
#include "access/keys.h"
#include "base/view.h"
#include "organisation/organisation.h"
#include "participant/participant.h"

namespace stafett::web {
class Router;
}

namespace stafett::note {

inline constexpr std::size_t longest = 20'000;  // bytes

struct Note {
  Id<Note> id;
  Id<organisation::Organisation> room;
  std::string author;  // a name; only read
  access::Kind kind = access::Kind::planning;
  Moment written;
  std::string text;
};

// Store. In the asker's own room.
Result<Id<Note>> add(db::Transaction&, const access::Permit&, const access::User& author, access::Kind,
                     std::string_view text);
// Those that the permit opens, in every room, the latest first.
std::vector<Note> of(db::Transaction&, const access::Permit&);

// Of these kinds in the asker's own room, for good; with a permit to erase or to protect. What stood there,
// sealed.
std::vector<std::string> erase(db::Transaction&, const access::Permit&, access::Kinds);
// What stays in the own room, with another key: nobody reads it for that.
void seal_anew(db::Transaction&, const access::Permit&, const access::DataKey& from,
               const access::DataKey& to);

// A form to write one in the own room: the part note/form. Of the kinds that the asker may write.
View form_view(const Id<participant::Participant>&, access::Kinds, std::string_view kind = {},
               std::string_view text = {});

// Pages: POST /participants/:id/notes
void routes(web::Router&);

}  // namespace stafett::note
