// PostgreSQL through the address that libpq takes, set so that it answers as SQLite does.
#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

#include <algorithm>
#include <array>

#include "db/connection.h"

namespace stafett::db {
namespace {

constexpr auto settings = R"(
  set datestyle = 'ISO'; set timezone = 'UTC'; set standard_conforming_strings = on; set client_encoding = 'UTF8';
  select set_config('statement_timeout', '30s', false) where current_setting('statement_timeout') = '0')";

// One writes at a time, as in SQLite. The number stands for Stafett in this database.
constexpr auto begin_writing = "begin; select pg_advisory_xact_lock(7381)";
constexpr auto begin_reading = "begin isolation level repeatable read read only";

// The rights of src/app/wall.sql, where they have been given and we may take them on.
constexpr auto find_roles = R"(
  select count(*) as number
  from pg_roles
  where rolname in ('stafett_program', 'stafett_association') and pg_has_role(oid, 'member')
    and has_table_privilege(oid, to_regclass('migration'), 'select'))";

using enum Failure::Kind;

Failure away(std::string_view why) {
  return Failure(
      unreachable,
      Message{"PostgreSQL cannot be reached: {1}. Check that it runs, and the address, the name and "
              "the password.",
              why});
}
Failure no_answer() {
  return Failure(unknown_outcome,
                 "PostgreSQL did not say whether the last change was saved. See whether it is there "
                 "before doing it again.");
}
Failure full_disk() {
  return Failure(full, "The disk of PostgreSQL is full, and the last change was not saved. Make room on it.");
}
Failure too_busy() {
  return Failure(in_use,
                 "PostgreSQL was too busy to answer in time, and nothing was saved. Try again in a while.");
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

// Waits that do not last for minutes when the other side is gone, unless the address has its own.
std::string with_time_limits(std::string address) {
  constexpr std::array<std::string_view, 4> limits{"connect_timeout=10", "keepalives_idle=30",
                                                   "tcp_user_timeout=30000", "application_name=stafett"};
  for (const auto limit : limits) {
    if (address.find(limit.substr(0, limit.find('=') + 1)) != address.npos) continue;
    address += address.find('?') == address.npos ? '?' : '&';
    address += limit;
  }
  return address;
}

soci::postgresql_statement_backend& backend(soci::statement& statement) {
  return static_cast<soci::postgresql_statement_backend&>(*statement.get_backend());
}

struct Postgresql : Connection {
  explicit Postgresql(const std::string& address) {
    try {
      session = std::make_unique<soci::session>(soci::postgresql, with_time_limits(address));
    } catch (const soci::soci_error& error) {
      const auto said = error.get_error_message();  // a line of SOCI's, what libpq knows, what it guesses
      throw away(first_line(said.substr(said.find('\n') + 1)));
    }
    once(settings);
    PQsetErrorVerbosity(handle(), PQERRORS_TERSE);  // the detail repeats the values, which may be persons
    PQsetNoticeReceiver(handle(), heed, this);
  }
  ~Postgresql() override { PQsetNoticeReceiver(handle(), heed, nullptr); }

  void begin(bool writing) override {
    outcome_unknown_ = false;
    std::string sql = writing ? begin_writing : begin_reading;
    has_role_ = behind_wall && !lacks_roles();
    if (has_role_) sql += "; set local role stafett_program";
    once((sql + "; set local stafett.rooms = '" + (every_room ? "*" : "") + "'").c_str());
    rooms_ = every_room ? "*" : "";
    has_moved_ = false;
  }

  // What was set in one part of a shared transaction would still hold in the next.
  void begin_part() override {
    Connection::begin_part();
    if (!std::exchange(has_moved_, false)) return;
    if (has_role_) run("set local role stafett_program", {}, {});
    set_rooms(every_room ? "*" : "");
  }

  void stand_in_room(std::string_view organisation) override {
    has_moved_ = true;
    set_rooms(std::string(organisation));
  }
  void open_room(std::string_view organisation) override {
    if (rooms_ == "*" || rooms_ == organisation) return;
    has_moved_ = true;
    set_rooms(rooms_ + " " + std::string(organisation));
  }
  std::string rooms() override { return rooms_; }
  void leave_persons_out() override {
    has_moved_ = true;
    set_rooms("");
    if (has_role_) run("set local role stafett_association", {}, {});
  }

  bool lacks_roles() override {
    if (!lacks_roles_) {
      int roles = 0;
      try {
        *session << find_roles, soci::into(roles);
      } catch (const soci::soci_error& error) {
        fail(error, find_roles);
      }
      lacks_roles_ = roles != 2;
    }
    return *lacks_roles_;
  }

 private:
  Result<> purge(std::initializer_list<std::string_view> tables) override {
    for (const auto table : tables) try {
        *session << "vacuum full " + std::string(table);
      } catch (const soci::soci_error& error) {
        fail(error, "vacuum full");
      }
    return {};
  }

  PGconn* handle() { return static_cast<soci::postgresql_session_backend*>(session->get_backend())->conn_; }

  void once(const char* sql) {
    try {
      *session << sql;
    } catch (const soci::soci_error& error) {
      fail(error, sql);
    }
  }

  // The warning at a commit: it stopped waiting for the standby, so the change may not survive this server.
  static void heed(void* self, const PGresult* notice) {
    auto* connection = static_cast<Postgresql*>(self);
    const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    if (connection && connection->committing && severity && std::string_view(severity) == "WARNING")
      connection->outcome_unknown_ = true;
  }

  void set_rooms(std::string rooms) {
    run("select set_config('stafett.rooms', :rooms, true)", {{"rooms", rooms}}, {});
    rooms_ = std::move(rooms);
  }

  bool in_transaction() override { return PQtransactionStatus(handle()) != PQTRANS_IDLE; }

  // Everything comes as text anyway, so that is what we read it as.
  std::vector<Column> columns(soci::statement& statement) override {
    const std::unique_ptr<PGresult, void (*)(PGresult*)> described(
        PQdescribePrepared(handle(), backend(statement).statementName_.c_str()), PQclear);
    std::vector<Column> columns;
    for (int i = 0; i != PQnfields(described.get()); ++i)
      columns.push_back({PQfname(described.get(), i), Kind::text});
    return columns;
  }

  std::vector<std::string> parameters(soci::statement& statement) override {
    return backend(statement).names_;
  }

  void release(soci::statement& statement) override { backend(statement).result_.reset(); }

  void fail(const soci::soci_error& error, std::string_view sql) override {
    const auto* ours = dynamic_cast<const soci::postgresql_soci_error*>(&error);
    const auto state = ours ? ours->sqlstate() : std::string();
    if (PQstatus(handle()) == CONNECTION_BAD || state.starts_with("08") || state.starts_with("57P")) {
      lost = true;
      throw committing ? no_answer() : away(first_line(error.get_error_message()));
    }
    if (state == "53100") throw full_disk();
    if (state == "57014" || state == "55P03" || state.starts_with("40")) throw too_busy();
    fail_as_a_bug(error, sql);
  }

  bool outcome_unknown_ = false;
  std::optional<bool> lacks_roles_;
  bool has_role_ = false;
  std::string rooms_;       // that are open: organisations with a space between, or "*"
  bool has_moved_ = false;  // not in the rooms, or not with the rights, that the transaction began with
};

}  // namespace

std::unique_ptr<Connection> connect_to_postgresql(const std::string& address) {
  return std::make_unique<Postgresql>(address);
}

}  // namespace stafett::db
