#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace stafett {
namespace {

struct Open {
  int descriptor;
  ~Open() {
    if (descriptor >= 0) close(descriptor);
  }
};

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return fsync(descriptor) == 0;
}

}  // namespace

Result<std::string> read_file(const std::string& name, std::size_t most) {
  const Open file{open(name.c_str(), O_RDONLY | O_CLOEXEC)};
  struct stat about {};
  if (file.descriptor < 0 || fstat(file.descriptor, &about) != 0) {
    if (errno == EACCES) return invalid("", {"The file {1} may not be read. Change its permissions, or choose another.", name});
    return not_found({"There is no file {1}.", name});
  }
  if (!S_ISREG(about.st_mode)) return invalid("", {"{1} is not a file.", name});
  if (static_cast<std::size_t>(about.st_size) > most)
    return invalid("", {"The file {1} is too large. At most {2} MB can be read; divide it.", name, std::to_string(most >> 20)});
  std::string bytes(static_cast<std::size_t>(about.st_size), '\0');
  std::size_t got = 0;
  while (got < bytes.size()) {
    const auto more = read(file.descriptor, bytes.data() + got, bytes.size() - got);
    if (more < 0 && errno == EINTR) continue;
    if (more <= 0) break;
    got += static_cast<std::size_t>(more);
  }
  bytes.resize(got);
  return bytes;
}

namespace {

Result<> write_whole(const std::string& name, std::string_view bytes, mode_t mode) {
  const auto beside = name + ".part";
  bool kept = false;
  std::remove(beside.c_str());  // one left behind may have another mode
  {
    const Open file{open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)};
    kept = file.descriptor >= 0 && write_all(file.descriptor, bytes);
  }
  if (kept && std::rename(beside.c_str(), name.c_str()) == 0) return {};
  const bool full = errno == ENOSPC || errno == EDQUOT;
  std::remove(beside.c_str());
  if (full) return conflict({"The disk is full. {1} was not written; make room and try again.", name});
  return conflict({"{1} cannot be written. Check that the folder is there and may be written to.", name});
}

}  // namespace

Result<> write_file(const std::string& name, std::string_view bytes) { return write_whole(name, bytes, 0666); }

Result<> write_private_file(const std::string& name, std::string_view bytes) {
  TRY(write_whole(name, bytes, 0600));
  // The name too is on the disk before anything is locked with what it holds.
  const auto folder = std::filesystem::path(name).parent_path();
  const Open directory{open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (directory.descriptor >= 0) fsync(directory.descriptor);
  return {};
}

}  // namespace stafett
