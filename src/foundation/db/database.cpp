#include "db/database.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>

#include "db/line.h"

namespace stafett::db {
namespace {

constexpr std::string_view sqlite_prefix = "sqlite:";

// The database whose transaction this thread is in: another one in it would wait for itself.
thread_local const void* transaction_of = nullptr;

struct InTransaction {
  explicit InTransaction(const void* database) : before(transaction_of) {
    if (before == database) throw std::logic_error("a transaction inside another");
    transaction_of = database;
  }
  ~InTransaction() { transaction_of = before; }
  const void* before;
};

}  // namespace

Failure::Failure(Kind kind, Message message)
    : std::runtime_error(filled(message.key, message.arguments)), kind(kind), message(std::move(message)) {}

void Transaction::each(std::string_view sql, Bindings bindings, const std::function<void(const Row&)>& see) {
  connection_.run(sql, bindings, see);
}

void Transaction::stand_in_room(std::string_view organisation) { connection_.stand_in_room(organisation); }
void Transaction::open_room(std::string_view organisation) { connection_.open_room(organisation); }
void Transaction::in_every_room(const std::function<void()>& ask) {
  const auto before = connection_.rooms();
  connection_.stand_in_room("*");
  ask();
  connection_.stand_in_room(before);
}
void Transaction::leave_persons_out() { connection_.leave_persons_out(); }

std::int64_t Transaction::execute(std::string_view sql, Bindings bindings) {
  return connection_.run(sql, bindings, {});
}

// One connection that writes, and some that read, each opened when it is first needed.
struct Database::Pool {
  using Slot = std::unique_ptr<Connection>;

  std::optional<SqliteFile> file;  // or PostgreSQL
  std::string address;
  bool beside;
  Slot writer;
  std::mutex writing, reading;
  std::atomic<bool> every_room = false, behind_wall = false;
  std::vector<Slot> idle;
  std::condition_variable returned;
  Line line;

  Pool(const std::string& address, int readers, bool beside)
      : address(address), beside(beside), idle(static_cast<std::size_t>(std::max(readers, 1))) {
    if (address.starts_with(sqlite_prefix))
      file.emplace(address.substr(sqlite_prefix.size()), beside);
    else if (!address.starts_with("postgresql://"))
      throw Failure(Failure::Kind::refused,
                    Message{"“{1}” is not the address of a database. Write sqlite:FILE or "
                            "postgresql://…",
                            address});
    if (!beside) writer = open(true);
  }
  ~Pool() { idle.clear(); }  // the writer goes last and empties the log into the file

  Slot open(bool to_write) const { return file ? file->connect(to_write) : connect_to_postgresql(address); }

  // Only one connection reaches what is in memory.
  bool reads_alone() const { return !file || !file->in_memory(); }

  // Begins on a connection that works: one that was lost while idle is replaced.
  void begin(Slot& slot, bool to_write) const {
    const bool fresh = !slot || slot->lost;
    if (fresh) {
      slot.reset();
      slot = open(to_write);
    }
    slot->every_room = every_room;
    slot->behind_wall = behind_wall;
    try {
      return slot->begin(to_write);
    } catch (const Failure&) {
      slot->roll_back();
      if (fresh || !slot->lost) throw;
    }
    begin(slot, to_write);
  }

  void carry_out(Slot& slot, bool to_write, const Work& work) const {
    begin(slot, to_write);
    std::vector<Transaction::Write> left;
    try {
      Transaction transaction(*slot);
      const bool kept = work(transaction);
      left = transaction.take_even_if_undone();
      if (kept) {
        for (const auto& write : left) write(transaction);
        return slot->commit();
      }
    } catch (...) {
      slot->roll_back();
      throw;
    }
    slot->roll_back();
    if (left.empty()) return;
    carry_out(slot, to_write, [&](Transaction& transaction) {
      for (const auto& write : left) write(transaction);
      return true;
    });
  }

  void carry_out(Slot& slot, const Line::Group& group) const {
    try {
      if (group.size() == 1) return carry_out(slot, true, group.front()->work);
      begin(slot, true);
      carry_out_together(*slot, group);
    } catch (...) {
      if (group.size() > 1) slot->roll_back();
      for (auto* place : group) place->failure = std::current_exception();
    }
  }

  void need_own() const {
    if (beside) throw std::logic_error("a database that another process may have is only read");
  }

  void write(const Work& work) {
    need_own();  // before anybody waits
    line.wait_for(work, [this](const Line::Group& group) {
      lend(true, [&](Slot& slot) { carry_out(slot, group); });
    });
  }

  // Lends a connection; waits until one is free.
  void lend(bool to_write, const std::function<void(Slot&)>& use) {
    if (to_write) need_own();
    if (to_write || !reads_alone()) {
      const std::lock_guard alone(writing);
      return use(writer);
    }
    struct Loan {
      Pool& pool;
      Slot slot;
      explicit Loan(Pool& pool) : pool(pool) {
        std::unique_lock lock(pool.reading);
        pool.returned.wait(lock, [&] { return !pool.idle.empty(); });
        slot = std::move(pool.idle.back());
        pool.idle.pop_back();
      }
      ~Loan() {
        const std::lock_guard lock(pool.reading);
        pool.idle.push_back(std::move(slot));
        pool.returned.notify_one();
      }
    } loan(*this);
    use(loan.slot);
  }
};

Database::Database(std::string address, int readers) : Database(std::move(address), readers, false) {}
Database::Database(std::string address, int readers, bool beside)
    : address_(std::move(address)), pool_(std::make_unique<Pool>(address_, readers, beside)) {}
Database Database::beside(std::string address) { return Database(std::move(address), 1, true); }
Database::~Database() = default;

std::size_t Database::waiting() const { return pool_->line.length(); }

bool Database::is_sqlite() const { return pool_->file.has_value(); }

void Database::transact(bool writing, const Work& work) {
  const InTransaction inside(pool_.get());
  if (writing) return pool_->write(work);
  pool_->lend(false, [&](Pool::Slot& slot) { pool_->carry_out(slot, false, work); });
}

void Database::stand_behind_wall(bool behind) { pool_->behind_wall = behind; }

void Database::begin_with_every_room(bool every) { pool_->every_room = every; }

bool Database::lacks_roles() {
  const InTransaction inside(pool_.get());
  bool lacks = false;
  pool_->lend(true, [&](Pool::Slot& slot) { lacks = slot->lacks_roles(); });
  return lacks;
}

Result<> Database::purge(std::initializer_list<std::string_view> tables) {
  const InTransaction inside(pool_.get());
  Result<> done;
  pool_->lend(true, [&](Pool::Slot& slot) { done = slot->purge(tables); });
  return done;
}

std::size_t Database::still_there(const std::vector<std::string>& texts) {
  const InTransaction inside(pool_.get());
  std::size_t found = 0;
  pool_->lend(true, [&](Pool::Slot& slot) { found = slot->still_there(texts); });
  return found;
}

Result<> Database::back_up(const std::string& file) {
  TRY(is_copied_by_us());
  const InTransaction inside(pool_.get());
  Result<> done;
  pool_->lend(false, [&](Pool::Slot& slot) {
    if (!slot) slot = pool_->open(false);
    done = pool_->file->back_up(*slot, file);
  });
  return done;
}

Result<> Database::back_up(const Take& take) {
  TRY(is_copied_by_us());
  const InTransaction inside(pool_.get());
  Result<> done;
  pool_->lend(false, [&](Pool::Slot& slot) {
    if (!slot) slot = pool_->open(false);
    done = pool_->file->back_up(*slot, take);
  });
  return done;
}

Result<> Database::restore(const std::string& file) {
  TRY(can_be_filled());
  const InTransaction inside(pool_.get());
  Result<> done;
  pool_->lend(true, [&](Pool::Slot& slot) { done = pool_->file->restore(file, *slot); });
  return done;
}

Result<> Database::restore(const std::string& file, const Give& give) {
  TRY(can_be_filled());
  const InTransaction inside(pool_.get());
  Result<> done;
  pool_->lend(true, [&](Pool::Slot& slot) { done = pool_->file->restore(file, give, *slot); });
  return done;
}

Result<> Database::is_copied_by_us() const {
  if (is_sqlite()) return {};
  return conflict("A copy of a PostgreSQL database is made with pg_dump.");
}

Result<> Database::can_be_filled() {
  if (!is_sqlite()) return conflict("A copy of a PostgreSQL database is put back with pg_restore.");
  if (is_empty()) return {};
  return conflict(Message{"The database {1} is not empty. Put the copy into a new one.", address_});
}

}  // namespace stafett::db
