// Small Word documents for the tests of forms.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "file/zip.h"

namespace stafett::file::samples {

inline constexpr auto relation_type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

inline std::string relation(const std::string& id, const std::string& type, const std::string& target,
                            bool external = false) {
  return "<Relationship Id=\"" + id + "\" Type=\"" + relation_type + type + "\" Target=\"" + target + "\"" +
         (external ? " TargetMode=\"External\"" : "") + "/>";
}

inline std::string relations(const std::string& inside) {
  return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + inside +
         "</Relationships>";
}

// A small form with this body.
inline std::vector<Part> parts(const std::string& body) {
  return {
      {"[Content_Types].xml",
       "<Types><Default Extension=\"rels\" ContentType=\"r\"/><Default Extension=\"xml\" "
       "ContentType=\"application/xml\"/>"
       "<Override PartName=\"/word/document.xml\" ContentType=\"application/"
       "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"},
      {"_rels/.rels", relations(relation("r1", "officeDocument", "word/document.xml") +
                                relation("r2", "metadata/core-properties", "docProps/core.xml"))},
      {"docProps/core.xml", "<cp:coreProperties><dc:creator>Anna Andersson</dc:creator></cp:coreProperties>"},
      {"word/_rels/document.xml.rels",
       relations(relation("rId1", "header", "header1.xml") + relation("rId2", "styles", "styles.xml"))},
      {"word/header1.xml", "<w:hdr><w:p><w:r><w:t>{{insats.namn}}</w:t></w:r></w:p></w:hdr>"},
      {"word/styles.xml",
       "<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:lang "
       "w:val=\"en-US\"/></w:rPr></w:rPrDefault></w:docDefaults>"
       "<w:style w:styleId=\"Beskrivning\"><w:name w:val=\"caption\"/></w:style></w:styles>"},
      {"word/document.xml", "<w:document><w:body>" + body + "</w:body></w:document>"}};
}

inline std::string p(const std::string& text) { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>"; }
inline std::string cell(const std::string& text) { return "<w:tc>" + p(text) + "</w:tc>"; }

inline std::string message(const Problem& problem) {
  std::string text;
  for (const auto& fault : problem.faults) text += filled(fault.message.key, fault.message.arguments) + "\n";
  return text;
}

}  // namespace stafett::file::samples
