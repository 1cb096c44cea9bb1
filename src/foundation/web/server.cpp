#include "web/server.h"

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <csignal>
#include <memory>
#include <optional>
#include <system_error>
#include <unordered_set>

#include "base/log.h"
#include "web/framing.h"
#include "web/headers.h"
#include "web/reading.h"

namespace stafett::web {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr std::size_t small_body = 64 << 10, one_read = 64 << 10;

class Connection;

// What the connections share. It and they belong to the thread in serve(): a worker only gets an Incoming and
// makes a reply of it.
struct House {
  const ServerSettings& settings;
  const Answerer& answerer;
  std::vector<std::string> hosts;
  std::unordered_set<Connection*> connections;
  std::size_t large_bodies = 0;  // bytes
  int under_way = 0;             // requests that wait for a worker or have one
  bool stopping = false;
  asio::io_context io{1};
  asio::thread_pool workers{static_cast<std::size_t>(settings.workers)};

  bool full() const { return under_way >= settings.workers + static_cast<int>(settings.limits.waiting); }
};

// One browser's line to us. Always exactly one thing is under way for it (a read, a write, or a worker's
// answer), and that keeps it alive: when nothing new is begun, it ends.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(House& house, tcp::socket socket, std::string network)
      : house_(house), socket_(std::move(socket)), network_(std::move(network)) {
    house_.connections.insert(this);
  }

  ~Connection() {
    house_.connections.erase(this);
    house_.large_bodies -= kept_for_body_;
  }

  void begin() {
    if (buffer_.size() > 0) return begin_header();
    if (house_.stopping) return;
    out_ = {};
    if (buffer_.capacity() > 2 * longest_header) buffer_.shrink_to_fit();
    idle_ = true;
    deadline_ = Clock::now() + limits().idle;
    read(&Connection::begin_header);
  }

  void refuse(const Refusal& refusal) {
    keep_alive_ = false;
    say(reply(refusal));
    write();
  }

  void close() {
    error_code ignored;
    socket_.close(ignored);  // whatever was under way ends with an error
  }

  bool idle() const { return idle_; }
  bool overdue(Clock::time_point now) const { return deadline_ < now; }

 private:
  using Step = void (Connection::*)();
  const ServerLimits& limits() const { return house_.settings.limits; }
  std::string_view received() const {
    return {static_cast<const char*>(buffer_.data().data()), buffer_.size()};
  }
  Clock::time_point deadline_after(std::size_t bytes) const {
    return began_ + limits().grace + std::chrono::milliseconds(bytes * 1000 / limits().pace);
  }

  void read(Step then, std::size_t most = longest_header) {
    socket_.async_read_some(buffer_.prepare(most),
                            [self = shared_from_this(), then](error_code error, std::size_t n) {
                              if (error) return;
                              self->buffer_.commit(n);
                              (self.get()->*then)();
                            });
  }

  void begin_header() {
    idle_ = head_only_ = false;
    deadline_ = Clock::now() + limits().header;
    reading_.emplace();
    take_header();
  }

  void take_header() {
    auto rest = received();
    if (const auto refusal = reading_->take_header(rest, house_.hosts)) return refuse(*refusal);
    buffer_.consume(buffer_.size() - rest.size());
    if (!reading_->has_header()) return read(&Connection::take_header);
    begin_body();
  }

  void begin_body() {
    const auto& request = reading_->request;
    began_ = Clock::now();
    body_bytes_ = 0;
    head_only_ = reading_->head_only;
    keep_alive_ = reading_->keep_alive;
    largest_body_ = house_.answerer.largest_body(request.method, request.path);
    if (reading_->is_done()) return take_body();
    const auto length = reading_->declared_length().value_or(largest_body_);
    if (length > largest_body_) return refuse(too_large);
    if (!keep_for_body(length)) return refuse(too_many);
    if (request.header("expect").empty() || buffer_.size() > 0) return take_body();
    deadline_ = deadline_after(0);
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(socket_, asio::buffer(go_on),
                      [self = shared_from_this()](error_code error, std::size_t) {
                        if (!error) self->take_body();
                      });
  }

  bool keep_for_body(std::size_t length) {
    if (length <= small_body) return true;
    if (house_.large_bodies + length > limits().large_bodies) return false;
    kept_for_body_ = length;
    house_.large_bodies += length;
    return true;
  }

  void take_body() {
    auto rest = received();
    if (const auto refusal = reading_->take_body(rest, largest_body_)) return refuse(*refusal);
    body_bytes_ += buffer_.size() - rest.size();
    buffer_.consume(buffer_.size() - rest.size());
    if (reading_->is_done()) return hand_over();
    deadline_ = deadline_after(body_bytes_);
    read(&Connection::take_body, one_read);
  }

  void hand_over() {
    if (house_.full()) return refuse(too_many);
    auto& request = reading_->request;
    request.network = caller(network_, request.header("x-forwarded-for"), house_.settings.proxies);
    ++house_.under_way;
    deadline_ = Clock::time_point::max();
    asio::post(house_.workers, [self = shared_from_this()]() mutable {
      self->answer();
      auto& io = self->house_.io;
      asio::post(io, [self = std::move(self)] {
        --self->house_.under_way;
        self->house_.large_bodies -= std::exchange(self->kept_for_body_, 0);
        self->keep_alive_ = self->keep_alive_ && !self->house_.stopping;
        self->write();
      });
    });
  }

  // On a worker's thread.
  void answer() {
    try {
      say(house_.answerer.answer(reading_->request));
    } catch (const std::exception& fault) {
      log::error(std::string("no answer could be made: ") + fault.what());
      say(reply(our_fault));
    }
    reading_.reset();
  }

  void say(Outgoing out) {
    out_ = std::move(out);
    head_ = head(out_, house_.settings.https, keep_alive_, now());
  }

  void write() {
    began_ = Clock::now();
    deadline_ = deadline_after(0);
    const auto bytes = head_only_ ? std::string_view() : content(out_);
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(head_), {bytes.data(), bytes.size()}};
    const auto on_time = [this](error_code error, std::size_t written) -> std::size_t {
      deadline_ = deadline_after(written);
      return error ? 0 : one_read;
    };
    asio::async_write(socket_, buffers, on_time, [self = shared_from_this()](error_code error, std::size_t) {
      if (error) return;
      if (self->keep_alive_) return self->begin();
      self->part();
    });
  }

  // Closing while the browser still sends would reset the connection and lose our last words.
  void part() {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    if (house_.stopping) return;
    idle_ = true;
    deadline_ = Clock::now() + limits().grace;
    let_go_by();
  }
  void let_go_by() {
    buffer_.clear();
    read(&Connection::let_go_by, one_read);
  }

  House& house_;
  tcp::socket socket_;
  std::string network_;
  boost::beast::flat_buffer buffer_;
  std::optional<Reading> reading_;
  Outgoing out_;
  std::string head_;
  Clock::time_point deadline_, began_;
  std::size_t largest_body_ = 0, body_bytes_ = 0, kept_for_body_ = 0;
  bool idle_ = false, head_only_ = false, keep_alive_ = false;
};

tcp::acceptor listening(asio::io_context& io, const ServerSettings& settings) {
  const auto where = settings.address + ":" + std::to_string(settings.port);
  error_code error;
  const auto address = asio::ip::make_address(settings.address, error);
  if (error)
    throw std::system_error(error,
                            where + " is not an address to listen on; write one such as 127.0.0.1:8080");
  try {
    return {io, {address, settings.port}};
  } catch (const boost::system::system_error& fault) {
    throw std::system_error(fault.code(),
                            "cannot listen on " + where + "; stop what uses it or choose another address");
  }
}

class Door {
 public:
  Door(House& house, tcp::acceptor acceptor) : house_(house), acceptor_(std::move(acceptor)) {}

  void accept() {
    acceptor_.async_accept([this](error_code error, tcp::socket socket) {
      if (!acceptor_.is_open()) return;
      if (error) return rest();
      take_in(std::move(socket));
      accept();
    });
  }
  void close() { acceptor_.close(); }

 private:
  // Out of file descriptors, most likely: some will come back.
  void rest() {
    log::warn("connections cannot be taken for the moment");
    resting_.expires_after(std::chrono::milliseconds(100));
    resting_.async_wait([this](error_code) {
      if (acceptor_.is_open()) accept();
    });
  }

  void take_in(tcp::socket socket) {
    error_code gone;
    const auto from = socket.remote_endpoint(gone);
    if (gone) return;
    socket.set_option(tcp::no_delay(true), gone);
    const bool room = house_.connections.size() < house_.settings.limits.connections;
    if (!room) {
      turn_away(socket);
    } else {
      std::make_shared<Connection>(house_, std::move(socket), from.address().to_string())->begin();
    }
  }

  // With what a new socket takes at once, and nothing kept.
  void turn_away(tcp::socket& socket) {
    const auto out = reply(too_many);
    const auto text = head(out, house_.settings.https, false, now()) + out.body;
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(text), ignored);
    socket.shutdown(tcp::socket::shutdown_both, ignored);
  }

  House& house_;
  tcp::acceptor acceptor_;
  asio::steady_timer resting_{house_.io};
};

// Ends what has taken too long, and in the end everything.
class Watch {
 public:
  Watch(House& house, Door& door) : house_(house), door_(door) {}

  void look() {
    const auto now = Clock::now();
    if (house_.stopping && (house_.connections.empty() || now > leave_by_)) return house_.io.stop();
    for (auto* connection : house_.connections)
      if (connection->overdue(now)) connection->close();
    again_.expires_after(std::chrono::milliseconds(100));
    again_.async_wait([this](error_code) { look(); });
  }

  void stop() {
    if (std::exchange(house_.stopping, true)) return;
    leave_by_ = Clock::now() + house_.settings.limits.finish;
    door_.close();
    for (auto* connection : house_.connections)
      if (connection->idle()) connection->close();
    again_.cancel();
  }

 private:
  House& house_;
  Door& door_;
  asio::steady_timer again_{house_.io};
  Clock::time_point leave_by_;
};

// Each connection is a file descriptor, and the usual 1,024 are fewer than our limit.
void allow_many_files() {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

}  // namespace

void serve(const ServerSettings& settings, const Answerer& answerer,
           const std::function<void(unsigned short)>& ready) {
  allow_many_files();
  House house{settings, answerer};
  auto acceptor = listening(house.io, settings);
  const auto here = acceptor.local_endpoint();
  house.hosts = hosts(here.address().to_string(), here.port(), settings.hosts);
  Door door(house, std::move(acceptor));
  Watch watch(house, door);
  asio::signal_set signals(house.io, SIGINT, SIGTERM);
  signals.async_wait([&](error_code error, int) {
    if (error) return;
    signals.clear();  // so that a second one ends the program at once
    watch.stop();
  });
  const std::stop_callback asked(settings.stop, [&] { asio::post(house.io, [&] { watch.stop(); }); });
  door.accept();
  watch.look();
  ready(here.port());
  house.io.run();
  house.workers.stop();
  house.workers.join();
}

}  // namespace stafett::web
