#include "app/clockwork.h"

#include <pthread.h>
#include <csignal>

#include <exception>
#include <utility>

#include "base/log.h"

namespace stafett::app {
namespace {

// Signals are the server's: they must not interrupt this thread.
void leave_signals_to_others() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

Clockwork::Clockwork(std::string what, std::chrono::milliseconds every, std::function<void()> work)
    : what_(std::move(what)),
      every_(every),
      work_(std::move(work)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

Clockwork::~Clockwork() {
  thread_.request_stop();
  thread_.join();
}

void Clockwork::run(const std::stop_token& stop) {
  leave_signals_to_others();
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    stopping_.wait_for(lock, stop, every_, [&] { return stop.stop_requested(); });
    work_once();
  }
}

void Clockwork::work_once() {
  try {
    work_();
  } catch (const std::exception& failure) {
    log::error(what_ + ": " + failure.what());
  }
}

}  // namespace stafett::app
