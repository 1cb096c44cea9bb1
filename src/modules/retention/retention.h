// Retention (gallring och bevarande): how long an organisation keeps what is in its room, by rules that are
// its own decision (arkivlagen 1990:782 10 §) and data, not code: by kind of information, counted from when,
// on what ground. What must be kept, for research or for a dispute, is kept. Nothing is erased by one person:
// one proposes, another of the same organisation confirms, and thirty days must pass. Erasing takes rows and
// keys; what the statistics count stays, with nobody's name, code or number to it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/gate.h"
#include "access/keys.h"
#include "base/words.h"
#include "intervention/intervention.h"
#include "organisation/organisation.h"
#include "participant/participant.h"

namespace stafett::web {
class Router;
}

namespace stafett::retention {

inline constexpr access::Permission may_dispose{"retention.dispose", true};
inline constexpr std::int64_t wait_days = 30;  // from the confirmation: time to find out that it was wrong

// Counted from when the participant's last stay ended, or from the last note or end, whichever came last.
enum class Start { closed, last_entry };
inline constexpr Words<Start, 2> starts{{{Start::closed, "closed"}, {Start::last_entry, "last entry"}}};
Message name_of(Start);

struct Rule {
  std::string id;
  access::Kinds kinds;        // all: the participant with everything, which only the owner can erase
  std::optional<int> months;  // none: kept for good
  Start from = Start::last_entry;
  std::string ground;         // the law, or the decision with its day and paragraph
  bool export_first = false;  // nothing is erased before it has been fetched for the archive
};

// Kept all the same, for research: persons born on some days of the month, or who lived in some
// municipalities.
enum class Criterion { born_on_day, municipality };
inline constexpr Words<Criterion, 2> criteria{
    {{Criterion::born_on_day, "born on day"}, {Criterion::municipality, "municipality"}}};
Message name_of(Criterion);
struct Exemption {
  std::string id;
  Criterion criterion = Criterion::born_on_day;
  std::vector<std::string> values;  // "5", "15", "25"; or how SCB's municipality codes begin: "05", "1480"
  std::string ground;
};

// A participant in one organisation's room, as the rules see it.
struct Case {
  Id<participant::Participant> participant;
  std::string code;
  bool is_owner = false;
  bool ongoing = false;
  std::optional<Date> closed, last_note;
  access::Kinds present;     // that there is something of
  bool others_keep = false;  // another organisation has notes, and its own rules
  bool is_held = false;
  std::vector<std::string> municipalities;
  std::optional<int> birth_day;  // none: not known
};

struct Verdict {
  access::Kinds due;   // to be erased
  bool whole = false;  // the participant with everything
  std::optional<Date> since;
  std::vector<std::string> grounds;
  bool export_first = false;
  std::vector<Message> kept;  // why it is not erased although its time has come
};
Verdict judge(const Case&, const std::vector<Rule>&, const std::vector<Exemption>&, Date today);

Date months_after(Date, int months);

// Store: an organisation's own rules.
std::vector<Rule> rules(db::Transaction&, const Id<organisation::Organisation>&);
Result<> add(db::Transaction&, const access::User&, const Rule&, Moment now);
void remove_rule(db::Transaction&, const access::User&, const std::string& id);
std::vector<Exemption> exemptions(db::Transaction&, const Id<organisation::Organisation>&);
Result<> add(db::Transaction&, const access::User&, const Exemption&, Moment now);
void remove_exemption(db::Transaction&, const access::User&, const std::string& id);

// Those in the asker's own room whose time has come by some rule, whether they are to be erased or kept.
std::vector<Case> ripe(db::Transaction&, const access::Scope&, Date today);
Case case_of(db::Transaction&, const access::Permit&);
Verdict verdict_on(db::Transaction&, const access::Permit&, Date today);

// Legal hold (undantag från gallring): a dispute, a request, an audit. The reason is sealed.
struct Hold {
  std::string id, reason;
  Moment placed;
};
std::optional<Hold> hold_on(db::Transaction&, const access::Permit&);
Result<> hold(db::Transaction&, const access::Permit&, const access::User&, std::string_view reason);
void let_go(db::Transaction&, const access::Permit&, const access::User&);
// The reasons in the own room, with another key: nobody reads them for that.
void seal_anew(db::Transaction&, const access::Permit&, const access::DataKey& from,
               const access::DataKey& to);

enum class State { proposed, confirmed, withdrawn, erased };
inline constexpr Words<State, 4> states{{{State::proposed, "proposed"},
                                         {State::confirmed, "confirmed"},
                                         {State::withdrawn, "withdrawn"},
                                         {State::erased, "erased"}}};
Message name_of(State);
struct Proposal {
  std::string id;
  Id<participant::Participant> participant;
  access::Kinds kinds;
  bool whole = false, export_first = false;
  std::string ground;
  State state = State::proposed;
  Id<access::Account> proposed_by;
  Moment proposed;
  std::optional<Moment> confirmed, exported, erased;
  Moment ready() const { return *confirmed + wait_days * 86400; }
};
// Of the own organisation; of protected participants only those whom the user works with by name.
std::vector<Proposal> proposals(db::Transaction&, const access::User&, Moment now);
std::optional<Proposal> open_proposal(db::Transaction&, const access::Permit&);
Result<> propose(db::Transaction&, const access::Permit&, const access::User&);
Result<> confirm(db::Transaction&, const access::Permit&, const access::User&);
Result<> withdraw(db::Transaction&, const access::Permit&, const access::User&);
// For the archive: what is to be erased, as JSON. With a permit to print, of somebody who works with all of
// it.
Result<std::string> exported(db::Transaction&, const access::Permit&);

// Erases what was confirmed, and answers with texts that must not be found in any file from then on.
Result<std::vector<std::string>> erase(db::Transaction&, const access::Permit&, const access::User&);
// A piece of each that lies on one page of the database, and is nobody else's.
std::vector<std::string> pieces_of(const std::vector<std::string>& texts);
// Empties what the database leaves behind, and looks for the texts. A Problem if one is still there.
Result<> leave_nothing(db::Database&, const std::vector<std::string>& texts);

// Pages.
void routes(web::Router&);

}  // namespace stafett::retention
