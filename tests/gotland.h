// A district where Region Gotland has its register and its reports, and what is read in the Word files that
// come of them.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "file/zip.h"
#include "report/report.h"
#include "tests/world.h"

namespace stafett {

// Gun writes the reports, and Dag is the director of the association.
struct Gotland : World {
  Person gun, director;

  Gotland() {
    add_register("gotland");
    gun = sign_in("gun", organisation_named("Region Gotland"), {"unit head"});
    director = sign_in("dag", organisation_named("FinsamGotland"), {"director"});
  }

  organisation::Organisation organisation_named(const char* name) {
    return database->read([&](db::Transaction& tx) { return *organisation::named(tx, name); });
  }

  static Fields choices(const std::string& audience = "public",
                        const std::string& form = "stafett-slutrapport-insats") {
    return {{"intervention", "jobbvagen-ar"},
            {"form", form},
            {"report_title", "Slutrapport"},
            {"from", "2024-01-01"},
            {"to", "2025-05-31"},
            {"author", "Gun"},
            {"audience", audience}};
  }
  // Its address.
  std::string begin(const std::string& audience = "public",
                    const std::string& form = "stafett-slutrapport-insats") {
    const auto reply = post(gun, "/reports", choices(audience, form));
    REQUIRE(reply.status == 303);
    return location(reply);
  }
  web::Outgoing write(const Person& who, const std::string& report, const std::string& text,
                      const std::string& seen_before) {
    return post(
        who, report + "/texts",
        {{"text.sammanfattning", text}, {"seen.text.sammanfattning", report::fingerprint_of(seen_before)}});
  }
  void freeze(const std::string& report) {
    const auto page = get(gun, report).body;
    const auto mark = std::string("name=\"seen\" value=\"");
    const auto at = page.find(mark) + mark.size();
    REQUIRE(post(gun, report + "/freezing", {{"seen", page.substr(at, page.find('"', at) - at)}}).status ==
            303);
  }
  report::Report found(const std::string& address) {
    const Id<report::Report> id{address.substr(std::string("/reports/").size())};
    return database->read([&](db::Transaction& tx) { return report::find(tx, gun.user, id).value(); });
  }
};

// What can be read in a Word file's body, with a bar after each cell.
inline std::string words_in(const std::string& docx) {
  auto archive = file::Archive::open(docx, {});
  REQUIRE(archive);
  const auto xml = archive->read("word/document.xml");
  REQUIRE(xml);
  std::string words;
  for (std::size_t at = 0; at < xml->size();) {
    const auto tag = std::min(xml->find('<', at), xml->size());
    words += xml->substr(at, tag - at);
    const auto end = std::min(xml->find('>', tag), xml->size());
    if (xml->compare(tag, end - tag, "</w:tc") == 0) words += "|";
    if (xml->compare(tag, end - tag, "</w:p") == 0) words += " ";
    at = end + 1;
  }
  return words;
}

inline bool holds(const std::string& words, const std::string& text) {
  return words.find(text) != words.npos;
}

// A form with these paragraphs.
inline std::string form_with(const std::vector<std::string>& texts) {
  std::string body;
  for (const auto& text : texts) body += "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>";
  return file::zipped(
      {{"[Content_Types].xml",
        "<Types><Default Extension=\"rels\" ContentType=\"r\"/><Override PartName=\"/word/document.xml\" "
        "ContentType=\"application/"
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"},
       {"_rels/.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
        "Id=\"r1\" "
        "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
        "Target=\"word/document.xml\"/></Relationships>"},
       {"word/document.xml", "<w:document><w:body>" + body + "</w:body></w:document>"}});
}

}  // namespace stafett
