#include "access/keys.h"

#include <sodium.h>

#include <filesystem>
#include <mutex>

#include "base/base64.h"

namespace stafett::access {
namespace {

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
                      tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES, commitment_bytes = 32,
                      id_letters = 26;
constexpr char version = 1;

using Failed = db::Failure;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Failed does_not_open() {
  return {Failed::Kind::damaged,
          "A text in the database does not open with its key: it has been changed or moved. Restore the "
          "latest backup."};
}

std::string random_nonce() {
  std::string nonce(nonce_bytes, '\0');
  randombytes_buf(nonce.data(), nonce.size());
  return nonce;
}

std::string encrypted(const KeyBytes& key, std::string_view nonce, std::string_view associated,
                      std::string_view plain) {
  std::string cipher(plain.size() + tag_bytes, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(cipher), nullptr, bytes_of(plain), plain.size(),
                                             bytes_of(associated), associated.size(), nullptr,
                                             bytes_of(nonce), key.data());
  return cipher;
}

// False if the cipher, the key or what goes with it is another. `plain` has room.
bool decrypted(const KeyBytes& key, std::string_view nonce, std::string_view associated,
               std::string_view cipher, unsigned char* plain) {
  return cipher.size() >= tag_bytes &&
         crypto_aead_xchacha20poly1305_ietf_decrypt(plain, nullptr, nullptr, bytes_of(cipher), cipher.size(),
                                                    bytes_of(associated), associated.size(), bytes_of(nonce),
                                                    key.data()) == 0;
}

// The key by itself does not bind the cipher: two keys can be found that both open one.
std::string commitment(const KeyBytes& key, std::string_view nonce) {
  std::string commitment(commitment_bytes, '\0');
  crypto_generichash(bytes_of(commitment), commitment.size(), bytes_of(nonce), nonce.size(), key.data(),
                     key.size());
  return commitment;
}

std::string associated_with(const DataKey& key, const Place& place) {
  std::string text = key.organisation().text;
  for (const auto part : {place.table, place.column, place.row}) text.append("|").append(part);
  return text.append("|").append(1, static_cast<char>('0' + version));
}

// ---- the top keys in memory

struct Held {
  std::mutex mutex;
  std::string file;  // empty: given by a test
  TopKeys keys = TopKeys::none();
};
Held& held() {
  static Held held;
  return held;
}

// An organisation's top key by its mark; wiped after use.
struct OrganisationKey {
  KeyBytes bytes;
  OrganisationKey(std::string_view mark, std::string_view organisation) {
    const std::lock_guard alone(held().mutex);
    auto& [mutex, file, keys] = held();
    if (keys.derive(mark, organisation, bytes)) return;
    // Another process has rotated the keys since we read them.
    if (auto again = file.empty() ? tl::unexpected(Problem{}) : read_key_file(file)) keys = std::move(*again);
    if (!keys.derive(mark, organisation, bytes)) throw does_not_open();
  }
  OrganisationKey(const OrganisationKey&) = delete;
  OrganisationKey& operator=(const OrganisationKey&) = delete;
  ~OrganisationKey() { sodium_memzero(bytes.data(), bytes.size()); }
};

std::string current_mark() {
  const std::lock_guard alone(held().mutex);
  if (held().keys.list().empty()) throw std::logic_error("no keys were taken");
  return held().keys.current();
}

// The marks of the top keys that something is locked with: few, so each is looked for from the one before.
std::vector<std::string> marks_in_use(db::Transaction& tx) {
  return tx.list([](const db::Row& row) { return row.text("mark"); }, R"(
    with recursive used (mark) as (
      select min(top_key) from data_key
      union all
      select (select min(top_key) from data_key where top_key > used.mark) from used where used.mark is not null
    )
    select mark from used where mark is not null)");
}

Failed refused(Message why) { return {Failed::Kind::refused, std::move(why)}; }

// The first of two that start at once makes the file; both take what is in it.
TopKeys made_key_file(const std::string& file, Moment now) {
  auto keys = TopKeys::none();
  keys.add(now.date());
  const auto beside = file + "." + keys.current();
  if (const auto kept = keys.write(beside); !kept) throw refused(kept.error().message());
  std::error_code there_already;
  std::filesystem::create_hard_link(beside, file, there_already);
  std::filesystem::remove(beside);
  auto taken = read_key_file(file);
  if (!taken) throw refused(taken.error().message());
  return std::move(*taken);
}

}  // namespace

// ---- data keys as they lie in the database

class DataKeys {
 public:
  struct Wrapped {
    std::string id, organisation, participant, top_key, wrapped;
  };
  static Wrapped from_row(const db::Row& row) {
    return {row.text("id"), row.text("organisation_id"), row.text("participant_id"), row.text("top_key"),
            row.text("wrapped")};
  }

  static DataKey unwrapped(const Wrapped& from) {
    DataKey key;
    key.id_.text = from.id;
    key.organisation_.text = from.organisation;
    const auto text = from_base64(from.wrapped);
    if (!text || text->size() != nonce_bytes + key_bytes + tag_bytes) throw does_not_open();
    const std::string_view all = *text;
    const OrganisationKey top(from.top_key, from.organisation);
    if (!decrypted(top.bytes, all.substr(0, nonce_bytes), associated(from), all.substr(nonce_bytes),
                   key.bytes_.data()))
      throw does_not_open();
    return key;
  }

  static std::string wrapped(const Wrapped& as, const KeyBytes& key) {
    const OrganisationKey top(as.top_key, as.organisation);
    const auto nonce = random_nonce();
    const std::string_view plain(reinterpret_cast<const char*>(key.data()), key.size());
    return base64(nonce + encrypted(top.bytes, nonce, associated(as), plain));
  }

  static DataKey made(const Id<organisation::Organisation>& room) {
    DataKey key;
    key.id_ = new_id<DataKey>();
    key.organisation_ = room;
    randombytes_buf(key.bytes_.data(), key.bytes_.size());
    return key;
  }

 private:
  static std::string associated(const Wrapped& key) {
    return "data_key|" + key.organisation + "|" + key.participant + "|" + key.id + "|" + key.top_key;
  }
};

DataKey::DataKey(DataKey&& other) noexcept
    : id_(std::move(other.id_)), organisation_(std::move(other.organisation_)), bytes_(other.bytes_) {
  sodium_memzero(other.bytes_.data(), other.bytes_.size());
}
DataKey::~DataKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

std::optional<DataKey> data_key(db::Transaction& tx, const Id<organisation::Organisation>& room,
                                const Id<participant::Participant>& participant) {
  const auto found = tx.find(DataKeys::from_row, R"(
    select id, organisation_id, participant_id, top_key, wrapped
    from data_key
    where organisation_id = :room and participant_id = :participant)",
                             {{"room", room}, {"participant", participant}});
  if (!found) return std::nullopt;
  return DataKeys::unwrapped(*found);
}

DataKey data_key_or_new(db::Transaction& tx, const Id<organisation::Organisation>& room,
                        const Id<participant::Participant>& participant, Moment now) {
  if (auto known = data_key(tx, room, participant)) return std::move(*known);
  auto key = DataKeys::made(room);
  const DataKeys::Wrapped as{key.id().text, room.text, participant.text, current_mark(), {}};
  tx.execute(R"(
    insert into data_key (id, organisation_id, participant_id, top_key, wrapped, made_at)
    values (:id, :room, :participant, :top_key, :wrapped, :now))",
             {{"id", as.id},
              {"room", as.organisation},
              {"participant", as.participant},
              {"top_key", as.top_key},
              {"wrapped", DataKeys::wrapped(as, key.bytes())},
              {"now", now}});
  return key;
}

std::string erase_data_key(db::Transaction& tx, const Id<organisation::Organisation>& room,
                           const Id<participant::Participant>& participant) {
  auto wrapped = tx.find([](const db::Row& row) { return row.text("wrapped"); }, R"(
    select wrapped from data_key where organisation_id = :room and participant_id = :participant)",
                         {{"room", room}, {"participant", participant}});
  tx.execute("delete from data_key where organisation_id = :room and participant_id = :participant",
             {{"room", room}, {"participant", participant}});
  return wrapped.value_or("");
}

std::vector<std::string> erase_data_keys(db::Transaction& tx,
                                         const Id<participant::Participant>& participant) {
  if (participant.text.empty())
    throw std::logic_error("the organisation's own data keys are not a participant's");
  auto wrapped = tx.list([](const db::Row& row) { return row.text("wrapped"); },
                         "select wrapped from data_key where participant_id = :participant",
                         {{"participant", participant}});
  tx.execute("delete from data_key where participant_id = :participant", {{"participant", participant}});
  return wrapped;
}

// ---- seals

std::string seal(const DataKey& key, const Place& place, std::string_view text) {
  const auto nonce = random_nonce();
  return base64(std::string(1, version) + key.id().text + nonce + commitment(key.bytes(), nonce) +
                encrypted(key.bytes(), nonce, associated_with(key, place), text));
}

std::string unseal(const DataKey& key, const Place& place, std::string_view sealed) {
  constexpr auto nonce_at = 1 + id_letters, commitment_at = nonce_at + nonce_bytes,
                 cipher_at = commitment_at + commitment_bytes;
  const auto bytes = from_base64(sealed);
  if (!bytes || bytes->size() < cipher_at + tag_bytes || bytes->front() != version) throw does_not_open();
  const std::string_view all = *bytes;
  const auto nonce = all.substr(nonce_at, nonce_bytes);
  const auto expected = commitment(key.bytes(), nonce);
  if (all.substr(1, id_letters) != key.id().text ||
      sodium_memcmp(expected.data(), all.data() + commitment_at, commitment_bytes) != 0)
    throw does_not_open();
  std::string text(all.size() - cipher_at - tag_bytes, '\0');
  if (!decrypted(key.bytes(), nonce, associated_with(key, place), all.substr(cipher_at), bytes_of(text)))
    throw does_not_open();
  return text;
}

std::string number_mark(const DataKey& of_organisation, std::string_view number) {
  std::string mark(crypto_auth_hmacsha256_BYTES, '\0');
  static_assert(crypto_auth_hmacsha256_KEYBYTES == key_bytes);
  crypto_auth_hmacsha256(bytes_of(mark), bytes_of(number), number.size(), of_organisation.bytes().data());
  return base64(std::string_view(mark).substr(0, 18));  // 144 bits: two numbers never meet
}

// ---- the file

void take_keys(TopKeys keys) {
  const std::lock_guard alone(held().mutex);
  held().keys = std::move(keys);
  held().file.clear();
}

void take_keys(db::Database& database, const std::string& file, Moment now) {
  const auto used = database.has_table("data_key") ? database.read(marks_in_use) : std::vector<std::string>{};
  auto keys = read_key_file(file);
  if (!keys && keys.error().kind != Problem::Kind::not_found) throw refused(keys.error().message());
  if (!keys && !used.empty())
    throw refused(
        {"There is no key file {1}, and names, personal numbers and notes in the database are locked with "
         "it. "
         "Put it back from where the copy is kept (docs/operation.md). Nothing was changed.",
         file});
  if (!keys) keys = made_key_file(file, now);
  for (const auto& mark : used)
    if (!keys->has(mark))
      throw refused(
          {"The key file {1} is not the one that the database is locked with: it has no key {2}. Put the "
           "right one "
           "there (docs/operation.md). Nothing was changed.",
           file, mark});
  take_keys(std::move(*keys));
  const std::lock_guard alone(held().mutex);
  held().file = file;
}

// ---- other top keys

std::vector<InUse> top_keys(db::Database& database) {
  std::vector<InUse> all;
  {
    const std::lock_guard alone(held().mutex);
    for (const auto& [mark, made] : held().keys.list())
      all.push_back({mark, made, mark == held().keys.current()});
  }
  database.read([&](db::Transaction& tx) {
    for (auto& key : all)
      key.data_keys =
          tx.find([](const db::Row& row) { return row.number("number"); },
                  "select count(*) as number from data_key where top_key = :mark", {{"mark", key.mark}})
              .value_or(0);
  });
  return all;
}

Result<std::int64_t> wrap_again(db::Database& database) {
  constexpr std::size_t at_a_time = 500;
  const auto mark = current_mark();
  for (std::int64_t wrapped = 0;;) {
    const auto some = database.write([&](db::Transaction& tx) {
      const auto keys = tx.list(DataKeys::from_row, R"(
        select id, organisation_id, participant_id, top_key, wrapped
        from data_key
        where top_key <> :mark
        limit :most)",
                                {{"mark", mark}, {"most", at_a_time}});
      for (const auto& old : keys) {
        const auto key = DataKeys::unwrapped(old);
        auto as = old;
        as.top_key = mark;
        tx.execute("update data_key set top_key = :mark, wrapped = :wrapped where id = :id",
                   {{"mark", mark}, {"wrapped", DataKeys::wrapped(as, key.bytes())}, {"id", old.id}});
      }
      return keys.size();
    });
    wrapped += static_cast<std::int64_t>(some);
    if (some < at_a_time) return wrapped;
  }
}

Result<std::int64_t> rotate_top_key(db::Database& database, Moment now) {
  {
    const std::lock_guard alone(held().mutex);
    auto keys = held().keys;
    keys.add(now.date());
    // In the file before anything is wrapped with it.
    if (!held().file.empty()) TRY(keys.write(held().file));
    held().keys = std::move(keys);
  }
  return wrap_again(database);
}

Result<std::int64_t> forget_old_top_keys(db::Database& database) {
  const auto all = top_keys(database);
  const std::lock_guard alone(held().mutex);
  auto keys = held().keys;
  std::int64_t forgotten = 0;
  for (const auto& key : all)
    if (!key.is_current && key.data_keys == 0) {
      keys.forget(key.mark);
      ++forgotten;
    }
  if (forgotten != 0 && !held().file.empty()) TRY(keys.write(held().file));
  held().keys = std::move(keys);
  return forgotten;
}

}  // namespace stafett::access
