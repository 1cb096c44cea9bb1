#include "access/sealed_file.h"

#include <sodium.h>

#include <fstream>

#include "base/file.h"

namespace stafett::access {
namespace {

constexpr std::string_view mark = "stafett sealed\n";
constexpr char version = '1';
constexpr std::size_t piece_bytes = 64 << 10;
constexpr std::size_t box_bytes = key_bytes + crypto_box_SEALBYTES,
                      header_bytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
                      over_bytes = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr unsigned char goes_on = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
                        is_last = crypto_secretstream_xchacha20poly1305_TAG_FINAL;
static_assert(key_bytes == crypto_secretstream_xchacha20poly1305_KEYBYTES &&
              key_bytes == crypto_box_PUBLICKEYBYTES && key_bytes == crypto_box_SECRETKEYBYTES);

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// One file's own key, and how far it has come; wiped from memory when they are left.
struct Stream {
  KeyBytes key;
  crypto_secretstream_xchacha20poly1305_state state;

  Stream() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() {
    sodium_memzero(key.data(), key.size());
    sodium_memzero(&state, sizeof state);
  }
};

// Seals what it takes. A piece is held until more comes: it may be the last.
class Sealing {
 public:
  Sealing(const PublicKey& for_whom, const Take& write) : for_whom_(for_whom), write_(write) {}

  Result<> begin() {
    std::string box(box_bytes, '\0'), header(header_bytes, '\0');
    crypto_secretstream_xchacha20poly1305_keygen(stream_.key.data());
    if (crypto_box_seal(bytes_of(box), stream_.key.data(), key_bytes, for_whom_.bytes.data()) != 0)
      throw std::runtime_error("the public key for backups cannot seal");
    crypto_secretstream_xchacha20poly1305_init_push(&stream_.state, bytes_of(header), stream_.key.data());
    return write_(std::string(mark) + version + box + header);
  }

  Result<> take(std::string_view bytes) {
    while (held_.size() + bytes.size() > piece_bytes) {
      const auto fits = piece_bytes - held_.size();
      held_.append(bytes.substr(0, fits));
      bytes.remove_prefix(fits);
      TRY(seal(goes_on));
    }
    held_.append(bytes);
    return {};
  }

  Result<> end() { return seal(is_last); }

 private:
  Result<> seal(unsigned char tag) {
    std::string piece(held_.size() + over_bytes, '\0');
    crypto_secretstream_xchacha20poly1305_push(&stream_.state, bytes_of(piece), nullptr, bytes_of(held_),
                                               held_.size(), nullptr, 0, tag);
    held_.clear();
    return write_(piece);
  }

  const PublicKey& for_whom_;
  const Take& write_;
  Stream stream_;
  std::string held_;
};

// As much as is left, if it is less.
std::string next(std::istream& file, std::size_t length) {
  std::string bytes(length, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(length));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

bool opened(const std::string& box, const PrivateKey& key, KeyBytes& into) {
  const auto own = key.public_key();
  return box.size() == box_bytes && crypto_box_seal_open(into.data(), bytes_of(box), box.size(),
                                                         own.bytes.data(), key.bytes().data()) == 0;
}

// Gives the pieces up to the one that says it is the last. False if one is not as it was sealed, or not
// where.
Result<bool> give_pieces(std::istream& from, Stream& stream, const Take& take) {
  std::string plain(piece_bytes, '\0');
  for (unsigned char tag = goes_on; tag != is_last;) {
    const auto piece = next(from, piece_bytes + over_bytes);
    unsigned long long length = 0;
    if (crypto_secretstream_xchacha20poly1305_pull(&stream.state, bytes_of(plain), &length, &tag,
                                                   bytes_of(piece), piece.size(), nullptr, 0) != 0)
      return false;
    TRY(take(std::string_view(plain).substr(0, length)));
  }
  return from.peek() == std::istream::traits_type::eof();
}

}  // namespace

Result<> seal_file(const std::string& file, const PublicKey& key, const Give& give) {
  return write_new_private_file(file, [&](const Take& write) -> Result<> {
    Sealing sealing(key, write);
    TRY(sealing.begin());
    TRY(give([&](std::string_view bytes) { return sealing.take(bytes); }));
    return sealing.end();
  });
}

bool is_sealed(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return next(in, mark.size()) == mark;
}

Result<> unseal_file(const std::string& file, const PrivateKey& key, const Take& take) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return not_found({"There is no file {1} that may be read.", file});
  if (next(in, mark.size()) != mark)
    return invalid("",
                   {"{1} is not sealed, or its beginning has been changed. Choose another copy, or leave out "
                    "the key if it was never sealed.",
                    file});
  if (next(in, 1) != std::string(1, version))
    return invalid("", {"{1} was sealed by a newer Stafett. Restore it with that version.", file});
  Stream stream;
  if (!opened(next(in, box_bytes), key, stream.key))
    return invalid(
        "", {"{1} does not open with this private key: it was sealed for another, or its beginning has "
             "been changed. Take the right key, or another copy.",
             file});
  const auto header = next(in, header_bytes);
  bool is_whole = header.size() == header_bytes;
  if (is_whole) {
    crypto_secretstream_xchacha20poly1305_init_pull(&stream.state, bytes_of(header), stream.key.data());
    is_whole = TRY(give_pieces(in, stream, take));
  }
  if (is_whole) return {};
  return invalid("",
                 {"{1} is not as it was sealed: something has been changed, moved or cut off. Choose another "
                  "copy.",
                  file});
}

}  // namespace stafett::access
