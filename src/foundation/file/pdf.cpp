#include "file/pdf.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <semaphore>
#include <system_error>
#include <vector>

#include "base/file.h"
#include "file/temporary.h"

namespace stafett::file {
namespace {

namespace fs = std::filesystem;

fs::path libreoffice() {
  const char* const path = ::getenv("PATH");
  std::string_view folders = path ? path : "/usr/local/bin:/usr/bin:/bin";
  while (!folders.empty()) {
    const auto end = std::min(folders.find(':'), folders.size());
    for (const char* const name : {"soffice", "libreoffice"}) {
      auto program = fs::path(folders.substr(0, end)) / name;
      if (program.is_absolute() && access(program.c_str(), X_OK) == 0) return program;
    }
    folders.remove_prefix(std::min(end + 1, folders.size()));
  }
  return {};
}

void limit(int resource, rlim_t most) {
  const rlimit both{most, most};
  setrlimit(static_cast<__rlimit_resource>(resource), &both);
}

// In the child, between fork and exec: only what is safe there.
[[noreturn]] void become(char* const* arguments, char* const* environment, const char* folder,
                         const char* log, int seconds) {
  setpgid(0, 0);
  syscall(SYS_unshare, CLONE_NEWUSER | CLONE_NEWNET);  // no network, where an ordinary user may ask for that
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, static_cast<rlim_t>(seconds) + 5);
  limit(RLIMIT_FSIZE, 256u << 20);
  limit(RLIMIT_AS, rlim_t{4} << 30);
  const int nothing = open("/dev/null", O_RDONLY);
  const int said = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dup2(nothing, 0), dup2(said, 1), dup2(said, 2);
  close_range(3, ~0u, 0);
  if (chdir(folder) == 0) execve(arguments[0], arguments, environment);
  _exit(127);
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (auto& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

// Whether it ended by itself in time. Nothing of it is left running either way.
bool run(std::vector<std::string> command, const fs::path& folder, int seconds) {
  const auto name = folder.string(), log = (folder / "log").string();
  std::vector<std::string> variables{"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=" + name, "TMPDIR=" + name,
                                     "LANG=C.UTF-8", "SAL_USE_VCLPLUGIN=svp"};
  const auto arguments = pointers(command), environment = pointers(variables);
  const auto child = fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) become(arguments.data(), environment.data(), name.c_str(), log.c_str(), seconds);
  setpgid(child, child);  // here too, so that it is done whoever comes first

  pollfd end{static_cast<int>(syscall(SYS_pidfd_open, child, 0)), POLLIN, 0};
  int ready = 0;
  do ready = poll(&end, 1, seconds * 1000);
  while (ready < 0 && errno == EINTR);
  close(end.fd);
  kill(-child, SIGKILL);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return ready > 0;
}

constexpr auto no_program =
    "PDF needs LibreOffice on the server (the package libreoffice-writer-nogui). Until it is there, download "
    "the report as Word "
    "and save it as PDF.";

}  // namespace

bool pdf_available() { return !libreoffice().empty(); }

Result<std::string> docx_to_pdf(std::string_view docx, int seconds) {
  const auto program = libreoffice();
  if (program.empty()) return conflict(no_program);
  static std::counting_semaphore<2> free{2};  // each takes a core and some hundred megabytes
  if (!free.try_acquire())
    return busy("Other reports are being made into PDF just now. Try again in a minute.");
  struct Giving {
    ~Giving() { free.release(); }
  } giving;

  const TemporaryFolder folder;
  const auto& place = folder.path();
  TRY(write_file((place / "report.docx").string(), docx));
  const std::string filter =
      R"(pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"},"SelectPdfVersion":{"type":"long","value":"2"},)"
      R"("UseTaggedPDF":{"type":"boolean","value":"true"}})";
  // Two with the same profile get in each other's way, and one of them makes nothing and says nothing.
  const bool ended = run(
      {program.string(), "-env:UserInstallation=file://" + (place / "profile").string(), "--headless",
       "--norestore", "--convert-to", filter, "--outdir", place.string(), (place / "report.docx").string()},
      place, seconds);
  if (!ended)
    return conflict(
        {"The PDF took more than {1} seconds and was stopped. Try again; the Word file can be used "
         "meanwhile.",
         std::to_string(seconds)});
  auto pdf = read_file((place / "report.pdf").string());
  if (!pdf || !pdf->starts_with("%PDF"))
    return conflict(
        "LibreOffice could not make a PDF of this document. Open the Word file and save it as PDF.");
  return std::move(*pdf);
}

}  // namespace stafett::file
