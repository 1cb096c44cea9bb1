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

}  // namespace

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

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

auto not_written(const std::string& name) {
  if (errno == EEXIST) return conflict({"There is already a file {1}. Choose another name.", name});
  if (errno == ENOSPC || errno == EDQUOT) return conflict({"The disk is full. {1} was not written; make room and try again.", name});
  return conflict({"{1} cannot be written. Check that the folder is there and may be written to.", name});
}

bool put_in_place(const std::string& beside, const std::string& name, bool replacing) {
  if (replacing) return std::rename(beside.c_str(), name.c_str()) == 0;
  if (renameat2(AT_FDCWD, beside.c_str(), AT_FDCWD, name.c_str(), RENAME_NOREPLACE) == 0) return true;
  const bool unknown_here = errno == EINVAL;  // not every file system can
  return unknown_here && access(name.c_str(), F_OK) != 0 && std::rename(beside.c_str(), name.c_str()) == 0;
}

Result<> write_whole(const std::string& name, mode_t mode, bool replacing, const Give& give) {
  struct Beside {
    std::string name;
    ~Beside() { std::remove(name.c_str()); }
  } const beside{name + ".part"};
  std::remove(beside.name.c_str());  // one left behind may have another mode
  const Open file{open(beside.name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)};
  if (file.descriptor < 0) return not_written(name);
  TRY(give([&](std::string_view piece) -> Result<> {
    if (write_all(file.descriptor, piece)) return {};
    return not_written(name);
  }));
  if (fsync(file.descriptor) == 0 && put_in_place(beside.name, name, replacing)) return {};
  return not_written(name);
}

Give whole(std::string_view bytes) {
  return [bytes](const Take& take) { return take(bytes); };
}

// The name too is on the disk before anything is locked with what the file holds.
void keep_name(const std::string& name) {
  const auto folder = std::filesystem::path(name).parent_path();
  const Open directory{open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (directory.descriptor >= 0) fsync(directory.descriptor);
}

}  // namespace

Result<> write_file(const std::string& name, std::string_view bytes) { return write_whole(name, 0666, true, whole(bytes)); }

Result<> write_private_file(const std::string& name, std::string_view bytes) {
  TRY(write_whole(name, 0600, true, whole(bytes)));
  keep_name(name);
  return {};
}

Result<> write_new_private_file(const std::string& name, const Give& give) {
  if (access(name.c_str(), F_OK) == 0) return conflict({"There is already a file {1}. Choose another name.", name});
  TRY(write_whole(name, 0600, false, give));
  keep_name(name);
  return {};
}

}  // namespace stafett
