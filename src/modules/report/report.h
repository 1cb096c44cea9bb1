// Report (rapport): what an intervention did in a period, in the Word form of the organisation that owns it.
// Figures, goals, table and charts are filled in from the registrations; the rest is written by people. A
// draft follows the registrations; a frozen report never changes, and its Word file is the same bytes each
// time.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/user.h"
#include "base/date.h"
#include "base/result.h"
#include "db/database.h"
#include "intervention/intervention.h"
#include "organisation/organisation.h"
#include "report/form.h"
#include "report/values.h"
#include "statistics/statistics.h"

namespace stafett::web {
class Router;
}

namespace stafett::report {

inline constexpr access::Permission may_read{"report.read"};
inline constexpr access::Permission may_write{"report.write"};

struct Report {
  Id<Report> id;
  Id<organisation::Organisation> owner;  // the intervention's
  Id<intervention::Intervention> intervention;
  std::string intervention_name;
  Id<Form> form;
  std::string title, author;
  Period period;  // from and to are set
  statistics::Audience audience = statistics::Audience::everyone;
  Moment changed_at;
  std::optional<Moment> frozen_at;

  bool is_frozen() const { return frozen_at.has_value(); }
};

// A form filled in.
struct Filled {
  file::FormValues values;
  std::string docx;
  std::vector<std::string> missing;  // names without a value yet; the document says so in their place
  std::vector<Unknown> unknown;      // names that mean nothing to Stafett; the same
};

// What to fill in. `form` is a Word file.
struct Wish {
  const intervention::Intervention& intervention;
  std::string_view form;
  Period period;
  statistics::Audience audience = statistics::Audience::everyone;
  Texts texts;
  std::string title, author;
  Date today;
};

// `asker`: null is whoever can read the database file. Problems: someone of another organisation; true counts
// for someone who may not see them; a period that ends before it begins; a file that is no form.
Result<Filled> fill_report(db::Transaction&, const access::User* asker, const Wish&);

// Store. The owner's people find their own reports; a förbund's people find frozen ones with protected
// figures, of interventions in its area. Nobody else knows that a report exists.
Result<Report> find(db::Transaction&, const access::User& viewer, const Id<Report>&);
std::vector<Report> list(db::Transaction&, const access::User& viewer);  // the latest changed first

// Problems: an empty title, a period that is none, an intervention or a form of somebody else's; frozen
// already.
Result<Id<Report>> begin(db::Transaction&, const access::User& by, Report, Moment now);
Result<> change(db::Transaction&, const access::User& by, const Report&, Moment now);

Texts texts(db::Transaction&, const Report&);

// A text as it came back from a page that showed `seen` (fingerprint_of) before.
struct Written {
  std::string field, text, seen;
};
// One that somebody else has changed meanwhile.
struct Clash {
  std::string field, theirs, by;
};
// Keeps all, or nothing if somebody else has changed one that is also changed here: those are returned.
Result<std::vector<Clash>> save_texts(db::Transaction&, const access::User& by, const Report&,
                                      const std::vector<Written>&, Moment now);
std::string fingerprint_of(std::string_view text);

// What a draft is filled in with today, without the charts; and as it was, of a frozen one.
struct Preview {
  Check check;
  View fields;
  std::vector<std::string> missing;
};
Result<Preview> preview(db::Transaction&, const access::User& viewer, const Report&, Date today);

// Its Word file: a draft's from today's figures, a frozen one's as it was.
Result<std::string> word(db::Transaction&, const access::User& viewer, const Report&, Date today);

// Keeps it as it now is. `seen` is the fingerprint of all its texts as they were read before: somebody may be
// writing.
Result<> freeze(db::Transaction&, const access::User& by, const Report&, const std::string& seen, Moment now);
std::string fingerprint_of(const Texts&);

// The PDF of a frozen report; empty until it has been kept. The first one kept stays.
std::string kept_pdf(db::Transaction&, const Report&);
std::string keep_pdf(db::Transaction&, const Report&, std::string_view pdf);

// The Word file of a frozen report, made once more from its kept form and values.
Result<std::string> made_again(db::Transaction&, const Report&);
// Frozen reports whose kept file is not what it was: for stafett verify.
std::vector<Message> faults(db::Transaction&);

// "rapport-jobbvagen-ar-2024-01-01-2025-05-31.docx"; says so if the counts are true ones.
std::string file_name(const Report&, std::string_view extension);

// Pages: /reports, /report-forms
void routes(web::Router&);

}  // namespace stafett::report
