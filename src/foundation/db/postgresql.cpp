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
    once(writing ? begin_writing : "begin isolation level repeatable read read only");
  }

  void commit() override {
    Connection::commit();
    if (outcome_unknown_) throw no_answer();
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
};

}  // namespace

std::unique_ptr<Connection> connect_to_postgresql(const std::string& address) {
  return std::make_unique<Postgresql>(address);
}

}  // namespace stafett::db
