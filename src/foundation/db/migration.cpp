// Migrations: dated blocks of SQL beside the module they are for (docs/sql.md).
#include <algorithm>
#include <map>

#include "base/assets.h"
#include "base/digest.h"
#include "db/connection.h"

namespace stafett::db {
namespace {

constexpr std::string_view heading = "-- migration ";

struct Block {
  std::string name;  // "2026-02-03 referrals", which sorts by day
  std::string_view sql;
  std::string checksum;
};

std::string_view trimmed(std::string_view text) {
  constexpr auto space = " \t\r\n";
  const auto first = text.find_first_not_of(space);
  return first == text.npos ? std::string_view{}
                            : text.substr(first, text.find_last_not_of(space) - first + 1);
}

// Where the next block's heading stands, at the start of a line.
std::size_t next_heading(std::string_view text, std::size_t from) {
  while ((from = text.find(heading, from)) != text.npos && from != 0 && text[from - 1] != '\n') ++from;
  return std::min(from, text.size());
}

Block block_in(std::string_view text) {
  const auto line = text.substr(0, text.find('\n'));
  const auto name = trimmed(line.substr(heading.size()));
  if (name.size() < 12 || name[10] != ' ' || !Date::read(name.substr(0, 10)))
    throw std::logic_error("a migration needs a day and a name: " + std::string(line));
  const auto sql = trimmed(text.substr(line.size()));
  return {std::string(name), sql, sha256(sql)};
}

std::vector<Block> blocks_in(std::string_view text) {
  std::vector<Block> blocks;
  auto at = next_heading(text, 0);
  if (!statements_of(text.substr(0, at)).empty()) throw std::logic_error("SQL before the first -- migration");
  while (at != text.size()) {
    const auto end = next_heading(text, at + 1);
    blocks.push_back(block_in(text.substr(at, end - at)));
    at = end;
  }
  std::ranges::sort(blocks, {}, &Block::name);
  const auto twin = std::ranges::adjacent_find(blocks, {}, &Block::name);
  if (twin != blocks.end()) throw std::logic_error("two migrations called " + twin->name);
  return blocks;
}

bool is_for(const Block& block, bool sqlite) {
  const auto first_line = trimmed(block.sql.substr(0, block.sql.find('\n')));
  return first_line != (sqlite ? "-- only postgresql" : "-- only sqlite");
}

// What has been applied must be known to us and as it was.
void compare(const std::map<std::string, std::string>& applied, const std::vector<Block>& blocks) {
  for (const auto& [name, was] : applied) {
    const auto known = std::ranges::find(blocks, name, &Block::name);
    if (known == blocks.end())
      throw Failure(Failure::Kind::newer,
                    Message{"The database was made by a newer Stafett (it has “{1}”). Install that "
                            "version, or restore a backup from before it.",
                            name});
    if (known->checksum != was)
      throw Failure(Failure::Kind::changed_migration,
                    Message{"This Stafett was built with another “{1}” than the database. "
                            "Install a Stafett as it was released.",
                            name});
  }
}

std::map<std::string, std::string> applied_to(Transaction& tx) {
  std::map<std::string, std::string> applied;
  tx.each("select name, checksum from migration", {},
          [&](const Row& row) { applied[row.text("name")] = row.text("checksum"); });
  return applied;
}

void apply(Transaction& tx, const Block& block, Moment now) {
  for (const auto& statement : statements_of(block.sql)) tx.execute(statement);
  tx.execute("insert into migration (name, checksum, applied_at) values (:name, :checksum, :at)",
             {{"name", block.name}, {"checksum", block.checksum}, {"at", now}});
}

}  // namespace

// Texts and quoted names keep what looks like a comment or an end: '…' and "…", in which a quote is doubled.
std::vector<std::string> statements_of(std::string_view sql) {
  std::vector<std::string> statements(1);
  char quote = 0;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    const auto two = quote ? std::string_view{} : sql.substr(i, 2);
    if (two == "--" || two == "/*") {
      const auto end = two == "--" ? sql.find('\n', i) : sql.find("*/", i + 2);
      i = end == sql.npos ? sql.size() : two == "--" ? end : end + 1;
      statements.back() += ' ';
    } else if (!quote && sql[i] == ';') {
      statements.emplace_back();
    } else {
      if (quote ? sql[i] == quote : sql[i] == '\'' || sql[i] == '"') quote = quote ? 0 : sql[i];
      statements.back() += sql[i];
    }
  }
  std::erase_if(statements, [](const auto& statement) { return trimmed(statement).empty(); });
  return statements;
}

void Database::migrate(Moment now) {
  std::string all;
  for (const auto& [name, bytes] : assets())
    if (name.starts_with("src/") && name.ends_with(".sql")) all.append(bytes).append("\n");
  migrate(now, all);
}

void Database::migrate(Moment now, std::string_view sql) {
  const bool sqlite = is_sqlite();
  const auto blocks = blocks_in(sql);
  stand_behind_wall(false);
  const auto applied = write([](Transaction& tx) {
    tx.execute(
        "create table if not exists migration (name text primary key, checksum text not null, "
        "applied_at timestamp not null)");
    return applied_to(tx);
  });
  compare(applied, blocks);
  for (const auto& block : blocks) {
    if (applied.contains(block.name) || !is_for(block, sqlite)) continue;
    write([&](Transaction& tx) {
      if (!sqlite) tx.execute("set local statement_timeout = 0");
      if (!applied_to(tx).contains(block.name)) apply(tx, block, now);  // or another process just did
    });
  }
  stand_behind_wall(true);
}

bool Database::has_table(std::string_view name) {
  return read([&](Transaction& tx) {
    const auto names = is_sqlite() ? "select name from sqlite_master where type = 'table' and name = :name"
                                   : "select tablename as name from pg_tables where tablename = :name "
                                     "and schemaname = current_schema()";
    return tx.find([](const Row&) { return true; }, names, {{"name", name}}).value_or(false);
  });
}

bool Database::is_empty() {
  return !has_table("migration") || read([](Transaction& tx) { return applied_to(tx).empty(); });
}

}  // namespace stafett::db
