// Forms filled in: of a draft from today's figures, of a frozen report as they were.
#include <stdexcept>

#include "base/base64.h"
#include "base/digest.h"
#include "report/report.h"

namespace stafett::report {
namespace {

struct Kept {
  std::string form, filled_with, docx, sha256, pdf;
};

std::string bytes_in(const std::string& kept) {
  auto bytes = from_base64(kept);
  if (!bytes) throw std::logic_error("a frozen report's kept file cannot be read");
  return *std::move(bytes);
}

Kept find_kept(db::Transaction& tx, const Report& report) {
  const auto found = tx.find(
      [](const db::Row& row) {
        return Kept{bytes_in(row.text("form")), row.text("filled_with"), bytes_in(row.text("docx")),
                    row.text("sha256"), bytes_in(row.text("pdf"))};
      },
      "select form, filled_with, docx, sha256, pdf from report_frozen where report_id = :id",
      {{"id", report.id}});
  if (!found) throw std::logic_error("nothing is kept of the report " + report.id.text);
  return *found;
}

Result<overview::Overview> figures(db::Transaction& tx, const access::User* asker,
                                   const intervention::Intervention& of, const Period& period,
                                   statistics::Audience audience) {
  if (asker && (asker->of_association || asker->organisation != of.owner))
    return forbidden({"Only {1} makes reports about {2}.", of.definition.owner, of.definition.name});
  return overview::look(tx, asker, of, period, audience);
}

Result<Filled> filled(db::Transaction& tx, const access::User& viewer, const Report& report,
                      std::string_view form, Date today) {
  const auto intervention = TRY(intervention::find(tx, report.intervention));
  const Wish wish{intervention,      form,         report.period, report.audience,
                  texts(tx, report), report.title, report.author, today};
  return fill_report(tx, &viewer, wish);
}

}  // namespace

Result<Filled> fill_report(db::Transaction& tx, const access::User* asker, const Wish& wish) {
  const auto form = TRY(file::read_form(wish.form));
  const auto overview = TRY(figures(tx, asker, wish.intervention, wish.period, wish.audience));
  auto holds = check(form);
  Told told{wish.title, wish.author, wish.texts, wish.today};
  for (const auto& question : holds.questions) told.texts.try_emplace(question.field);

  Filled filled{.values = values(overview, told), .unknown = std::move(holds.unknown)};
  filled.missing = missing(holds, filled.values.fields);
  auto document = TRY(file::fill(form, filled.values));
  filled.docx = std::move(document.bytes);
  return filled;
}

Result<Preview> preview(db::Transaction& tx, const access::User& viewer, const Report& report, Date today) {
  Preview preview;
  if (report.is_frozen()) {
    const auto kept = find_kept(tx, report);
    const auto form = TRY(file::read_form(kept.form));
    preview.check = check(form);
    preview.fields = read_kept(kept.filled_with).fields;
  } else {
    const auto bytes = TRY(form_file(tx, viewer, report.form));
    const auto form = TRY(file::read_form(bytes));
    const auto intervention = TRY(intervention::find(tx, report.intervention));
    const auto overview = TRY(figures(tx, &viewer, intervention, report.period, report.audience));
    preview.check = check(form);
    preview.fields = fields(overview, {report.title, report.author, texts(tx, report), today});
  }
  preview.missing = missing(preview.check, preview.fields);
  return preview;
}

Result<std::string> word(db::Transaction& tx, const access::User& viewer, const Report& report, Date today) {
  if (report.is_frozen()) return find_kept(tx, report).docx;
  const auto form = TRY(form_file(tx, viewer, report.form));
  auto draft = TRY(filled(tx, viewer, report, form, today));
  return std::move(draft.docx);
}

Result<> freeze(db::Transaction& tx, const access::User& by, const Report& report, const std::string& seen,
                Moment now) {
  if (!by.may(may_write) || by.organisation != report.owner)
    return forbidden("Only the organisation that owns the intervention writes its reports.");
  if (report.is_frozen()) return conflict("The report is frozen already.");
  if (fingerprint_of(texts(tx, report)) != seen)
    return conflict("Somebody changed a text just now. Read the report again before you freeze it.");
  const auto form = TRY(form_file(tx, by, report.form));
  const auto made = TRY(filled(tx, by, report, form, now.date()));
  tx.execute(R"(
    insert into report_frozen (report_id, form, filled_with, docx, sha256, pdf)
    values (:id, :form, :filled_with, :docx, :sha256, ''))",
             {{"id", report.id},
              {"form", base64(form)},
              {"filled_with", kept(made.values)},
              {"docx", base64(made.docx)},
              {"sha256", sha256(made.docx)}});
  tx.execute("update report set frozen_at = :now, changed_at = :now where id = :id",
             {{"id", report.id}, {"now", now}});
  return {};
}

std::string kept_pdf(db::Transaction& tx, const Report& report) { return find_kept(tx, report).pdf; }

std::string keep_pdf(db::Transaction& tx, const Report& report, std::string_view pdf) {
  tx.execute("update report_frozen set pdf = :pdf where report_id = :id and pdf = ''",
             {{"id", report.id}, {"pdf", base64(pdf)}});
  return kept_pdf(tx, report);
}

Result<std::string> made_again(db::Transaction& tx, const Report& report) {
  const auto kept = find_kept(tx, report);
  const auto form = TRY(file::read_form(kept.form));
  auto document = TRY(file::fill(form, read_kept(kept.filled_with)));
  return std::move(document.bytes);
}

std::vector<Message> faults(db::Transaction& tx) {
  std::vector<Message> faults;
  tx.each("select report_id, docx, sha256 from report_frozen", {}, [&](const db::Row& row) {
    const auto docx = from_base64(row.text("docx"));
    if (!docx || sha256(*docx) != row.text("sha256"))
      faults.push_back(
          {"The frozen report {1} is not what it was. Restore a backup.", row.text("report_id")});
  });
  return faults;
}

}  // namespace stafett::report
