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
  const bool goes_in = !std::exchange(somebody_writes_, true);
  lock.unlock();
  if (!goes_in) mine.called.acquire();
  if (!mine.is_done) {
    lock.lock();
    const auto group = std::exchange(waiting_, {});
    lock.unlock();
    carry_out(group);
    leave(group, mine);
  }
  if (mine.failure) std::rethrow_exception(mine.failure);
}

// The next first is called before the others, who only have their answers to fetch. A place is gone when the
// one who stood there has been called.
void Line::leave(const Group& group, const Place& mine) {
  std::unique_lock lock(mutex_);
  somebody_writes_ = !waiting_.empty();
  auto* const next = somebody_writes_ ? waiting_.front() : nullptr;
  lock.unlock();
  if (next) next->called.release();
  for (auto* place : group) {
    if (place == &mine) continue;
    place->is_done = true;
    place->called.release();
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
