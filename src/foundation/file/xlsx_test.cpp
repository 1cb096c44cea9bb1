#include "file/xlsx.h"

#include <doctest/doctest.h>

#include "file/table.h"
#include "file/zip.h"
#include "text/translation.h"

using namespace stafett;
using namespace stafett::file;

namespace {

constexpr auto relations_start =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";
constexpr auto relation_type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

std::string relation(const std::string& id, const std::string& type, const std::string& target) {
  return "<Relationship Id=\"" + id + "\" Type=\"" + relation_type + type + "\" Target=\"" + target + "\"/>";
}

// A workbook with one sheet, whose rows are given as XML.
std::vector<Part> book(const std::string& rows, const std::string& shared = "",
                       const std::string& properties = "") {
  return {
      {"_rels/.rels",
       relations_start + relation("r1", "officeDocument", "xl/workbook.xml") + "</Relationships>"},
      {"xl/workbook.xml",
       "<?xml version=\"1.0\"?><workbook>" + properties +
           "<sheets><sheet name=\"Blad1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels", relations_start +
                                         relation("rId1", "worksheet", "worksheets/sheet1.xml") +
                                         relation("rId2", "sharedStrings", "sharedStrings.xml") +
                                         relation("rId3", "styles", "/xl/styles.xml") + "</Relationships>"},
      {"xl/sharedStrings.xml", "<sst>" + shared + "</sst>"},
      {"xl/styles.xml",
       R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="0000"/>)"
       R"(<numFmt numFmtId="166" formatCode="0 &quot;st&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>)"
       R"(<xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>)"},
      {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}};
}

std::string read(const std::vector<Part>& parts) {
  const auto table = read_table(zipped(parts));
  if (!table) return "!" + text::told(text::Language::english, table.error().faults.front());
  std::string out;
  for (const auto& heading : table->headings) out += (out.empty() ? "" : "|") + heading;
  for (std::size_t i = 0; i != table->size(); ++i)
    for (std::size_t c = 0; c != (*table)[i].size(); ++c)
      out += (c == 0 ? "/" : "|") + std::string((*table)[i][c]);
  return out;
}

bool refused(const std::string& answer, std::string_view words) {
  INFO(answer);
  return answer.starts_with('!') && answer.find(words) != std::string::npos;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

}  // namespace

TEST_SUITE("xlsx") {
  TEST_CASE("texts are read whether shared, rich or in the cell") {
    CHECK(
        read(book(
            R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>)"
            R"(<row r="2"><c r="A2" t="inlineStr"><is><t>Malmö</t></is></c><c r="B2" t="s"><v>0</v></c></row>)",
            "<si><t>ort</t></si><si><r><t>k</t></r><r><t xml:space=\"preserve\">ön &amp; "
            "mer</t></r><rPh><t>x</t></rPh></si>")) == "ort|kön & mer/Malmö|ort");
  }

  TEST_CASE("dates are dates whatever they look like in the sheet, and numbers are as they were written") {
    const std::string rows =
        R"(<row><c t="inlineStr"><is><t>x</t></is></c></row>)"
        R"(<row><c s="1"><v>45352</v></c><c s="2"><v>45352.4375</v></c><c><v>45352</v></c><c><v>980</v></c><c s="3"><v>980</v></c>)"
        R"(<c><v>1.0</v></c><c><v>0.30000000000000004</v></c><c s="4"><v>7</v></c><c s="2"><v>59</v></c><c s="2"><v>0.5</v></c></row>)";
    CHECK(read(book(rows)) == "x/2024-03-01|2024-03-01 10:30|45352|980|0980|1|0.3|7|1900-02-28|12:00");
    CHECK(read(book(R"(<row><c><v>1</v></c></row><row><c s="1"><v>43890</v></c></row>)", "",
                    "<workbookPr date1904=\"1\"/>")) == "1/2024-03-01");
  }

  TEST_CASE("a formula is the value that was saved beside it, and yes and no are words") {
    CHECK(
        read(book(
            R"(<row><c><v>1</v></c><c t="b"><v>1</v></c></row><row><c t="str"><f>HYPERLINK("http://x")</f><v>=klick</v></c>)"
            R"(<c t="b"><v>0</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c><f>NOW()</f></c></row>)")) ==
        "1|ja/=klick|nej|#DIV/0!");
  }

  TEST_CASE("cells know their place even where others are missing") {
    const auto table =
        read_table(zipped(book(R"(<row r="3"><c r="A3"><v>1</v></c><c r="C3"><v>3</v></c></row><row r="4"/>)"
                               R"(<row r="9"><c r="C9"><v>7</v></c></row>)")));
    REQUIRE(table);
    CHECK(table->headings == std::vector<std::string>{"1", "", "3"});
    CHECK(table->heading_line == 3);
    REQUIRE(table->size() == 1);
    CHECK((*table)[0].line() == 9);
    CHECK((*table)[0][2] == "7");
  }

  TEST_CASE("a workbook whose elements have a prefix is read, and so are many thousand rows") {
    std::string rows = "<x:row><x:c t=\"inlineStr\"><x:is><x:t>antal</x:t></x:is></x:c></x:row>";
    for (int i = 0; i != 20'000; ++i)
      rows += "<x:row><x:c><x:v>" + std::to_string(i) + "</x:v></x:c></x:row>";
    auto parts = book("");
    parts.back().bytes = "<?xml version=\"1.0\"?>\n<x:worksheet xmlns:x=\"u\"><x:sheetData>" + rows +
                         "</x:sheetData></x:worksheet>";
    const auto table = read_table(zipped(parts));
    REQUIRE(table);
    REQUIRE(table->size() == 20'000);
    CHECK((*table)[19'999][0] == "19999");
    CHECK((*table)[19'999].line() == 20'001);
  }

  TEST_CASE("the first sheet with anything in it is read, and no hidden one") {
    auto parts = book("");
    parts[1].bytes =
        "<workbook><sheets><sheet name=\"a\" r:id=\"rId1\"/><sheet name=\"b\" state=\"hidden\" "
        "r:id=\"rId4\"/>"
        "<sheet name=\"c\" r:id=\"rId5\"/></sheets></workbook>";
    parts[2].bytes =
        replaced(parts[2].bytes, "</Relationships>",
                 relation("rId4", "worksheet", "worksheets/sheet2.xml") +
                     relation("rId5", "worksheet", "../xl/worksheets/sheet3.xml") + "</Relationships>");
    parts.push_back({"xl/worksheets/sheet2.xml",
                     "<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>"});
    parts.push_back({"xl/worksheets/sheet3.xml",
                     "<worksheet><sheetData><row><c><v>3</v></c></row></sheetData></worksheet>"});
    CHECK(read(parts) == "3");
    CHECK(refused(read(book("")), "empty"));
  }

  TEST_CASE("another kind of file in a zip is refused with its right name") {
    CHECK(refused(read({{"word/document.xml", "<w:document/>"}}), "Word document"));
    CHECK(refused(read({{"mimetype", "x"}, {"content.xml", "<x/>"}}), ".ods"));
    CHECK(refused(read({{"deltagare.csv", "a;b"}}), "zip archive"));
    CHECK(refused(read({{"xl/workbook.bin", "x"}}), ".xlsb"));
  }

  TEST_CASE("a damaged or hostile workbook is refused") {
    const auto whole = zipped(book("<row><c><v>1</v></c></row>"));
    CHECK(refused(read(book("<row><c t=\"s\"><v>0</v></c></row>")), "damaged"));
    CHECK(refused(read(book("<row><c><v>1</v></row>")), "damaged"));
    CHECK(refused(read(book("<row><c t=\"inlineStr\"><is><t>\xe5</t></is></c></row>")), "damaged"));
    for (std::size_t size = 4; size < whole.size(); size += 7) CHECK_FALSE(read_table(whole.substr(0, size)));

    CHECK(refused(read(book("<row><c r=\"ALM1\"><v>1</v></c></row>")), "1001 columns"));
    CHECK(refused(read(book("<row><c r=\"A1\" t=\"inlineStr\"><is><t>" + std::string(40'000, 'x') +
                            "</t></is></c></row>")),
                  "32767"));
    auto doctype = book("");
    doctype[1].bytes = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><workbook>&e;</workbook>";
    CHECK(refused(read(doctype), "DTD"));
    CHECK(refused(read(book("<row><c><v>" + std::string(20 << 20, ' ') + "</v></c></row>")), "attack"));
    auto many = book("");
    for (int i = 0; i != 6'000; ++i) many.push_back({"xl/media/" + std::to_string(i), ""});
    CHECK(refused(read(many), "at most 5000"));
    CHECK(refused(read({{"../workbook.xml", "x"}}), "leads out"));
  }

  TEST_CASE("what is written is read back the same, and no text becomes a formula") {
    const std::vector<Sheet> sheets{
        {.name = "Avslutade: kön/ålder",
         .headings = {"avslutning", "antal", "andel", "månader", "från"},
         .rows = {{"Arbete", std::int64_t{1234}, Share{1, 4}, Decimal{8.71, 2}, Date::of(2024, 3, 1)},
                  {"=HYPERLINK(\"http://x\")", std::monostate{}, Share{0, 0}, Decimal{1e300},
                   Date::of(2024, 12, 31)}}}};
    const auto bytes = write_xlsx(sheets, std::vector<Note>{{"Källa", "Eget register"}});
    const auto table = read_table(bytes);
    REQUIRE(table);
    CHECK(table->headings.size() == 5);
    REQUIRE(table->size() == 2);
    const auto first = (*table)[0], second = (*table)[1];
    CHECK(first[1] == "1234");
    CHECK(first[2] == "0.25");
    CHECK(first[3] == "8.71");
    CHECK(first[4] == "2024-03-01");
    CHECK(second[0] == "=HYPERLINK(\"http://x\")");
    CHECK(second[2] == "..");

    auto archive = Archive::open(bytes, {});
    REQUIRE(archive);
    const auto sheet = archive->read("xl/worksheets/sheet1.xml");
    REQUIRE(sheet);
    CHECK(sheet->find("<f") == std::string::npos);
    CHECK(archive->has("xl/worksheets/sheet2.xml"));
    CHECK(write_xlsx(sheets, std::vector<Note>{{"Källa", "Eget register"}}) == bytes);
  }

  TEST_CASE("sheets may have the same name, any name and a title") {
    const std::vector<Sheet> sheets{{.name = "", .title = "Kön", .headings = {"a"}},
                                    {.name = std::string(60, 'x'), .headings = {"b"}},
                                    {.name = std::string(60, 'X'), .headings = {"c"}}};
    const auto table = read_table(write_xlsx(sheets));
    REQUIRE(table);
    CHECK(table->headings == std::vector<std::string>{"Kön"});
  }
}
