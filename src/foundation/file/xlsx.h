// An Excel workbook: a tab for each sheet, with a title, headings that stay in view and typed cells, and a
// last tab that says what the figures are. Text is never a formula, and the same sheets are always the same
// bytes.
#pragma once

#include <span>
#include <string>

#include "file/sheet.h"

namespace stafett::file {

struct Note {
  std::string name, text;  // "Definition", "Antal avslutade under perioden"
};

std::string write_xlsx(std::span<const Sheet>, std::span<const Note> notes = {},
                       const std::string& notes_name = "Om statistiken");

}  // namespace stafett::file
