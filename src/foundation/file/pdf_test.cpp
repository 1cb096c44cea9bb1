#include "file/pdf.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "base/file.h"
#include "file/temporary.h"

using namespace stafett;
using namespace stafett::file;

namespace {

// A machine where this is all that is installed.
struct Machine {
  TemporaryFolder folder, temporary;
  std::string path = getenv("PATH"), place = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";

  Machine() {
    setenv("PATH", folder.path().c_str(), 1);  // the converter itself is given the usual one
    setenv("TMPDIR", temporary.path().c_str(), 1);
  }
  ~Machine() {
    setenv("PATH", path.c_str(), 1);
    setenv("TMPDIR", place.c_str(), 1);
  }
  void install(const std::string& script) {
    const auto program = (folder.path() / "soffice").string();
    REQUIRE(write_file(program, "#!/bin/sh\n" + script));
    chmod(program.c_str(), 0700);
  }
  bool is_clean() const { return std::filesystem::is_empty(temporary.path()); }
};

std::string said(const Result<std::string>& answer) { return answer ? "" : answer.error().message().key; }

}  // namespace

TEST_SUITE("pdf") {
  TEST_CASE("without LibreOffice the answer says what is needed and what to do meanwhile") {
    Machine machine;
    CHECK_FALSE(pdf_available());
    CHECK(said(docx_to_pdf("x")).find("libreoffice-writer-nogui") != std::string::npos);
  }

  TEST_CASE("a converter that says nothing and makes nothing is not believed") {
    Machine machine;
    machine.install("exit 0");
    CHECK(pdf_available());
    CHECK(said(docx_to_pdf("x")).find("could not make a PDF") != std::string::npos);
    machine.install("echo wrong > report.pdf");
    CHECK(said(docx_to_pdf("x")).find("could not make a PDF") != std::string::npos);
    CHECK(machine.is_clean());
  }

  TEST_CASE("a converter that never ends is stopped, with all that it started") {
    Machine machine;
    const auto lock = (machine.folder.path() / "lock").string();
    machine.install("exec 9>" + lock + "; flock 9; (sleep 600) & sleep 600");
    CHECK(said(docx_to_pdf("x", 1)).find("was stopped") != std::string::npos);
    CHECK(machine.is_clean());
    // Held as long as any of them lives.
    const int file = open(lock.c_str(), O_RDWR);
    CHECK(flock(file, LOCK_EX) == 0);
    close(file);
  }

  TEST_CASE("the converter gets the document, a profile of its own and nothing of the server's secrets") {
    Machine machine;
    setenv("STAFETT_SECRET", "hemligt", 1);
    machine.install(
        "case \"$*\" in *-env:UserInstallation=file://$HOME/profile*PDFUACompliance*) ;; *) exit 1 ;; esac\n"
        "test -z \"$STAFETT_SECRET\" || exit 1\n"
        "{ printf '%%PDF-'; cat report.docx; } > report.pdf");
    const auto pdf = docx_to_pdf("word");
    unsetenv("STAFETT_SECRET");
    REQUIRE(pdf);
    CHECK(*pdf == "%PDF-word");
  }
}
