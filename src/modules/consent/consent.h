// Consent (samtycke): the participant's leave for one party to tell another some kinds of information, for
// one purpose, in one intervention, from a day until a day. OSL 10 kap. 1 §, 12 kap. 2 §. It opens a door and
// is no ground for keeping records (GDPR art. 6 and 9): taking part is possible without it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/gate.h"
#include "access/in_clear.h"
#include "access/keys.h"
#include "access/user.h"
#include "intervention/intervention.h"
#include "organisation/organisation.h"
#include "participant/participant.h"

namespace stafett::web {
class Router;
}

namespace stafett::consent {

// On paper and scanned, signed on the screen, or given aloud and noted.
enum class Form { paper, screen, spoken };
inline constexpr Words<Form, 3> forms{
    {{Form::paper, "paper"}, {Form::screen, "screen"}, {Form::spoken, "spoken"}}};
Message name_of(Form);

struct Withdrawal {
  access::Kinds kinds;  // of the consent: all, or some
  Form form = Form::paper;
  Moment at;
  std::string recorded_by;      // a name
  bool for_protection = false;  // not by the participant: closed when they were protected
};

struct Consent {
  Id<Consent> id;
  Id<participant::Participant> participant;
  Id<intervention::Intervention> intervention;
  Id<organisation::Organisation> from, to;
  access::Kinds kinds;
  bool free_text = false;
  access::Purpose purpose = access::Purpose::coordination;
  Moment opens, closes;  // [opens, closes)
  Form form = Form::paper;
  // Only for the party that tells, which noted them; sealed (access/keys.h).
  std::string language;     // in which it was explained: "svenska", "arabiska"
  std::string evidence;     // where the form is kept, or what was said and who heard it
  std::string recorded_by;  // a name
  Moment recorded;
  std::vector<Withdrawal> withdrawals;

  access::Kinds left() const;  // what is not withdrawn
  bool is_open(Moment now) const { return !left().empty() && opens <= now && now < closes; }
};

// A year at most; it is asked for again (a habit of the field, docs/rooms.md).
inline constexpr std::int64_t longest_days = 366;
inline constexpr std::int64_t soon_days = 30;  // shown as running out

std::vector<Fault> faults_in(const Consent&, Moment now);

// The doors to an organisation, for the gate.
std::vector<access::Door> doors(db::Transaction&, const Id<participant::Participant>&,
                                const Id<organisation::Organisation>& to);

// Store. Those that the asker's organisation gives or has: that others share is not for it to know.
std::vector<Consent> of(db::Transaction&, const access::Permit&);
// By the party that tells.
void record(db::Transaction&, const access::Permit&, const Consent&, const Id<access::Account>& by);
// From the next request on. Nothing that is withdrawn already is withdrawn again.
Result<> withdraw(db::Transaction&, const access::Permit&, const Id<Consent>&, const Withdrawal&,
                  const Id<access::Account>& by);

// Those that let the own organisation tell others, when somebody is protected: asked for again if they are
// needed.
void close_all(db::Transaction&, const access::Permit&, const Id<access::Account>& by);

// All of a participant's, for good. With a permit to erase.
void erase(db::Transaction&, const access::Permit&);

// What the own organisation noted, when the participant's key is changed.
void seal_anew(db::Transaction&, const access::Permit&, const access::DataKey& from,
               const access::DataKey& to);
extern const access::InClear notes_in_clear;

// Those that run out within soon_days, of the participants an account works with by name; the gate is asked
// for each.
struct Ending {
  Id<participant::Participant> participant;
  std::string code;
  std::string from, to;  // names of organisations
  Moment closes;
};
std::vector<Ending> ending_soon(db::Transaction&, const access::User&, Moment now);

// Those whom a party may be told of now, for its head, who says which of their own is to work with them; the
// gate is asked for each. It tells their code, and that a door is open.
struct Told {
  Id<participant::Participant> participant;
  std::string code, intervention, from;  // names
  Moment closes;
};
std::vector<Told> told_of(db::Transaction&, const access::User& head, Moment now);
// The code, where the asker's organisation is told of the participant or has it in its own register; else "".
std::string code_told(db::Transaction&, const access::Permit&);

// Pages: /participants/:id/consents, /consents.
void routes(web::Router&);

}  // namespace stafett::consent
