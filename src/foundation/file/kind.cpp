#include "file/kind.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace stafett::file {
namespace {

using namespace std::string_view_literals;

// The names in the old Office format's list of contents are UTF-16.
bool holds_stream(std::string_view bytes, std::string_view name) {
  std::string wide;
  for (const char c : name) wide += {c, '\0'};
  return bytes.find(wide) != std::string_view::npos;
}

Kind old_kind(std::string_view bytes) {
  if (holds_stream(bytes, "EncryptedPackage")) return Kind::locked;
  if (holds_stream(bytes, "Workbook") || holds_stream(bytes, "Book")) return Kind::old_excel;
  if (holds_stream(bytes, "WordDocument")) return Kind::old_word;
  return Kind::old_office;
}

// The first letters, in lower case, after space and a byte order mark.
std::string beginning(std::string_view bytes) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  const auto start = std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size());
  std::string text(bytes.substr(start, 16));
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

Message wrong_kind(Kind kind) {
  switch (kind) {
    case Kind::locked:
      return "The file is locked with a password. Remove the password and save it again.";
    case Kind::pdf:
      return "The file is a PDF.";
    case Kind::picture:
      return "The file is a picture.";
    case Kind::packed:
      return "The file is a packed archive. Unpack it first.";
    default:
      return "The file is of a kind that cannot be read here.";
  }
}

}  // namespace

Kind kind_of(std::string_view bytes) {
  struct Mark {
    std::string_view bytes;
    Kind kind;
  };
  static constexpr Mark marks[] = {
      {"PK\3\4"sv, Kind::zip},      {"PK\5\6"sv, Kind::zip},           {"%PDF"sv, Kind::pdf},
      {"\x89PNG"sv, Kind::picture}, {"\xff\xd8\xff"sv, Kind::picture}, {"GIF8"sv, Kind::picture},
      {"\x1f\x8b"sv, Kind::packed}, {"7z\xbc\xaf"sv, Kind::packed},    {"Rar!"sv, Kind::packed},
  };
  for (const auto& mark : marks)
    if (bytes.starts_with(mark.bytes)) return mark.kind;
  if (bytes.starts_with("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv)) return old_kind(bytes);
  const auto start = beginning(bytes);
  for (const auto tag : {"<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<div"})
    if (start.starts_with(tag)) return Kind::web_page;
  if (start.starts_with("<?xml")) return Kind::xml;
  if (start.starts_with("{\\rtf")) return Kind::rich_text;
  return Kind::other;
}

Message not_a_table(Kind kind) {
  switch (kind) {
    case Kind::old_excel:
      return "The file is in Excel's old format (.xls). Open it in Excel and save it as .xlsx or CSV.";
    case Kind::old_word:
    case Kind::old_office:
    case Kind::rich_text:
      return "The file is a document, not a register. Save the register as .xlsx or CSV.";
    case Kind::pdf:
      return "The file is a PDF. Ask for the register as .xlsx or CSV instead.";
    case Kind::web_page:
      return "The file is a web page, even if it is called something else. Open it in Excel and save it as "
             ".xlsx or CSV.";
    case Kind::xml:
      return "The file is XML. Open it in Excel and save it as .xlsx or CSV.";
    case Kind::picture:
      return "The file is a picture. Ask for the register as .xlsx or CSV instead.";
    default:
      return wrong_kind(kind);
  }
}

Message not_a_form(Kind kind) {
  switch (kind) {
    case Kind::old_word:
    case Kind::old_office:
    case Kind::rich_text:
    case Kind::web_page:
      return "The file is in an old format of Word's. Open it in Word and save it as .docx.";
    case Kind::old_excel:
      return "The file is an Excel file. A form is a Word document (.docx).";
    case Kind::pdf:
      return "The file is a PDF. A form is a Word document (.docx).";
    case Kind::xml:
    case Kind::picture:
    case Kind::other:
      return "The file is not a Word document. A form is a Word document (.docx).";
    default:
      return wrong_kind(kind);
  }
}

}  // namespace stafett::file
