// Contact (kontakt): that somebody asked a unit about something, without saying of whom: an individual
// meeting, SIP, collaboration, a consultation (konsultation) or its preparation. It names no person, so
// nobody is let in to see it by the rules of rooms; it belongs to the organisation and unit of whoever wrote
// it down, and others see only how many.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/user.h"
#include "base/date.h"
#include "base/result.h"
#include "base/words.h"
#include "code_list/code_list.h"
#include "db/database.h"
#include "intervention/intervention.h"

namespace stafett::web {
class Router;
}

namespace stafett::contact {

inline constexpr access::Permission may_write{"contact.write", true};

enum class Kind { individual, sip, collaboration, consultation, preparation, other };
inline constexpr Words<Kind, 6> kinds{{{Kind::individual, "individual"},
                                       {Kind::sip, "sip"},
                                       {Kind::collaboration, "collaboration"},
                                       {Kind::consultation, "consultation"},
                                       {Kind::preparation, "preparation"},
                                       {Kind::other, "other"}}};
Message name_of(Kind);

struct Contact {
  Id<Contact> id;
  Id<organisation::Organisation> organisation;
  Id<organisation::Unit> unit;  // empty: of the whole organisation
  Id<access::Account> by;       // empty: read in from a file
  Date day;
  std::string asked_by;      // see Askers
  std::optional<Kind> kind;  // always there once it is kept
  std::string theme;         // may be empty, as all below
  std::string municipality;  // code
  std::optional<int> minutes;
  Id<intervention::Intervention> intervention;
  Moment written;
  std::string author;  // a name; only read
};

inline constexpr std::size_t longest_theme = 60;  // characters
inline constexpr int most_minutes = 24 * 60;
inline constexpr int years_back = 20;
inline constexpr std::int64_t seconds_to_undo = 24 * 60 * 60;

// Who may be said to have asked (vem frågade): the words of a list (assets/lists/askers.csv) and the
// organisations here. Nothing else, so that nobody is named there.
class Askers {
 public:
  explicit Askers(db::Transaction&);
  std::optional<std::string> find(std::string_view word) const;  // as it is kept
  Message not_known(std::string_view word) const;                // with the nearest
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
};

// What is wrong with it, each at its field: asked_by, kind, theme, municipality, minutes, day. What is right
// comes out as it is kept.
Result<Contact> checked(Contact, const Askers&, Date today);
// A theme that cannot be kept: too long, or somebody could be found by it.
std::optional<Message> wrong_theme(std::string_view);

// Store.
void add(db::Transaction&, const Contact&);
// One's own, for a day after it was written.
bool may_undo(const access::User&, const Contact&, Moment now);
Result<> undo(db::Transaction&, const access::User&, const Id<Contact>&, Moment now);

// Those of the viewer's organisation: of a unit or of all, in a period.
struct Wish {
  Id<organisation::Unit> unit;
  Period period;
};
std::vector<Contact> list(db::Transaction&, const access::User& viewer, const Wish&,
                          std::int64_t most);  // written last first
// Every one of the viewer's organisation, for those who compare.
void each(db::Transaction&, const access::User& viewer, const std::function<void(const Contact&)>&);
struct Sum {
  Kind kind;
  std::int64_t count = 0, minutes = 0;
};
std::vector<Sum> sums(db::Transaction&, const access::User& viewer,
                      const Wish&);  // every kind, in the order of `kinds`
// What the viewer wrote last, to begin the next with.
std::optional<Contact> last_of(db::Transaction&, const access::User& viewer);
// What was used before, the most used first: themes by the viewer's unit, askers by the organisation.
std::vector<std::string> themes(db::Transaction&, const access::User& viewer);
std::vector<std::string> askers_used(db::Transaction&, const access::User& viewer);

// What the statistics read: no theme, no account.
extern const std::string_view facts;

// Pages: /contacts
void routes(web::Router&);

}  // namespace stafett::contact
