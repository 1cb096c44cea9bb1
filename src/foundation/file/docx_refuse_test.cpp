#include <doctest/doctest.h>

#include "file/docx.h"
#include "file/docx_samples.h"

using namespace stafett;
using namespace stafett::file;
using namespace stafett::file::samples;

namespace {

bool refused(const std::vector<Part>& parts, std::string_view words) {
  const auto form = read_form(zipped(parts));
  if (form) return false;
  INFO(message(form.error()));
  CHECK(message(form.error()).find(words) != std::string::npos);
  return message(form.error()).find(words) != std::string::npos;
}

std::vector<Part> with(std::vector<Part> parts, const std::string& name, const std::string& bytes) {
  parts.push_back({name, bytes});
  return parts;
}

std::vector<Part> related(const std::string& type, const std::string& target, bool external) {
  auto all = parts(p("x"));
  all[3].bytes = relations(relation("rId9", type, target, external));
  return all;
}

}  // namespace

TEST_SUITE("docx") {
  TEST_CASE("a loop without its end, or an end without its loop, is told by name") {
    CHECK(refused(parts(p("{{#mal}}")), "{{#mal}} in the form has no {{/mal}}"));
    CHECK(refused(parts(p("{{/mal}}")), "{{/mal}} in the form has no {{#mal}}"));
    CHECK(refused(parts("<w:tbl><w:tr>" + cell("{{#mal}}") + "</w:tr></w:tbl>" + p("{{/mal}}")), "{{#mal}}"));
    CHECK(refused(parts(p("{{#a}}{{#b}}{{/a}}{{/b}}")), "{{/a}}"));
  }

  TEST_CASE("what is no Word document is refused with its right name") {
    const auto said = [](std::string_view bytes) {
      const auto form = read_form(bytes);
      return form ? std::string() : message(form.error());
    };
    CHECK(said("").find("not a Word document") != std::string::npos);
    CHECK(said("%PDF-1.4").find("PDF") != std::string::npos);
    CHECK(said("PK\3\4 and nothing").find("damaged") != std::string::npos);
    CHECK(refused({{"content.xml", "<x/>"}, {"mimetype", "x"}}, ".odt"));
    CHECK(refused(
        {{"[Content_Types].xml", "<Types/>"}, {"_rels/.rels", relations("")}, {"xl/workbook.xml", "<x/>"}},
        "Excel"));
    auto strict = parts("");
    strict.back().bytes = "<x:document/>";
    CHECK(refused(strict, "unusual way"));
    auto broken = parts("");
    broken.back().bytes = "<w:document><w:body></w:document>";
    CHECK(refused(broken, "word/document.xml of the file is damaged"));
    const auto whole = zipped(parts(p("x")));
    for (std::size_t size = 4; size < whole.size(); size += 11) CHECK_FALSE(read_form(whole.substr(0, size)));
  }

  TEST_CASE("a form with macros, objects or anything from outside is refused by name") {
    auto macro_type = parts("");
    macro_type[0].bytes =
        "<Types><Override PartName=\"/word/document.xml\" "
        "ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/></Types>";
    CHECK(refused(macro_type, "macros"));
    CHECK(refused(with(parts(""), "word/vbaProject.bin", "x"), "macros"));
    CHECK(refused(with(parts(""), "word/embeddings/oleObject1.bin", "x"), "embedded object"));
    CHECK(refused(with(parts(""), "word/activeX/activeX1.xml", "<x/>"), "embedded object"));
    CHECK(refused(with(parts(""), "word/media/run.exe", "x"), "unknown kind"));
    CHECK(refused(related("attachedTemplate", "file:///C:/mall.dotm", true), "file:///C:/mall.dotm"));
    CHECK(refused(related("image", "https://example.org/x.png", true), "outside itself"));
    CHECK(refused(related("hyperlink", "file://server/x", true), "outside itself"));
    CHECK(refused(related("aFChunk", "chunk.xml", false), "outside itself"));
    CHECK(refused(related("header", "header1.png", false), "unknown kind"));
    CHECK(refused(parts("<w:altChunk r:id=\"rId1\"/>"), "altChunk"));
    CHECK(refused(parts("<w:p><w:r><w:object/></w:r></w:p>"), "embedded object"));
    CHECK(refused(parts("<w:p><a:blip r:link=\"rId7\"/></w:p>"), "outside itself"));
    CHECK(refused(parts("<w:p><v:imagedata src=\"http://x/y.png\"/></w:p>"), "http://x/y.png"));
    CHECK(refused(with(parts(""), "word/media/x.svg", "<svg><image xlink:href=\"http://x/y.png\"/></svg>"),
                  "x.svg"));
    CHECK(read_form(zipped(related("hyperlink", "https://www.finsamgotland.se/", true))));
    CHECK(read_form(zipped(related("hyperlink", "mailto:info@example.org", true))));
  }

  TEST_CASE("a field that fetches or runs something is refused however it is cut up") {
    const auto field = [](const std::string& instruction) {
      return "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>" + instruction +
             "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" +
             "<w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    };
    const auto text = [](const std::string& text) {
      return "<w:r><w:instrText xml:space=\"preserve\">" + text + "</w:instrText></w:r>";
    };
    CHECK(refused(parts(field(text(" DDEAUTO c:\\\\cmd.exe "))), "DDEAUTO"));
    CHECK(refused(parts(field(text(" d") + text("De ") + text("x"))), "dDe x"));
    CHECK(refused(parts(field(text("INCLUDEPICTURE \"http://x\""))), "INCLUDEPICTURE"));
    CHECK(refused(parts(field(field(text(" QUOTE 68 68 69 ")) + text(" x"))), "fetches or runs"));
    CHECK(refused(parts(field(text("D") + field(text("IF 1 = 1 DE x")) + text(" c:\\\\cmd"))),
                  "fetches or runs"));
    CHECK(refused(parts("<w:p><w:fldSimple w:instr=\" LINK Excel.Sheet \"/></w:p>"), "LINK"));
    CHECK(refused(parts("<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>" + text("DDE x") + "</w:p>"),
                  "DDE"));
    CHECK(refused(parts(field(text("HYPERLINK \"file://server/x\""))), "outside itself"));
    CHECK(read_form(zipped(parts(field(text(" PAGE ")) + field(text(" HYPERLINK \"https://x.se\" ")) +
                                 field(text(" IF ") + field(text("PAGE")) + text("= 1"))))));
  }

  TEST_CASE("a form that is an attack on the reader is refused") {
    CHECK(refused(with(parts(""), "word/bomb.xml", "<x>" + std::string(40 << 20, ' ') + "</x>"), "attack"));
    auto many = parts("");
    for (int i = 0; i != 100'000; ++i) many.push_back({"word/media/" + std::to_string(i) + ".png", ""});
    CHECK(refused(many, "at most 500"));
    CHECK(refused(with(parts(""), "../../etc/passwd.xml", "<x/>"), "leads out"));
    CHECK(refused(with(parts(""), "/etc/passwd.xml", "<x/>"), "leads out"));
    auto entity = parts("");
    entity.back().bytes =
        "<!DOCTYPE w:document [<!ENTITY e SYSTEM "
        "\"file:///etc/passwd\">]><w:document><w:body>&e;</w:body></w:document>";
    CHECK(refused(entity, "DTD"));
    auto wide = parts("");
    wide.back().bytes = std::string("<\0?\0x\0m\0l\0", 10);
    CHECK(refused(wide, "not written in UTF-8"));
    std::string deep;
    for (int i = 0; i != 5'000; ++i) deep += "<w:p>";
    for (int i = 0; i != 5'000; ++i) deep += "</w:p>";
    CHECK(refused(parts(deep), "damaged"));
  }
}
