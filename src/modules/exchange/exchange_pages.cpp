#include "exchange/accepted.h"
#include "exchange/row.h"
#include "exchange/sent_file.h"
#include "file/table.h"
#include "text/fold.h"
#include "text/number.h"
#include "web/router.h"

namespace stafett::exchange {
namespace {

using web::Reply;

constexpr std::size_t most_shown = 50;
constexpr std::size_t largest_file = largest_megabytes << 20;
constexpr std::size_t largest_body =
    largest_file + (1 << 20);  // so that a file a little too large is told of on its page

std::string address_of(const SentFile& sent) { return "/imports/" + sent.id.text; }

View steps(std::size_t current) {
  const Message texts[] = {"Choose a file", "See what would happen", "Done"};
  View::Items steps;
  for (std::size_t i = 0; i != std::size(texts); ++i)
    steps.push_back({{"text", texts[i]}, {"done", i < current}, {"current", i == current}});
  return steps;
}

std::string number(const web::Asking& request, std::size_t count) {
  return text::whole(static_cast<std::int64_t>(count), request.language);
}

// ---- sending a file

View history(const web::Asking& request, const std::vector<SentFile>& files) {
  const auto count = [&](std::size_t n) { return View{{"text", number(request, n)}, {"number", true}}; };
  View::Items rows;
  for (const auto& sent : files) {
    View name = {{"text", sent.name}, {"head", true}, {"link", address_of(sent)}};
    if (!sent.confirmed_at) name.set("tag", {{"text", Message("not confirmed")}, {"color", "warning"}});
    View::Items cells{
        std::move(name),
        {{"text", name_of(sent.kind)}},
        {{"text", text::moment_words(sent.confirmed_at.value_or(sent.sent_at), request.language)}},
        {{"text", sent.sent_by}}};
    for (const auto n : {sent.added, sent.changed, sent.unchanged, sent.refused})
      cells.push_back(sent.confirmed_at ? count(n) : View{{"text", "–"}, {"number", true}});
    rows.push_back({{"cells", std::move(cells)}});
  }
  View::Items heads;
  for (const auto* text : {_("File"), _("What"), _("When"), _("Who")})
    heads.push_back({{"text", Message(text)}});
  for (const auto* text : {_("New"), _("Rows changed"), _("Unchanged"), _("Refused")})
    heads.push_back({{"text", Message(text)}, {"number", true}});
  return {{"caption", Message("Earlier imports")},
          {"caption_hidden", true},
          {"heads", std::move(heads)},
          {"rows", std::move(rows)}};
}

View upload_view(const web::Asking& request, db::Transaction& tx, Kind kind) {
  View view = {{"title", Message("Import a register")},
               {"steps", steps(0)},
               {"kinds", kind_choices(kind)},
               {"columns", participation_words()},
               {"decision_columns", decision_words()},
               {"contact_columns", contact_words()},
               {"file",
                {{"id", "file"},
                 {"label", Message("File")},
                 {"hint", Message{"CSV or Excel, as it was saved. At most {1} MB.",
                                  std::to_string(largest_megabytes)}},
                 {"accept", ".csv,.txt,.xlsx"},
                 {"required", true},
                 {"largest", std::to_string(largest_file)},
                 {"too_large", Message{"The file is larger than {1} MB. Divide it and send a part at a time.",
                                       std::to_string(largest_megabytes)}}}}};
  if (const auto files = sent_files(tx, request.user, request.now); !files.empty())
    view.set("history", history(request, files));
  return view;
}

Result<Reply> list(web::Request& request) {
  const auto kind = kinds.find(request.asked("kind")).value_or(Kind::participations);
  return web::show("exchange/upload", upload_view(request, request.tx, kind));
}

// As its sender knows it, without folders: some browsers send them.
std::string short_name(std::string_view name) {
  if (const auto folder = name.find_last_of("/\\"); folder != name.npos) name.remove_prefix(folder + 1);
  std::string kept(text::trimmed(name));
  while (kept.size() > 200) {
    while ((kept.back() & 0xc0) == 0x80) kept.pop_back();
    kept.pop_back();
  }
  return kept;
}

// What the file would do, for whoever sends it.
Result<Report> tried(db::Transaction& tx, const web::Asking& request, Kind kind, const file::Table& table) {
  return import(tx, table,
                {.kind = kind, .user = &request.user, .now = request.now, .dry_run = true});
}

Result<file::Table> table_of(std::string bytes) {
  return file::read_table(std::move(bytes), {.megabytes = largest_megabytes});
}

Result<Id<SentFile>> sent(web::LongRequest& request, Kind kind) {
  const auto* file = request.form.file("file");
  if (!file) return invalid("file", "Choose a file first.");
  const auto table = TRY(table_of(file->bytes));
  TRY(request.write([&](db::Transaction& tx) { return tried(tx, request, kind, table); }));
  return request.write([&](db::Transaction& tx) {
    forget_old_files(tx, request.now);
    return keep(tx, request.user, kind, short_name(file->name), file->bytes, request.now);
  });
}

Result<Reply> post_imports(web::LongRequest& request) {
  const auto kind = kinds.find(request.field("kind")).value_or(Kind::participations);
  auto id = sent(request, kind);
  if (id) return web::go_to("/imports/" + id->text);
  // Whatever is wrong is wrong with the file.
  for (auto& fault : id.error().faults) fault.field = "file";
  return web::show_again(
      "exchange/upload",
      request.read([&](db::Transaction& tx) { return upload_view(request, tx, kind); }), id.error());
}

// ---- what would happen, and what did

View figures(const web::Asking& request, std::size_t added, std::size_t changed, std::size_t unchanged,
             std::size_t refused) {
  const auto figure = [&](Message label, std::size_t count, std::string rests_on) {
    return View{
        {"label", std::move(label)}, {"value", number(request, count)}, {"rests_on", std::move(rests_on)}};
  };
  const auto rows = number(request, added + changed + unchanged + refused);
  return View::Items{figure("New", added, request.translated(_("were not here before"))),
                     figure("Rows changed", changed, request.translated(_("are here, with other details"))),
                     figure("Unchanged", unchanged, request.translated(_("are here already"))),
                     figure("Refused", refused, request.translated({_("of {1} rows"), rows}))};
}

View refused_rows(const web::Asking& request, const file::Table& table, const Report& report) {
  const bool has_participants = column_called(table, "deltagare").has_value();
  View::Items heads{{{"text", Message("Row")}, {"number", true}}}, rows;
  if (has_participants) heads.push_back({{"text", Message("Participant")}});
  heads.push_back({{"text", Message("What is wrong")}});
  for (std::size_t i = 0; i != report.refused.size() && i != most_shown; ++i) {
    const auto& refusal = report.refused[i];
    View::Items cells{{{"text", std::to_string(table[refusal.row].line())}, {"number", true}}};
    if (has_participants) cells.push_back({{"text", participant_in(table, refusal.row)}});
    cells.push_back({{"text", words_about(refusal, request.language)}});
    rows.push_back({{"cells", std::move(cells)}});
  }
  View view = {{"caption", Message("Rows that cannot be taken")},
               {"caption_hidden", true},
               {"heads", std::move(heads)},
               {"rows", std::move(rows)}};
  if (report.refused.size() > most_shown)
    view.set("note", Message{"The first {1} of {2}. The file has them all.", number(request, most_shown),
                             number(request, report.refused.size())});
  return view;
}

View notices(const Report& report) {
  return views(report.notices, [](const Message& notice) { return View{{"text", notice}}; });
}

View page_view(const SentFile& sent, std::size_t step) {
  return {{"title", Message("Import a register")},
          {"crumbs", View::Items{{{"label", Message("Import")}, {"address", "/imports"}}}},
          {"here", sent.name},
          {"name", sent.name},
          {"steps", steps(step)},
          {"rejects", address_of(sent) + "/rejects"},
          {"again", "/imports?kind=" + std::string(kinds.of(sent.kind))}};
}

Message confirm_words(const web::Asking& request, const Report& report) {
  const auto rows = report.added + report.changed;
  if (rows == 1) return "Bring in one row";
  return {"Bring in {1} rows", number(request, rows)};
}

Result<Reply> preview(web::LongRequest& request, const SentFile& sent) {
  const auto bytes = request.read([&](db::Transaction& tx) { return bytes_of(tx, sent); });
  const auto table = TRY(table_of(bytes));
  const auto report =
      TRY(request.write([&](db::Transaction& tx) { return tried(tx, request, sent.kind, table); }));
  auto view = page_view(sent, 1);
  view.set("figures",
           figures(request, report.added, report.changed, report.unchanged, report.refused.size()));
  if (!report.notices.empty()) view.set("notices", {{"all", notices(report)}});
  if (!report.refused.empty()) view.set("refused_rows", refused_rows(request, table, report));
  if (report.added + report.changed > 0) {
    view.set("confirm", address_of(sent) + "/confirmation");
    view.set("confirm_words", confirm_words(request, report));
  } else {
    view.set("nothing", report.unchanged > 0
                            ? Message("Nothing in the file is new. There is nothing to bring in.")
                            : Message("No row can be taken. Mend the file and send it again."));
  }
  return web::show("exchange/preview", std::move(view));
}

Result<Reply> show(web::LongRequest& request) {
  bool has_rejects = false;
  const auto sent = TRY(request.read([&](db::Transaction& tx) -> Result<SentFile> {
    const auto sent = TRY(find(tx, request.user, request.id<SentFile>(), request.now));
    has_rejects =
        sent.confirmed_at && !rejects_of(tx, sent).empty() && request.now < *sent.confirmed_at + seconds_kept;
    return sent;
  }));
  if (!sent.confirmed_at) return preview(request, sent);

  auto view = page_view(sent, 2);
  view.set("figures", figures(request, sent.added, sent.changed, sent.unchanged, sent.refused));
  view.set("when", text::moment_words(*sent.confirmed_at, request.language));
  view.set("who", sent.sent_by);
  if (has_rejects)
    view.set("rejects_until", text::moment_words(*sent.confirmed_at + seconds_kept, request.language));
  return web::show("exchange/done", std::move(view));
}

// Checked again, since others may have brought in something meanwhile; a second click finds it done.
Result<Reply> post_confirmation(web::LongRequest& request) {
  const auto id = request.id<SentFile>();
  std::string bytes;
  const auto sent = TRY(request.read([&](db::Transaction& tx) -> Result<SentFile> {
    const auto sent = TRY(find(tx, request.user, id, request.now));
    if (!sent.confirmed_at) bytes = bytes_of(tx, sent);
    return sent;
  }));
  if (sent.confirmed_at) return web::go_to(address_of(sent));

  const auto table = TRY(table_of(std::move(bytes)));
  TRY(request.write([&](db::Transaction& tx) -> Result<> {
    const auto sent = TRY(find(tx, request.user, id, request.now));
    if (sent.confirmed_at) return {};
    const auto report =
        TRY(import(tx, table, {.kind = sent.kind, .user = &request.user, .now = request.now}));
    const auto rejects =
        report.refused.empty() ? std::string() : rejects_file(table, report, text::Language::swedish);
    confirm(tx, sent, report, rejects, request.now);
    forget_old_files(tx, request.now);
    return {};
  }));
  return web::go_to(address_of(sent));
}

// In Swedish, as the register itself is.
Result<Reply> rejects(web::LongRequest& request) {
  std::string bytes, rejects;
  const auto sent = TRY(request.read([&](db::Transaction& tx) -> Result<SentFile> {
    const auto sent = TRY(find(tx, request.user, request.id<SentFile>(), request.now));
    if (sent.confirmed_at)
      rejects = request.now < *sent.confirmed_at + seconds_kept ? rejects_of(tx, sent) : "";
    else
      bytes = bytes_of(tx, sent);
    return sent;
  }));
  if (!sent.confirmed_at) {
    const auto table = TRY(table_of(std::move(bytes)));
    const auto report =
        TRY(request.write([&](db::Transaction& tx) { return tried(tx, request, sent.kind, table); }));
    if (!report.refused.empty()) rejects = rejects_file(table, report, text::Language::swedish);
  }
  if (rejects.empty())
    return not_found("There are no refused rows to download, or they are not kept any more.");
  const auto stem = sent.name.substr(0, sent.name.rfind('.'));
  return web::download("text/csv; charset=utf-8", stem + "-" + request.translated(_("refused rows")) + ".csv",
                       std::move(rejects));
}

}  // namespace

void routes(web::Router& router) {
  router.menu("Import", "/imports", may_import);
  router.get("/imports", may_import, list);
  router.post_long("/imports", may_import, post_imports, largest_body);
  router.get_long("/imports/:id", may_import, show);
  router.post_long("/imports/:id/confirmation", may_import, post_confirmation);
  router.get_long("/imports/:id/rejects", may_import, rejects);
}

}  // namespace stafett::exchange
