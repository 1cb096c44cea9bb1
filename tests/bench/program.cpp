// The program from outside: registers read in, how it starts, and how soon its pages come.
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "app/made_up.h"
#include "db/database.h"
#include "exchange/exchange.h"
#include "file/table.h"
#include "tests/bench/bench.h"
#include "web/form.h"

namespace stafett::bench {
namespace {

namespace fs = std::filesystem;

// Beside the other made-up data, and gone with it.
fs::path place(const Setting& setting) { return fs::path(setting.sqlite.substr(sizeof("sqlite:") - 1)).parent_path(); }

std::string made_up_register(const std::vector<intervention::Intervention>& interventions, std::size_t rows) {
  const auto today = *Date::read("2026-06-30");
  app::Chance chance(7);
  std::string file(app::register_heading);
  for (std::size_t number = 1; number <= rows; ++number)
    file += app::register_line(app::make_up(chance, interventions[number % interventions.size()], number, Date::of(2016, 1, 4), today));
  return file;
}

// Reads a register into an empty database: parsed, checked, kept and committed.
void import_into(const std::string& address, std::size_t rows, std::string_view what, std::string_view promised) {
  db::Database database(address);
  database.migrate(now());
  const auto interventions = database.write([](db::Transaction& tx) {
    for (const auto& definition : app::made_up_interventions(8)) intervention::save(tx, definition, "bench", now());
    return intervention::list(tx);
  });
  auto file = made_up_register(interventions, rows);
  exchange::Report report;
  const auto took = seconds([&] {
    const auto table = file::read_table(std::move(file)).value();
    report = exchange::import(database, table, {exchange::Kind::participations, nullptr, *Moment::read("2026-06-30 08:00:00")}).value();
  });
  if (report.added != rows) throw std::logic_error("not every row of the made-up register was taken");
  say(what, static_cast<double>(rows) / took, "rows/s", promised);
}

// The program, serving; ended with this.
class Serving {
 public:
  explicit Serving(const std::string& database) {
    int out[2];
    if (pipe(out) != 0) throw std::runtime_error("no pipe");
    start_ms = 1000 * seconds([&] {
                 process_ = fork();
                 if (process_ == 0) {
                   dup2(out[1], STDOUT_FILENO);
                   execl("build/release/stafett", "stafett", "serve", "--listen", "127.0.0.1:0", "--database", database.c_str(), nullptr);
                   _exit(127);
                 }
                 close(out[1]);
                 char said[256] = {};
                 if (read(out[0], said, sizeof said - 1) <= 0) throw std::runtime_error("the program did not start");
                 port_ = static_cast<unsigned short>(std::atoi(std::string_view(said).substr(std::string_view(said).rfind(':') + 1).data()));
               });
    close(out[0]);
  }
  ~Serving() {
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
  }
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;

  double resident_mb() const {
    std::ifstream status("/proc/" + std::to_string(process_) + "/status");
    for (std::string line; std::getline(status, line);)
      if (line.starts_with("VmRSS:")) return std::atof(line.c_str() + 6) / 1024;
    return 0;
  }
  unsigned short port() const { return port_; }

  double start_ms = 0;

 private:
  pid_t process_ = -1;
  unsigned short port_ = 0;
};

// A browser of the simplest kind: one connection kept open, one cookie.
class Browser {
 public:
  explicit Browser(unsigned short port) : host_("127.0.0.1:" + std::to_string(port)), socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) throw std::runtime_error("nobody answers");
  }
  ~Browser() { close(socket_); }

  // The whole reply, header and all.
  std::string get(const std::string& address) { return ask("GET " + address + " HTTP/1.1\r\nHost: " + host_ + "\r\nCookie: " + cookie_ + "\r\n\r\n"); }

  void sign_in(const std::string& account, const std::string& password) {
    keep_cookie(get("/sign-in"));
    const auto page = get("/sign-in");
    const auto at = page.find("name=\"token\" value=\"") + 20;
    const auto body = "account=" + account + "&password=" + password + "&token=" + page.substr(at, 32);
    keep_cookie(ask("POST /sign-in HTTP/1.1\r\nHost: " + host_ + "\r\nCookie: " + cookie_ +
                    "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body));
    if (!cookie_.starts_with("sid=")) throw std::logic_error("signing in did not work");
  }

 private:
  void keep_cookie(const std::string& reply) {
    if (const auto at = reply.find("Set-Cookie: "); at != reply.npos) cookie_ = reply.substr(at + 12, reply.find(';', at) - at - 12);
  }

  std::string ask(const std::string& request) {
    if (write(socket_, request.data(), request.size()) != static_cast<ssize_t>(request.size())) throw std::runtime_error("the connection broke");
    std::string reply;
    std::size_t whole = std::string::npos;
    char piece[65536];
    while (reply.size() < whole) {
      const auto got = read(socket_, piece, sizeof piece);
      if (got <= 0) throw std::runtime_error("the connection broke");
      reply.append(piece, static_cast<std::size_t>(got));
      if (const auto end = reply.find("\r\n\r\n"); whole == std::string::npos && end != reply.npos) {
        const auto length = reply.find("Content-Length: ");
        whole = end + 4 + (length < end ? static_cast<std::size_t>(std::atoll(reply.c_str() + length + 16)) : 0);
      }
    }
    return reply;
  }

  std::string host_, cookie_ = "none=";
  int socket_;
};

const std::string password = "mata-inte-med-detta";

void time_page(Browser& browser, std::string_view what, const std::string& address, std::string_view promised) {
  if (!browser.get(address).starts_with("HTTP/1.1 200")) throw std::logic_error("no such page: " + address);
  say(what, median_ms(200, [&] { browser.get(address); }), "ms", promised);
}

}  // namespace

void importing(const Setting& setting) {
  const auto file = place(setting) / "import.db";
  import_into("sqlite:" + file.string(), 300'000, "register of 300,000 rows into SQLite, checked and kept", "at least 70,000");
  if (!setting.postgresql.empty()) import_into(setting.postgresql, 50'000, "register of 50,000 rows into PostgreSQL", "no promise");
}

void serving(const Setting& setting) {
  const auto demo = "sqlite:" + (place(setting) / "demo.db").string();
  setenv("STAFETT_DEMO_PASSWORD", password.c_str(), 1);
  if (std::system(("build/release/stafett demo --database " + demo + " >/dev/null").c_str()) != 0) throw std::runtime_error("no demo area");
  {
    Serving program(demo);
    say("start, until it answers, with the demo area", program.start_ms, "ms", "at most 300");
    Browser browser(program.port());
    browser.sign_in("enhetschef", password);
    time_page(browser, "first page, over HTTP", "/", "at most 2");
    time_page(browser, "an intervention with its tables, goals and charts", "/interventions/forsteg", "at most 2");
    time_page(browser, "interventions", "/interventions", "at most 2");
    time_page(browser, "statistics, closed by destination and sex", "/statistics?measure=closed&by=destination&by=sex", "at most 2");
    say("resident after those pages", program.resident_mb(), "MB", "at most 60");
  }
  Serving program(setting.sqlite);
  Browser browser(program.port());
  browser.sign_in("remittent", password);
  const auto question = "/statistics/table.json?measure=started&by=destination&by=sex&by=age_band&area=" + web::urlencoded("Samordningsförbundet A") +
                        "&income_start=" + web::urlencoded("försörjningsstöd") + "&income_start=sjukpenning";
  const auto first = 1000 * seconds([&] { browser.get(question); });
  say("first question to the large database: the columns are read", first, "ms");
  time_page(browser, "cross-table of three dimensions, two filters, over HTTP", question, "at most 5");
}

}  // namespace stafett::bench
