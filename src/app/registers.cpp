// stafett intervention, stafett import
#include <unistd.h>

#include <iostream>

#include "app/commands.h"
#include "base/file.h"
#include "exchange/exchange.h"
#include "intervention/intervention.h"
#include "text/translation.h"

namespace stafett::app {
namespace {

// A line that grows while a person looks on; nothing in a pipe.
std::function<void(std::size_t, std::size_t)> shown_progress() {
  if (!isatty(STDERR_FILENO)) return {};
  return [](std::size_t done, std::size_t of) {
    std::cerr << "\r" << swedish({"{1} of {2} rows", std::to_string(done), std::to_string(of)}) << std::flush;
  };
}

void tell(const std::string& file, const file::Table& table, const exchange::Report& report) {
  for (const auto& notice : report.notices) std::cerr << file << ": " << swedish(notice) << "\n";
  for (std::size_t i = 0; i != report.refused.size() && i != 20; ++i)
    std::cerr << file << ": " << exchange::line_about(table, report.refused[i], text::Language::swedish) << "\n";
  if (report.refused.size() > 20)
    std::cerr << file << ": " << swedish({"… and {1} rows more. Write them all to a file with --rejects.", std::to_string(report.refused.size() - 20)}) << "\n";
}

// Several files of the same shape make one, with its headings once.
void add_rejects(std::string& all, std::string_view more) {
  const auto headings = more.substr(0, more.find('\n') + 1);
  if (all.starts_with(headings)) more.remove_prefix(headings.size());
  all += more;
}

}  // namespace

int add_interventions(const Settings& settings, const Asking& asking, const std::vector<std::string>& files) {
  const auto database = open_database(settings);
  const auto asker = user_asking(*database, asking);
  if (!asker) return refuse(asker.error());
  const auto& user = *asker;

  int refused = 0;
  for (const auto& file : files) {
    const auto saved = database->write([&](db::Transaction& tx) -> Result<intervention::Saved> {
      const auto bytes = TRY(read_file(file));
      const auto definition = TRY(intervention::read_definition(bytes));
      if (user) {
        const auto owner = organisation::named(tx, definition.owner);
        if (!owner || !intervention::may_change_for(*user, owner->id))
          return forbidden({"Only {1} may change its interventions.", definition.owner});
      }
      return intervention::save(tx, definition, user ? user->name : "stafett", now());
    });
    if (!saved) {
      refuse(saved.error(), file);
      ++refused;
      continue;
    }
    const char* what = *saved == intervention::Saved::added     ? "The intervention was added."
                       : *saved == intervention::Saved::changed ? "The intervention was changed; the earlier version is kept."
                                                                : "The intervention was already as the file says.";
    std::cout << file << ": " << swedish(what) << "\n";
  }
  return refused == 0 ? done : refused == static_cast<int>(files.size()) ? nothing_done : some_refused;
}

int import(const Settings& settings, const Asking& asking, const ImportWish& wish) {
  const auto database = open_database(settings);
  const auto asker = user_asking(*database, asking);
  if (!asker) return refuse(asker.error());
  const auto& user = *asker;
  if (user && !user->may(exchange::may_import))
    return refuse({Problem::Kind::forbidden, {{"", {"The account “{1}” may not bring in registers.", asking.account}}}});

  std::size_t taken = 0, refused = 0;
  std::string rejects;
  for (const auto& file : wish.files) {
    auto bytes = read_file(file);
    auto table = bytes ? file::read_table(*std::move(bytes)) : tl::unexpected(bytes.error());
    exchange::Task task{exchange::kinds.meant_by(wish.kind), user ? &*user : nullptr, now(), wish.dry_run, shown_progress()};
    auto report = table ? exchange::import(*database, *table, task) : tl::unexpected(table.error());
    if (task.progress) std::cerr << "\r";
    if (!report) {
      refuse(report.error(), file);
      ++refused;
      continue;
    }
    tell(file, *table, *report);
    std::cout << file << ": "
              << swedish({wish.dry_run ? "{1} rows would be added, {2} changed, {3} are there already, {4} refused. Nothing was kept."
                                       : "{1} rows added, {2} changed, {3} there already, {4} refused.",
                          std::to_string(report->added), std::to_string(report->changed), std::to_string(report->unchanged),
                          std::to_string(report->refused.size())})
              << "\n";
    taken += report->added + report->changed + report->unchanged;
    refused += report->refused.size();
    if (!report->refused.empty()) add_rejects(rejects, exchange::rejects_file(*table, *report, text::Language::swedish));
  }
  if (!wish.rejects.empty() && !rejects.empty())
    if (const auto kept = write_file(wish.rejects, rejects); !kept) return refuse(kept.error());
  return refused == 0 ? done : taken == 0 ? nothing_done : some_refused;
}

}  // namespace stafett::app
