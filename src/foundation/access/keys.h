// Keys and seals. What names a person and what is written in free words is sealed before it comes to the
// database: with a data key (datanyckel) of its own for each participant and room, which lies in the database
// wrapped by the room's organisation's top key (access/top_keys.h). Erasing a data key makes what it sealed
// unreadable for good.
//
//   sealed text = version 1 | key id 26 | nonce 24 | commitment 32 | XChaCha20-Poly1305, in base64
//   associated  = organisation|table|column|row|version: a text that was moved elsewhere does not open
//   commitment  = BLAKE2b of the nonce, keyed with the data key: a text opens with one key only
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/top_keys.h"
#include "access/user.h"
#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "db/database.h"

namespace stafett::participant {
struct Participant;
}

namespace stafett::access {

// Takes the keys that this database is locked with into memory, before anything in it is changed. The file is
// made if it is not there and nothing is locked yet. Throws db::Failure (refused) that says why not and what
// to do.
void take_keys(db::Database&, const std::string& file, Moment now);
void take_keys(TopKeys);  // these: the tests

// An unwrapped data key; wiped from memory when it is left.
class DataKey {
 public:
  DataKey(DataKey&&) noexcept;
  DataKey(const DataKey&) = delete;
  DataKey& operator=(const DataKey&) = delete;
  ~DataKey();

  const Id<DataKey>& id() const { return id_; }
  const Id<organisation::Organisation>& organisation() const { return organisation_; }
  const KeyBytes& bytes() const { return bytes_; }

 private:
  friend class DataKeys;
  DataKey() = default;
  Id<DataKey> id_;
  Id<organisation::Organisation> organisation_;
  KeyBytes bytes_;
};

// A participant's in a room; without a participant the organisation's own, for finding people by number and
// for what its accounts keep secret.
// None if nothing was ever sealed there, or it has been erased. Throws db::Failure (damaged) if it does not
// open.
std::optional<DataKey> data_key(db::Transaction&, const Id<organisation::Organisation>& room,
                                const Id<participant::Participant>& = {});
// The same, made if there is none.
DataKey data_key_or_new(db::Transaction&, const Id<organisation::Organisation>& room,
                        const Id<participant::Participant>&, Moment now);
// What stood there wrapped, or "".
std::string erase_data_key(db::Transaction&, const Id<organisation::Organisation>& room,
                           const Id<participant::Participant>&);
// The same in every room.
std::vector<std::string> erase_data_keys(db::Transaction&, const Id<participant::Participant>&);

// Where a sealed text stands.
struct Place {
  std::string_view table, column, row;
};
std::string seal(const DataKey&, const Place&, std::string_view text);
// Throws db::Failure (damaged) for a text that is not whole, or was sealed elsewhere or with another key.
std::string unseal(const DataKey&, const Place&, std::string_view sealed);

// What a personal number is found by: HMAC-SHA-256 with the organisation's own data key. The numbers are few
// enough to try them all, so the key is everything.
std::string number_mark(const DataKey& of_organisation, std::string_view number);

// The top keys, and how many data keys each has wrapped.
struct InUse {
  std::string mark;
  Date made;
  bool is_current = false;
  std::int64_t data_keys = 0;
};
std::vector<InUse> top_keys(db::Database&);
// Adds a top key to the file and wraps every data key with it, some at a time; who reads meanwhile notices
// nothing. How many were wrapped. One that was broken off goes on when it is asked for again.
Result<std::int64_t> rotate_top_key(db::Database&, Moment now);
Result<std::int64_t> wrap_again(db::Database&);  // with the current one, what another wraps
// Takes those away that wrap nothing any more: from then on no backup from before the change can be read.
Result<std::int64_t> forget_old_top_keys(db::Database&);

}  // namespace stafett::access
