// The parts of a docx or xlsx file and the relations between them (Open Packaging Conventions). Only for this
// folder.
#pragma once

#include <string>
#include <string_view>

namespace stafett::file {

// Where the relations of a part are kept: "word/_rels/document.xml.rels"; of the package itself (""):
// "_rels/.rels".
std::string relations_of(std::string_view part);
// And the part whose relations these are; empty for the package's own.
std::string owner_of(std::string_view relations);

// The part meant by a relation's target: "../styles.xml" or "/xl/styles.xml" from "xl/worksheets/sheet1.xml".
std::string target_part(std::string_view from, std::string_view target);

// The last word of a relation's type: "worksheet".
std::string_view last_word(std::string_view type);

}  // namespace stafett::file
