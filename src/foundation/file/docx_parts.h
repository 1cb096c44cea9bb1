// The inside of a Word document: its parts, and the places in its text. Only for the docx_*.cpp files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "file/docx.h"
#include "file/xml.h"

namespace stafett::file {

Part* find_part(Form&, std::string_view name);  // null if there is none
const Part* find_part(const Form&, std::string_view name);
Part& part_named(Form&, std::string_view name);  // made if there is none

// Relates the part to another one, and gives the relation's id.
std::string relate(Form&, std::string_view from, std::string_view type, std::string_view target);
// What files with this extension are: "png", "image/png".
void set_type(Form&, std::string_view extension, std::string_view type);

// {{name}}, {{#name}}, {{/name}}, {{bild:name}} or {{tabell:name}} in a text.
struct Placeholder {
  enum class Kind { value, loop_start, loop_end, picture, table };
  Kind kind;
  std::string name;
  std::size_t begin, end;  // in the text, with the braces
};
std::vector<Placeholder> placeholders_in(std::string_view text);

// The nodes w:t of a paragraph, in order; without text boxes (which hold paragraphs of their own) and text
// marked as moved away. Of a table row: of all its paragraphs, without tables within it.
std::vector<pugi::xml_node> texts_of(const pugi::xml_node&);
std::string text_in(const pugi::xml_node&);
std::string content_of(const pugi::xml_node& text);  // of one w:t

// Puts texts in the place of parts of what text_in tells, which may go over several nodes. In order, not
// overlapping.
struct Change {
  std::size_t begin, end;
  std::string text;  // clean, as from xml_text; line ends and tabs become Word's
};
void change_text(const std::vector<pugi::xml_node>& texts, const std::vector<Change>&);
void set_text(pugi::xml_node text, std::string_view);

bool is(const pugi::xml_node&, std::string_view name);  // "w:p"
// A paragraph or a table row: what a loop begins and ends in.
bool is_block(const pugi::xml_node&);

// Refuses loops without an end, and ends without a loop.
void check_loops(const pugi::xml_node& within, std::vector<Fault>&);

std::size_t size_of(const pugi::xml_node&);  // in nodes
// Takes away the marks that must be one of a kind in the document: for a copy.
void forget_marks(pugi::xml_node);
bool ends_section(const pugi::xml_node& paragraph);
bool is_empty(const pugi::xml_node& paragraph);  // no text and no drawing
// A text divided at its empty lines.
std::vector<std::string> paragraphs_in(std::string_view text);

// The style for captions, by the name it has inside Word in every language; empty if the form has none.
std::string caption_style(const Form&);

// A table to put before `paragraph`, and a picture to put after `run`.
void insert_table(pugi::xml_node paragraph, const FormTable&, std::string_view caption_style);
struct PictureIds {
  std::string png, svg;  // of the relations to the files
};
void insert_picture(pugi::xml_node run, const FormPicture&, const PictureIds&);

}  // namespace stafett::file
