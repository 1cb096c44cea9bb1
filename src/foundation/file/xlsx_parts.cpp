#include "file/xlsx_parts.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <map>
#include <pugixml.hpp>

#include "base/date.h"
#include "file/package.h"
#include "file/xml.h"

namespace stafett::file {
namespace {

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  return node.find_child([&](const pugi::xml_node& one) { return local_name(one) == name; });
}

struct Relation {
  std::string type, part;  // the type's last word: "worksheet"
};

Result<std::map<std::string, Relation>> relations(Archive& archive, const std::string& part) {
  const auto name = relations_of(part);
  std::map<std::string, Relation> found;
  if (!archive.has(name)) return found;
  pugi::xml_document document;
  const auto bytes = TRY(archive.read(name));
  TRY(parse_xml(document, name, bytes));
  for (const auto& relation : document.document_element().children()) {
    found[relation.attribute("Id").value()] = {std::string(last_word(relation.attribute("Type").value())),
                                               target_part(part, relation.attribute("Target").value())};
  }
  return found;
}

// Whether an Excel number format shows a date or a time: it has a d, m, y, h or s that is not quoted.
bool shows_date(int id, std::string_view format) {
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58))
    return true;
  bool quoted = false, bracketed = false;
  for (std::size_t i = 0; i != format.size(); ++i) {
    const char c = format[i];
    if (c == '\\' || c == '_' || c == '*') {
      if (++i == format.size()) break;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == '[' || c == ']') {
      bracketed = c == '[';
    } else if (!quoted && !bracketed && std::strchr("dmyhsDMYHS", c)) {
      return format != "General" && format != "Standard";
    }
  }
  return false;
}

Message not_excel(Archive& archive) {
  if (archive.has("word/document.xml"))
    return "The file is a Word document, not a register. Save the register as .xlsx or CSV.";
  if (archive.has("xl/workbook.bin"))
    return "The file is in Excel's binary format (.xlsb). Open it in Excel and save it as .xlsx.";
  if (archive.has("content.xml"))
    return "The file is in LibreOffice's own format (.ods). Open it there and save it as .xlsx or CSV.";
  return "The file is a zip archive, not a register. Unpack it and choose the register inside, as .xlsx or "
         "CSV.";
}

}  // namespace

Result<Workbook> read_workbook(Archive& archive) {
  std::string part = "xl/workbook.xml";
  const auto package = TRY(relations(archive, ""));
  for (const auto& [id, relation] : package)
    if (relation.type == "officeDocument") part = relation.part;
  if (!archive.has(part) || part.starts_with("word/") || part.ends_with(".bin"))
    return invalid("", not_excel(archive));

  pugi::xml_document document;
  const auto bytes = TRY(archive.read(part));
  TRY(parse_xml(document, part, bytes));
  const auto root = document.document_element();
  if (local_name(root) != "workbook") return invalid("", not_excel(archive));

  Workbook book;
  book.from_1904 = child(root, "workbookPr").attribute("date1904").as_bool();
  const auto related = TRY(relations(archive, part));
  for (const auto& sheet : child(root, "sheets").children()) {
    const std::string_view state = sheet.attribute("state").value();
    std::string id;
    for (const auto& attribute : sheet.attributes())
      if (std::string_view(attribute.name()).ends_with(":id")) id = attribute.value();
    const auto found = related.find(id);
    if (state.empty() || state == "visible")
      if (found != related.end() && found->second.type == "worksheet" && archive.has(found->second.part))
        book.sheets.push_back({sheet.attribute("name").value(), found->second.part});
  }
  for (const auto& [id, relation] : related) {
    if (!archive.has(relation.part)) continue;
    if (relation.type == "sharedStrings") book.shared_texts = relation.part;
    if (relation.type == "styles") book.styles = relation.part;
  }
  return book;
}

Result<std::vector<Style>> read_styles(Archive& archive, const std::string& part) {
  std::vector<Style> styles;
  if (part.empty()) return styles;
  pugi::xml_document document;
  const auto bytes = TRY(archive.read(part));
  TRY(parse_xml(document, part, bytes));
  std::map<int, std::string> formats;
  for (const auto& format : child(document.document_element(), "numFmts").children())
    formats[format.attribute("numFmtId").as_int()] = format.attribute("formatCode").value();
  for (const auto& style : child(document.document_element(), "cellXfs").children()) {
    const int id = style.attribute("numFmtId").as_int();
    const auto& format = formats[id];
    const bool zeros = !format.empty() && format.find_first_not_of('0') == std::string::npos;
    styles.push_back({shows_date(id, format), zeros ? format.size() : 0});
  }
  return styles;
}

std::string date_text(double day, bool from_1904) {
  if (from_1904) day += 1462;
  const auto whole = std::floor(day);
  auto minutes = static_cast<int>(std::lround((day - whole) * 24 * 60));
  auto days = static_cast<std::int32_t>(whole) + minutes / (24 * 60);
  minutes %= 24 * 60;
  if (days > 0 && days < 60) ++days;  // Excel believes that 1900 was a leap year
  char time[16];
  std::snprintf(time, sizeof time, "%02d:%02d", minutes / 60, minutes % 60);
  if (days == 0) return time;
  const auto date = Date{days - 25569}.text();
  return minutes == 0 ? date : date + " " + time;
}

std::string number_text(std::string_view written, const Style& style, bool from_1904) {
  double number = 0;
  const auto* const end = written.data() + written.size();
  const auto [stopped, error] = std::from_chars(written.data(), end, number);
  if (error != std::errc{} || stopped != end || !std::isfinite(number)) return std::string(written);
  constexpr double last_day = 2'958'466;  // after 9999-12-31
  if (style.is_date && number >= 0 && number < last_day - 1462) return date_text(number, from_1904);
  if (number == std::floor(number) && std::abs(number) < 1e15) {
    auto text = std::to_string(static_cast<std::int64_t>(number));
    if (number >= 0 && text.size() < style.digits) text.insert(0, style.digits - text.size(), '0');
    return text;
  }
  char text[40];  // fifteen digits, as Excel shows: 0.3 is kept as 0.30000000000000004
  std::snprintf(text, sizeof text, "%.15g", number);
  return text;
}

}  // namespace stafett::file
