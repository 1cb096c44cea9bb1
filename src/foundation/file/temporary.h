// A folder of one's own among the temporary files, gone with all that is in it when it goes out of scope.
#pragma once

#include <filesystem>
#include <string>

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

std::string bytes_of(const std::filesystem::path&);  // the whole file, which must be there

}  // namespace stafett::file
