#include "statistics/crew.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace stafett::statistics {
namespace {

class Second {
 public:
  Second() : thread_([this](std::stop_token stop) { run(stop); }) {}

  void start(std::function<void()> work) {
    {
      const std::lock_guard lock(mutex_);
      work_ = std::move(work);
      fault_ = nullptr;
      busy_ = true;
    }
    wake_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return !busy_; });
    if (fault_) std::rethrow_exception(fault_);
  }

 private:
  void run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (wake_.wait(lock, stop, [this] { return busy_; })) {
      lock.unlock();
      std::exception_ptr fault;
      try {
        work_();
      } catch (...) {
        fault = std::current_exception();
      }
      lock.lock();
      fault_ = fault;
      busy_ = false;
      wake_.notify_all();
    }
  }

  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::function<void()> work_;
  std::exception_ptr fault_;
  bool busy_ = false;
  std::jthread thread_;  // last: it uses the rest
};

}  // namespace

void share(std::size_t n, std::size_t worth_sharing,
           const std::function<void(int, std::size_t, std::size_t)>& work) {
  static std::mutex one_question_at_a_time;
  const std::unique_lock lock(one_question_at_a_time, std::try_to_lock);
  if (n < worth_sharing || !lock || std::thread::hardware_concurrency() < 2) return work(0, 0, n);
  static Second second;
  second.start([&] { work(1, n / 2, n); });
  try {
    work(0, 0, n / 2);
  } catch (...) {
    second.wait();
    throw;
  }
  second.wait();
}

}  // namespace stafett::statistics
