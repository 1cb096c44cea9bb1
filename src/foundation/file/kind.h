// What a file really is, by how it begins, whatever it is called.
#pragma once

#include <string_view>

#include "base/message.h"

namespace stafett::file {

enum class Kind {
  zip,        // docx, xlsx, ods … or a plain zip
  locked,     // an Office file with a password
  old_excel,  // .xls
  old_word,   // .doc
  old_office,
  pdf,
  web_page,
  xml,
  rich_text,
  picture,
  packed,  // gzip, 7z, rar
  other,   // text, or something unknown
};
Kind kind_of(std::string_view bytes);

// What to say when a register was expected, or a Word form.
Message not_a_table(Kind);
Message not_a_form(Kind);

}  // namespace stafett::file
