// Zip archives, which docx and xlsx files are. What is read may come from anyone, so everything has a limit.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct zip;

namespace stafett::file {

struct ZipLimits {
  std::size_t entries = 500;
  std::size_t megabytes = 50;  // unpacked, together
  std::size_t ratio = 100;     // unpacked to packed, of an entry over a megabyte
};

// An archive being read. The bytes must outlive it. A Problem if it is damaged, locked, beyond a limit, names
// a file twice or names one outside itself (../x).
class Archive {
 public:
  static Result<Archive> open(std::string_view bytes, const ZipLimits&);

  const std::vector<std::string>& names() const { return names_; }  // in the archive's order, without folders
  bool has(std::string_view name) const;
  Result<std::string> read(std::string_view name);  // a Problem if there is no such

 private:
  struct Closing {
    void operator()(::zip*) const;
  };
  std::unique_ptr<::zip, Closing> zip_;
  std::vector<std::string> names_;
  ZipLimits limits_;
  std::size_t left_ = 0;  // bytes that may yet be unpacked
};

struct Part {
  std::string name, bytes;
};

// The same parts in the same order are always the same bytes: nothing in the archive tells when or by whom.
std::string zipped(const std::vector<Part>&);

}  // namespace stafett::file
