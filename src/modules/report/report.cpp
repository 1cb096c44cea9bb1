#include "report/report.h"

#include "base/digest.h"
#include "text/fold.h"

namespace stafett::report {
namespace {

using statistics::Audience;

Report from_row(const db::Row& row) {
  return {.id = row.id<Report>("id"),
          .owner = row.id<organisation::Organisation>("owner_id"),
          .intervention = row.id<intervention::Intervention>("intervention_id"),
          .intervention_name = row.text("intervention_name"),
          .form = row.id<Form>("form_id"),
          .title = row.text("title"),
          .author = row.text("author"),
          .period = {row.date("from_on"), row.date("to_on")},
          .audience = statistics::audiences.meant_by(row.text("audience")),
          .changed_at = row.moment("changed_at"),
          .frozen_at = row.maybe_moment("frozen_at")};
}

// What this viewer may know of. A förbund's people see numbers: only what its owner has finished, and
// protected.
const std::string visible = R"(
    select report.id, report.owner_id, report.intervention_id, intervention.name as intervention_name, report.form_id, report.title, report.author,
           report.from_on, report.to_on, report.audience, report.changed_at, report.frozen_at
    from report
    join intervention on intervention.id = report.intervention_id
    where (report.owner_id = :mine or (:of_association = 1 and intervention.area_id = :mine
                                       and report.frozen_at is not null and report.audience = 'public')) )";

Result<> may_change(const access::User& by, const Report& report) {
  if (!by.may(may_write) || by.organisation != report.owner)
    return forbidden("Only the organisation that owns the intervention writes its reports.");
  if (report.is_frozen())
    return conflict("The report is frozen and cannot be changed. Make a new one instead.");
  return {};
}

// What people choose when they begin or change a report.
Result<> choices_hold(db::Transaction& tx, const access::User& by, const Report& report) {
  std::vector<Fault> faults;
  if (text::trimmed(report.title).empty()) faults.push_back({"report_title", "Give the report a title."});
  if (text::length(report.title) > 200)
    faults.push_back({"report_title", "The title is longer than 200 letters."});
  if (!report.period.from) faults.push_back({"from", "Write the first day as 2024-01-01."});
  if (!report.period.to) faults.push_back({"to", "Write the last day as 2024-12-31."});
  if (report.period.from && report.period.to && *report.period.to < *report.period.from)
    faults.push_back({"to", "The period ends before it begins. Correct one of the days."});
  const auto intervention = intervention::find(tx, report.intervention);
  if (!intervention || intervention->owner != by.organisation) {
    faults.push_back({"intervention", "Choose one of your own interventions."});
  } else if (report.audience == Audience::unit &&
             overview::audience_for(by, *intervention) != Audience::unit) {
    faults.push_back({"audience", "Only those who work with the cases may see true counts."});
  }
  if (!find_form(tx, by, report.form)) faults.push_back({"form", "Choose a form."});
  if (!faults.empty()) return invalid(std::move(faults));
  return {};
}

std::string without_carriage_returns(std::string_view text) {
  std::string lines;
  for (std::size_t at = 0; at != text.size(); ++at) {
    if (text[at] == '\r' && at + 1 != text.size() && text[at + 1] == '\n') continue;
    lines += text[at] == '\r' ? '\n' : text[at];
  }
  return std::string(text::trimmed(lines));
}

struct KeptText {
  std::string text, by;
};
std::map<std::string, KeptText> kept_texts(db::Transaction& tx, const Report& report) {
  std::map<std::string, KeptText> all;
  tx.each("select field, text, changed_by from report_text where report_id = :id", {{"id", report.id}},
          [&](const db::Row& row) {
            all[row.text("field")] = {row.text("text"), row.text("changed_by")};
          });
  return all;
}

}  // namespace

Result<Report> find(db::Transaction& tx, const access::User& viewer, const Id<Report>& id) {
  static const auto sql = visible + "and report.id = :id";
  const auto found = tx.find(
      from_row, sql, {{"mine", viewer.organisation}, {"of_association", viewer.of_association}, {"id", id}});
  if (!found) return not_found("There is no such report.");
  return *found;
}

std::vector<Report> list(db::Transaction& tx, const access::User& viewer) {
  static const auto sql = visible + "order by report.changed_at desc, report.id desc";
  return tx.list(from_row, sql, {{"mine", viewer.organisation}, {"of_association", viewer.of_association}});
}

Result<Id<Report>> begin(db::Transaction& tx, const access::User& by, Report report, Moment now) {
  report.id = new_id<Report>();
  report.owner = by.organisation;
  report.frozen_at = {};
  TRY(may_change(by, report));
  TRY(choices_hold(tx, by, report));
  tx.execute(R"(
    insert into report (id, owner_id, intervention_id, form_id, title, author, from_on, to_on, audience, created_at, created_by, changed_at)
    values (:id, :owner, :intervention, :form, :title, :author, :from, :to, :audience, :now, :by, :now))",
             {{"id", report.id},
              {"owner", report.owner},
              {"intervention", report.intervention},
              {"form", report.form},
              {"title", text::trimmed(report.title)},
              {"author", text::trimmed(report.author)},
              {"from", report.period.from},
              {"to", report.period.to},
              {"audience", statistics::audiences.of(report.audience)},
              {"now", now},
              {"by", by.name}});
  return report.id;
}

Result<> change(db::Transaction& tx, const access::User& by, const Report& report, Moment now) {
  TRY(may_change(by, report));
  TRY(choices_hold(tx, by, report));
  tx.execute(R"(
    update report set intervention_id = :intervention, form_id = :form, title = :title, author = :author,
                      from_on = :from, to_on = :to, audience = :audience, changed_at = :now
    where id = :id and frozen_at is null)",
             {{"id", report.id},
              {"intervention", report.intervention},
              {"form", report.form},
              {"title", text::trimmed(report.title)},
              {"author", text::trimmed(report.author)},
              {"from", report.period.from},
              {"to", report.period.to},
              {"audience", statistics::audiences.of(report.audience)},
              {"now", now}});
  return {};
}

Texts texts(db::Transaction& tx, const Report& report) {
  Texts all;
  for (auto& [field, kept] : kept_texts(tx, report)) all[field] = std::move(kept.text);
  return all;
}

std::string fingerprint_of(std::string_view text) { return sha256(text).substr(0, 16); }

std::string fingerprint_of(const Texts& texts) {
  View::Fields all;
  for (const auto& [field, text] : texts) all[field] = text;
  return fingerprint_of(View(all).json());
}

Result<std::vector<Clash>> save_texts(db::Transaction& tx, const access::User& by, const Report& report,
                                      const std::vector<Written>& written, Moment now) {
  TRY(may_change(by, report));
  const auto kept = kept_texts(tx, report);
  std::vector<std::pair<std::string, std::string>> changed;
  std::vector<Clash> clashes;
  for (const auto& one : written) {
    const auto found = kept.find(one.field);
    const auto now_there = found == kept.end() ? KeptText{} : found->second;
    auto text = without_carriage_returns(one.text);
    if (text == now_there.text || fingerprint_of(text) == one.seen) continue;
    if (fingerprint_of(now_there.text) != one.seen)
      clashes.push_back({one.field, now_there.text, now_there.by});
    changed.emplace_back(one.field, std::move(text));
  }
  if (!clashes.empty()) return clashes;
  for (const auto& [field, text] : changed)
    tx.execute(R"(
    insert into report_text (report_id, field, text, changed_at, changed_by) values (:id, :field, :text, :now, :by)
    on conflict (report_id, field) do update
      set text = excluded.text, changed_at = excluded.changed_at, changed_by = excluded.changed_by)",
               {{"id", report.id}, {"field", field}, {"text", text}, {"now", now}, {"by", by.name}});
  if (!changed.empty())
    tx.execute("update report set changed_at = :now where id = :id", {{"id", report.id}, {"now", now}});
  return clashes;
}

std::string file_name(const Report& report, std::string_view extension) {
  return "rapport-" + report.intervention.text + "-" + report.period.from->text() + "-" +
         report.period.to->text() +
         (report.audience == Audience::unit ? "-sanna-tal-endast-for-enheten" : "") + std::string(extension);
}

}  // namespace stafett::report
