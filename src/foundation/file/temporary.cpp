#include "file/temporary.h"

#include <stdlib.h>

#include <cerrno>
#include <system_error>

#include "base/file.h"

namespace stafett::file {

TemporaryFolder::TemporaryFolder() {
  auto name = (std::filesystem::temp_directory_path() / "stafett-XXXXXX").string();
  if (!mkdtemp(name.data())) throw std::system_error(errno, std::generic_category(), name);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code left_behind;
  std::filesystem::remove_all(path_, left_behind);
}

std::string bytes_of(const std::filesystem::path& path) { return read_file(path.string()).value(); }

}  // namespace stafett::file
