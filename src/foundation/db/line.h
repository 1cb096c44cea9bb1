// The line of those who want to write (kö). Whoever comes while nobody writes goes in; those who come
// meanwhile wait, and the first of them then carries out all that wait, one after another, so that they share
// one commit. Nobody gets an answer before that commit is durable. Only db/*.cpp see this.
#pragma once

#include <exception>
#include <functional>
#include <mutex>
#include <semaphore>
#include <vector>

#include "db/connection.h"

namespace stafett::db {

// Says whether what it did is to be kept.
using Work = std::function<bool(Transaction&)>;

class Line {
 public:
  struct Place {
    const Work& work;
    std::exception_ptr failure{};
    bool is_done = false;             // by somebody else
    std::binary_semaphore called{0};  // to fetch the answer, or to go in first
  };
  using Group = std::vector<Place*>;

  // Waits for the turn of `work`, or until somebody else has carried it out; throws what came of it.
  // `carry_out` is called with all that wait when it is this thread's turn, throws nothing, and leaves each
  // one's failure.
  void wait_for(const Work&, const std::function<void(const Group&)>& carry_out);
  std::size_t length() const;

 private:
  void leave(const Group&, const Place& mine);

  mutable std::mutex mutex_;
  Group waiting_;
  bool somebody_writes_ = false;
};

// In one transaction on this connection, which has begun it: each in a savepoint, then the commit. What fails
// for one is that one's; what fails for all (the commit, a lost connection, a full disk) is everyone's.
void carry_out_together(Connection&, const Line::Group&);

}  // namespace stafett::db
