#include "exchange/sent_file.h"

#include "base/base64.h"

namespace stafett::exchange {
namespace {

constexpr auto select = R"(
    select import.id, import.kind, import.file_name, account.full_name, import.sent_at, import.confirmed_at,
           import.added, import.changed, import.unchanged, import.refused
    from import
    join account on account.id = import.account_id
    where import.owner_id = :mine and (import.confirmed_at is not null or import.sent_at > :hour_ago) )";

SentFile from_row(const db::Row& row) {
  const auto count = [&](const char* name) { return static_cast<std::size_t>(row.number(name)); };
  SentFile found{.id = row.id<SentFile>("id"), .kind = kinds.meant_by(row.text("kind"))};
  found.name = row.text("file_name");
  found.sent_by = row.text("full_name");
  found.sent_at = row.moment("sent_at");
  found.confirmed_at = row.maybe_moment("confirmed_at");
  found.added = count("added");
  found.changed = count("changed");
  found.unchanged = count("unchanged");
  found.refused = count("refused");
  return found;
}

}  // namespace

Id<SentFile> keep(db::Transaction& tx, const access::User& by, Kind kind, std::string_view name,
                  std::string_view bytes, Moment now) {
  const auto id = new_id<SentFile>();
  const auto file = base64(bytes);
  tx.execute(R"(
    insert into import (id, owner_id, account_id, kind, file_name, sent_at, added, changed, unchanged, refused, file, rejects)
    values (:id, :owner, :account, :kind, :name, :now, 0, 0, 0, 0, :file, ''))",
             {{"id", id},
              {"owner", by.organisation},
              {"account", by.account},
              {"kind", kinds.of(kind)},
              {"name", name},
              {"now", now},
              {"file", file}});
  return id;
}

Result<SentFile> find(db::Transaction& tx, const access::User& viewer, const Id<SentFile>& id, Moment now) {
  static const auto sql = std::string(select) + "and import.id = :id";
  const auto found =
      tx.find(from_row, sql, {{"mine", viewer.organisation}, {"hour_ago", now + -seconds_kept}, {"id", id}});
  if (!found) return not_found("The file is not kept any more, or it is not for you. Send it again.");
  return *found;
}

std::vector<SentFile> sent_files(db::Transaction& tx, const access::User& viewer, Moment now) {
  static const auto sql = std::string(select) + "order by import.sent_at desc, import.id desc limit 50";
  return tx.list(from_row, sql, {{"mine", viewer.organisation}, {"hour_ago", now + -seconds_kept}});
}

std::string bytes_of(db::Transaction& tx, const SentFile& sent) {
  const auto kept = tx.find([](const db::Row& row) { return row.text("file"); },
                            "select file from import where id = :id", {{"id", sent.id}});
  return from_base64(kept.value()).value();
}

std::string rejects_of(db::Transaction& tx, const SentFile& sent) {
  return tx
      .find([](const db::Row& row) { return row.text("rejects"); },
            "select rejects from import where id = :id", {{"id", sent.id}})
      .value();
}

void confirm(db::Transaction& tx, const SentFile& sent, const Report& report, std::string_view rejects,
             Moment now) {
  tx.execute(R"(
    update import
    set confirmed_at = :now, added = :added, changed = :changed, unchanged = :unchanged, refused = :refused,
        file = '', rejects = :rejects
    where id = :id)",
             {{"now", now},
              {"added", report.added},
              {"changed", report.changed},
              {"unchanged", report.unchanged},
              {"refused", report.refused.size()},
              {"rejects", rejects},
              {"id", sent.id}});
}

void forget_files_of(db::Transaction& tx, const Id<organisation::Organisation>& owner) {
  tx.execute("delete from import where confirmed_at is null and owner_id = :owner", {{"owner", owner}});
  tx.execute("update import set rejects = '' where owner_id = :owner", {{"owner", owner}});
}

void forget_old_files(db::Transaction& tx, Moment now) {
  const auto hour_ago = now + -seconds_kept;
  tx.execute("delete from import where confirmed_at is null and sent_at <= :hour_ago",
             {{"hour_ago", hour_ago}});
  tx.execute("update import set rejects = '' where rejects <> '' and confirmed_at <= :hour_ago",
             {{"hour_ago", hour_ago}});
}

}  // namespace stafett::exchange
