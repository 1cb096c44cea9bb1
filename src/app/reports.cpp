// stafett report
#include <iostream>

#include "app/commands.h"
#include "base/file.h"
#include "file/pdf.h"
#include "report/report.h"

namespace stafett::app {
namespace {

Result<Period> period_of(const ReportWish& wish) {
  const Period period{Date::read(wish.from), Date::read(wish.to)};
  if (!period.from) return invalid("--from", {"“{1}” is not a date. Write it as 2024-03-01.", wish.from});
  if (!period.to) return invalid("--to", {"“{1}” is not a date. Write it as 2024-03-01.", wish.to});
  return period;
}

Result<report::Filled> filled(db::Transaction& tx, const std::optional<access::User>& user,
                              const ReportWish& wish) {
  const auto intervention = TRY(intervention::find(tx, {wish.intervention}));
  if (user && !user->may(report::may_write))
    return forbidden({"The account “{1}” may not write reports.", user->name});
  const auto form = TRY(read_file(wish.form, report::largest_form));
  const auto period = TRY(period_of(wish));
  const report::Wish what{.intervention = intervention,
                          .form = form,
                          .period = period,
                          .audience = statistics::audiences.meant_by(wish.audience),
                          .title = swedish("Report") + " " + intervention.definition.name,
                          .author = user ? user->name : "",
                          .today = now().date()};
  return report::fill_report(tx, user ? &*user : nullptr, what);
}

// What the reader of the document will miss. Not a fault: the report is made all the same.
void tell(const report::Filled& report) {
  for (const auto& one : report.unknown) {
    const auto name =
        one.nearest.empty() ? one.name : swedish({"{1} (did you mean {2}?)", one.name, one.nearest});
    std::cerr << swedish({"Stafett does not know what the form asks for here: {1}", name}) << "\n";
  }
  std::string missing;
  for (const auto& name : report.missing) missing += (missing.empty() ? "" : ", ") + name;
  if (!missing.empty())
    std::cerr << swedish({"The document says where nothing could be filled in: {1}", missing}) << "\n";
}

}  // namespace

int report(const Settings& settings, const Asking& asking, const ReportWish& wish) {
  const bool is_pdf = wish.out.ends_with(".pdf");
  if (!is_pdf && !wish.out.ends_with(".docx"))
    return refuse({Problem::Kind::invalid,
                   {{"--out",
                     {"Nothing is known of the file ending in {1}. Write a name that ends in .docx or .pdf.",
                      wish.out}}}});
  const auto database = open_database(settings);
  const auto user = user_asking(*database, asking);
  if (!user) return refuse(user.error());

  const auto made = database->read([&](db::Transaction& tx) { return filled(tx, *user, wish); });
  if (!made) return refuse(made.error());
  const auto pdf = is_pdf ? file::docx_to_pdf(made->docx) : Result<std::string>();
  if (!pdf) return refuse(pdf.error());
  if (const auto kept = write_file(wish.out, is_pdf ? *pdf : made->docx); !kept) return refuse(kept.error());
  tell(*made);
  std::cout << swedish({"The report is in {1}.", wish.out}) << "\n";
  return done;
}

}  // namespace stafett::app
