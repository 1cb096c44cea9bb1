// A statement with the values bound to it and the row it stands on, in buffers that are made once and kept.
#include <soci/soci.h>

#include <algorithm>
#include <charconv>

#include "db/connection.h"

namespace stafett::db {
namespace {

struct Buffer : Value {
  std::string name;
  Kind kind;
  soci::indicator present = soci::i_ok;
  std::int64_t row = -1;  // that the value was read from, where it is read when asked for

  Buffer(std::string name, Kind kind) : name(std::move(name)), kind(kind) {}
};

Kind kind_of(const Binding::Value& value) {
  if (std::holds_alternative<std::int64_t>(value)) return Kind::number;
  if (std::holds_alternative<double>(value)) return Kind::real;
  return Kind::text;
}

void bind_text(Buffer& buffer, std::string_view text) {
  if (text.find('\0') != text.npos) throw std::logic_error("a text with a zero byte for :" + buffer.name);
  buffer.text.assign(text);
}

struct Put {
  Buffer& buffer;
  void operator()(std::monostate) const {}
  void operator()(std::int64_t number) const { buffer.number = number; }
  void operator()(double real) const { buffer.real = real; }
  void operator()(std::string_view text) const { bind_text(buffer, text); }
  void operator()(Date date) const { buffer.text = date.text(); }
  void operator()(Moment moment) const { buffer.text = moment.text(); }
};

template <class Exchange>
void exchange(soci::statement& statement, Buffer& buffer, Exchange exchange) {
  if (buffer.kind == Kind::number)
    statement.exchange(exchange(buffer.number));
  else if (buffer.kind == Kind::real)
    statement.exchange(exchange(buffer.real));
  else
    statement.exchange(exchange(buffer.text));
}

template <class Number>
Number parsed(const Buffer& column) {
  Number number{};
  const auto* end = column.text.data() + column.text.size();
  const auto read = std::from_chars(column.text.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end)
    throw std::logic_error("not a number: column " + column.name);
  return number;
}

std::string only_statement(std::string_view sql) {
  auto statements = statements_of(sql);
  if (statements.size() != 1) throw std::logic_error("not one statement: " + std::string(sql));
  return std::move(statements.front());
}

std::logic_error wrong_names(std::string_view what, std::string_view name, std::string_view sql) {
  return std::logic_error(std::string(what) + " :" + std::string(name) + " in: " + std::string(sql));
}

}  // namespace

struct Row::Statement {
  Connection& connection;
  soci::statement soci;
  std::vector<Buffer> parameters, columns;  // SOCI keeps references into them
  std::size_t last = 0;                     // the column asked for last
  std::int64_t row = 0;
  bool in_use = false;

  Statement(Connection& connection, std::string_view sql, Bindings bindings)
      : connection(connection), soci(*connection.session) {
    parameters.reserve(bindings.size());
    for (const auto& [name, value] : bindings) {
      auto& buffer = parameters.emplace_back(std::string(name), kind_of(value));
      exchange(soci, buffer, [&](auto& place) { return soci::use(place, buffer.present, buffer.name); });
    }
    soci.alloc();
    soci.prepare(only_statement(sql));
    check_names(connection.parameters(soci), sql);
    auto described = connection.columns(soci);
    columns.reserve(described.size());
    for (auto& column : described) {
      if (std::ranges::find(columns, column.name, &Buffer::name) != columns.end())
        throw std::logic_error("two columns called " + column.name + " in: " + std::string(sql));
      auto& buffer = columns.emplace_back(std::move(column.name), column.kind);
      if (columns.size() > 1 && connection.reads_when_asked()) continue;  // SOCI stops at once if it has no column
      exchange(soci, buffer, [&](auto& place) { return soci::into(place, buffer.present); });
    }
    soci.define_and_bind();
  }

  // SQLite would take a value that was forgotten for null; PostgreSQL would not mind one too many.
  void check_names(const std::vector<std::string>& wanted, std::string_view sql) const {
    for (const auto& name : wanted)
      if (std::ranges::find(parameters, name, &Buffer::name) == parameters.end())
        throw wrong_names("no value for", name, sql);
    for (const auto& parameter : parameters)
      if (std::ranges::find(wanted, parameter.name) == wanted.end())
        throw wrong_names("no place for", parameter.name, sql);
  }

  bool takes(Bindings bindings) const {
    return !in_use && std::ranges::equal(parameters, bindings, [](const Buffer& mine, const Binding& theirs) {
      return mine.name == theirs.name &&
             (mine.kind == kind_of(theirs.value) || std::holds_alternative<std::monostate>(theirs.value));
    });
  }

  void bind(Bindings bindings) {
    auto parameter = parameters.begin();
    for (const auto& binding : bindings) {
      const bool null = std::holds_alternative<std::monostate>(binding.value);
      parameter->present = null ? soci::i_null : soci::i_ok;
      std::visit(Put{*parameter++}, binding.value);
    }
  }

  // Mostly the one after the last, or the last again: has("left") ? date("left") : …
  Buffer& named(std::string_view name) {
    if (last + 1 < columns.size() && columns[last + 1].name == name) return columns[++last];
    if (last < columns.size() && columns[last].name == name) return columns[last];
    for (last = 0; last != columns.size(); ++last)
      if (columns[last].name == name) return columns[last];
    last = 0;
    throw std::logic_error("no column " + std::string(name));
  }
  const Buffer& at(std::string_view name) {
    auto& column = named(name);
    if (column.row == row) return column;
    if (last > 0 && connection.reads_when_asked())
      connection.read(soci, static_cast<int>(last), column.kind, column);
    else
      column.is_null = column.present == soci::i_null;
    column.row = row;
    return column;
  }
  const Buffer& value(std::string_view name) {
    const auto& column = at(name);
    if (column.is_null) throw std::logic_error("null in column " + column.name);
    return column;
  }
};

bool Row::has(std::string_view column) const { return !statement_.at(column).is_null; }

const std::string& Row::text(std::string_view name) const {
  const auto& column = statement_.value(name);
  if (column.kind != Kind::text) throw std::logic_error("a number, not a text: column " + column.name);
  return column.text;
}

std::int64_t Row::number(std::string_view name) const {
  const auto& column = statement_.value(name);
  if (column.kind == Kind::number) return column.number;
  if (column.kind == Kind::text) return parsed<std::int64_t>(column);
  const auto whole = static_cast<std::int64_t>(column.real);
  if (static_cast<double>(whole) != column.real)
    throw std::logic_error("not a whole number: column " + column.name);
  return whole;
}

double Row::real(std::string_view name) const {
  const auto& column = statement_.value(name);
  if (column.kind == Kind::real) return column.real;
  return column.kind == Kind::number ? static_cast<double>(column.number) : parsed<double>(column);
}

bool Row::flag(std::string_view name) const {
  const auto& column = statement_.value(name);
  if (column.kind == Kind::text && (column.text == "t" || column.text == "f")) return column.text == "t";
  return number(name) != 0;
}

Date Row::date(std::string_view name) const {
  if (const auto date = Date::read(text(name))) return *date;
  throw std::logic_error("not a date: column " + std::string(name));
}

Moment Row::moment(std::string_view name) const {
  if (const auto moment = Moment::read(text(name))) return *moment;
  throw std::logic_error("not a moment: column " + std::string(name));
}

Connection::Connection() = default;
Connection::~Connection() = default;

Row::Statement& Connection::prepared(std::string_view sql, Bindings bindings) {
  constexpr std::size_t most_kept = 500;
  const auto [first, end] = statements.equal_range(sql);
  for (auto kept = first; kept != end; ++kept)
    if (kept->second->takes(bindings)) return *kept->second;
  if (statements.size() >= most_kept)
    std::erase_if(statements, [](const auto& kept) { return !kept.second->in_use; });
  auto statement = std::make_unique<Row::Statement>(*this, sql, bindings);
  return *statements.emplace(sql, std::move(statement))->second;
}

std::int64_t Connection::run(std::string_view sql, Bindings bindings,
                             const std::function<void(const Row&)>& see) {
  if (failed)
    throw std::logic_error("a statement failed, and the transaction went on with: " + std::string(sql));
  std::int64_t rows = 0;
  try {
    auto& statement = prepared(sql, bindings);
    statement.bind(bindings);
    statement.in_use = true;
    const Row row(statement);
    for (bool more = statement.soci.execute(true); more; more = statement.soci.fetch(), ++rows) {
      ++statement.row;
      if (see) see(row);
    }
    if (statement.columns.empty()) rows = statement.soci.get_affected_rows();
    release(statement.soci);
    statement.in_use = false;
  } catch (const soci::soci_error& error) {
    failed = abandoned = true;
    fail(error, sql);
  } catch (...) {
    abandoned = true;
    throw;
  }
  return rows;
}

void Connection::commit() {
  clear_abandoned();
  committing = true;
  run("commit", {}, {});
  committing = false;
}

void Connection::roll_back() {
  failed = committing = false;
  if (!lost && in_transaction()) try {
      run("rollback", {}, {});
    } catch (const std::exception&) {
      lost = true;  // the transaction ends with the connection
    }
  clear_abandoned();
}

void Connection::begin_part() { run("savepoint part", {}, {}); }

void Connection::keep_part() {
  clear_abandoned();
  run("release savepoint part", {}, {});
}

void Connection::undo_part() {
  failed = false;
  clear_abandoned();
  if (!stands()) return;
  try {
    run("rollback to savepoint part", {}, {});
    run("release savepoint part", {}, {});
  } catch (const std::exception&) {
    lost = true;
    throw;
  }
}

// A statement left before its last row keeps its place in the database, and after an error SOCI does not
// tidy.
void Connection::clear_abandoned() {
  if (abandoned) std::erase_if(statements, [](const auto& kept) { return kept.second->in_use; });
  abandoned = false;
}

void fail_as_a_bug(const soci::soci_error& error, std::string_view sql) {
  // Not what(): it repeats the values, which may be persons.
  throw std::logic_error(error.get_error_message() + " in: " + std::string(sql));
}

}  // namespace stafett::db
