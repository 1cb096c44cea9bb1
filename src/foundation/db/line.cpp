#include "db/line.h"

#include <utility>

namespace stafett::db {
namespace {

bool in_part(Connection& connection, const Work& work) {
  connection.begin_part();
  try {
    Transaction transaction(connection);
    if (work(transaction)) {
      connection.keep_part();
      return true;
    }
  } catch (...) {
    connection.undo_part();
    throw;
  }
  connection.undo_part();
  return false;
}

void carry_out_part(Connection& connection, const Work& work) {
  std::vector<Transaction::Write> left;
  const auto write_left = [&](Transaction& transaction) {
    for (const auto& write : left) write(transaction);
    return true;
  };
  const bool kept = in_part(connection, [&](Transaction& transaction) {
    const bool keep = work(transaction);
    left = transaction.take_even_if_undone();
    return keep && write_left(transaction);
  });
  if (!kept && !left.empty()) in_part(connection, write_left);
}

}  // namespace

void Line::wait_for(const Work& work, const std::function<void(const Group&)>& carry_out) {
  Place mine{work};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&mine);
  if (std::exchange(somebody_writes_, true))
    mine.called.wait(lock, [&] { return mine.is_done || mine.is_first; });
  if (!mine.is_done) {
    const auto group = std::exchange(waiting_, {});
    lock.unlock();
    carry_out(group);
    lock.lock();
    leave(group, mine);
  }
  lock.unlock();
  if (mine.failure) std::rethrow_exception(mine.failure);
}

// The next first is called before the others, who only have their answers to fetch. All under the lock: a
// place is gone when the one who stood there has been called.
void Line::leave(const Group& group, const Place& mine) {
  somebody_writes_ = !waiting_.empty();
  if (somebody_writes_) {
    waiting_.front()->is_first = true;
    waiting_.front()->called.notify_one();
  }
  for (auto* place : group) {
    place->is_done = true;
    if (place != &mine) place->called.notify_one();
  }
}

std::size_t Line::length() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

void carry_out_together(Connection& connection, const Line::Group& group) {
  for (auto* place : group) try {
      carry_out_part(connection, place->work);
    } catch (...) {
      if (!connection.stands()) throw;
      place->failure = std::current_exception();
    }
  connection.commit();
}

}  // namespace stafett::db
