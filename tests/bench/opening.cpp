// Opening a case: decision, entry in the log and a durable commit for each page, many at once. Deciding by itself. And
// the month's sample of a long log.
#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

#include "access_log/access_log.h"
#include "assignment/assignment.h"
#include "account/account.h"
#include "app/modules.h"
#include "db/database.h"
#include "tests/bench/bench.h"
#include "tests/bench/serving.h"

namespace stafett::bench {
namespace {

namespace fs = std::filesystem;

std::string beside(const Setting& setting, const char* name) {
  return "sqlite:" + (fs::path(setting.sqlite.substr(sizeof("sqlite:") - 1)).parent_path() / name).string();
}

// Connections kept open by one thread, each with one request under way.
class Crowd {
 public:
  Crowd(unsigned short port, std::size_t size, std::string cookie, std::vector<std::string> addresses)
      : host_("127.0.0.1:" + std::to_string(port)), cookie_(std::move(cookie)), addresses_(std::move(addresses)), poll_(epoll_create1(0)) {
    for (std::size_t i = 0; i != size; ++i) lines_.push_back(connected(port));
    for (std::size_t i = 0; i != size; ++i) {
      epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
      epoll_ctl(poll_, EPOLL_CTL_ADD, lines_[i].socket, &event);
    }
  }
  ~Crowd() {
    for (const auto& line : lines_) close(line.socket);
    close(poll_);
  }

  struct Outcome {
    double per_second = 0, median_ms = 0, p99_ms = 0;
    std::size_t bytes = 0;
  };
  Outcome run(double for_seconds) {
    const auto begin = Clock::now();
    const auto end = begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(for_seconds));
    times_.clear();
    for (auto& line : lines_) ask(line);
    std::size_t under_way = lines_.size();
    while (under_way > 0) {
      epoll_event events[64];
      const int count = epoll_wait(poll_, events, 64, 10'000);
      if (count <= 0) throw std::runtime_error("no answer for ten seconds");
      for (int i = 0; i != count; ++i) {
        auto& line = lines_[events[i].data.u64];
        if (!is_answered(line)) continue;
        times_.push_back(std::chrono::duration<double, std::milli>(Clock::now() - line.asked).count());
        if (Clock::now() < end)
          ask(line);
        else
          --under_way;
      }
    }
    const auto took = std::chrono::duration<double>(Clock::now() - begin).count();
    std::ranges::sort(times_);
    return {static_cast<double>(times_.size()) / took, times_[times_.size() / 2], times_[times_.size() * 99 / 100], bytes_};
  }

 private:
  using Clock = std::chrono::steady_clock;
  struct Line {
    int socket = -1;
    std::string reply;
    std::size_t whole = std::string::npos;
    Clock::time_point asked;
  };

  static Line connected(unsigned short port) {
    Line line{.socket = socket(AF_INET, SOCK_STREAM, 0)};
    sockaddr_in address{.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    if (connect(line.socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) throw std::runtime_error("nobody answers");
    return line;
  }

  void ask(Line& line) {
    const auto& address = addresses_[next_++ % addresses_.size()];
    const auto request = "GET " + address + " HTTP/1.1\r\nHost: " + host_ + "\r\nCookie: " + cookie_ + "\r\n\r\n";
    line.reply.clear();
    line.whole = std::string::npos;
    line.asked = Clock::now();
    if (write(line.socket, request.data(), request.size()) != static_cast<ssize_t>(request.size()))
      throw std::runtime_error("the connection broke");
  }

  bool is_answered(Line& line) {
    char piece[65536];
    const auto got = read(line.socket, piece, sizeof piece);
    if (got <= 0) throw std::runtime_error("the connection broke");
    line.reply.append(piece, static_cast<std::size_t>(got));
    if (const auto end = line.reply.find("\r\n\r\n"); line.whole == std::string::npos && end != std::string::npos) {
      if (!line.reply.starts_with("HTTP/1.1 200")) throw std::logic_error("not let in: " + line.reply.substr(0, 60));
      line.whole = end + 4 + static_cast<std::size_t>(std::atoll(line.reply.c_str() + line.reply.find("Content-Length: ") + 16));
    }
    bytes_ = line.whole;
    return line.reply.size() >= line.whole;
  }

  std::string host_, cookie_;
  std::vector<std::string> addresses_;
  std::vector<Line> lines_;
  std::vector<double> times_;
  std::size_t next_ = 0, bytes_ = 0;
  int poll_;
};

// A coach, who works with everyone in an intervention of the demo area, and the cases in it.
std::vector<std::string> cases_of_a_coach(const std::string& address) {
  db::Database database(address);
  return database.write([](db::Transaction& tx) {
    const auto coach = account::named(tx, "coach", now(), app::permissions_of).value();
    const auto intervention = tx.find([](const db::Row& row) { return row.id<intervention::Intervention>("intervention_id"); }, R"(
      select intervention_id from participant where owner_id = :owner group by intervention_id order by count(*) desc limit 1)",
                                      {{"owner", coach.organisation}})
                                  .value();
    assignment::give(tx,
                     {.id = new_id<assignment::Assignment>(),
                      .organisation = coach.organisation,
                      .account = coach.account,
                      .intervention = intervention,
                      .duty = "coach",
                      .kinds = access::Kinds::all(),
                      .from = *Moment::read("2020-01-01 00:00:00")},
                     coach.account);
    return tx.list([](const db::Row& row) { return "/participants/" + row.text("id"); },
                   "select id from participant where intervention_id = :intervention order by id", {{"intervention", intervention}});
  });
}

std::int64_t entries(const std::string& address) {
  db::Database database(address);
  return *database.read([](db::Transaction& tx) {
    return tx.find([](const db::Row& row) { return row.number("n"); }, "select count(*) as n from access_log");
  });
}

}  // namespace

void opening(const Setting& setting) {
  const auto demo = beside(setting, "opening.db");
  make_demo(demo);
  const auto addresses = cases_of_a_coach(demo);
  const auto before = entries(demo);
  std::size_t asked = 0;
  {
    Serving program(demo);
    const auto cookie = signed_in_cookie(program.port(), "coach");
    const auto run = [&](std::size_t size, double for_seconds) {
      Crowd crowd(program.port(), size, cookie, addresses);
      const auto outcome = crowd.run(for_seconds);
      asked += static_cast<std::size_t>(outcome.per_second * for_seconds);
      return outcome;
    };
    run(64, 2);
    const auto before_many = program.processor_seconds();
    const auto many = run(64, 10);
    const auto spent = program.processor_seconds() - before_many;
    const auto one = run(1, 2);
    say("a case opened, decided, noted and durable, 64 connections", many.per_second, "/s", "at least 5,000");
    say("the same, half of them within", many.median_ms, "ms");
    say("the same, 99 of 100 within", many.p99_ms, "ms", "at most 20");
    say("processor time of the program for each", 1e6 * spent / (many.per_second * 10), "µs");
    say("the same, one connection", one.median_ms, "ms");
    say("bytes of the page", static_cast<double>(many.bytes), "B");
    say("resident after that", program.resident_mb(), "MB");
  }
  if (entries(demo) - before < static_cast<std::int64_t>(asked)) throw std::logic_error("something was shown and not noted");
}

void sampling(const Setting& setting) {
  db::Database database(beside(setting, "sampling.db"));
  database.migrate(now());
  // Ten million entries in five years, by fifty units and one that did little.
  const auto made = seconds([&] {
    database.write([](db::Transaction& tx) {
      tx.execute("drop index access_log_by_participant");
      tx.execute("drop index access_log_by_unit");
      tx.execute(R"(
        with recursive entry (i) as (select 1 union all select i + 1 from entry where i < 10000000)
        insert into access_log (chain_id, number, at, account_id, organisation_id, unit_id, session, action, participant_id, object,
                                kinds, purpose, allowed, rule, consent_id, hash)
        select '01kommunen', i, datetime('2021-01-01', '+' || (i * 15) || ' seconds'), '01konto' || (i % 500), '01kommunen',
               case when i % 200000 = 0 then '01liten' else '01enhet' || (i * 7 % 50) end, '', 'see', '01deltagare' || (i % 20000),
               'participant', 127, 'coordination', 1, 'own room', '', ''
        from entry)");
      tx.execute("create index access_log_by_unit on access_log (chain_id, unit_id, number)");
    });
  });
  say("ten million entries made (without a chain)", made, "s");
  const auto sample = [&](const char* what, const access_log::Staff& staff, std::int64_t first, std::int64_t last) {
    std::size_t drawn = 0;
    int seed = 0;
    const auto took = median_ms(5, [&] {
      drawn = database.read([&](db::Transaction& tx) { return access_log::draw(tx, staff, first, last, std::to_string(++seed)).size(); });
    });
    if (drawn != access_log::sample_size) throw std::logic_error("too few were drawn");
    say(what, took, "ms", "at most 1,000");
  };
  sample("a sample for one unit of fifty, of all ten million", {{"01kommunen"}, "01enhet7"}, 1, 10'000'000);
  sample("for a unit with fifty entries in all", {{"01kommunen"}, "01liten"}, 1, 10'000'000);
  sample("for the whole organisation", {{"01kommunen"}, ""}, 1, 10'000'000);
}

}  // namespace stafett::bench
