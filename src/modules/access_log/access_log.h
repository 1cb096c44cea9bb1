// The access log (åtkomstlogg) as people read it: the participant's extract (PDL 8 kap. 5 §, our norm for
// all), the unit head's monthly sample (HSLF-FS 2016:40 4 kap. 9 §: systematic, at random, and noted), and a
// search. All of it in the chain of the reader's own organisation; whoever reads it is noted in it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/gate.h"
#include "access/in_clear.h"
#include "access/log.h"
#include "base/date.h"
#include "base/words.h"
#include "organisation/organisation.h"
#include "participant/participant.h"

namespace stafett::web {
class Router;
}

namespace stafett::access_log {

// An entry with the names of what it points at.
struct Line {
  std::int64_t number = 0;
  Moment at;
  std::string colleague, organisation, unit;
  std::string code;  // of the participant; empty: nobody, or many
  access::Action action = access::Action::see;
  access::Kinds kinds;
  bool allowed = false;
  access::Rule rule = access::Rule::no_door;
  std::string consent, object;
};

// Everything about one participant, the oldest first. The permit is one to review.
std::vector<Line> extract(db::Transaction&, const access::Permit&);
// What was done, and why somebody was let in or refused, as it is said to the participant.
Message what(const Line&);
Message why(access::Rule);

// Whose staff: the unit that someone heads, or the whole organisation.
struct Staff {
  Id<organisation::Organisation> organisation;
  std::string unit;  // empty: all
};
Staff staff_of(const access::User& head);

struct Wanted {
  std::string colleague;    // an account's name; or empty
  std::string participant;  // a code; or empty
  std::optional<Date> day;  // none: the last thirty
};
inline constexpr std::int64_t most_found = 200;
std::vector<Line> search(db::Transaction&, const access::Scope&, const Staff&, const Wanted&);

// Sample (stickprov): entries of a month drawn at random, and what the head found of each. The same seed
// draws the same.
enum class Finding { unmarked, right, asked_about, wrong };
inline constexpr Words<Finding, 4> findings{{{Finding::unmarked, ""},
                                             {Finding::right, "right"},
                                             {Finding::asked_about, "asked about"},
                                             {Finding::wrong, "wrong"}}};
Message name_of(Finding);

struct Sample {
  Id<Sample> id;
  Staff staff;
  std::string month;  // "2026-02"
  std::string seed;
  std::int64_t first = 0, last = 0;  // the entries it was drawn from, by number
  Moment drawn;
  std::string drawn_by;  // a name
  std::int64_t unmarked = 0, right = 0, asked_about = 0, wrong = 0;
};
struct Drawn {
  Line line;
  Finding finding = Finding::unmarked;
  std::string remark;
};
inline constexpr std::size_t sample_size = 20;

// Numbers of entries by this staff between first and last, in order; protected persons' are not among them.
std::vector<std::int64_t> draw(db::Transaction&, const Staff&, std::int64_t first, std::int64_t last,
                               const std::string& seed);

std::vector<Sample> samples(db::Transaction&, const Staff&);  // the latest first
Result<Sample> find_sample(db::Transaction&, const Staff&, const Id<Sample>&);
std::vector<Drawn> drawn(db::Transaction&, const access::Scope&, const Sample&);
// A conflict if the month's is drawn already, or the month is not over.
Result<Id<Sample>> draw_sample(db::Transaction&, const access::Scope&, const Staff&, const std::string& month,
                               const access::User& by);
struct Mark {
  std::int64_t number = 0;
  Finding finding = Finding::unmarked;
  std::string remark;
};
// What is not right needs a word, which is sealed with the organisation's own key (access/keys.h).
std::vector<Fault> faults_in(const std::vector<Mark>&);
void mark(db::Transaction&, const access::Scope&, const Sample&, const std::vector<Mark>&,
          const access::User& by);
extern const access::InClear remarks_in_clear;

// Pages.
void routes(web::Router&);

}  // namespace stafett::access_log
