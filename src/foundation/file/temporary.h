// A folder of one's own among the temporary files, gone with all that is in it when it goes out of scope.
#pragma once

#include <filesystem>

namespace stafett::file {

class TemporaryFolder {
 public:
  TemporaryFolder();  // in TMPDIR, readable by nobody else
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace stafett::file
