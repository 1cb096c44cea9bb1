// A Word document as PDF, tagged and made to last (PDF/UA-1 and PDF/A-2b), by LibreOffice where it is
// installed. It runs as a process of its own, with limits, a profile of its own and, where the kernel allows
// it, without network.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace stafett::file {

bool pdf_available();

// A Problem if LibreOffice is not there, takes too long or makes nothing; and `busy` while two others are
// being made.
Result<std::string> docx_to_pdf(std::string_view docx, int seconds = 60);

}  // namespace stafett::file
