#include "report/form.h"

#include <algorithm>

#include "base/assets.h"
#include "base/base64.h"
#include "base/digest.h"
#include "file/docx.h"
#include "text/fold.h"
#include "text/order.h"

namespace stafett::report {
namespace {

constexpr std::string_view shipped_folder = "assets/forms/", ending = ".docx", shipped_mark = "stafett-";

Form from_row(const db::Row& row) {
  return {.id = row.id<Form>("id"),
          .name = row.text("name"),
          .version = static_cast<int>(row.number("version")),
          .added_at = row.moment("added_at")};
}

// "assets/forms/slutrapport-kort.docx" is called “Slutrapport kort”.
Form shipped(const Asset& asset) {
  std::string name(asset.name.substr(shipped_folder.size()));
  name.resize(name.size() - ending.size());
  const Id<Form> id{std::string(shipped_mark) + name};
  std::replace(name.begin(), name.end(), '-', ' ');
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return {.id = id, .name = std::move(name), .is_shipped = true};
}

bool is_shipped(const Asset& asset) {
  return asset.name.starts_with(shipped_folder) && asset.name.ends_with(ending);
}

const Asset* shipped_asset(const Id<Form>& id) {
  for (const auto& asset : assets())
    if (is_shipped(asset) && shipped(asset).id == id) return &asset;
  return nullptr;
}

auto no_such() { return not_found("There is no such form."); }

}  // namespace

std::vector<Form> forms(db::Transaction& tx, const access::User& viewer) {
  constexpr auto latest = R"(
    select id, name, version, added_at from report_form
    where owner_id = :mine and version = (select max(version) from report_form as newer
                                          where newer.owner_id = report_form.owner_id and newer.name = report_form.name))";
  auto all = tx.list(from_row, latest, {{"mine", viewer.organisation}});
  std::sort(all.begin(), all.end(),
            [](const Form& a, const Form& b) { return text::in_order(a.name, b.name); });
  for (const auto& asset : assets())
    if (is_shipped(asset)) all.push_back(shipped(asset));
  return all;
}

Result<Form> find_form(db::Transaction& tx, const access::User& viewer, const Id<Form>& id) {
  if (const auto* asset = shipped_asset(id)) return shipped(*asset);
  const auto found = tx.find(
      from_row, "select id, name, version, added_at from report_form where id = :id and owner_id = :mine",
      {{"id", id}, {"mine", viewer.organisation}});
  if (!found) return no_such();
  return *found;
}

Result<std::string> form_file(db::Transaction& tx, const access::User& viewer, const Id<Form>& id) {
  if (const auto* asset = shipped_asset(id)) return std::string(asset->bytes);
  const auto docx = tx.find([](const db::Row& row) { return from_base64(row.text("docx")); },
                            "select docx from report_form where id = :id and owner_id = :mine",
                            {{"id", id}, {"mine", viewer.organisation}});
  if (!docx) return no_such();
  return docx->value();
}

Result<Form> add_form(db::Transaction& tx, const access::User& by, std::string name, std::string_view docx,
                      Moment now) {
  name = text::trimmed(name);
  if (docx.size() > largest_form)
    return invalid("form", "The form is larger than 10 MB. Make the pictures in it smaller.");
  TRY(file::read_form(docx));
  if (name.empty()) return invalid("name", "Give the form a name.");
  if (text::length(name) > 100) return invalid("name", "The name is longer than 100 letters.");

  const auto digest = sha256(docx);
  for (const auto& form : forms(tx, by)) {
    if (form.is_shipped || form.name != name) continue;
    const auto same = tx.find(
        from_row, "select id, name, version, added_at from report_form where id = :id and sha256 = :sha256",
        {{"id", form.id}, {"sha256", digest}});
    if (same) return *same;
  }
  const auto version = tx.find([](const db::Row& row) { return row.number("version"); },
                               "select coalesce(max(version), 0) + 1 as version from report_form where "
                               "owner_id = :mine and name = :name",
                               {{"mine", by.organisation}, {"name", name}});
  Form form{
      .id = new_id<Form>(), .name = std::move(name), .version = static_cast<int>(*version), .added_at = now};
  tx.execute(R"(
    insert into report_form (id, owner_id, name, version, docx, sha256, added_at, added_by)
    values (:id, :mine, :name, :version, :docx, :sha256, :now, :by))",
             {{"id", form.id},
              {"mine", by.organisation},
              {"name", form.name},
              {"version", form.version},
              {"docx", base64(docx)},
              {"sha256", digest},
              {"now", now},
              {"by", by.name}});
  return form;
}

}  // namespace stafett::report
