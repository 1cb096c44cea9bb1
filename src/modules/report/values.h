// What Stafett fills in where a form asks for it, and what it asks people for.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/message.h"
#include "file/docx.h"
#include "overview/overview.h"
#include "text/translation.h"

namespace stafett::report {

// What people have written, by the form's name for the place: "text.sammanfattning". Empty is not written
// yet.
using Texts = std::map<std::string, std::string, std::less<>>;

// A name that a form may hold, as {{insats.namn}}, {{bild:flode}}, {{tabell:resultat}}. Those of a loop come
// after it:
// {{#mal}} … {{mal.text}} … {{/mal}}
struct Name {
  std::string_view name;
  Message meaning;
};
const std::vector<Name>& names();

struct Unknown {
  std::string name;
  std::string nearest;  // the name that was probably meant, or empty
};

// What a form holds, before anything is filled in.
struct Place {
  std::string name;   // as in names(), or "text.…"
  std::string under;  // the heading it stands under, or empty
  bool is_known = false;
};
struct Question {
  std::string field;  // "text.sammanfattning"
  std::string label;  // the heading it stands under, or else its name
};
struct Check {
  std::vector<Place> places;  // in the form's order, each once
  std::vector<Unknown> unknown;
  std::vector<Question> questions;  // the texts that people write
};
Check check(const file::Form&);

struct Told {
  std::string title, author;
  Texts texts;
  Date today;
};

// Figures as a report writes them: "43,1 %", "28 av 65", ".." where protected. A value is null where there is
// none yet.
View fields(const overview::Overview&, const Told&, text::Language = text::Language::swedish);
// Those of the form's values that are null.
std::vector<std::string> missing(const Check&, const View& fields);

// The figures that are filled in by themselves, in the form's order: what each is, and what will stand there.
struct Given {
  View meaning, value;  // texts or Messages
};
std::vector<Given> given(const Check&, const View& fields);
std::map<std::string, file::FormTable, std::less<>> tables(const overview::Overview&, text::Language);
std::map<std::string, file::FormPicture, std::less<>> pictures(const overview::Overview&, text::Language);
file::FormValues values(const overview::Overview&, const Told&, text::Language = text::Language::swedish);

// Kept with a frozen report, and read again the same.
std::string kept(const file::FormValues&);
file::FormValues read_kept(std::string_view);

}  // namespace stafett::report
