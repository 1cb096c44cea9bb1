#include <algorithm>
#include <cmath>
#include <pugixml.hpp>

#include "file/docx_parts.h"
#include "file/package.h"
#include "text/fold.h"
#include "text/markup.h"

namespace stafett::file {
namespace {

std::string escaped(std::string_view text) { return text::escaped(xml_text(text)); }

// What a piece of XML of our own becomes; the document must outlive the node.
pugi::xml_node made(pugi::xml_document& document, const std::string& xml) {
  document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata);
  return document.document_element();
}

struct CellLook {
  bool right = false, bold = false, heading = false, with_next = false;
};

std::string cell(std::string_view text, const CellLook& look) {
  std::string xml = "<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/>";
  if (look.heading)
    xml += "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EDF1F5\"/><w:vAlign w:val=\"bottom\"/>";
  xml += "</w:tcPr><w:p><w:pPr>";
  if (look.with_next) xml += "<w:keepNext/>";
  xml += "<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>";
  if (look.right) xml += "<w:jc w:val=\"right\"/>";
  xml += "</w:pPr><w:r><w:rPr>";
  if (look.bold) xml += "<w:b/>";
  return xml + "<w:sz w:val=\"20\"/></w:rPr><w:t xml:space=\"preserve\">" + escaped(text) +
         "</w:t></w:r></w:p></w:tc>";
}

std::string row(const std::vector<std::string>& texts, std::size_t columns, std::size_t text_columns,
                CellLook look) {
  std::string xml = "<w:tr><w:trPr><w:cantSplit/>";
  if (look.heading) xml += "<w:tblHeader/>";
  xml += "</w:trPr>";
  for (std::size_t i = 0; i != columns; ++i) {
    look.right = i >= text_columns;
    xml += cell(i < texts.size() ? texts[i] : "", look);
  }
  return xml + "</w:tr>";
}

// The first column gets two fifths of the width, the others share the rest.
std::string grid(std::size_t columns) {
  constexpr std::size_t width = 9070;  // of A4 between its margins, in twentieths of a point
  const auto first = columns == 1 ? width : width * 2 / 5;
  std::string xml = "<w:tblGrid>";
  for (std::size_t i = 0; i != columns; ++i)
    xml += "<w:gridCol w:w=\"" + std::to_string(i == 0 ? first : (width - first) / (columns - 1)) + "\"/>";
  return xml + "</w:tblGrid>";
}

std::string table_xml(const FormTable& table) {
  auto columns = std::max<std::size_t>(table.headings.size(), 1);
  for (const auto& texts : table.rows) columns = std::max(columns, texts.size());
  const auto line = [](std::string_view side, std::string_view size, std::string_view color) {
    return "<w:" + std::string(side) + " w:val=\"single\" w:sz=\"" + std::string(size) +
           "\" w:space=\"0\" w:color=\"" + std::string(color) + "\"/>";
  };
  auto xml = "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>" +
             line("top", "8", "44546A") + line("bottom", "8", "44546A") + line("insideH", "4", "BFC7D1") +
             "</w:tblBorders><w:tblLayout w:type=\"autofit\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\"/>";
  if (!table.caption.empty()) xml += "<w:tblCaption w:val=\"" + escaped(table.caption) + "\"/>";
  xml += "</w:tblPr>" + grid(columns);
  if (!table.headings.empty())
    xml +=
        row(table.headings, columns, table.text_columns, {.bold = true, .heading = true, .with_next = true});
  constexpr std::size_t one_page = 25;  // rows: a table of no more is not divided between pages
  for (const auto& texts : table.rows) {
    const bool last = &texts == &table.rows.back();
    xml += row(texts, columns, table.text_columns,
               {.bold = table.total_last && last, .with_next = !last && table.rows.size() <= one_page});
  }
  if (table.headings.empty() && table.rows.empty()) xml += row({}, columns, columns, {});
  return xml + "</w:tbl>";
}

std::string caption_xml(std::string_view caption, std::string_view style) {
  std::string xml = "<w:p><w:pPr>";
  if (!style.empty()) xml += "<w:pStyle w:val=\"" + escaped(style) + "\"/>";
  xml += "<w:keepNext/></w:pPr><w:r>";
  if (style.empty()) xml += "<w:rPr><w:b/></w:rPr>";
  return xml + "<w:t xml:space=\"preserve\">" + escaped(caption) + "</w:t></w:r></w:p>";
}

std::string note_xml(std::string_view note) {
  return "<w:p><w:pPr><w:spacing w:before=\"80\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"18\"/></w:rPr><w:t "
         "xml:space=\"preserve\">" +
         escaped(note) + "</w:t></w:r></w:p>";
}

}  // namespace

void insert_table(pugi::xml_node paragraph, const FormTable& table, std::string_view caption_style) {
  auto parent = paragraph.parent();
  pugi::xml_document document;
  if (!table.caption.empty())
    parent.insert_copy_before(made(document, caption_xml(table.caption, caption_style)), paragraph);
  else if (is(paragraph.previous_sibling(), "w:tbl"))
    parent.insert_child_before("w:p", paragraph);  // or Word would make one table of the two
  parent.insert_copy_before(made(document, table_xml(table)), paragraph);
  if (!table.note.empty()) parent.insert_copy_before(made(document, note_xml(table.note)), paragraph);
}

void insert_picture(pugi::xml_node run, const FormPicture& picture, const PictureIds& ids) {
  const auto emu = [](double mm) {
    return std::to_string(std::llround(std::clamp(mm, 1.0, 500.0) * 36'000));
  };
  const auto size = " cx=\"" + emu(picture.width_mm) + "\" cy=\"" + emu(picture.height_mm) + "\"/>";
  const auto name = "id=\"1\" name=\"Diagram\" descr=\"" + escaped(picture.alt) + "\"/>";
  auto xml =
      R"(<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" )"
      R"(distT="0" distB="0" distL="0" distR="0"><wp:extent)" +
      size + "<wp:docPr " + name +
      R"(<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">)"
      R"(<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">)"
      R"(<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr )" +
      name +
      R"(<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>)"
      R"(<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed=")" +
      ids.png + "\">";
  if (!ids.svg.empty())
    xml += R"(<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip )"
           R"(xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed=")" +
           ids.svg + "\"/></a:ext></a:extLst>";
  xml +=
      "</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" "
      "y=\"0\"/><a:ext" +
      size +
      R"(</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>)"
      "</wp:inline></w:drawing></w:r>";
  pugi::xml_document document;
  run.parent().insert_copy_after(made(document, xml), run);
}

std::string caption_style(const Form& form) {
  pugi::xml_document document;
  if (const auto* const part = find_part(form, target_part(form.main, "styles.xml")))
    document.load_buffer(part->bytes.data(), part->bytes.size());
  for (const auto& style : document.document_element().children("w:style"))
    if (text::folded(style.child("w:name").attribute("w:val").value()) == "caption")
      return style.attribute("w:styleId").value();
  return {};
}

Part* find_part(Form& form, std::string_view name) {
  const auto found =
      std::find_if(form.parts.begin(), form.parts.end(), [&](const Part& part) { return part.name == name; });
  return found == form.parts.end() ? nullptr : &*found;
}
const Part* find_part(const Form& form, std::string_view name) {
  return find_part(const_cast<Form&>(form), name);
}

Part& part_named(Form& form, std::string_view name) {
  if (auto* const found = find_part(form, name)) return *found;
  return form.parts.emplace_back(Part{std::string(name), {}});
}

std::string relate(Form& form, std::string_view from, std::string_view type, std::string_view target) {
  auto& part = part_named(form, relations_of(from));
  pugi::xml_document document;
  document.load_buffer(part.bytes.data(), part.bytes.size(), pugi::parse_default | pugi::parse_declaration);
  auto root = document.document_element();
  if (!root) {
    root = document.append_child("Relationships");
    root.append_attribute("xmlns") = "http://schemas.openxmlformats.org/package/2006/relationships";
  }
  std::size_t number = 1;
  const auto id = [&] { return "stafett" + std::to_string(number); };
  while (root.find_child_by_attribute("Id", id().c_str())) ++number;
  auto relation = root.append_child("Relationship");
  relation.append_attribute("Id") = id().c_str();
  relation.append_attribute("Type") =
      ("http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + std::string(type)).c_str();
  relation.append_attribute("Target") = std::string(target).c_str();
  part.bytes = to_string(document);
  return id();
}

void set_type(Form& form, std::string_view extension, std::string_view type) {
  auto& part = part_named(form, "[Content_Types].xml");
  pugi::xml_document document;
  document.load_buffer(part.bytes.data(), part.bytes.size(), pugi::parse_default | pugi::parse_declaration);
  auto root = document.document_element();
  if (root.find_child_by_attribute("Default", "Extension", std::string(extension).c_str())) return;
  auto added = root.prepend_child("Default");
  added.append_attribute("Extension") = std::string(extension).c_str();
  added.append_attribute("ContentType") = std::string(type).c_str();
  part.bytes = to_string(document);
}

}  // namespace stafett::file
