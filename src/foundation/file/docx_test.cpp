#include "file/docx.h"

#include <doctest/doctest.h>

#include <pugixml.hpp>

#include "file/docx_samples.h"

using namespace stafett;
using namespace stafett::file;
using namespace stafett::file::samples;

namespace {

std::string part(const std::string& bytes, std::string_view name) {
  auto archive = Archive::open(bytes, {});
  REQUIRE(archive);
  auto part = archive->read(name);
  REQUIRE(part);
  return *part;
}

FilledForm fill_in(const std::vector<Part>& parts, const FormValues& values) {
  const auto form = read_form(zipped(parts));
  if (!form) FAIL(message(form.error()));
  auto filled = fill(*form, values);
  REQUIRE(filled);
  return *filled;
}

void write(const pugi::xml_node& node, std::string& out) {
  const std::string_view name = node.name();
  if (name == "w:t") out += node.child_value();
  if (name == "w:br") out += "\\n";
  if (name == "w:tab") out += "\\t";
  if (name == "w:drawing") out += "[drawing]";
  if (name == "w:tbl") out += "<";
  for (const auto& child : node.children()) write(child, out);
  if (name == "w:p") out += "¶";
  if (name == "w:tc") out += "|";
  if (name == "w:tbl") out += ">";
}

// The text of the body as "paragraph¶paragraph¶<cell¶|cell¶|>".
std::string body(const FilledForm& filled) {
  pugi::xml_document document;
  REQUIRE(document.load_string(part(filled.bytes, "word/document.xml").c_str(),
                               pugi::parse_default | pugi::parse_ws_pcdata));
  std::string out;
  write(document, out);
  return out;
}

std::string filled_body(const std::string& body_xml, const View& fields) {
  return body(fill_in(parts(body_xml), {.fields = fields}));
}

const View jobbvagen = View{{"insats", View{{"namn", "Jobbvägen"}}}, {"antal", View{{"kvinnor", 35}}}};

}  // namespace

TEST_SUITE("docx") {
  TEST_CASE("a place is filled in, in body and header, however Word has cut it up") {
    CHECK(filled_body(p("Insats: {{insats.namn}}, {{ antal.kvinnor }} kvinnor"), jobbvagen) ==
          "Insats: Jobbvägen, 35 kvinnor¶");
    CHECK(filled_body("<w:p><w:r><w:t>Om {{ins</w:t></w:r><w:proofErr "
                      "w:type=\"spellStart\"/><w:r><w:rPr><w:b/></w:rPr><w:t>ats.na</w:t>"
                      "</w:r><w:r><w:t>mn}}: </w:t></w:r><w:r><w:t>{{antal.kvinnor}}</w:t></w:r></w:p>",
                      jobbvagen) == "Om Jobbvägen: 35¶");
    CHECK(filled_body(p("{{Insats.Namn}}"), jobbvagen) == "Jobbvägen¶");
    const auto filled = fill_in(parts(p("x")), {.fields = jobbvagen});
    CHECK(part(filled.bytes, "word/header1.xml").find("Jobbvägen") != std::string::npos);
  }

  TEST_CASE("what is filled in is text and nothing else") {
    const View fields{{"x", "<b> & \"{{y}}\""}, {"y", "fel"}, {"z", "a\x01\x1f\r\nb\tc\xff"}};
    CHECK(filled_body(p("{{x}}"), fields) == "<b> & \"{{y}}\"¶");
    CHECK(filled_body(p("{{ {{x}} }}"), fields) == "{{ <b> & \"{{y}}\" }}¶");
    CHECK(filled_body(p("{{z}}"), fields) == "a\\nb\\tc\xef\xbf\xbd¶");
    CHECK(filled_body(p("{{x}}{{x}}"), View{{"x", "{{"}}) == "{{{{¶");
    CHECK(filled_body("<w:p><w:r><w:t>{{a}}x}}</w:t></w:r><w:r><w:t>{{b}}</w:t></w:r></w:p>",
                      View{{"a", "{{"}, {"b", "1"}}) == "{{x}}1¶");
  }

  TEST_CASE("a value that is missing is shown as missing, told of, and stops nothing") {
    const auto filled =
        fill_in(parts(p("{{antal.man}} {{insats.okand}} {{bild:flode}} {{tabell:resultat}}")),
                {.fields = View{{"antal", View{{"man", nullptr}}}, {"insats", View{{"namn", "x"}}}}});
    CHECK(body(filled) ==
          "[saknas: antal.man] [saknas: insats.okand] [saknas: bild:flode] [saknas: tabell:resultat]¶");
    CHECK(filled.missing == std::vector<std::string>{"antal.man"});
    CHECK(filled.unknown == std::vector<std::string>{"insats.okand", "bild:flode", "tabell:resultat"});
  }

  TEST_CASE("yes and no, figures and dates are written in Swedish") {
    CHECK(filled_body(p("{{a}} {{b}} {{c}} {{d}}"),
                      View{{"a", true}, {"b", 8.5}, {"c", 2024}, {"d", Date::of(2024, 3, 1)}}) ==
          "ja 8,5 2024 2024-03-01¶");
  }

  TEST_CASE("a table row is repeated for every goal, and gone if there is none") {
    const auto table = "<w:tbl><w:tr>" + cell("Mål") + cell("Antal") + "</w:tr><w:tr>" +
                       cell("{{#mal}}{{mal.text}}") + cell("{{antal}} av {{antal.kvinnor}}{{/mal}}") +
                       "</w:tr></w:tbl>" + p("slut");
    auto fields = jobbvagen;
    fields.set("mal", View::Items{View{{"text", "Vidare"}, {"antal", 28}},
                                  View{{"text", "{{#mal}}"}, {"antal", 65}}});
    CHECK(filled_body(table, fields) == "<Mål¶|Antal¶|Vidare¶|28 av 35¶|{{#mal}}¶|65 av 35¶|>slut¶");
    fields.set("mal", View::Items{});
    CHECK(filled_body(table, fields) == "<Mål¶|Antal¶|>slut¶");
    fields.set("mal", nullptr);
    CHECK(filled_body(table, fields) == "<Mål¶|Antal¶|[saknas: mal.text]¶|[saknas: antal] av 35¶|>slut¶");
  }

  TEST_CASE("paragraphs are repeated, also loops within loops and over several rows") {
    const View fields{{"a", View::Items{View{{"n", 1}, {"b", View::Items{"x", "y"}}},
                                        View{{"n", 2}, {"b", View::Items{}}}}},
                      {"c", true},
                      {"d", false}};
    CHECK(filled_body(p("{{#a}}") + p("N{{n}}") + p("{{#b}}") + p("{{.}}{{n}}") + p("{{/b}}") + p("{{/a}}") +
                          p("slut"),
                      fields) == "N1¶x1¶y1¶N2¶slut¶");
    CHECK(filled_body(p("{{#a}}{{n}}{{/a}}"), fields) == "1¶2¶");
    CHECK(filled_body(p("{{#c}}ja{{/c}}") + p("{{#d}}nej{{/d}}") + p("."), fields) == "ja¶.¶");
    CHECK(filled_body("<w:tbl><w:tr>" + cell("{{#a}}{{n}}") + "</w:tr><w:tr>" + cell("–{{/a}}") +
                          "</w:tr></w:tbl>" + p(""),
                      fields) == "<1¶|–¶|2¶|–¶|>¶");
    CHECK(filled_body("<w:tbl><w:tr>" + cell("{{#d}}{{n}}{{/d}}") + "</w:tr></w:tbl>" + p("kvar"), fields) ==
          "kvar¶");
  }

  TEST_CASE("an empty line in a text that stands alone begins a new paragraph") {
    CHECK(filled_body(p("{{x}}"), View{{"x", "Ett\nrad\n\n\nTvå"}}) == "Ett\\nrad¶Två¶");
    CHECK(filled_body(p("Text: {{x}}"), View{{"x", "Ett\n\nTvå"}}) == "Text: Ett\\n\\nTvå¶");
  }

  TEST_CASE(
      "a content control is filled by its tag, in line or as a block, and left alone if nobody knows it") {
    const auto control = [](const std::string& tag, const std::string& content) {
      return "<w:sdt><w:sdtPr><w:id w:val=\"1\"/><w:tag w:val=\"" + tag +
             "\"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + content + "</w:sdtContent></w:sdt>";
    };
    const auto run = [](const std::string& text) { return "<w:r><w:t>" + text + "</w:t></w:r>"; };
    CHECK(filled_body(control("insats.namn", p("Klicka här")), jobbvagen) == "Jobbvägen¶");
    CHECK(filled_body("<w:p>" + run("{{antal.kvinnor}} ") +
                          control("insats.namn", run("Klicka") + run(" här")) + "</w:p>",
                      jobbvagen) == "35 Jobbvägen¶");
    CHECK(filled_body("<w:p>" + control("x", run("y")) + "</w:p>", View{{"x", "{{z}}"}, {"z", "fel"}}) ==
          "{{z}}¶");
    const auto filled = fill_in(parts(control("annat", p("Datum"))), {.fields = jobbvagen});
    CHECK(body(filled) == "Datum¶");
    CHECK(filled.unknown == std::vector<std::string>{"annat"});
  }

  TEST_CASE("a text box is filled in too") {
    CHECK(filled_body("<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>" + p("{{insats.namn}}") +
                          "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
                      jobbvagen) == "Jobbvägen¶¶");
  }

  TEST_CASE("a whole table comes with caption, repeated headings, figures to the right and a total") {
    FormValues values;
    values.tables["resultat"] = {.caption = "Tabell 1. Avslutade",
                                 .headings = {"Avslutning", "Kvinnor"},
                                 .rows = {{"Arbete <b>", "6"}, {"{{x}}", "35"}},
                                 .total_last = true};
    const auto filled = fill_in(parts(p("{{tabell:resultat}}") + p("slut")), values);
    CHECK(body(filled) == "Tabell 1. Avslutade¶<Avslutning¶|Kvinnor¶|Arbete <b>¶|6¶|{{x}}¶|35¶|>slut¶");
    const auto xml = part(filled.bytes, "word/document.xml");
    CHECK(xml.find("<w:tblHeader/>") != std::string::npos);
    CHECK(xml.find("<w:pStyle w:val=\"Beskrivning\"/>") != std::string::npos);
    CHECK(xml.find("<w:jc w:val=\"right\"/>") != std::string::npos);
    // In a cell the paragraph must stay, and two tables must not become one.
    CHECK(body(fill_in(
                   parts("<w:tbl><w:tr><w:tc>" + p("{{Tabell:resultat}}") + "</w:tc></w:tr></w:tbl>" + p("")),
                   values))
              .ends_with("35¶|>¶|>¶"));
    values.tables["resultat"].caption.clear();
    CHECK(body(fill_in(parts(p("{{table:resultat}}") + p("{{table:resultat}}")), values)).find(">¶<") !=
          std::string::npos);
  }

  TEST_CASE("a picture comes as PNG and SVG with words for those who cannot see it") {
    FormValues values;
    values.pictures["flode"] = {
        .png = "png", .svg = "<svg/>", .alt = "In & ut", .width_mm = 160, .height_mm = 80};
    const auto filled = fill_in(parts(p("{{bild:flode}}") + p("{{image:flode}}")), values);
    CHECK(body(filled) == "[drawing]¶[drawing]¶");
    const auto xml = part(filled.bytes, "word/document.xml");
    CHECK(xml.find("descr=\"In &amp; ut\"") != std::string::npos);
    CHECK(xml.find("cx=\"5760000\"") != std::string::npos);
    CHECK(xml.find("<wp:docPr id=\"2\"") != std::string::npos);
    CHECK(part(filled.bytes, "word/media/stafett1.png") == "png");
    CHECK(part(filled.bytes, "word/_rels/document.xml.rels").find("media/stafett1.svg") != std::string::npos);
    CHECK(part(filled.bytes, "[Content_Types].xml").find("image/svg+xml") != std::string::npos);
  }

  TEST_CASE("the same form and values are the same bytes, in Swedish, and do not tell who wrote them") {
    auto form = parts(p("{{insats.namn}}") + "<w:ins w:author=\"Anna Andersson\" w:date=\"2024-01-01\"/>");
    form.push_back({"docProps/custom.xml", "<x>Anna Andersson</x>"});
    const FormValues values{.fields = jobbvagen, .title = "Slutrapport <1>"};
    const auto bytes = fill_in(form, values).bytes;
    CHECK(bytes == fill_in(form, values).bytes);
    CHECK(part(bytes, "docProps/core.xml").find("<dc:title>Slutrapport &lt;1&gt;</dc:title>") !=
          std::string::npos);
    CHECK(part(bytes, "word/styles.xml").find("w:val=\"sv-SE\"") != std::string::npos);
    auto archive = Archive::open(bytes, {});
    REQUIRE(archive);
    for (const auto& name : archive->names()) CHECK(part(bytes, name).find("Anna") == std::string::npos);
  }

  TEST_CASE("all places of a form are listed, with where they are") {
    auto form = parts(
        "<w:p><w:pPr><w:pStyle w:val=\"Rubrik1\"/></w:pPr><w:r><w:t>Resultat</w:t></w:r></w:p>" +
        p("{{x}} {{x}}") + p("{{#mal}}{{text}}{{/mal}}") + p("{{bild:flode}}") + p("{{tabell:resultat}}") +
        "<w:sdt><w:sdtPr><w:tag w:val=\"text.syfte\"/></w:sdtPr><w:sdtContent/></w:sdt>");
    const auto read = read_form(zipped(form));
    REQUIRE(read);
    const auto all = fields(*read);
    REQUIRE(all.size() == 7);
    CHECK(all[0].name == "x");
    CHECK(all[0].times == 2);
    CHECK(all[0].under == "Resultat");
    CHECK(all[1].kind == Field::Kind::loop);
    CHECK(all[2].loop == "mal");
    CHECK(all[3].kind == Field::Kind::picture);
    CHECK(all[4].kind == Field::Kind::table);
    CHECK(all[5].kind == Field::Kind::control);
    CHECK(all[6].place == Field::Place::header);
  }

  TEST_CASE("a form that repeats a loop within itself without end is told so") {
    std::string loops;
    for (int i = 0; i != 12; ++i) loops = p("{{#mal}}") + loops + p("x") + p("{{/mal}}");
    const auto form = read_form(zipped(parts(loops)));
    REQUIRE(form);
    View fields;
    fields.set("mal", View::Items(20, View{{"text", "x"}}));
    const auto filled = fill(*form, {.fields = fields});
    REQUIRE_FALSE(filled);
    CHECK(message(filled.error()).find("too large") != std::string::npos);
  }
}
