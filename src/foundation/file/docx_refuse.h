// What a form from a stranger may not hold. Only for docx_read.cpp.
#pragma once

#include <vector>

#include "base/result.h"
#include "file/zip.h"

namespace stafett::file {

// Every danger found, each as a fault that names it and says what to do.
Result<> refuse_dangers(const std::vector<Part>&);

}  // namespace stafett::file
