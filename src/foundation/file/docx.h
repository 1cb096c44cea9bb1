// A form: the Word document (.docx) an organisation writes its reports in, with places for what Stafett
// knows.
//   {{insats.namn}}                  a value; also a content control whose tag is insats.namn
//   {{#mal}} … {{/mal}}              repeated for each: the table rows, or the paragraphs, from the one to
//   the other
//   {{bild:flode}} {{image:flode}}   a picture
//   {{tabell:resultat}} {{table:…}}  a whole table, before the paragraph the place stands in
// In body, headers, footers, notes and text boxes; it does not matter how Word has cut up the text of a
// place.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/view.h"
#include "file/zip.h"
#include "text/translation.h"

namespace stafett::file {

struct Form {
  std::vector<Part> parts;
  std::string main;                  // the part with the body: word/document.xml
  std::vector<std::string> stories;  // the parts with text: the body, then headers, footers and notes
};

// Forms come from anyone. Refused, each with its name and what to do: what is no .docx, more than 500 parts,
// 50 MB unpacked, macros, embedded objects, ActiveX, imported pieces (altChunk), a template or anything else
// outside the file, fields that fetch or run something (DDE, INCLUDE…, LINK), a document type, a {{#loop}}
// without its end. Links to web pages and mail addresses stay: nothing follows them until a reader clicks.
// Whoever wrote or changed the form is forgotten.
Result<Form> read_form(std::string_view bytes);

struct Field {
  enum class Kind { value, control, loop, picture, table };
  enum class Place { body, header, footer, notes };
  Kind kind;
  std::string name;  // without bild: or tabell:
  std::string loop;  // the one it stands in, or empty
  Place place;
  std::string under;  // the heading it stands under, or empty
  std::size_t times;  // how often, in that loop and place
};
std::vector<Field> fields(const Form&);

struct FormPicture {
  std::string png, svg;  // the same; older programs show the first. svg may be empty
  std::string alt;       // for those who cannot see it
  double width_mm, height_mm;
};

struct FormTable {
  std::string caption;
  std::vector<std::string> headings;
  std::vector<std::vector<std::string>> rows;
  std::size_t text_columns = 1;  // the first ones, to the left; the rest are figures, to the right
  bool total_last = false;
  std::string note;  // below it, in small print
};

struct FormValues {
  View
      fields;  // a tree: {"insats", {{"namn", "Jobbvägen"}}} is insats.namn. In a loop mal: text, or mal.text
  std::map<std::string, FormPicture, std::less<>> pictures;
  std::map<std::string, FormTable, std::less<>> tables;
  std::string title;  // of the document, shown by readers of PDF
  text::Language language = text::Language::swedish;
};

struct FilledForm {
  std::string bytes;                 // a .docx; the same form and values are always the same bytes
  std::vector<std::string> missing;  // names whose value is null; the document says [saknas: namn]
  std::vector<std::string>
      unknown;  // names there is no value for; the same, but a content control is left as it was
};

// Texts go in as they are: {{ in a value is only two braces, line ends are line ends, an empty line in a
// value that is alone in its paragraph begins a new paragraph. A Problem only if the document would be too
// large.
Result<FilledForm> fill(const Form&, const FormValues&);

}  // namespace stafett::file
