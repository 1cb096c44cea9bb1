#include "file/zip.h"

#include <zip.h>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace stafett::file {
namespace {

Message damaged() { return "The file is damaged and cannot be opened. Ask for it again, or save it anew."; }

bool leads_out(std::string_view name) {
  return name.starts_with('/') || name.find('\\') != name.npos || name.find(':') != name.npos ||
         name.starts_with("../") || name.find("/../") != name.npos || name.ends_with("/..") || name == "..";
}

struct FileClosing {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

Result<> check_entry(const zip_stat_t& entry, const ZipLimits& limits) {
  constexpr auto needed =
      ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
  if ((entry.valid & needed) != needed) return invalid("", damaged());
  if (entry.encryption_method != ZIP_EM_NONE)
    return invalid("", "The file is locked with a password. Remove the password and save it again.");
  if (entry.comp_method != ZIP_CM_STORE && entry.comp_method != ZIP_CM_DEFLATE) return invalid("", damaged());
  if (leads_out(entry.name))
    return invalid("",
                   {"The file contains “{1}”, which leads out of it, and is therefore refused.", entry.name});
  if (entry.size > 1 << 20 && entry.size / limits.ratio > entry.comp_size)
    return invalid("", {"The file is packed so hard ({1}) that it may be an attack, and is therefore "
                        "refused. Open it in Word or "
                        "Excel and save it again.",
                        entry.name});
  return {};
}

void need(bool done, zip_t* archive) {
  if (!done) throw std::runtime_error(std::string("zip: ") + zip_strerror(archive));
}

}  // namespace

void Archive::Closing::operator()(::zip* archive) const { zip_discard(archive); }

Result<Archive> Archive::open(std::string_view bytes, const ZipLimits& limits) {
  zip_error_t error{};
  auto* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (!source) throw std::bad_alloc();
  Archive archive;
  archive.limits_ = limits;
  archive.left_ = limits.megabytes << 20;
  archive.zip_.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
  zip_error_fini(&error);
  if (!archive.zip_) {
    zip_source_free(source);
    return invalid("", damaged());
  }

  const auto count = zip_get_num_entries(archive.zip_.get(), 0);
  if (count < 0 || static_cast<std::size_t>(count) > limits.entries)
    return invalid("", {"The file holds {1} files inside it; at most {2} are allowed. Open it in Word or "
                        "Excel and save it again.",
                        std::to_string(count), std::to_string(limits.entries)});
  std::set<std::string_view> seen;
  std::size_t size = 0;
  for (zip_int64_t i = 0; i != count; ++i) {
    zip_stat_t entry;
    if (zip_stat_index(archive.zip_.get(), static_cast<zip_uint64_t>(i), 0, &entry) != 0)
      return invalid("", damaged());
    TRY(check_entry(entry, limits));
    if (!seen.insert(entry.name).second) return invalid("", damaged());
    size += std::min<std::size_t>(entry.size, archive.left_ + 1);
    if (size > archive.left_)
      return invalid("", {"The file is larger than {1} MB unpacked, which is the most that is allowed.",
                          std::to_string(limits.megabytes)});
    if (!std::string_view(entry.name).ends_with('/')) archive.names_.emplace_back(entry.name);
  }
  return archive;
}

bool Archive::has(std::string_view name) const {
  return std::find(names_.begin(), names_.end(), name) != names_.end();
}

Result<std::string> Archive::read(std::string_view name) {
  zip_stat_t entry;
  const std::string path(name);
  if (zip_stat(zip_.get(), path.c_str(), ZIP_FL_ENC_GUESS, &entry) != 0) return invalid("", damaged());
  const std::unique_ptr<zip_file_t, FileClosing> file(zip_fopen_index(zip_.get(), entry.index, 0));
  if (!file) return invalid("", damaged());
  // What the archive says of the size is not to be trusted: one byte more is asked for than it promises.
  std::string bytes(std::min<std::size_t>(entry.size, left_) + 1, '\0');
  std::size_t got = 0;
  for (;;) {
    const auto more = zip_fread(file.get(), bytes.data() + got, bytes.size() - got);
    if (more < 0) return invalid("", damaged());
    if (more == 0) break;
    got += static_cast<std::size_t>(more);
    if (got == bytes.size()) return invalid("", damaged());
  }
  if (got != entry.size) return invalid("", damaged());
  bytes.resize(got);
  left_ -= got;
  return bytes;
}

std::string zipped(const std::vector<Part>& parts) {
  zip_error_t error{};
  auto* const source = zip_source_buffer_create(nullptr, 0, 0, &error);
  if (!source) throw std::bad_alloc();
  zip_source_keep(source);  // to read it after the archive is closed
  auto* const archive = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &error);
  if (!archive) throw std::runtime_error("zip: cannot begin an archive in memory");
  for (const auto& part : parts) {
    auto* const content = zip_source_buffer(archive, part.bytes.data(), part.bytes.size(), 0);
    const auto index = zip_file_add(archive, part.name.c_str(), content, ZIP_FL_ENC_UTF_8);
    need(index >= 0, archive);
    const auto place = static_cast<zip_uint64_t>(index);
    constexpr zip_uint16_t midnight = 0, first_of_january_1980 = 1 << 5 | 1;
    need(zip_file_set_dostime(archive, place, midnight, first_of_january_1980, 0) == 0, archive);
    need(zip_set_file_compression(archive, place, ZIP_CM_DEFLATE, 6) == 0, archive);
  }
  need(zip_close(archive) == 0, archive);

  zip_source_open(source);
  zip_source_seek(source, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(source)), '\0');
  zip_source_seek(source, 0, SEEK_SET);
  const auto got = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  zip_source_free(source);
  if (got != static_cast<zip_int64_t>(bytes.size()))
    throw std::runtime_error("zip: the archive cannot be read back");
  return bytes;
}

}  // namespace stafett::file
