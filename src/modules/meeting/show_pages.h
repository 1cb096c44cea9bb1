// How meetings and agreements are shown: on the participant's page, and each on its own.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/view.h"
#include "meeting/meeting.h"

namespace stafett::web {
struct Request;
}

namespace stafett::meeting {

// What parties are called.
class Names {
 public:
  explicit Names(web::Request&);
  std::string of(std::string_view who) const;

 private:
  std::map<std::string, std::string, std::less<>> names_;
};

// {address, when, day, kind, tag {text, color}, author, invited, present, absent, in_words, …, agreements
// [{what, who_and_when, tag, settle …}]}
View meeting_view(web::Request&, const access::Permit&, const Names&, const Meeting&);
// Those of one room, as a timeline: the part meeting/timeline. Nothing when there are none.
View timeline_view(web::Request&, const access::Permit&, const Names&, const std::vector<Meeting>&,
                   const Id<organisation::Organisation>& room);
// Where to write one, for those who may.
View address_to_write(const access::Permit&);

}  // namespace stafett::meeting
