// What the server does by itself while it runs, now and then.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace stafett::app {

// Does `work` each time so long has passed, on a thread of its own, and once more when it ends. What it
// throws is written in the program's log, and it is tried again the next time.
class Clockwork {
 public:
  Clockwork(std::string what, std::chrono::milliseconds every, std::function<void()> work);
  ~Clockwork();

 private:
  void run(const std::stop_token&);
  void work_once();

  std::string what_;
  std::chrono::milliseconds every_;
  std::function<void()> work_;
  std::mutex mutex_;
  std::condition_variable_any stopping_;
  std::jthread thread_;
};

}  // namespace stafett::app
