// Any bytes as a form; and any bytes as the body of a sound one, past the packing: read, listed, filled, and
// what comes out is a sound form again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "file/docx.h"

using namespace stafett;
using namespace stafett::file;

namespace {

std::string form_of(std::string_view body) {
  const std::string type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  return zipped(
      {{"[Content_Types].xml", "<Types/>"},
       {"_rels/.rels", R"(<Relationships><Relationship Id="r1" Type=")" + type +
                           R"(officeDocument" Target="word/document.xml"/></Relationships>)"},
       {"word/document.xml", "<w:document><w:body>" + std::string(body) + "</w:body></w:document>"}});
}

const FormValues& values() {
  static const FormValues all = [] {
    FormValues made;
    made.fields = View{{"a", "{{a}} {{#b}}\n\n\x01\xff<w:p>"},
                       {"b", View::Items{View{{"a", 1}}, View{{"c", nullptr}}, "x"}},
                       {"c", true}};
    made.pictures["a"] = {.png = "png", .svg = "<svg/>", .alt = "\"<", .width_mm = 10, .height_mm = 10};
    made.tables["a"] = {
        .caption = "a", .headings = {"a", "b"}, .rows = {{"{{a}}", "1"}, {}}, .total_last = true};
    return made;
  }();
  return all;
}

void walk(const std::string& bytes) {
  const auto form = read_form(bytes);
  if (!form) return;
  fields(*form);
  const auto filled = fill(*form, values());
  if (!filled) return;
  const auto again = Archive::open(filled->bytes, {});
  if (!again) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  walk(text);
  walk(form_of(text));
  return 0;
}
