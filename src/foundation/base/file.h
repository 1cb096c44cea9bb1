// Whole files, in and out.
#pragma once

#include <string>
#include <string_view>

#include "base/pieces.h"
#include "base/result.h"

namespace stafett {

// A Problem that says why not: it is not there, it is a folder, it may not be read, it is larger than `most` bytes.
Result<std::string> read_file(const std::string& name, std::size_t most = std::size_t{1} << 30);

// All of it to an open file; otherwise errno says why not.
bool write_all(int descriptor, std::string_view bytes);

// Whole or not at all: written beside, then put in its place.
Result<> write_file(const std::string& name, std::string_view bytes);
// The same, and only its owner may read it (0600).
Result<> write_private_file(const std::string& name, std::string_view bytes);
// The same for what is given in pieces, and never in the place of another file.
Result<> write_new_private_file(const std::string& name, const Give&);

}  // namespace stafett
